"""A branch reports its participation.

▸ /baocao
  Đoàn xã đã ghi hội nghị ngày 12/11, nhà văn hoá xã. Chi đoàn đã tham gia chưa?
  [Đã tham gia] [Tự tổ chức] [Chưa tham gia]
▸ Đã tham gia
  Bao nhiêu đoàn viên tham dự? Danh sách có 50.
▸ 45
  Trong đó 3 đồng chí cán bộ chi đoàn có mặt đủ không?   [Đủ cả 3] [Có đồng chí vắng]
▸ Đủ cả 3
  Đoàn viên: 45/50, trong đó cán bộ 3/3   [Gửi báo cáo] [Bổ sung] [Sửa] [Huỷ]
▸ Gửi báo cáo
  Đã nhận báo cáo, mã 0412, 19 giờ 42 ngày 12/11, đúng hạn.
"""

from dataclasses import replace
from datetime import date
from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, File, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import engine as engine_texts
from bot.texts import participation as texts
from bot.texts.markup import lines
from handlers import days, session_parts
from handlers.owed import after_report
from rules.counting import Count, read_count
from rules.deadlines import reported_on_time
from rules.duties import duty
from rules.names import clean, read_person_name, shorten
from rules.reading import LineReport, read_number
from rules.reasons import Reason
from storage import people, reports, units, uploads
from storage.reports import PARTICIPATION, Absent, Held, Line, Sender, Speaker

PROPOSAL_LIMIT = 2000  # characters
PHOTOS_LIMIT = 10


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
    photos: list[int] = []  # uploads
    editing: bool = False  # one answer is being mended: back to the summary after it
    seen_revision: int = 0  # of the report that this one would replace
    changed_meanwhile: bool = False  # somebody else sent one while this was written


flow = Conversation("participation", Draft, first=Step.TOOK_PART)


def start(turn: Turn, unit_id: int) -> Start:
    return Start(flow.name, Draft(unit=unit_id), unit_id)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Báo cáo {units.get(turn.conn, draft.unit).name}"


@flow.on_cancel
def drop_photos(turn: Turn, draft: Draft) -> None:
    uploads.drop(turn.conn, draft.photos)


# -- took part, and when


@flow.asks(Step.TOOK_PART)
def ask_took_part(turn: Turn, draft: Draft) -> Reply:
    unit = units.get(turn.conn, draft.unit)
    sent = reports.current(turn.conn, turn.plan.code, PARTICIPATION, unit.id)
    host = units.get(turn.conn, unit.parent_id) if unit.parent_id is not None else None
    hosts = reports.sessions_of(turn.conn, turn.plan.code, host.id) if host is not None else []
    buttons = [
        Button(texts.TOOK_PART, "yes"),
        Button(texts.OWN, "own"),
        Button(texts.NOT_YET, "no"),
    ]
    if sent is not None:
        buttons += [Button(texts.MAKE_UP, "makeup"), Button(texts.CORRECT, "correct")]
    text = texts.took_part(unit.name, turn.plan.short_title, hosts, host.name if host else "", sent)
    return Reply(text, buttons)


@flow.receives(Step.TOOK_PART)
def receive_took_part(turn: Turn, draft: Draft, event: Event) -> Outcome:
    sent = reports.current(turn.conn, turn.plan.code, PARTICIPATION, draft.unit)
    draft.seen_revision = sent.revision if sent else 0
    match event:
        case Press(choice="yes"):
            return _choose_session(turn, draft)
        case Press(choice="makeup") if sent is not None:
            draft.make_up = True
            return _choose_session(turn, draft)
        case Press(choice="own"):
            draft.own = Own()
            return Step.DAY
        case Press(choice="no"):
            return Step.PLANNED
        case Press(choice="correct") if sent is not None:
            _fill_from(draft, sent.lines[0])
            return Step.SUMMARY
    return None


