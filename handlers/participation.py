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

from bot import callbacks
from bot.engine.conversation import Done, Outcome, Refusal
from bot.engine.events import Event, File, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import engine as engine_texts
from bot.texts import participation as texts
from bot.texts.markup import lines
from handlers import days, participation_cadres, participation_more
from handlers.owed import after_report
from handlers.participation_draft import (
    Draft,
    Own,
    Step,
    add_photo,
    after_counts,
    cadres_expected,
    fill_from,
    host_sessions,
    line_of,
    next_step,
    participation_duty,
    sent_before,
    too_many,
)
from handlers.participation_draft import flow as flow
from rules.counting import read_count
from rules.deadlines import reported_on_time
from rules.duties import duty_of
from rules.plan import DutyKind
from rules.reasons import Reason
from storage import reports, submitting, uploads
from storage.reports import Current, Held, Line, Sender, Speaker

# The steps of this one long conversation that stand in files of their own; `Registry.add` refuses it without.
OTHER_STEPS = (participation_cadres, participation_more)


# -- took part, and when


@flow.asks(Step.TOOK_PART)
def ask_took_part(turn: Turn, draft: Draft) -> Reply:
    unit = turn.unit(draft.unit)
    sent = sent_before(turn, unit.id)
    host = turn.unit(unit.parent_id) if unit.parent_id is not None else None
    hosts = reports.sessions_of(turn.conn, turn.plan.code, host.id) if host is not None else []
    buttons = [
        Button(texts.TOOK_PART, "yes"),
        *([Button(texts.OWN, "own")] if duty_of(turn.plan, DutyKind.SESSION) is not None else []),
        Button(texts.NOT_YET, "no"),
    ]
    if sent is not None:
        buttons += [Button(texts.MAKE_UP, "makeup"), Button(texts.CORRECT, "correct")]
    text = texts.took_part(unit.name, turn.plan.short_title, hosts, host.name if host else "", sent)
    return Reply(text, buttons)


@flow.receives(Step.TOOK_PART)
def receive_took_part(turn: Turn, draft: Draft, event: Event) -> Outcome:
    sent = sent_before(turn, draft.unit)
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
            fill_from(turn, draft, sent.lines[0])
            return Step.SUMMARY
    return None


def _choose_session(turn: Turn, draft: Draft) -> Step:
    hosts = host_sessions(turn, draft)
    if len(hosts) == 1 and not draft.make_up:
        draft.session, draft.day = hosts[0].id, hosts[0].held_on
        return Step.MEMBERS
    return Step.SESSION if hosts else Step.DAY


@flow.asks(Step.SESSION)
def ask_session(turn: Turn, draft: Draft) -> Reply:
    buttons = [Button(texts.session_label(one), str(one.id)) for one in host_sessions(turn, draft)[:8]]
    return Reply(texts.which_session(), [*buttons, Button(texts.OTHER_DAY, "other")])


@flow.receives(Step.SESSION)
def receive_session(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="other"):
            draft.session = draft.day = None
            return Step.DAY
        case Press(choice=choice):
            for one in host_sessions(turn, draft):
                if str(one.id) == choice:
                    draft.session, draft.day = one.id, one.held_on
                    return next_step(draft, Step.MEMBERS)
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
    same_day = [one for one in host_sessions(turn, draft) if one.held_on == day]
    draft.session = same_day[0].id if len(same_day) == 1 and draft.own is None else None
    return next_step(draft, Step.PLACE if draft.own is not None else Step.MEMBERS)


# -- how many


@flow.asks(Step.MEMBERS)
def ask_members(turn: Turn, draft: Draft) -> Reply:
    expected = turn.unit(draft.unit).members
    return Reply(texts.how_many_members(expected, make_up=draft.make_up))


