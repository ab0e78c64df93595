"""Why a fact stands as it does: a word for the list, and the evidence with the way to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.engine.replies import Button
from bot.engine.turn import Turn, go
from bot.texts import rating as texts
from handlers.essay_card import LEDGER
from handlers.inspection_rights import LIST as INSPECTION
from handlers.rating_rights import FACT
from handlers.unit_rights import CARD
from rules.deadlines import last_day, late_from, local_date
from rules.duties import duty, file_roles
from rules.plan import Duty, FactKind, RatingFact
from rules.rating import Standing
from storage import essay_reviews, essays, inspections, people, reports, uploads
from storage.reports import Current
from storage.units import Unit


@dataclass(frozen=True, slots=True)
class Evidence:
    told: str  # how it stands, in a word or two
    brief: str | None = None
    lines: Sequence[str] = ()
    buttons: list[Button] = field(default_factory=list)


def evidence(turn: Turn, unit: Unit, fact: RatingFact, figures: Standing) -> Evidence:
    word = texts.word(fact.kind, figures)
    match fact.kind:
        case FactKind.ESSAYS_COMPLETE:
            return _essays(turn, unit, word)
        case FactKind.INSPECTION_CLOSED:
            return _inspection(turn, unit, word)
    sent = reports.all_of(turn.conn, turn.plan.code, fact.duty or "", unit.id)
    if not sent:
        not_asked = figures is Standing.EXEMPT
        return Evidence(texts.WORDS[Standing.EXEMPT if not_asked else Standing.UNKNOWN])
    owed = duty(turn.plan, fact.duty or "")
    files = sum(len(uploads.files_of(turn.conn, "report", one.id)) for one in sent)
    photos = [go(texts.photos_label(files), FACT, f"{unit.id}.{fact.code}.photos")] if files else []
    return Evidence(
        word,
        _brief(turn, unit, fact.kind, owed, sent),
        [line for one in sent for line in _told(turn, unit, one)],
        [*photos, go(texts.REPORTS, CARD, f"{unit.id}.reports.")],
    )


def _brief(turn: Turn, unit: Unit, kind: FactKind, owed: Duty, sent: Sequence[Current]) -> str | None:
    first = sent[0]
    day = first.lines[0].held_on if first.lines else first.held.held_on if first.held else None
    match kind:
        case FactKind.HELD_ON_TIME if day is not None:
            return texts.held(day, owed.held_before[unit.duty_level], turn.today)
        case FactKind.CADRES_COMPLETE:
            told = [line for one in sent for line in one.lines if line.cadres is not None]
            of = max((line.cadres_expected or 0 for line in told), default=0)
            return texts.so_many(sum(line.cadres or 0 for line in told), of) if told else None
    late = late_from(owed, day, turn.world.zone) if kind is FactKind.REPORTED_ON_TIME else None
    last = last_day(local_date(late, turn.world.zone)) if late is not None else None
    return texts.reported(local_date(first.first_arrived, turn.world.zone), last, turn.today)


def _told(turn: Turn, unit: Unit, sent: Current) -> list[str]:
    """A report as it stands: the sessions, and which cadres were absent."""
    hosted = {}
    if unit.parent_id is not None:
        hosted = {one.id: one for one in reports.sessions_of(turn.conn, turn.plan.code, unit.parent_id)}
    found = [texts.report_line(sent, turn.world.zone)]
    for place, line in enumerate(sent.lines):
        session = hosted.get(line.session_id or 0)
        host = turn.unit(unit.parent_id).name if session is not None and unit.parent_id is not None else None
        where = session.place if session is not None else None
        found.append(texts.line(line, place == 0, host, where, turn.today))
    if sent.held is not None:
        found.append(texts.session_line(sent.held.held_on, sent.held.place, turn.today))
    return found


def _essays(turn: Turn, unit: Unit, word: str) -> Evidence:
    code = turn.plan.code
    owing = people.holders(turn.conn, unit.id, turn.today, file_roles(turn.plan, unit.duty_level))
    handed_in = [essays.of_person(turn.conn, code, one.id) for one in owing]
    again = essay_reviews.returned_among(turn.conn, code, [one.id for one in owing])
    told = [
        (one.full_name, essay.arrived_at if essay is not None else None, one.id in again)
        for one, essay in zip(owing, handed_in, strict=True)
    ]
    received = sum(essay is not None for essay in handed_in)
    brief = texts.essays_told(received, len(owing)) if owing else None
    ledger = [go(texts.ESSAYS, LEDGER, unit.id)] if turn.desks else []
    return Evidence(word, brief, texts.essay_lines(told, turn.world.zone), ledger)


def _inspection(turn: Turn, unit: Unit, word: str) -> Evidence:
    seen = inspections.last_visit(turn.conn, turn.plan.code, unit.id)
    if seen is None or seen.visited_on is None:
        return Evidence(word, texts.NOT_INSPECTED)
    brief = texts.visited(seen.id, seen.visited_on, turn.today)
    return Evidence(word, brief, (), [go(texts.INSPECTIONS, INSPECTION, seen.id)])
