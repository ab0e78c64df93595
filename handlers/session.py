"""The host records a session: a commune, a district, the province.

▸ /baocao
  Đơn vị đã tổ chức hội nghị học tập chưa?   [Đã tổ chức] [Chưa tổ chức]
▸ Đã tổ chức
  Hội nghị họp ngày nào?   [Hôm nay] [Hôm qua]
▸ 12/11
  Họp ở đâu?   [Như lần trước]
▸ nhà văn hoá xã
  Báo cáo viên là ai?   [Nguyễn Văn An] [Lê Thị Bình]
▸ Nguyễn Văn An
  Cả hội trường có bao nhiêu người?
▸ 120
  Tài liệu phát cho người dự có đủ không?   [Đủ tài liệu] [Thiếu tài liệu]
▸ Đủ tài liệu
  Đồng chí gửi ảnh hội nghị   [Không có ảnh]
▸ (ảnh) ▸ Xong
  … [Gửi báo cáo] [Sửa] [Huỷ]
"""

from collections import Counter
from datetime import date, timedelta
from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, File, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import check_ins as check_in_texts
from bot.texts import engine as engine_texts
from bot.texts import meetings as meeting_texts
from bot.texts import participation as report_texts
from bot.texts import say
from bot.texts import sessions as texts
from bot.texts.markup import lines
from handlers import days, meeting_parts, meeting_rights, mending, reviewer, session_parts
from handlers.owed import after_report
from rules.counting import read_count
from rules.deadlines import held_on_time
from rules.duties import duty_of
from rules.plan import Duty, DutyKind, Group
from rules.reading import read_number
from rules.reasons import Reason, ReasonCode
from storage import check_ins, meetings, reports, submitting, uploads
from storage.meetings import Meeting
from storage.models import MeetingState
from storage.reports import GroupCount, Held, Speaker

HALL_LIMIT = 20_000  # people
PLANNED_DAY = "planned_day"
PLANNED_PLACE = "planned_place"
PLANNED_SPEAKER = "planned_speaker"


class Step(StrEnum):
    HELD = "held"
    DAY = "day"
    PLACE = "place"
    SPEAKER = "speaker"
    HALL = "hall"
    GROUP = "group"
    MATERIALS = "materials"
    PHOTOS = "photos"
    SUMMARY = "summary"
    EDIT = "edit"
    PLANNED = "planned"


class Draft(BaseModel):
    unit: int
    slot: int | None = None  # the recorded session that this corrects
    make_up: bool = False
    day: date | None = None
    place: str | None = None
    speaker: session_parts.SpeakerDraft | None = None
    hall: int | None = None
    groups: dict[str, tuple[int, int]] = {}  # attended, expected
    materials: bool | None = None
    photos: list[int] = []  # uploads
    album: str | None = None  # the last one answered
    seen: tuple[int, int] | None = None  # report and revision that the person knows this one replaces
    check_again: bool = False  # it was sent without knowing that
    editing: bool = False  # one answer is being mended: back to the summary after it
    own: bool = False  # a branch's own, recorded with its participation
    answers: bool = False  # the report was returned, and this mends what was asked for
    meeting: int | None = None  # the planned one that this is the result of


flow = Conversation("session", Draft, first=Step.HELD)


def start(turn: Turn, unit_id: int) -> Start:
    return Start(flow.name, Draft(unit=unit_id), unit_id)


def correction(unit_id: int, sent: reports.Current) -> Draft:
    """Of a session that was recorded: the draft begins as it."""
    draft = Draft(unit=unit_id)
    _fill_from(draft, sent)
    return draft


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Báo cáo hội nghị {turn.unit(draft.unit).name}"


@flow.on_cancel
def drop_photos(turn: Turn, draft: Draft) -> None:
    uploads.drop(turn.conn, draft.photos)


@flow.on_keep
def keep_photos(found: Draft, fresh: Draft) -> None:
    found.photos += fresh.photos


@flow.asks(Step.HELD)
def ask_held(turn: Turn, draft: Draft) -> Reply:
    recorded = _recorded(turn, draft)
    buttons = [Button(texts.HELD, "yes")]
    if not recorded:
        buttons.append(Button(texts.NOT_HELD, "no"))
    else:
        buttons.append(Button(texts.MAKE_UP, "makeup"))
    days = Counter(one.held.held_on for one in recorded if one.held)
    buttons += [
        Button(texts.correct_label(one.held, only_one_that_day=days[one.held.held_on] == 1), f"s{one.slot}")
        for one in recorded
        if one.held
    ]
    unit = turn.unit(draft.unit)
    return Reply(texts.was_it_held(unit.name, turn.plan.short_title, recorded), buttons)


