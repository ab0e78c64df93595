"""What a broadcast looks like: to whoever receives it, and to its sender when it is over."""

from typing import Any

from sqlalchemy import Connection

from bot.engine.replies import Media, Reply
from bot.engine.turn import World, go
from bot.texts import broadcasts as texts
from storage import broadcasts, units
from storage.broadcasts import Broadcast, UnitReach

ACTION = "bcast"
ACKNOWLEDGE = "ack"


def content_of(content: dict[str, Any], *, acknowledge: int | None = None) -> Reply:
    """The message as everybody sees it. `acknowledge`: the broadcast's number, for its button."""
    media = [Media(remote_id, photo) for remote_id, photo in content.get("media", [])]
    buttons = [go(texts.ACKNOWLEDGE, ACKNOWLEDGE, acknowledge)] if acknowledge is not None else []
    return Reply(content["text"], buttons, media=media, replaces=False)


def result_of(conn: Connection, world: World, known: Broadcast) -> Reply:
    """The account, and what can be done about whoever it did not reach."""
    account = broadcasts.account(conn, known.id)
    missed = unreached(conn, known)
    buttons = []
    if missed:
        buttons.append(go(texts.units_to_call(len(missed)), ACTION, f"ring.{known.id}"))
    below = level_below(world, units.get(conn, known.unit_id).level)
    buttons.append(go(texts.by_level_label(below), ACTION, f"units.{known.id}"))
    if account.of(*broadcasts.NOT_ARRIVED):
        buttons.append(go(texts.AGAIN, ACTION, f"again.{known.id}"))
    return Reply(texts.result(known, account, world.zone), buttons, replaces=False)


def level_below(world: World, level: str) -> str:
    """What the units directly below a unit of this level are usually called: "cấp huyện"."""
    codes = [one.code for one in world.plan.levels]
    return world.plan.levels[min(codes.index(level) + 1, len(codes) - 1)].name


def unreached(conn: Connection, known: Broadcast) -> list[UnitReach]:
    """Units below the desk none of whose people has it; one that was moved away is another's to ring."""
    desk = units.get(conn, known.unit_id)
    return [
        one
        for one in broadcasts.by_unit(conn, known.id)
        if not one.arrived and one.path.startswith(desk.path) and one.unit_id != desk.id
    ]
