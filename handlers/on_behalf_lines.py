"""From lines as an officer types them to what would be reported of which branch."""

from datetime import date

from pydantic import BaseModel

from bot.engine.turn import Turn
from bot.texts import on_behalf as texts
from bot.texts.reasons import explain
from handlers import participation_draft
from rules import behalf
from rules.behalf import Piece, Reading
from rules.counting import Count
from rules.names import Match, clean, core, find, fold
from rules.plan import DutyKind
from rules.reading import LineReport, read_date
from rules.reasons import Reason
from storage import search
from storage.reports import Line
from storage.search import FoundUnit

OFFERS = 8


class Entry(BaseModel):
    """What one line says of one unit."""

    line: int  # of the message, from 1
    text: str
    reading: Reading | None = None  # as it was typed; None: it could not be read
    offers: list[int] = []  # the units that its name may mean
    unit: int | None = None
    day: date | None = None
    members: tuple[int, int] | None = None  # attended, expected
    cadres: int | None = None
    youth: int | None = None
    at_home: int | None = None
    materials: bool | None = None
    seen_revision: int = 0  # of the report that stands
    problem: str | None = None  # why it cannot be, as the officer reads it

    @property
    def not_yet(self) -> bool:
        return self.reading is not None and self.reading.not_yet

    @property
    def is_sent(self) -> bool:
        """Whether [Gửi] sends it."""
        return self.unit is not None and self.problem is None and (self.not_yet or self.members is not None)


class Message(BaseModel):
    """`day`: a day stands in it alone; `dropped`: names behind "bỏ"; `unread_from`: the line from which on it is
    too much for once.
    """

    entries: list[Entry] = []
    day: date | None = None
    dropped: list[str] = []
    unread_from: int | None = None

    @property
    def counts_for_a_unit(self) -> bool:
        """Sure enough to be no ordinary talk."""
        return any(
            one.reading is not None and not one.not_yet and (one.unit is not None or one.offers)
            for one in self.entries
        )


def read_message(turn: Turn, text: str) -> Message:
    message, day = Message(), None
    for piece in behalf.pieces(text):
        said = read_date(behalf.heading(piece.text), turn.today, turn.plan.starts_on)
        if isinstance(said, date):
            message.day = day = said
        elif fold(piece.text).startswith("bo ") and not _reports(piece.text):
            message.dropped.append(clean(piece.text[3:]))
        elif len(message.entries) < behalf.LINES_LIMIT:
            message.entries.append(_read_piece(turn, piece, day))
        elif message.unread_from is None:
            message.unread_from = piece.line
    for entry in message.entries:  # a day below the lines is theirs too
        entry.day = entry.day or message.day
    return message


def _reports(text: str) -> bool:
    return any(reading.alone is None for reading in behalf.readings(text))


def _read_piece(turn: Turn, piece: Piece, day: date | None) -> Entry:
    entry = Entry(line=piece.line, text=piece.text, day=day)
    for reading in behalf.readings(piece.text):
        if reading.alone is not None and _find(turn, piece.text).exact is not None:
            continue  # "thôn 3" is a name, and no count of 3
        found = _find(turn, reading.name)
        if found.exact is not None:
            entry.reading = reading
            choose(turn, entry, found.exact.id)
            return entry
        if found.offers and not entry.offers:
            entry.reading, entry.offers = reading, [one.id for one in found.offers]
    return entry


def _find(turn: Turn, name: str) -> Match[FoundUnit]:
    """Among the branches below the person's desks; only what really has this name is offered."""
    levels = [
        level for duty in turn.plan.duties if duty.kind is DutyKind.PARTICIPATION for level in duty.levels
    ]
    offers: list[FoundUnit] = []
    for desk in turn.desks:
        found = search.find_units(turn.conn, desk.path, name, turn.today, levels, alike=False)
        if found.exact is not None:
            return found
        offers += [one for one in found.offers if _is_named(one.name, name)]
    return Match(offers=tuple(offers[:OFFERS]))


def _is_named(name: str, typed: str) -> bool:
    """Not merely alike: "thôn 3" of several communes, or with the commune's name behind."""
    whole, wanted = core(name), core(typed)
    return f" {whole}".endswith(f" {wanted}") or wanted.startswith(f"{whole} ")


def choose(turn: Turn, entry: Entry, unit_id: int) -> None:
    """The unit is known: what the line says of it can be read."""
    assert entry.reading is not None
    entry.unit, entry.offers = unit_id, []
    sent = participation_draft.sent_before(turn, unit_id)
    entry.seen_revision = sent.revision if sent else 0
    if entry.reading.not_yet:
        return
    found = behalf.read(entry.reading, turn.today, turn.plan.starts_on, turn.unit(unit_id).members)
    match found:
        case None:
            entry.reading = None
        case Reason():
            entry.problem = explain(found)
        case LineReport(members=Count() as members):
            _fill(turn, entry, found, members)
        case LineReport(members=Reason() as why):
            entry.problem = explain(why)


def _fill(turn: Turn, entry: Entry, found: LineReport, members: Count) -> None:
    if isinstance(found.held_on, Reason):
        entry.problem = explain(found.held_on)
        return
    if found.cadres is not None and found.cadres.attended > members.attended:
        entry.problem = texts.CADRES_OVER
        return
    assert entry.unit is not None
    cadres = participation_draft.cadres_expected(turn, participation_draft.Draft(unit=entry.unit))
    if found.cadres is not None and found.cadres.attended > cadres:
        entry.problem = texts.more_cadres_than_listed(cadres)
        return
    entry.day = found.held_on or entry.day
    entry.members = (members.attended, members.expected)
    entry.cadres = found.cadres.attended if found.cadres else None
    entry.youth, entry.at_home, entry.materials = found.youth, found.at_home, found.materials


def retype(turn: Turn, entry: Entry, name: str) -> bool:
    """The unit's name, typed again with its place. False: still not one unit."""
    found = _find(turn, name)
    if found.exact is None:
        entry.offers = [one.id for one in found.offers] or entry.offers
        return False
    choose(turn, entry, found.exact.id)
    return True


def merge(turn: Turn, entries: list[Entry], message: Message) -> list[Entry]:
    """A line of the same unit takes the place of the earlier one; what could not be read is forgotten."""
    kept = [one for one in entries if one.is_sent]
    for name in message.dropped:
        gone = find(name, [(one.unit, turn.unit(one.unit).name) for one in kept if one.unit is not None])
        kept = [one for one in kept if one.unit != gone.exact]
    if message.day is not None and not message.entries:
        kept = [one.model_copy(update={"day": message.day}) for one in kept]
    merged: dict[object, Entry] = {}
    for place, one in enumerate([*kept, *message.entries]):
        merged[one.unit if one.unit is not None else f"line {place}"] = one
    return list(merged.values())


def draft_of(turn: Turn, entry: Entry, day: date | None) -> participation_draft.Draft:
    """As a report of the branch; its day is None where nobody has said it and the host does not tell."""
    assert entry.unit is not None
    assert entry.members is not None
    members = Count(*entry.members)
    line = LineReport(members, None, None, entry.youth, entry.at_home, entry.materials)
    draft = participation_draft.draft_from_line(turn, entry.unit, entry.day or day, members, line)
    if entry.cadres is not None:
        draft.cadres, draft.absent = entry.cadres, []
    return draft


def line_of(turn: Turn, entry: Entry, day: date | None) -> Line | None:
    """None: its day is not known yet."""
    draft = draft_of(turn, entry, day)
    return participation_draft.line_of(turn, draft) if draft.day is not None else None
