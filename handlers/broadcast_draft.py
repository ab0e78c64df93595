"""What a broadcast is while it is being written."""

from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from bot.engine.conversation import Conversation
from bot.engine.turn import Turn
from bot.texts import broadcasts as texts
from rules.audience import Audience, Owing
from storage.audience import Chosen, Size

ALBUM_LIMIT = 10


class Step(StrEnum):
    AUDIENCE = "audience"
    UNIT = "unit"
    CONTENT = "content"
    PREVIEW = "preview"
    FILTER = "filter"
    WHEN = "when"


class Draft(BaseModel):
    desk: int
    units: list[int] = []
    offered: list[int] = []  # units that the typed name may have meant
    levels: list[str] = []
    roles: list[str] = []
    owing: Owing | None = None
    text: str = ""  # HTML
    media: list[tuple[str, bool]] = []  # remote id, is a photo
    album: str | None = None
    acknowledge: bool = False
    forwards: int | None = None  # the media item that it shows to everybody
    shown: int = 0  # how many previews there were

    @property
    def content(self) -> dict[str, Any]:
        return {"text": self.text, "media": [list(one) for one in self.media]}


flow = Conversation("broadcast", Draft, first=Step.AUDIENCE)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return "Thông báo"


def audience_of(draft: Draft) -> Audience:
    return Audience(
        desk=draft.desk,
        units=tuple(draft.units),
        levels=tuple(draft.levels),
        roles=tuple(draft.roles),
        owing=draft.owing,
    )


def size_of(turn: Turn, draft: Draft) -> Size:
    """Of those whom it would go to now."""
    chosen = Chosen(turn.conn, turn.plan, audience_of(draft), turn.today)
    return chosen.size(turn.conn, without=turn.person_id)


def in_its_place(turn: Turn, draft: Draft, unit_id: int) -> str:
    """ "Chi đoàn thôn 3 (Đoàn xã Hoằng Quỳ)"; directly below the desk the name is enough."""
    unit = turn.unit(unit_id)
    known = unit.parent_id is None or draft.desk in (unit.id, unit.parent_id)
    above = None if known or unit.parent_id is None else turn.unit(unit.parent_id).name
    return texts.unit_in_its_place(unit.name, above)


def whom(turn: Turn, draft: Draft) -> str:
    """In words."""
    levels = {level.code: level.name for level in turn.plan.levels}
    roles = {role.code: role.name for role in turn.plan.roles}
    return texts.audience(
        turn.unit(draft.desk).name,
        [in_its_place(turn, draft, one) for one in draft.units],
        [levels[one] for one in draft.levels],
        [roles[one] for one in draft.roles],
        draft.owing,
    )
