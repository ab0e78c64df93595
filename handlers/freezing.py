"""[Chốt số liệu]: the figures of a unit are frozen, with their hour, and passed upward.

▸ Chốt số liệu
  Huyện đoàn Hoằng Hóa: 402/437 chi đoàn; … Chốt số liệu như lúc đồng chí bấm và báo Tỉnh đoàn?
  [Đồng ý chốt] [✖️ Huỷ]
▸ Đồng ý chốt
  Đã chốt số liệu, tính đến 17 giờ ngày 12/12: 402/437 chi đoàn; … Hệ thống đã báo Tỉnh đoàn.
"""

from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Start
from bot.engine.events import Event, Press
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import freezing as texts
from bot.texts import progress as progress_texts
from handlers import progress as screens
from storage import progress, snapshots
from storage.figures import Overall


class Step(StrEnum):
    CONFIRM = "confirm"


class Draft(BaseModel):
    unit: int


flow = Conversation("freezing", Draft, first=Step.CONFIRM)


def freeze_pressed(turn: Turn, argument: str) -> Answer:
    """Only who leads the unit passes its figures on, not who stands above it."""
    unit_id = callbacks.read_id(argument)
    if unit_id is None or turn.desk(unit_id) is None:
        return Reply(engine_texts.NOT_YOURS)
    return Start(flow.name, Draft(unit=unit_id), unit_id)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Chốt số liệu {turn.unit(draft.unit).name}"


@flow.asks(Step.CONFIRM)
def ask_confirm(turn: Turn, draft: Draft) -> Reply:
    unit = turn.unit(draft.unit)
    text = texts.sure_to_freeze(unit.name, _superior(turn, draft), screens.called(turn), _now(turn, draft))
    return Reply(text, [Button(texts.FREEZE_NOW, "freeze")])


@flow.receives(Step.CONFIRM)
def receive_confirm(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="freeze"):
            return _freeze(turn, draft)
    return None


def _freeze(turn: Turn, draft: Draft) -> Outcome:
    if turn.desk(draft.unit) is None:
        return Done(Reply(engine_texts.NOT_YOURS))
    unit, zone, called = turn.unit(draft.unit), turn.world.zone, screens.called(turn)
    frozen = snapshots.take(
        turn.conn,
        turn.plan.code,
        unit.id,
        _now(turn, draft),
        by_person_id=turn.person_id,
        by_account_id=turn.account.id,
        at=turn.now,
    )
    see = [go(progress_texts.SEE, screens.ACTION, unit.id)]
    if unit.parent_id is not None:
        turn.tell_acting(unit.parent_id, Reply(texts.below_froze(unit.name, called, frozen, zone), see))
    return Done(Reply(texts.was_frozen(_superior(turn, draft), called, frozen, zone), see))


def _now(turn: Turn, draft: Draft) -> Overall:
    return progress.overall(turn.conn, screens.scope_of(turn, turn.unit(draft.unit)))[0]


def _superior(turn: Turn, draft: Draft) -> str | None:
    parent_id = turn.unit(draft.unit).parent_id
    return turn.unit(parent_id).name if parent_id is not None else None
