"""An officer reports on behalf of branches that cannot: one message, a line each.

▸ thôn 3 45/50
  thôn 5 38/41
  thôn 7 chưa học
  Báo hộ, hội nghị ngày 12/11:
  ▸ Chi đoàn thôn 3: 45/50
  ▸ Chi đoàn thôn 5: 38/41
  ▸ Chi đoàn thôn 7: chưa tham gia   [Gửi 3 báo cáo] [Sửa] [Huỷ]
▸ Gửi 3 báo cáo
  Đã nhận 2 báo cáo hộ, 19 giờ 42 ngày 12/11: …   (and each branch is told)
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, Press, Text
from bot.engine.owed_buttons import START_REPORT
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import on_behalf as texts
from bot.texts import participation as report_texts
from bot.texts import say
from bot.texts import status as status_texts
from handlers import days, on_behalf_lines, participation_draft, participation_sending
from handlers.on_behalf_lines import Entry, Message
from handlers.unit_rights import explained
from rules.behalf import LINES_LIMIT
from rules.duties import duty_of
from rules.plan import DutyKind
from storage import reports, submitting
from storage.reports import HostSession, Line

BEHALF = "behalf"


class Step(StrEnum):
    UNIT = "unit"
    REPLACE = "replace"
    DAY = "day"
    SUMMARY = "summary"
    EDIT = "edit"


class Draft(BaseModel):
    entries: list[Entry] = []
    day: date | None = None  # for those that have none of their own
    replace: list[int] = []  # units whose own report is to be replaced
    stays: list[str] = []  # told in the summary: whose own report stays, what was not read


flow = Conversation("on_behalf", Draft, first=Step.SUMMARY)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return texts.TITLE


def several_lines(turn: Turn, event: Event) -> Answer:
    """A message that counts for at least one unit below the person's desks; None: ordinary talk."""
    if not isinstance(event, Text) or not turn.desks or not any(letter.isdigit() for letter in event.text):
        return None
    message = on_behalf_lines.read_message(turn, event.text)
    if not message.counts_for_a_unit:
        return None
    draft = Draft(entries=on_behalf_lines.merge(turn, [], message), day=message.day)
    if message.unread_from is not None:
        draft.stays = [texts.unread_from(message.unread_from, LINES_LIMIT)]
    return Start(flow.name, draft, step=_onward(turn, draft))


def behalf_pressed(turn: Turn, argument: str) -> Answer:
    """[Báo hộ]: the branch's own conversation, on its behalf."""
    unit_id = callbacks.read_id(argument)
    if unit_id is None or not turn.is_above(unit_id):
        return Reply(engine_texts.NOT_YOURS)
    unit = turn.unit(unit_id)
    if unit.closed(turn.today):
        return explained(turn, unit)
    if turn.locked(unit_id):
        return Reply(engine_texts.LOCKED)
    if duty_of(turn.plan, DutyKind.PARTICIPATION, unit.duty_level) is None:
        return Reply(texts.NOT_FOR_THIS_LEVEL)
    return participation_draft.start(turn, unit_id)


# -- what is not clear yet, one question after the other


def _onward(turn: Turn, draft: Draft) -> Step:
    if any(one.offers for one in draft.entries):
        return Step.UNIT
    if _reported(turn, draft):
        return Step.REPLACE
    if any(on_behalf_lines.line_of(turn, one, draft.day) is None for one in _counted(draft)):
        return Step.DAY
    return Step.SUMMARY


@flow.asks(Step.UNIT)
def ask_unit(turn: Turn, draft: Draft) -> Reply:
    entry = next(one for one in draft.entries if one.offers)
    buttons = [Button(_with_its_place(turn, unit_id), f"u{unit_id}") for unit_id in entry.offers]
    return Reply(texts.which_unit(entry.text), [*buttons, Button(texts.DROP, "drop")])