@flow.receives(Step.HELD)
def receive_held(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="yes"):
            return Step.DAY
        case Press(choice="makeup"):
            draft.make_up = True
            return Step.DAY
        case Press(choice="no"):
            return Step.PLANNED
        case Press(choice=choice):
            for one in _recorded(turn, draft):
                if choice == f"s{one.slot}" and one.held is not None:
                    _fill_from(draft, one)
                    return Step.SUMMARY
    return None


@flow.asks(Step.DAY)
def ask_day(turn: Turn, draft: Draft) -> Reply:
    buttons = days.held_day_buttons(turn)
    due = _due_meeting(turn, draft)
    if due is not None and due.day < turn.today - timedelta(days=1):
        buttons.insert(0, Button(meeting_texts.record_day_label(due), PLANNED_DAY))
    return Reply(texts.WHICH_DAY, buttons)


@flow.receives(Step.DAY)
def receive_day(turn: Turn, draft: Draft, event: Event) -> Outcome:
    due = _due_meeting(turn, draft)
    planned = due is not None and event == Press(PLANNED_DAY)
    day = due.day if due is not None and planned else days.read_held_day(turn, event)
    if not isinstance(day, date):
        return day
    draft.day = day
    if draft.slot is None and not draft.editing:
        draft.meeting = due.id if due is not None and due.day == day else None
    return _next(draft, Step.PLACE)


@flow.asks(Step.PLACE)
def ask_place(turn: Turn, draft: Draft) -> Reply:
    planned = _meeting(turn, draft)
    if planned is None:
        return session_parts.ask_place(turn, draft.unit)
    text = meeting_texts.where(planned.place, meeting_texts.AS_PLANNED)
    return Reply(text, [Button(meeting_texts.AS_PLANNED, PLANNED_PLACE)])


@flow.receives(Step.PLACE, prose=True)
def receive_place(turn: Turn, draft: Draft, event: Event) -> Outcome:
    planned = _meeting(turn, draft)
    if planned is not None and event == Press(PLANNED_PLACE):
        draft.place = planned.place
        return _next(draft, Step.SPEAKER)
    place = session_parts.read_place(turn, draft.unit, event)
    if not isinstance(place, str):
        return place
    draft.place = place
    return _next(draft, Step.SPEAKER)


@flow.asks(Step.SPEAKER)
def ask_speaker(turn: Turn, draft: Draft) -> Reply:
    asked = session_parts.ask_speaker(turn, draft.unit)
    planned = _meeting(turn, draft)
    if planned is None or planned.speaker_name is None:
        return asked
    first = Button(say.both_ends(planned.speaker_name), PLANNED_SPEAKER)
    known = [button for button in asked.buttons if button.choice != f"p{planned.speaker_id}"]
    return Reply(asked.text, [first, *known])


@flow.receives(Step.SPEAKER, prose=True)
def receive_speaker(turn: Turn, draft: Draft, event: Event) -> Outcome:
    planned = _meeting(turn, draft)
    if planned is not None and event == Press(PLANNED_SPEAKER):
        draft.speaker = meeting_parts.speaker_of(planned)
        return _next(draft, Step.HALL) if draft.speaker is not None else None
    speaker = session_parts.read_speaker(turn, draft.unit, event)
    if not isinstance(speaker, session_parts.SpeakerDraft):
        return speaker
    draft.speaker = speaker
    return _next(draft, Step.HALL)


@flow.asks(Step.HALL)
def ask_hall(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.HOW_MANY_IN_HALL)


