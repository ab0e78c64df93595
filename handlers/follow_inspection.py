"""[Đã khắc phục], [Chưa đạt]: the unit says what it did about an inspection; the team says what is missing.

▸ (chi đoàn) Đã khắc phục
  Đồng chí đã khắc phục thế nào? Gõ ngắn gọn.
▸ Đã in đề cương cho 50 đoàn viên
  Đã gửi Huyện đoàn Hoằng Hóa nội dung khắc phục. Cảm ơn đồng chí.
▸ (tổ kiểm tra) Chưa đạt
  Còn điều gì chưa đạt? …
▸ Còn 5 đồng chí chưa có đề cương
  Đã nhắn Chi đoàn thôn 3 phần còn lại.
"""

from enum import StrEnum

from pydantic import BaseModel

from bot.engine.conversation import Answer, Conversation, Done, Outcome, Start
from bot.engine.events import Event
from bot.engine.owed_buttons import MENDED
from bot.engine.replies import Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import inspections as texts
from handlers.inspection_rights import AGAIN, LIST, STANDS, answers, find, leads, to_list
from handlers.record_inspection import receive_note
from storage import inspections
from storage.inspections import Inspection
from storage.models import InspectionState


class Step(StrEnum):
    NOTE = "note"


class Draft(BaseModel):
    inspection: int
    unit: int
    by_team: bool


flow = Conversation(
    "follow_inspection", Draft, first=Step.NOTE, for_superiors=True, cancelled_text=texts.CANCELLED
)


def mended_pressed(turn: Turn, argument: str) -> Answer:
    return _begin(turn, argument, by_team=False)


def again_pressed(turn: Turn, argument: str) -> Answer:
    return _begin(turn, argument, by_team=True)


def _begin(turn: Turn, argument: str, *, by_team: bool) -> Answer:
    one = _theirs(turn, argument, by_team=by_team)
    if one is None:
        return Reply(engine_texts.NOT_YOURS)
    if one.state is not (InspectionState.MENDED if by_team else InspectionState.VISITED):
        return Reply(STANDS[one.state], [go(texts.SEE, LIST, one.id)])
    return Start(flow.name, Draft(inspection=one.id, unit=one.unit_id, by_team=by_team), one.unit_id)


def _theirs(turn: Turn, argument: str, *, by_team: bool) -> Inspection | None:
    one = find(turn, argument)
    return one if one is not None and (leads if by_team else answers)(turn, one) else None


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    name = turn.unit(draft.unit).name
    return texts.asking_again_title(name) if draft.by_team else texts.answering_title(name)


@flow.asks(Step.NOTE)
def ask_note(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHAT_IS_MISSING if draft.by_team else texts.WHAT_WAS_MENDED)


@flow.receives(Step.NOTE, prose=True)
def receive_answer(turn: Turn, draft: Draft, event: Event) -> Outcome:
    return receive_note(
        event, lambda note: _ask_again(turn, draft, note) if draft.by_team else _answer(turn, draft, note)
    )


def _answer(turn: Turn, draft: Draft, note: str) -> Done:
    one = _theirs(turn, str(draft.inspection), by_team=False)
    if one is None:
        return Done(Reply(engine_texts.NOT_YOURS))
    if not inspections.answer(turn.conn, one, note, turn.sender):
        return Done(Reply(STANDS[one.state], [go(texts.SEE, LIST, one.id)]))
    buttons = [
        go(texts.CLOSE, LIST, f"{one.id}.close"),
        go(texts.NOT_ENOUGH, AGAIN, one.id),
        go(texts.SEE_ANSWER, LIST, one.id),
    ]
    turn.tell_acting(one.by_unit_id, Reply(texts.unit_answered(one, note), buttons))
    return Done(Reply(texts.answered(one.by_name), [go(texts.SEE, LIST, one.id)]))


def _ask_again(turn: Turn, draft: Draft, note: str) -> Done:
    one = _theirs(turn, str(draft.inspection), by_team=True)
    if one is None:
        return Done(Reply(engine_texts.NOT_YOURS))
    if not inspections.ask_again(turn.conn, one, note, turn.sender):
        return Done(Reply(STANDS[one.state], [to_list()]))
    buttons = [go(texts.MENDED, MENDED, one.id), go(texts.SEE, LIST, one.id)]
    turn.tell_acting(one.unit_id, Reply(texts.told_not_enough(one, note, turn.today), buttons))
    return Done(Reply(texts.asked_again(one.unit_name), [to_list()]))