def _choose_session(turn: Turn, draft: Draft) -> Step:
    hosts = _host_sessions(turn, draft)
    if len(hosts) == 1 and not draft.make_up:
        draft.session, draft.day = hosts[0].id, hosts[0].held_on
        return Step.MEMBERS
    return Step.SESSION if hosts else Step.DAY


def _host_sessions(turn: Turn, draft: Draft) -> list[reports.HostSession]:
    parent = units.get(turn.conn, draft.unit).parent_id
    return reports.sessions_of(turn.conn, turn.plan.code, parent) if parent is not None else []


@flow.asks(Step.SESSION)
def ask_session(turn: Turn, draft: Draft) -> Reply:
    buttons = [Button(texts.session_label(one), str(one.id)) for one in _host_sessions(turn, draft)[:8]]
    return Reply(texts.which_session(), [*buttons, Button(texts.OTHER_DAY, "other")])


@flow.receives(Step.SESSION)
def receive_session(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="other"):
            draft.session = draft.day = None
            return Step.DAY
        case Press(choice=choice):
            for one in _host_sessions(turn, draft):
                if str(one.id) == choice:
                    draft.session, draft.day = one.id, one.held_on
                    return _next(draft, Step.MEMBERS)
    return None


@flow.asks(Step.DAY)
def ask_day(turn: Turn, draft: Draft) -> Reply:
    return Reply(
        f"{texts.which_day(make_up=draft.make_up)} {texts.PRESS_OR_TYPE_DAY}", days.held_day_buttons(turn)
    )


@flow.receives(Step.DAY)
def receive_day(turn: Turn, draft: Draft, event: Event) -> Outcome:
    day = days.read_held_day(turn, event)
    if not isinstance(day, date):
        return day
    draft.day = day
    same_day = [one for one in _host_sessions(turn, draft) if one.held_on == day]
    draft.session = same_day[0].id if len(same_day) == 1 and draft.own is None else None
    return _next(draft, Step.PLACE if draft.own is not None else Step.MEMBERS)


# -- the branch's own session


@flow.asks(Step.PLACE)
def ask_place(turn: Turn, draft: Draft) -> Reply:
    return session_parts.ask_place(turn, draft.unit)


@flow.receives(Step.PLACE)
def receive_place(turn: Turn, draft: Draft, event: Event) -> Outcome:
    place = session_parts.read_place(turn, draft.unit, event)
    if not isinstance(place, str):
        return place
    assert draft.own is not None
    draft.own.place = place
    return _next(draft, Step.SPEAKER)


@flow.asks(Step.SPEAKER)
def ask_speaker(turn: Turn, draft: Draft) -> Reply:
    return session_parts.ask_speaker(turn, draft.unit, level="branch")


@flow.receives(Step.SPEAKER)
def receive_speaker(turn: Turn, draft: Draft, event: Event) -> Outcome:
    speaker = session_parts.read_speaker(turn, draft.unit, event, level="branch")
    if not isinstance(speaker, session_parts.SpeakerDraft):
        return speaker
    assert draft.own is not None
    draft.own.speaker = speaker
    return _next(draft, Step.MEMBERS)


# -- how many


@flow.asks(Step.MEMBERS)
def ask_members(turn: Turn, draft: Draft) -> Reply:
    expected = units.get(turn.conn, draft.unit).members
    return Reply(texts.how_many_members(expected, make_up=draft.make_up))


