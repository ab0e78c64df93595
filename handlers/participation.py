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
from bot.engine.conversation import Outcome, Refusal
from bot.engine.events import Event, File, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import check_ins as check_in_texts
from bot.texts import participation as texts
from bot.texts.markup import lines
from handlers import days, participation_cadres, participation_more, participation_sending, reviewer
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
    whole_of,
)
from handlers.participation_draft import flow as flow
from rules.counting import read_count
from rules.duties import duty_of
from rules.plan import DutyKind
from rules.reasons import Reason
from storage import check_ins, reports, submitting

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
    return Reply(lines(_checked_in(turn, draft), texts.how_many_members(expected, make_up=draft.make_up)))


def _checked_in(turn: Turn, draft: Draft) -> str | None:
    """Told, not taken for the answer: not everybody who was there has a telephone."""
    host_id = turn.unit(draft.unit).parent_id
    if host_id is None or draft.day is None or draft.own is not None:
        return None
    many = check_ins.of_unit(turn.conn, turn.plan.code, draft.unit, host_id, draft.day)
    return check_in_texts.of_your_unit(many) if many else None


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
    if draft.answers and sent is not None:
        content = submitting.content_of(whole_of(turn, draft))
        asked = reviewer.ask_to_send_again(turn, sent.id, sent.revision, content, len(draft.photos))
        changed = texts.CHANGED_MEANWHILE if draft.changed_meanwhile else None
        return replace(asked, text=lines(changed, asked.text))
    text = texts.summary(
        unit.name,
        line_of(turn, draft),
        make_up=draft.make_up,
        own_place=draft.own.place or "" if draft.own is not None else None,
        sent=sent,
        photos=len(draft.photos),
        cadres_asked=cadres_expected(turn, draft) > 0,
        on_behalf=turn.post_for(unit.id) is None,
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
            return participation_sending.submit(turn, draft)
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
