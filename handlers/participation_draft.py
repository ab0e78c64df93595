"""What a participation report is while it is being written, and the questions that all its files share."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel

from bot.engine.conversation import Conversation, Outcome, Start
from bot.engine.events import File
from bot.engine.turn import Turn
from handlers import mending, session_parts
from rules.counting import Count
from rules.duties import duty_of
from rules.plan import Duty, DutyKind
from rules.reading import LineReport
from storage import people, reports, uploads
from storage.reports import Absent, Current, Line


class Step(StrEnum):
    TOOK_PART = "took_part"
    SESSION = "session"
    DAY = "day"
    PLACE = "place"
    SPEAKER = "speaker"
    MEMBERS = "members"
    CADRES = "cadres"
    ABSENT = "absent"
    ABSENT_NAME = "absent_name"
    REASON = "reason"
    SUMMARY = "summary"
    EDIT = "edit"
    MORE = "more"
    YOUTH = "youth"
    AT_HOME = "at_home"
    MATERIALS = "materials"
    PROPOSAL = "proposal"
    PHOTOS = "photos"
    PLANNED = "planned"


class Missing(BaseModel):
    name: str
    person_id: int | None = None
    reason: str | None = None


class Own(BaseModel):
    """What the branch gives as the host of its own session."""

    place: str | None = None
    speaker: session_parts.SpeakerDraft | None = None
    slot: int | None = None  # of the recorded session that this corrects


class Draft(BaseModel):
    unit: int
    make_up: bool = False
    own: Own | None = None
    session: int | None = None
    day: date | None = None
    members: tuple[int, int] | None = None  # attended, expected
    cadres: int | None = None  # present
    absent: list[Missing] = []
    youth: int | None = None
    at_home: int | None = None
    materials: bool | None = None
    proposal: str | None = None
    proposal_level: str | None = None  # None: it is for the unit directly above
    photos: list[int] = []  # uploads
    album: str | None = None  # the last one answered
    editing: bool = False  # one answer is being mended: back to the summary after it
    seen_revision: int = 0  # of the report that this one would replace
    changed_meanwhile: bool = False  # somebody else sent one while this was written
    answers: bool = False  # the report was returned, and this mends what was asked for


flow = Conversation("participation", Draft, first=Step.TOOK_PART, for_superiors=True)


def start(turn: Turn, unit_id: int) -> Start:
    return Start(flow.name, Draft(unit=unit_id), unit_id)


def correction(turn: Turn, unit_id: int, sent: Current) -> Draft:
    """Of a report that was sent: the draft begins as it."""
    draft = Draft(unit=unit_id, seen_revision=sent.revision)
    fill_from(turn, draft, sent.lines[0])
    return draft


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    name = turn.unit(draft.unit).name
    return f"Báo cáo {name}" if turn.post_for(draft.unit) else f"Báo hộ {name}"


@flow.on_cancel
def drop_photos(turn: Turn, draft: Draft) -> None:
    uploads.drop(turn.conn, draft.photos)


@flow.on_keep
def keep_photos(found: Draft, fresh: Draft) -> None:
    found.photos += fresh.photos


def participation_duty(turn: Turn, unit_id: int) -> Duty:
    return turn.duty(DutyKind.PARTICIPATION, turn.unit(unit_id).duty_level)


def sent_before(turn: Turn, unit_id: int) -> Current | None:
    """The report that stands."""
    return reports.current(turn.conn, turn.plan.code, participation_duty(turn, unit_id).code, unit_id)


def host_sessions(turn: Turn, draft: Draft) -> list[reports.HostSession]:
    parent = turn.unit(draft.unit).parent_id
    return reports.sessions_of(turn.conn, turn.plan.code, parent) if parent is not None else []


def after_counts(draft: Draft) -> Step:
    if draft.own is not None and not draft.editing:
        return Step.MATERIALS
    draft.editing = False
    return Step.SUMMARY


def line_of(turn: Turn, draft: Draft) -> Line:
    assert draft.day is not None
    assert draft.members is not None
    cadres = cadres_expected(turn, draft)
    return Line(
        held_on=draft.day,
        members=draft.members[0],
        members_expected=draft.members[1],
        session_id=draft.session,
        members_roster=turn.unit(draft.unit).members,
        cadres=draft.cadres,
        cadres_expected=cadres if draft.cadres is not None else None,
        youth=draft.youth,
        at_home=draft.at_home,
        materials=draft.materials,
        proposal=draft.proposal,
        proposal_level=draft.proposal_level,
        absent=tuple(Absent(one.name, one.person_id, one.reason) for one in draft.absent),
    )


def draft_from_line(
    turn: Turn, unit_id: int, held_on: date | None, members: Count, line: LineReport
) -> Draft:
    """What was typed in one line, as far as it goes."""
    sent = sent_before(turn, unit_id)
    draft = Draft(unit=unit_id, seen_revision=sent.revision if sent else 0, editing=True)
    if sent is not None and sent.lines:
        # What this line does not say stays as it was reported.
        fill_from(turn, draft, sent.lines[0])
    draft.day, draft.session = held_on or draft.day, None
    draft.members = (members.attended, members.expected)
    draft.youth = draft.youth if line.youth is None else line.youth
    draft.at_home = draft.at_home if line.at_home is None else line.at_home
    draft.materials = draft.materials if line.materials is None else line.materials
    hosts = host_sessions(turn, draft)
    matching = [one for one in hosts if held_on is None or one.held_on == held_on]
    if len(matching) == 1:
        draft.session, draft.day = matching[0].id, matching[0].held_on
    if line.cadres is not None and line.cadres.attended == cadres_expected(turn, draft):
        draft.cadres, draft.absent = line.cadres.attended, []
    return draft


def fill_from(turn: Turn, draft: Draft, line: Line) -> None:
    """Correct what was sent: the draft begins as it, with the session that the branch held for itself."""
    draft.own = own_session(turn, draft.unit, line.session_id)
    draft.day, draft.session = line.held_on, line.session_id
    draft.members = (line.members, line.members_expected)
    draft.cadres = line.cadres
    draft.absent = [Missing(name=one.name, person_id=one.person_id, reason=one.reason) for one in line.absent]
    draft.youth, draft.at_home = line.youth, line.at_home
    draft.materials = line.materials
    draft.proposal, draft.proposal_level = line.proposal, line.proposal_level


def whole_of(turn: Turn, draft: Draft) -> list[Line]:
    """The unit's whole participation as it would be sent: the session first, then the make-ups."""
    line, sent = line_of(turn, draft), sent_before(turn, draft.unit)
    if draft.make_up and sent:
        return [*sent.lines, line]
    return [line, *(sent.lines[1:] if sent else ())]