@flow.receives(Step.MEMBERS)
def receive_members(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if not isinstance(event, Text):
        return None
    count = read_count(event.text, units.get(turn.conn, draft.unit).members)
    if isinstance(count, Reason):
        return count
    if draft.make_up and count.attended + _already(turn, draft.unit) > count.expected:
        return Refusal(texts.MAKE_UP_TOO_MANY)
    draft.members = (count.attended, count.expected)
    if _cadres_expected(turn, draft) == 0:
        draft.cadres = None
        return _after_counts(draft)
    if draft.make_up and draft.editing:
        return Step.SUMMARY
    return _next(draft, Step.CADRES)


@flow.asks(Step.CADRES)
def ask_cadres(turn: Turn, draft: Draft) -> Reply:
    cadres = _cadres_expected(turn, draft)
    return Reply(
        texts.cadres_all_there(cadres),
        [Button(texts.all_present(cadres), "all"), Button(texts.SOME_ABSENT, "some")],
    )


@flow.receives(Step.CADRES)
def receive_cadres(turn: Turn, draft: Draft, event: Event) -> Outcome:
    cadres = _cadres_expected(turn, draft)
    match event:
        case Press(choice="all"):
            draft.absent = []
            return _with_cadres(draft, cadres)
        case Press(choice="some"):
            return Step.ABSENT
        case Text(text=text):
            count = read_count(text, cadres)
            if isinstance(count, Reason):
                return count
            return _with_cadres(draft, cadres) if count.attended == count.expected else Step.ABSENT
    return None


def _with_cadres(draft: Draft, cadres: int) -> Outcome:
    assert draft.members is not None
    if cadres > draft.members[0]:
        return Refusal(texts.CADRES_OVER)
    draft.cadres = cadres
    return _after_counts(draft)


@flow.asks(Step.ABSENT)
def ask_absent(turn: Turn, draft: Draft) -> Reply:
    gone = {one.person_id for one in draft.absent}
    buttons = [
        Button(("✓ " if person.id in gone else "") + shorten(person.full_name), f"p{person.id}")
        for person in _cadres_of(turn, draft.unit)
    ]
    buttons += [Button(texts.SOMEBODY_ELSE, "else"), Button(texts.FINISHED, "done")]
    return Reply(texts.who_was_absent([one.name for one in draft.absent]), buttons)


@flow.receives(Step.ABSENT)
def receive_absent(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="else"):
            return Step.ABSENT_NAME
        case Press(choice="done"):
            return _absent_named(turn, draft)
        case Press(choice=choice):
            for person in _cadres_of(turn, draft.unit):
                if choice == f"p{person.id}":
                    _toggle(draft, Missing(name=person.full_name, person_id=person.id))
                    return Step.ABSENT
        case Text():
            return receive_absent_name(turn, draft, event)
    return None


def _toggle(draft: Draft, who: Missing) -> None:
    kept = [one for one in draft.absent if one.person_id != who.person_id]
    draft.absent = kept if len(kept) < len(draft.absent) else [*draft.absent, who]


def _absent_named(turn: Turn, draft: Draft) -> Outcome:
    cadres = _cadres_expected(turn, draft)
    if not draft.absent:
        return Refusal(texts.NOBODY_NAMED)
    if len(draft.absent) > cadres:
        return Refusal(texts.TOO_MANY_NAMED)
    assert draft.members is not None
    if cadres - len(draft.absent) > draft.members[0]:
        return Refusal(texts.CADRES_OVER)
    draft.cadres = cadres - len(draft.absent)
    return Step.REASON if _without_reason(draft) else _after_counts(draft)


@flow.asks(Step.ABSENT_NAME)
def ask_absent_name(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.NAME_SOMEBODY)


@flow.receives(Step.ABSENT_NAME)
def receive_absent_name(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if not isinstance(event, Text):
        return None
    name = read_person_name(event.text)
    if isinstance(name, Reason):
        return name
    known = [person for person in _cadres_of(turn, draft.unit) if person.full_name == name]
    who = Missing(name=name, person_id=known[0].id if known else None)
    if all(one.name != name for one in draft.absent):
        draft.absent = [*draft.absent, who]
    return Step.ABSENT


@flow.asks(Step.REASON)
def ask_reason(turn: Turn, draft: Draft) -> Reply:
    waiting = _without_reason(draft)
    assert waiting is not None
    buttons = [Button(label, str(place)) for place, label in enumerate(texts.REASONS)]
    return Reply(texts.why_absent(waiting.name), buttons)


@flow.receives(Step.REASON)
def receive_reason(turn: Turn, draft: Draft, event: Event) -> Outcome:
    waiting = _without_reason(draft)
    assert waiting is not None
    match event:
        case Press(choice=choice) if choice.isdecimal() and int(choice) < len(texts.REASONS):
            waiting.reason = texts.REASONS[int(choice)]
        case Text(text=text) if clean(text):
            waiting.reason = clean(text)[:300]
        case _:
            return None
    return Step.REASON if _without_reason(draft) else _after_counts(draft)


def _without_reason(draft: Draft) -> Missing | None:
    return next((one for one in draft.absent if one.reason is None), None)


def _after_counts(draft: Draft) -> Step:
    if draft.own is not None and not draft.editing:
        return Step.MATERIALS
    draft.editing = False
    return Step.SUMMARY


# -- the summary, and what may be added or mended


@flow.asks(Step.SUMMARY)
def ask_summary(turn: Turn, draft: Draft) -> Reply:
    unit = units.get(turn.conn, draft.unit)
    sent = reports.current(turn.conn, turn.plan.code, PARTICIPATION, unit.id)
    text = texts.summary(
        unit.name,
        _line(turn, draft),
        make_up=draft.make_up,
        own_place=draft.own.place or "" if draft.own is not None else None,
        sent=sent,
        photos=len(draft.photos),
    )
    return Reply(
        lines(texts.CHANGED_MEANWHILE if draft.changed_meanwhile else None, text),
        [
            Button(texts.SEND, "send"),
            Button(texts.MORE, "more"),
            Button(texts.EDIT, "edit"),
            Button(texts.CANCEL, callbacks.CANCEL),
        ],
    )


@flow.receives(Step.SUMMARY)
def receive_summary(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="send"):
            return submit(turn, draft)
        case Press(choice="more"):
            return Step.MORE
        case Press(choice="edit"):
            draft.editing = True
            return Step.EDIT
        case File(photo=True):
            return _add_photo(turn, draft, event, Step.SUMMARY)
    return None


@flow.asks(Step.EDIT)
def ask_edit(turn: Turn, draft: Draft) -> Reply:
    buttons = [Button("Ngày học", Step.DAY), Button("Đoàn viên", Step.MEMBERS)]
    if _cadres_expected(turn, draft):
        buttons.append(Button("Cán bộ", Step.CADRES))
    if draft.own is not None:
        buttons += [Button("Địa điểm", Step.PLACE), Button("Báo cáo viên", Step.SPEAKER)]
    return Reply(texts.WHAT_TO_EDIT, buttons)


@flow.receives(Step.EDIT)
def receive_edit(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="day") if draft.own is None and _host_sessions(turn, draft):
            return Step.SESSION
        case Press(choice=choice) if choice in (
            Step.DAY,
            Step.MEMBERS,
            Step.CADRES,
            Step.PLACE,
            Step.SPEAKER,
        ):
            return Step(choice)
    return None


@flow.asks(Step.MORE)
def ask_more(turn: Turn, draft: Draft) -> Reply:
    buttons = [
        Button("Thanh niên", Step.YOUTH),
        Button("Đi làm ăn xa", Step.AT_HOME),
        Button("Tài liệu", Step.MATERIALS),
        Button("Ảnh", Step.PHOTOS),
        Button("Kiến nghị", Step.PROPOSAL),
        Button(texts.FINISHED, Step.SUMMARY),
    ]
    return Reply(texts.WHAT_MORE, buttons)


@flow.receives(Step.MORE)
def receive_more(turn: Turn, draft: Draft, event: Event) -> Outcome:
    offered = (Step.YOUTH, Step.AT_HOME, Step.MATERIALS, Step.PHOTOS, Step.PROPOSAL, Step.SUMMARY)
    match event:
        case Press(choice=choice) if choice in offered:
            return Step(choice)
        case File(photo=True):
            return _add_photo(turn, draft, event, Step.PHOTOS)
    return None


@flow.asks(Step.YOUTH)
def ask_youth(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.HOW_MANY_YOUTH)


@flow.receives(Step.YOUTH)
def receive_youth(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if not isinstance(event, Text):
        return None
    number = read_number(event.text, 99_999)
    if isinstance(number, Reason):
        return number
    draft.youth = number
    return Step.MORE


@flow.asks(Step.AT_HOME)
def ask_at_home(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.HOW_MANY_AT_HOME)


@flow.receives(Step.AT_HOME)
def receive_at_home(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if not isinstance(event, Text):
        return None
    number = read_number(event.text, 99_999)
    if isinstance(number, Reason):
        return number
    assert draft.members is not None
    if number > draft.members[1]:
        return Refusal(texts.AT_HOME_TOO_MANY)
    if number < draft.members[0]:
        return Refusal(texts.AT_HOME_TOO_FEW)
    draft.at_home = number
    return Step.MORE


@flow.asks(Step.MATERIALS)
def ask_materials(turn: Turn, draft: Draft) -> Reply:
    return session_parts.ask_materials()


@flow.receives(Step.MATERIALS)
def receive_materials(turn: Turn, draft: Draft, event: Event) -> Outcome:
    enough = session_parts.read_materials(event)
    if enough is None:
        return None
    first_time = draft.own is not None and draft.materials is None
    draft.materials = enough
    return Step.PHOTOS if first_time else Step.MORE


@flow.asks(Step.PROPOSAL)
def ask_proposal(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHICH_PROPOSAL)


@flow.receives(Step.PROPOSAL)
def receive_proposal(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if not isinstance(event, Text) or not clean(event.text):
        return None
    draft.proposal = clean(event.text)[:PROPOSAL_LIMIT]
    return Step.MORE


@flow.asks(Step.PHOTOS)
def ask_photos(turn: Turn, draft: Draft) -> Reply:
    return session_parts.ask_photos(len(draft.photos))


@flow.receives(Step.PHOTOS)
def receive_photos(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="done" | "none"):
            return Step.SUMMARY
        case File():
            return _add_photo(turn, draft, event, Step.PHOTOS)
    return None


def _add_photo(turn: Turn, draft: Draft, event: File, then: Step) -> Outcome:
    added = session_parts.add_photo(turn, draft.photos, event)
    return added if isinstance(added, Refusal) else then


# -- not yet


@flow.asks(Step.PLANNED)
def ask_planned(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHEN_PLANNED, [Button(texts.NO_DAY_YET, days.NO_DAY)])


@flow.receives(Step.PLANNED)
def receive_planned(turn: Turn, draft: Draft, event: Event) -> Outcome:
    return days.record_planned_day(turn, event, PARTICIPATION, draft.unit)


# -- sending


def submit(turn: Turn, draft: Draft) -> Outcome:
    sent = reports.current(turn.conn, turn.plan.code, PARTICIPATION, draft.unit)
    if (sent.revision if sent else 0) != draft.seen_revision:
        draft.seen_revision = sent.revision if sent else 0
        draft.changed_meanwhile = True
        return Step.SUMMARY
    if turn.post_for(draft.unit) is None:
        return Refusal(engine_texts.NOT_YOURS)
    line = _line(turn, draft)
    whole = [*sent.lines, line] if draft.make_up and sent else [line, *(sent.lines[1:] if sent else ())]
    sender = _sender(turn)
    if draft.own is not None:
        whole[0] = _with_own_session(turn, draft, line, sender)
    receipt = reports.submit_participation(turn.conn, turn.plan.code, draft.unit, whole, sender)
    uploads.attach(turn.conn, draft.photos, "report", receipt.report_id)
    on_time = reported_on_time(
        duty(turn.plan, PARTICIPATION),
        whole[0].held_on,
        receipt.first_arrived,
        turn.world.zone,
    )
    text = texts.received(receipt, turn.arrived, turn.world.zone, on_time)
    return Done(after_report(turn, draft.unit, text))


def _with_own_session(turn: Turn, draft: Draft, line: Line, sender: Sender) -> Line:
    """A branch that held its own session is its host too: both are recorded."""
    assert draft.own is not None
    own = [
        one
        for one in reports.all_of(turn.conn, turn.plan.code, reports.SESSION, draft.unit)
        if one.held is not None and one.held.held_on == line.held_on
    ]
    slot = own[0].slot if own else reports.next_slot(turn.conn, turn.plan.code, reports.SESSION, draft.unit)
    speaker = draft.own.speaker
    held = Held(
        level="branch",
        held_on=line.held_on,
        place=draft.own.place,
        materials=draft.materials,
        own=True,
        make_up=draft.make_up,
        speakers=(Speaker(speaker.name, speaker.person_id, speaker.outside_rule),) if speaker else (),
    )
    _receipt, session_id = reports.submit_session(turn.conn, turn.plan.code, draft.unit, slot, held, sender)
    return replace(line, session_id=session_id)


def _line(turn: Turn, draft: Draft) -> Line:
    assert draft.day is not None
    assert draft.members is not None
    cadres = _cadres_expected(turn, draft)
    return Line(
        held_on=draft.day,
        members=draft.members[0],
        members_expected=draft.members[1],
        session_id=draft.session,
        members_roster=units.get(turn.conn, draft.unit).members,
        cadres=draft.cadres,
        cadres_expected=cadres if draft.cadres is not None else None,
        youth=draft.youth,
        at_home=draft.at_home,
        materials=draft.materials,
        proposal=draft.proposal,
        absent=tuple(Absent(one.name, one.person_id, one.reason) for one in draft.absent),
    )


def draft_from_line(
    turn: Turn, unit_id: int, held_on: date | None, members: Count, line: LineReport
) -> Draft:
    """What was typed in one line, as far as it goes."""
    sent = reports.current(turn.conn, turn.plan.code, PARTICIPATION, unit_id)
    draft = Draft(
        unit=unit_id,
        day=held_on,
        members=(members.attended, members.expected),
        youth=line.youth,
        at_home=line.at_home,
        materials=line.materials,
        seen_revision=sent.revision if sent else 0,
        editing=True,
    )
    hosts = _host_sessions(turn, draft)
    matching = [one for one in hosts if held_on is None or one.held_on == held_on]
    if len(matching) == 1:
        draft.session, draft.day = matching[0].id, matching[0].held_on
    if line.cadres is not None and line.cadres.attended == _cadres_expected(turn, draft):
        draft.cadres = line.cadres.attended
    return draft


def _fill_from(draft: Draft, line: Line) -> None:
    """Correct what was sent: the draft begins as it."""
    draft.day, draft.session = line.held_on, line.session_id
    draft.members = (line.members, line.members_expected)
    draft.cadres = line.cadres
    draft.absent = [Missing(name=one.name, person_id=one.person_id, reason=one.reason) for one in line.absent]
    draft.youth, draft.at_home = line.youth, line.at_home
    draft.materials, draft.proposal = line.materials, line.proposal


def _next(draft: Draft, step: Step) -> Step:
    """The next question, or the summary where only one answer is being mended."""
    if not draft.editing:
        return step
    draft.editing = False
    return Step.SUMMARY


def _already(turn: Turn, unit_id: int) -> int:
    """Members counted by the lines sent before."""
    sent = reports.current(turn.conn, turn.plan.code, PARTICIPATION, unit_id)
    return sum(line.members for line in sent.lines) if sent else 0


def _cadres_expected(turn: Turn, draft: Draft) -> int:
    """Of a make-up: those who were absent before."""
    unit = units.get(turn.conn, draft.unit)
    cadres = unit.cadres if unit.cadres is not None else len(_cadres_of(turn, unit.id))
    if not draft.make_up:
        return cadres
    sent = reports.current(turn.conn, turn.plan.code, PARTICIPATION, draft.unit)
    return max(0, cadres - sum(line.cadres or 0 for line in sent.lines)) if sent else cadres


def _cadres_of(turn: Turn, unit_id: int) -> list[people.Holder]:
    roles = [role.code for role in turn.plan.roles if role.cadre]
    return people.holders(turn.conn, unit_id, turn.today, roles)


def _sender(turn: Turn) -> Sender:
    return Sender(turn.person_id, turn.account.id, turn.arrived)
