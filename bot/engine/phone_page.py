"""A page of the telephone list: who has not reported, whom to ring, a button for each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from bot.engine.paging import Page
from bot.engine.replies import Reply
from bot.engine.turn import World, go
from bot.texts import phone_list as texts
from bot.texts import say
from bot.texts.markup import lines
from rules.duties import main_duty, noun
from rules.plan import Duty
from rules.rights import acting_roles
from storage import contacts, missing
from storage.missing import MissingUnit, Tally
from storage.units import Unit

MISSING = "missing"
CALLED = "called"
NUDGE = "nudge"
ZALO = "zalo"
LACKING = "lacking"
CARD = "unit"  # of a unit, in handlers/unit_card.py
A_PAGE = 4


@dataclass(frozen=True, slots=True)
class Overview:
    """What is missing below a unit."""

    units: list[MissingUnit]
    tally: Tally
    kind: str  # "chi đoàn"; "đơn vị" where several levels owe


def overview(
    conn: Connection, world: World, unit: Unit, today: date, duties: list[Duty] | None = None
) -> Overview:
    """`duties`: where none are named, what progress is measured by."""
    found: list[MissingUnit] = []
    tallies = []
    levels: set[str] = set()
    if duties is None:
        measured = main_duty(world.plan)
        duties = [measured] if measured is not None else []
    for duty in duties:
        tally = missing.tally(conn, world.plan, duty, unit.path, today, world.zone)
        tallies.append(tally)
        if tally.received < tally.due:
            known = {one.id for one in found}
            late = missing.unreported(conn, world.plan, duty, unit.path, today)
            found += [one for one in late if one.id not in known]
            levels |= set(duty.levels)
    total = Tally(
        sum(one.due for one in tallies),
        sum(one.received for one in tallies),
        sum(one.on_time for one in tallies),
    )
    return Overview(found, total, noun(world.plan, levels) or "đơn vị")


def phone_page(
    conn: Connection,
    world: World,
    unit: Unit,
    wanted: str,
    today: date,
    duties: list[Duty] | None = None,
) -> Reply | None:
    """`wanted`: the page's number, as a button carries it. None: nobody is missing."""
    seen = overview(conn, world, unit, today, duties)
    if not seen.units:
        return None
    page: Page[MissingUnit] = Page(len(seen.units), A_PAGE, wanted)
    shown = page.of(seen.units)
    head = texts.head(unit.name, len(seen.units), seen.kind, seen.tally, page.number, page.pages)
    # Whose list it is need not be said again behind every name.
    named = [replace(one, above=None) if one.above == unit.name else one for one in shown]
    entries = entries_of(conn, world, named, page.first, today)
    buttons = [
        go(texts.called_label(short_name(one.name), alone=len(seen.units) == 1), CALLED, one.id)
        for one in shown
    ]
    buttons += page.buttons(MISSING, f"{unit.id}.")
    buttons += [go(texts.NUDGE, NUDGE, unit.id), go(texts.ZALO, ZALO, unit.id)]
    return Reply(lines(head, *entries), buttons)


def lacking_page(
    conn: Connection, world: World, unit: Unit, duty: Duty, wanted: str, today: date
) -> Reply | None:
    """Who has not handed in one document, with a button to the card of each. None: nobody is missing."""
    lacking = missing.unreported(conn, world.plan, duty, unit.path, today)
    if not lacking:
        return None
    page: Page[MissingUnit] = Page(len(lacking), A_PAGE, wanted)
    shown = page.of(lacking)
    named = [replace(one, above=None) if one.above == unit.name else one for one in shown]
    entries = entries_of(conn, world, named, page.first, today)
    head = texts.lacking_head(duty, unit.name, len(lacking), page.number, page.pages)
    buttons = [go(say.both_ends(one.name), CARD, one.id) for one in shown]
    buttons += page.buttons(LACKING, f"{unit.id}.{duty.code}.")
    return Reply(lines(head, *entries), buttons)


def entries_of(
    conn: Connection, world: World, shown: Sequence[MissingUnit], before: int, today: date
) -> list[str]:
    """`before`: how many stand on earlier pages."""
    roles = {role.code: role.name for role in world.plan.roles}
    reach = contacts.of_units(conn, [one.id for one in shown], acting_roles(world.plan), today)
    entries = []
    for number, one in enumerate(shown, before + 1):
        contact = contacts.best(reach[one.id])
        entries.append(
            texts.entry(
                number,
                one.name,
                one.above,
                contact,
                roles[contact.role] if contact else "",
                from_above=contact is not None and contact.unit_id != one.id,
                note=texts.note(one, world.zone, today),
            )
        )
    return entries


def short_name(name: str) -> str:
    """ "thôn 3" of "Chi đoàn thôn 3": what stays of it on a button."""
    return say.both_ends(name.removeprefix("Chi đoàn ").removeprefix("Đoàn "), 11)