@flow.receives(Step.UNIT)
def receive_unit(turn: Turn, draft: Draft, event: Event) -> Outcome:
    entry = next(one for one in draft.entries if one.offers)
    match event:
        case Press(choice="drop"):
            draft.entries.remove(entry)
            return _onward(turn, draft)
        case Press(choice=choice) if choice in [f"u{unit_id}" for unit_id in entry.offers]:
            on_behalf_lines.choose(turn, entry, int(choice[1:]))
        case Text(text=text):
            if not on_behalf_lines.retype(turn, entry, text):
                return Refusal(texts.NO_SUCH_UNIT)
        case _:
            return None
    draft.entries = on_behalf_lines.merge(turn, [], Message(entries=draft.entries))
    return _onward(turn, draft)


def _with_its_place(turn: Turn, unit_id: int) -> str:
    unit = turn.unit(unit_id)
    place = f", {turn.unit(unit.parent_id).name}" if unit.parent_id is not None else ""
    return say.both_ends(f"{unit.name}{place}")


def _reported(turn: Turn, draft: Draft) -> list[tuple[Entry, str, Line]]:
    """Entries of units that have reported, not decided yet: (entry, the unit's name, what stands)."""
    found = []
    for one in draft.entries:
        if not one.is_sent or one.unit is None or not one.seen_revision or one.unit in draft.replace:
            continue
        sent = participation_draft.sent_before(turn, one.unit)
        if sent is not None and sent.lines:
            found.append((one, turn.unit(one.unit).name, sent.lines[0]))
    return found


@flow.asks(Step.REPLACE)
def ask_replace(turn: Turn, draft: Draft) -> Reply:
    text = texts.reported_already([(name, line) for _, name, line in _reported(turn, draft)])
    return Reply(text, [Button(texts.REPLACE, "replace"), Button(texts.KEEP, "keep")])


@flow.receives(Step.REPLACE)
def receive_replace(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="replace" | "keep" as choice):
            for entry, name, line in _reported(turn, draft):
                # That a branch has not taken part takes the place of no report.
                if choice == "keep" or entry.not_yet:
                    draft.stays = [*draft.stays, texts.stays(name, line)]
                    draft.entries.remove(entry)
                elif entry.unit is not None:
                    draft.replace = [*draft.replace, entry.unit]
            return _onward(turn, draft)
    return None


@flow.asks(Step.DAY)
def ask_day(turn: Turn, draft: Draft) -> Reply:
    offered = [
        Button(report_texts.session_label(one), one.held_on.isoformat()) for one in _hosted(turn, draft)
    ]
    return Reply(texts.WHICH_DAY, [*offered, *days.held_day_buttons(turn)])


@flow.receives(Step.DAY)
def receive_day(turn: Turn, draft: Draft, event: Event) -> Outcome:
    hosted = [one.held_on for one in _hosted(turn, draft) if event == Press(one.held_on.isoformat())]
    day = hosted[0] if hosted else days.read_held_day(turn, event)
    if not isinstance(day, date):
        return day
    draft.day = day
    return _onward(turn, draft)


def _hosted(turn: Turn, draft: Draft) -> list[HostSession]:
    """The sessions of the one host that all these branches have; none where they have several."""
    hosts = {turn.unit(one.unit).parent_id for one in _counted(draft) if one.unit is not None}
    host = hosts.pop() if len(hosts) == 1 else None
    sessions = reports.sessions_of(turn.conn, turn.plan.code, host) if host is not None else []
    return list({one.held_on: one for one in sessions}.values())[:6]


# -- the summary, and what may be mended


@flow.asks(Step.SUMMARY)
def ask_summary(turn: Turn, draft: Draft) -> Reply:
    whole = _lines(turn, draft)
    same_day = {line.held_on for line in whole.values()}
    day = same_day.pop() if len(same_day) == 1 else None
    told = []
    for one in draft.entries:
        if one.is_sent and one.unit is not None:
            name = turn.unit(one.unit).name
            line = whole.get(one.unit)
            told.append(texts.reported(name, line, day_said=day is not None) if line else texts.not_yet(name))
    beside = [*draft.stays, *(_why_not(one) for one in draft.entries if not one.is_sent)]
    send = [Button(texts.send_label(len(told)), "send")] if told else []
    edit, cancel = Button(report_texts.EDIT, "edit"), Button(report_texts.CANCEL, callbacks.CANCEL)
    return Reply(texts.summary(day, told, beside), [*send, edit, cancel])