@flow.receives(Step.MEMBERS)
def receive_members(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if not isinstance(event, Text):
        return None
    count = read_count(event.text, turn.unit(draft.unit).members)
    if isinstance(count, Reason):
        return count
    draft.members = (count.attended, count.expected)
    if too_many(turn, draft):
        return Refusal(texts.MORE_WITH_MAKE_UPS)
    if cadres_expected(turn, draft) == 0:
        draft.cadres = None
        return after_counts(draft)
    if draft.make_up and draft.editing:
        return Step.SUMMARY
    return next_step(draft, Step.CADRES)


# -- the summary, and what may be added or mended


@flow.asks(Step.SUMMARY)
def ask_summary(turn: Turn, draft: Draft) -> Reply:
    unit = turn.unit(draft.unit)
    sent = sent_before(turn, unit.id)
    text = texts.summary(
        unit.name,
        line_of(turn, draft),
        make_up=draft.make_up,
        own_place=draft.own.place or "" if draft.own is not None else None,
        sent=sent,
        photos=len(draft.photos),
        cadres_asked=cadres_expected(turn, draft) > 0,
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
            return add_photo(turn, draft, event, Step.SUMMARY)
    return None


@flow.asks(Step.EDIT)
def ask_edit(turn: Turn, draft: Draft) -> Reply:
    buttons = [Button("Ngày học", Step.DAY), Button("Đoàn viên", Step.MEMBERS)]
    if cadres_expected(turn, draft):
        buttons.append(Button("Cán bộ", Step.CADRES))
    if draft.own is not None:
        buttons += [Button("Địa điểm", Step.PLACE), Button("Báo cáo viên", Step.SPEAKER)]
    return Reply(texts.WHAT_TO_EDIT, buttons)


@flow.receives(Step.EDIT)
def receive_edit(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="day") if draft.own is None and host_sessions(turn, draft):
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


# -- not yet


@flow.asks(Step.PLANNED)
def ask_planned(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHEN_PLANNED, [Button(texts.NO_DAY_YET, days.NO_DAY)])


@flow.receives(Step.PLANNED)
def receive_planned(turn: Turn, draft: Draft, event: Event) -> Outcome:
    return days.record_planned_day(turn, event, participation_duty(turn, draft.unit).code, draft.unit)


# -- sending


def submit(turn: Turn, draft: Draft) -> Outcome:
    if turn.locked(draft.unit):
        return Refusal(engine_texts.LOCKED)
    sent = sent_before(turn, draft.unit)
    if (sent.revision if sent else 0) != draft.seen_revision:
        draft.seen_revision = sent.revision if sent else 0
        draft.changed_meanwhile = True
        return Step.SUMMARY
    if turn.post_for(draft.unit) is None:
        return Refusal(engine_texts.NOT_YOURS)
    if too_many(turn, draft):
        return Refusal(texts.MORE_WITH_MAKE_UPS)
    line = line_of(turn, draft)
    duty = participation_duty(turn, draft.unit)
    whole = [*sent.lines, line] if draft.make_up and sent else [line, *(sent.lines[1:] if sent else ())]
    sender = turn.sender
    if draft.own is not None:
        whole[0] = _with_own_session(turn, draft, line, sender)
    receipt = submitting.submit_participation(turn.conn, turn.plan.code, duty.code, draft.unit, whole, sender)
    uploads.attach(turn.conn, draft.photos, "report", receipt.report_id)
    _tell_if_the_roster_differs(turn, draft.unit, line, sent)
    on_time = reported_on_time(
        duty,
        whole[0].held_on,
        receipt.first_arrived,
        turn.world.zone,
    )
    text = texts.received(receipt, turn.arrived, turn.world.zone, on_time)
    return Done(after_report(turn, draft.unit, text))


def _tell_if_the_roster_differs(turn: Turn, unit_id: int, line: Line, before: Current | None) -> None:
    """Once a number: a correction of something else does not say it again."""
    roster = line.members_roster
    said = before is not None and any(one.members_expected == line.members_expected for one in before.lines)
    if roster is None or roster == line.members_expected or said:
        return
    unit = turn.unit(unit_id)
    if unit.parent_id is not None:
        told = Reply(texts.roster_differs(unit.name, line.members_expected, roster))
        turn.tell_acting(unit.parent_id, told)


def _with_own_session(turn: Turn, draft: Draft, line: Line, sender: Sender) -> Line:
    """A branch that held its own session is its host too: both are recorded."""
    assert draft.own is not None
    code = turn.duty(DutyKind.SESSION).code
    same_day = (
        one.slot
        for one in reports.all_of(turn.conn, turn.plan.code, code, draft.unit)
        if one.held is not None and one.held.held_on == line.held_on
    )
    slot = draft.own.slot if draft.own.slot is not None else next(same_day, None)
    if slot is None:
        slot = submitting.next_slot(turn.conn, turn.plan.code, code, draft.unit)
    speaker = draft.own.speaker
    held = Held(
        level=turn.unit(draft.unit).duty_level,
        held_on=line.held_on,
        place=draft.own.place,
        materials=draft.materials,
        own=True,
        make_up=draft.make_up,
        speakers=(Speaker(speaker.name, speaker.person_id, speaker.outside_rule),) if speaker else (),
    )
    _receipt, session_id = submitting.submit_session(
        turn.conn, turn.plan.code, code, draft.unit, slot, held, sender
    )
    return replace(line, session_id=session_id)
