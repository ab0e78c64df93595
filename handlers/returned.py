"""What a unit does with a report that was returned to it.

Đoàn xã đề nghị bổ sung báo cáo 0412: số cán bộ. “Đồng chí Hùng hôm đó đi họp huyện.”
[Sửa số cán bộ] [Giữ nguyên]
▸ Sửa số cán bộ
  Đồng chí nào vắng?   [Lê Thị Mai] [Trần Văn Hùng] [Phạm Thu Hà] [Xong]
▸ Trần Văn Hùng ▸ Xong
  Cán bộ: 3/3 → 2/3 (vắng: Trần Văn Hùng). Gửi lại?   [Gửi báo cáo] [Huỷ]
"""

from bot import callbacks
from bot.engine.conversation import Answer, Start
from bot.engine.replies import Reply
from bot.engine.turn import Turn
from bot.texts import engine as engine_texts
from bot.texts import reviews as texts
from handlers import document, participation_draft, relay, reviewer, session
from rules.duties import duty
from rules.plan import DutyKind
from rules.reviewing import RELAY_PARTS, Field
from storage import reports, reviews
from storage.models import ReportState
from storage.relays import relay_in
from storage.reviews import Review, Reviewer, Standing

_PARTICIPATION = {
    Field.DAY: participation_draft.Step.DAY,
    Field.MEMBERS: participation_draft.Step.MEMBERS,
    Field.CADRES: participation_draft.Step.ABSENT,
    Field.YOUTH: participation_draft.Step.YOUTH,
    Field.MATERIALS: participation_draft.Step.MATERIALS,
    Field.PHOTOS: participation_draft.Step.PHOTOS,
    Field.SIGNED_LIST: participation_draft.Step.PHOTOS,
}
_SESSION = {
    Field.DAY: session.Step.DAY,
    Field.PLACE: session.Step.PLACE,
    Field.SPEAKER: session.Step.SPEAKER,
    Field.HALL: session.Step.HALL,
    Field.MATERIALS: session.Step.MATERIALS,
    Field.PHOTOS: session.Step.PHOTOS,
}


def fix_pressed(turn: Turn, argument: str) -> Answer:
    found = _asked_for(turn, argument)
    if isinstance(found, Reply):
        return found
    standing, returned = found
    if turn.locked(standing.unit_id):
        return Reply(engine_texts.LOCKED)
    field = Field(returned.field or Field.FILE)
    summed = relay_in(reviews.content(turn.conn, standing.id, standing.revision))
    if summed is not None and field in RELAY_PARTS:
        return relay.answer_return(standing, summed, field)
    match duty(turn.plan, standing.duty).kind:
        case DutyKind.PARTICIPATION:
            return _fix_participation(turn, standing, field)
        case DutyKind.SESSION:
            return _fix_session(turn, standing, field)
    if field is Field.NUMBER:
        return document.correcting(turn, standing.unit_id, standing.duty)
    draft = document.Draft(unit=standing.unit_id, duty=standing.duty)
    return Start(document.flow.name, draft, standing.unit_id)


def keep_pressed(turn: Turn, argument: str) -> Answer:
    found = _asked_for(turn, argument)
    if isinstance(found, Reply):
        return found
    standing, returned = found
    by = Reviewer(turn.person_id, turn.account.id, turn.arrived)
    if not reviews.keep(turn.conn, standing.id, standing.revision, returned.field, by):
        return Reply(texts.answered_already(standing.id))
    reviewer.tell_kept(turn, standing, returned)
    return Reply(texts.kept(standing.id))


def _asked_for(turn: Turn, argument: str) -> tuple[Standing, Review] | Reply:
    """The report and what was asked for; or what to say to a button that is old or not theirs."""
    turn.replaceable = None  # the superior's words stay on the screen
    number, _, revision = argument.partition(".")
    report_id = callbacks.read_id(number)
    standing = reviews.one(turn.conn, report_id) if report_id is not None else None
    if standing is None or turn.post_for(standing.unit_id) is None:
        return Reply(engine_texts.NOT_YOURS)
    if standing.state == ReportState.ACCEPTED:
        return Reply(texts.accepted_already(standing.id))
    returned = reviews.last(turn.conn, standing.id)
    if standing.state != ReportState.RETURNED or returned is None or returned.field is None:
        return Reply(texts.answered_already(standing.id))
    if revision != str(standing.revision):  # it was sent again and returned again since
        return reviewer.returned_message(turn, standing, returned.field, returned.note)
    return standing, returned


def _fix_participation(turn: Turn, standing: Standing, field: Field) -> Answer:
    sent = reports.current(turn.conn, turn.plan.code, standing.duty, standing.unit_id, standing.slot)
    if sent is None or not sent.lines:
        return participation_draft.start(turn, standing.unit_id)
    draft = participation_draft.correction(turn, standing.unit_id, sent)
    draft.editing = draft.answers = True
    step = _PARTICIPATION.get(field, participation_draft.Step.SUMMARY)
    if field is Field.DAY and participation_draft.host_sessions(turn, draft):
        step = participation_draft.Step.SESSION
    return Start(participation_draft.flow.name, draft, standing.unit_id, step)


def _fix_session(turn: Turn, standing: Standing, field: Field) -> Answer:
    sent = reports.current(turn.conn, turn.plan.code, standing.duty, standing.unit_id, standing.slot)
    if sent is None or sent.held is None:
        return session.start(turn, standing.unit_id)
    draft = session.correction(standing.unit_id, sent)
    draft.editing = draft.answers = True
    return Start(session.flow.name, draft, standing.unit_id, _SESSION.get(field, session.Step.SUMMARY))
