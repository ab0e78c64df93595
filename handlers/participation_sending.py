"""Sending a participation report: the branch's own, or on its behalf by somebody above, who tells the branch.

▸ Gửi báo cáo
  Đã nhận báo cáo, mã 0412, 19 giờ 42 ngày 12/11, đúng hạn.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.engine.conversation import Done, Outcome, Refusal
from bot.engine.replies import Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import participation as texts
from handlers import reviewer
from handlers.owed import after_report
from handlers.participation_draft import Draft, Step, participation_duty, sent_before, too_many, whole_of
from handlers.unit_rights import explained
from rules.deadlines import reported_on_time
from rules.plan import DutyKind
from rules.rights import acting
from storage import reports, submitting, uploads
from storage.reports import Current, Held, Line, Receipt, Sender, Speaker

CORRECT = "correct"


def submit(turn: Turn, draft: Draft) -> Outcome:
    unit = turn.unit(draft.unit)
    if unit.closed(turn.today):  # while it was reported for
        return Done(explained(turn, unit))
    if turn.locked(draft.unit):
        return Refusal(engine_texts.LOCKED)
    sent = sent_before(turn, draft.unit)
    if (sent.revision if sent else 0) != draft.seen_revision:
        draft.seen_revision = sent.revision if sent else 0
        draft.changed_meanwhile = True
        return Step.SUMMARY
    if not turn.may_report(draft.unit):
        return Refusal(engine_texts.NOT_YOURS)
    if too_many(turn, draft):
        return Refusal(texts.MORE_WITH_MAKE_UPS)
    whole = whole_of(turn, draft)
    line = whole[-1] if draft.make_up else whole[0]
    if draft.own is not None:
        whole[0] = _with_own_session(turn, draft, line, turn.sender_for(draft.unit))
    receipt = send(turn, draft.unit, whole)
    uploads.attach(turn.conn, draft.photos, "report", receipt.report_id)
    _tell_if_the_roster_differs(turn, draft.unit, line, sent)
    on_behalf = turn.sender_for(draft.unit).on_behalf
    text = texts.received(
        receipt,
        turn.arrived,
        turn.world.zone,
        is_on_time(turn, draft.unit, whole, receipt),
        on_behalf_of=turn.unit(draft.unit).name if on_behalf else None,
    )
    return Done(after_report(turn, draft.unit, text))


def send(turn: Turn, unit_id: int, whole: Sequence[Line]) -> Receipt:
    """Write it, and tell whom it concerns: the reviewer who had returned it, the branch that it is for."""
    duty = participation_duty(turn, unit_id)
    sender = turn.sender_for(unit_id)
    receipt = submitting.submit_participation(turn.conn, turn.plan.code, duty.code, unit_id, whole, sender)
    reviewer.tell_corrected(turn, receipt)
    if sender.on_behalf:
        told = texts.reported_for_you(above(turn, unit_id), whole)
        turn.tell_acting(unit_id, Reply(told, [go(texts.EDIT, CORRECT, unit_id)]))
    return receipt


def above(turn: Turn, unit_id: int) -> str:
    """The name of the person's unit that stands nearest above this one."""
    path = turn.unit(unit_id).path
    posts = [post for post in acting(turn.plan, turn.posts) if path.startswith(post.path)]
    return max(posts, key=lambda post: len(post.path)).unit_name


def is_on_time(turn: Turn, unit_id: int, whole: Sequence[Line], receipt: Receipt) -> bool | None:
    duty = participation_duty(turn, unit_id)
    return reported_on_time(duty, whole[0].held_on, receipt.first_arrived, turn.world.zone)


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