def _why_not(entry: Entry) -> str:
    if entry.problem is not None:
        return texts.cannot_be(entry.line, entry.text, entry.problem)
    return texts.unread(entry.line, entry.text)


@flow.receives(Step.SUMMARY, prose=True)
def receive_summary(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="send") if any(one.is_sent for one in draft.entries):
            return _send(turn, draft)
        case Press(choice="edit"):
            return Step.EDIT
        case Text(text=text):
            return _retyped(turn, draft, text)
    return None


@flow.asks(Step.EDIT)
def ask_edit(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHAT_TO_EDIT)


@flow.receives(Step.EDIT, prose=True)
def receive_edit(turn: Turn, draft: Draft, event: Event) -> Outcome:
    return _retyped(turn, draft, event.text) if isinstance(event, Text) else None


def _retyped(turn: Turn, draft: Draft, text: str) -> Outcome:
    """Further lines, or some of them again."""
    message = on_behalf_lines.read_message(turn, text)
    understood = any(one.is_sent or one.offers or one.problem for one in message.entries)
    if not understood and not message.dropped and message.day is None:
        return Refusal(texts.NOTHING_READ)
    merged = on_behalf_lines.merge(turn, draft.entries, message)
    if len(merged) > LINES_LIMIT or message.unread_from is not None:
        return Refusal(texts.too_many_lines(LINES_LIMIT))
    draft.entries, draft.stays = merged, []
    draft.day = message.day or draft.day
    return _onward(turn, draft)


def _counted(draft: Draft) -> list[Entry]:
    return [one for one in draft.entries if one.is_sent and not one.not_yet]


def _lines(turn: Turn, draft: Draft) -> dict[int, Line]:
    """By unit: what would be sent."""
    found = {one.unit: on_behalf_lines.line_of(turn, one, draft.day) for one in _counted(draft)}
    return {unit: line for unit, line in found.items() if unit is not None and line is not None}


# -- sending


def _send(turn: Turn, draft: Draft) -> Outcome:
    sent: list[str] = []
    beside: list[str] = []
    reported = 0
    for one in draft.entries:
        if not one.is_sent or one.unit is None:
            continue
        written = None if one.not_yet else on_behalf_lines.draft_of(turn, one, draft.day)
        why = _why_not_now(turn, one, one.unit, written)
        if why is not None:
            beside.append(texts.not_sent(turn.unit(one.unit).name, why))
        elif written is None:
            sent.append(_note_not_yet(turn, one.unit))
        else:
            sent.append(_report(turn, one.unit, participation_draft.whole_of(turn, written)))
            reported += 1
    return Done(Reply(texts.received(sent, beside, reported, turn.arrived, turn.world.zone)))


def _why_not_now(
    turn: Turn, entry: Entry, unit_id: int, written: participation_draft.Draft | None
) -> str | None:
    """Rights, the lock and the report that stands are looked at again where it is sent."""
    if not turn.may_report(unit_id):
        return engine_texts.NOT_YOURS
    if turn.unit(unit_id).closed(turn.today):
        return texts.CLOSED_UNIT
    if turn.locked(unit_id):
        return texts.LOCKED_UNIT
    sent = participation_draft.sent_before(turn, unit_id)
    if (sent.revision if sent else 0) != entry.seen_revision:
        return texts.CHANGED
    if written is not None and participation_draft.too_many(turn, written):
        return texts.TOO_MANY
    return None


def _report(turn: Turn, unit_id: int, whole: Sequence[Line]) -> str:
    receipt = participation_sending.send(turn, unit_id, whole)
    on_time = participation_sending.is_on_time(turn, unit_id, whole, receipt)
    return texts.sent_line(turn.unit(unit_id).name, whole[0], receipt, on_time)


def _note_not_yet(turn: Turn, unit_id: int) -> str:
    duty = participation_draft.participation_duty(turn, unit_id)
    sender = turn.sender_for(unit_id)
    submitting.record_planned(turn.conn, turn.plan.code, duty.code, unit_id, None, sender)
    if sender.on_behalf:
        told = texts.noted_for_you(participation_sending.above(turn, unit_id))
        turn.tell_acting(unit_id, Reply(told, [go(status_texts.REPORT, START_REPORT, unit_id)]))
    return texts.not_yet(turn.unit(unit_id).name)