def after_more(draft: Draft) -> Step:
    """Behind an answer of [Bổ sung]."""
    return Step.SUMMARY if draft.answers else Step.MORE


def own_session(turn: Turn, unit_id: int, session_id: int | None) -> Own | None:
    """None: the session was the host's, or is not recorded yet."""
    duty = duty_of(turn.plan, DutyKind.SESSION)
    for one in reports.all_of(turn.conn, turn.plan.code, duty.code, unit_id) if duty is not None else ():
        if one.session_id == session_id and one.held is not None:
            speaker = session_parts.speaker_of(one.held)
            return Own(place=one.held.place, speaker=speaker, slot=one.slot)
    return None


def next_step(draft: Draft, step: Step) -> Step:
    return mending.next_step(draft, step, Step.SUMMARY)


def too_many(turn: Turn, draft: Draft) -> bool:
    """Whether the session and its make-ups together come to more members than the branch has."""
    assert draft.members is not None
    sent = sent_before(turn, draft.unit)
    others = sent.lines[0 if draft.make_up else 1 :] if sent else ()
    return draft.members[0] + sum(line.members for line in others) > draft.members[1]


def cadres_expected(turn: Turn, draft: Draft) -> int:
    """Of a make-up: those who were absent before."""
    unit = turn.unit(draft.unit)
    cadres = unit.cadres if unit.cadres is not None else len(cadres_of(turn, unit.id))
    if not draft.make_up:
        return cadres
    sent = sent_before(turn, draft.unit)
    return max(0, cadres - sum(line.cadres or 0 for line in sent.lines)) if sent else cadres


def cadres_of(turn: Turn, unit_id: int) -> list[people.Holder]:
    roles = [role.code for role in turn.plan.roles if role.cadre]
    return people.holders(turn.conn, unit_id, turn.today, roles)


def add_photo(turn: Turn, draft: Draft, event: File, then: Step) -> Outcome:
    return session_parts.add_photo(turn, draft, event, then)