@flow.receives(Step.HALL)
def receive_hall(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if not isinstance(event, Text):
        return None
    number = read_number(event.text, HALL_LIMIT)
    if isinstance(number, Reason):
        return number
    draft.hall = number
    return _next(draft, Step.GROUP if _group_to_ask(turn, draft) else Step.MATERIALS)


@flow.asks(Step.GROUP)
def ask_group(turn: Turn, draft: Draft) -> Reply:
    group = _group_to_ask(turn, draft)
    assert group is not None
    return Reply(texts.group_count(group.name))


@flow.receives(Step.GROUP)
def receive_group(turn: Turn, draft: Draft, event: Event) -> Outcome:
    group = _group_to_ask(turn, draft)
    if not isinstance(event, Text) or group is None:
        return None
    count = read_count(event.text, None)
    if isinstance(count, Reason):
        over = count.code is ReasonCode.MORE_THAN_EXPECTED
        return Refusal(texts.more_than_convened(**count.facts)) if over else count
    draft.groups = {**draft.groups, group.code: (count.attended, count.expected)}
    if _group_to_ask(turn, draft) is not None:
        return Step.GROUP
    return _next(draft, Step.MATERIALS)


@flow.asks(Step.MATERIALS)
def ask_materials(turn: Turn, draft: Draft) -> Reply:
    return session_parts.ask_materials()


@flow.receives(Step.MATERIALS)
def receive_materials(turn: Turn, draft: Draft, event: Event) -> Outcome:
    enough = session_parts.read_materials(event)
    if enough is None:
        return None
    draft.materials = enough
    return _next(draft, Step.PHOTOS)


@flow.asks(Step.PHOTOS)
def ask_photos(turn: Turn, draft: Draft) -> Reply:
    return session_parts.ask_photos(draft)


@flow.receives(Step.PHOTOS)
def receive_photos(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="done" | "none"):
            draft.editing = False
            return Step.SUMMARY
        case File():
            return session_parts.add_photo(turn, draft, event, Step.PHOTOS)
    return None


@flow.asks(Step.SUMMARY)
def ask_summary(turn: Turn, draft: Draft) -> Reply:
    if draft.answers:
        return _ask_to_send_again(turn, draft)
    unit = turn.unit(draft.unit)
    groups = [
        (group.name, report_texts.count(*draft.groups[group.code]))
        for group in _groups(turn, draft)
        if group.code in draft.groups
    ]
    before = _replaced(turn, draft)
    photos = len(draft.photos) + (len(uploads.files_of(turn.conn, "report", before.id)) if before else 0)
    return Reply(
        texts.summary(
            unit.name,
            _held(turn, draft),
            groups,
            photos,
            replaces=before.id if before else None,
            check_again=draft.check_again,
            checked_in=_checked_in(turn, draft),
        ),
        [
            Button(report_texts.SEND, "send"),
            Button(report_texts.EDIT, "edit"),
            Button(report_texts.CANCEL, callbacks.CANCEL),
        ],
    )


def _ask_to_send_again(turn: Turn, draft: Draft) -> Reply:
    sent = next(one for one in _recorded(turn, draft) if one.slot == draft.slot)
    content = submitting.content_of(_held(turn, draft))
    return reviewer.ask_to_send_again(turn, sent.id, sent.revision, content, len(draft.photos))


@flow.receives(Step.SUMMARY)
def receive_summary(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="send"):
            return submit(turn, draft)
        case Press(choice="edit"):
            draft.editing = True
            return Step.EDIT
        case File(photo=True):
            return session_parts.add_photo(turn, draft, event, Step.SUMMARY)
    return None


@flow.asks(Step.EDIT)
def ask_edit(turn: Turn, draft: Draft) -> Reply:
    buttons = [
        Button("Ngày họp", Step.DAY),
        Button("Địa điểm", Step.PLACE),
        Button("Báo cáo viên", Step.SPEAKER),
        Button("Số người", Step.HALL),
        Button("Tài liệu", Step.MATERIALS),
        Button("Ảnh", Step.PHOTOS),
    ]
    if _groups(turn, draft):
        buttons.append(Button("Từng thành phần", Step.GROUP))
    return Reply(report_texts.WHAT_TO_EDIT, buttons)


@flow.receives(Step.EDIT)
def receive_edit(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="group") if _groups(turn, draft):
            draft.groups = {}
            return Step.GROUP
        case Press(choice=choice) if choice in (
            Step.DAY,
            Step.PLACE,
            Step.SPEAKER,
            Step.HALL,
            Step.MATERIALS,
            Step.PHOTOS,
        ):
            return Step(choice)
    return None


@flow.asks(Step.PLANNED)
def ask_planned(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHEN_PLANNED, [Button(report_texts.NO_DAY_YET, days.NO_DAY)])


@flow.receives(Step.PLANNED)
def receive_planned(turn: Turn, draft: Draft, event: Event) -> Outcome:
    outcome = days.record_planned_day(turn, event, _duty(turn, draft).code, draft.unit)
    day = days.read_day_ahead(turn, event)
    if not isinstance(outcome, Done) or not isinstance(day, date):
        return outcome
    plan = go(meeting_texts.PLAN_AND_INVITE, meeting_rights.PLAN, f"{draft.unit}.{day.isoformat()}")
    return Done(Reply(outcome.reply.text, [plan]))


def submit(turn: Turn, draft: Draft) -> Outcome:
    if turn.locked(draft.unit):
        return Refusal(engine_texts.LOCKED)
    if turn.post_for(draft.unit) is None:
        return Refusal(engine_texts.NOT_YOURS)
    plan, duty = turn.plan, _duty(turn, draft)
    held = _held(turn, draft)
    before = _replaced(turn, draft)
    replaces = (before.id, before.revision) if before else None
    if replaces != draft.seen:
        draft.seen, draft.check_again = replaces, True
        return Step.SUMMARY
    if before is not None:
        slot = before.slot
    else:
        slot = submitting.next_slot(turn.conn, plan.code, duty.code, draft.unit)
    sender = turn.sender
    receipt, session_id = submitting.submit_session(
        turn.conn, plan.code, duty.code, draft.unit, slot, held, sender
    )
    uploads.attach(turn.conn, draft.photos, "report", receipt.report_id)
    planned = _meeting(turn, draft)
    if planned is not None:
        meetings.hold(turn.conn, planned, session_id, sender)
    reviewer.tell_corrected(turn, receipt)
    level = turn.unit(draft.unit).duty_level
    on_time = held_on_time(duty, level, held.held_on)
    text = lines(
        report_texts.received(receipt, turn.arrived, turn.world.zone, None),
        _checked_in(turn, draft),
        texts.held_verdict(on_time),
    )
    return Done(after_report(turn, draft.unit, text))


def _due_meeting(turn: Turn, draft: Draft) -> Meeting | None:
    """What was planned for today or before, and has no result yet: the latest."""
    if draft.slot is not None or draft.own:
        return None
    planned = meetings.planned_of(turn.conn, turn.plan.code, draft.unit)
    return next((one for one in reversed(planned) if one.day <= turn.today), None)


def _meeting(turn: Turn, draft: Draft) -> Meeting | None:
    """The planned one that this is the result of, as long as it waits for it."""
    one = meetings.get(turn.conn, draft.meeting) if draft.meeting is not None else None
    waits = one is not None and one.host_id == draft.unit and one.state is MeetingState.PLANNED
    return one if waits else None


def _recorded(turn: Turn, draft: Draft) -> list[reports.Current]:
    return reports.all_of(turn.conn, turn.plan.code, _duty(turn, draft).code, draft.unit)


def _replaced(turn: Turn, draft: Draft) -> reports.Current | None:
    """The recorded session that sending this would correct: the one chosen, or the same day and place."""
    for one in _recorded(turn, draft):
        same = one.held is not None and (one.held.held_on, one.held.place) == (draft.day, draft.place)
        if one.slot == draft.slot or (draft.slot is None and same):
            return one
    return None


def _held(turn: Turn, draft: Draft) -> Held:
    assert draft.day is not None
    speaker = draft.speaker
    return Held(
        level=_level(turn, draft),
        held_on=draft.day,
        place=draft.place,
        hall_count=draft.hall,
        materials=draft.materials,
        make_up=draft.make_up,
        own=draft.own,
        speakers=(Speaker(speaker.name, speaker.person_id, speaker.outside_rule),) if speaker else (),
        groups=tuple(GroupCount(code, *counts) for code, counts in draft.groups.items()),
    )


def _checked_in(turn: Turn, draft: Draft) -> str | None:
    """How many checked in, beside the hall's count; None: no check-in was opened."""
    assert draft.day is not None
    before = _replaced(turn, draft)
    others = [
        one
        for one in _recorded(turn, draft)
        if one.held is not None
        and one.held.held_on == draft.day
        and (before is None or one.slot != before.slot)
    ]
    many = check_ins.before_recording(
        turn.conn, turn.plan.code, draft.unit, draft.day, draft.place, alone=not others
    )
    return check_in_texts.beside_hall(many, draft.hall) if many is not None else None


def _fill_from(draft: Draft, sent: reports.Current) -> None:
    """Correct what was recorded: the draft begins as it."""
    held = sent.held
    assert held is not None
    draft.seen = (sent.id, sent.revision)
    draft.slot, draft.make_up, draft.own = sent.slot, held.make_up, held.own
    draft.day, draft.place, draft.hall, draft.materials = (
        held.held_on,
        held.place,
        held.hall_count,
        held.materials,
    )
    draft.speaker = session_parts.speaker_of(held)
    draft.groups = {one.group: (one.attended, one.expected) for one in held.groups}


def _duty(turn: Turn, draft: Draft) -> Duty:
    """A branch that held its own has no such duty at its level; it fulfils the hosts'."""
    return duty_of(turn.plan, DutyKind.SESSION, _level(turn, draft)) or turn.duty(DutyKind.SESSION)


def _level(turn: Turn, draft: Draft) -> str:
    return turn.unit(draft.unit).duty_level


def _groups(turn: Turn, draft: Draft) -> list[Group]:
    """The convened groups that the host counts one by one."""
    level = _level(turn, draft)
    return [group for group in turn.plan.convened if group.session_level == level and group.counted_by_host]


def _group_to_ask(turn: Turn, draft: Draft) -> Group | None:
    return next((group for group in _groups(turn, draft) if group.code not in draft.groups), None)


def _next(draft: Draft, step: Step) -> Step:
    return mending.next_step(draft, step, Step.SUMMARY)
