"""/xuat: an officer's subtree as an Excel file, made beside the turn and sent when it is ready.

▸ /xuat
  Hệ thống đang tạo tệp, xong sẽ gửi ngay tại đây.
  (a job makes the file) Huyện đoàn Hoằng Hóa: tệp Excel, tính đến 17 giờ 02 ngày 12/12/2018.
"""

from bot import callbacks
from bot.engine.conversation import Answer
from bot.engine.replies import Reply
from bot.engine.turn import Turn
from bot.texts import engine as engine_texts
from bot.texts import errands as errand_texts
from bot.texts import export as texts
from handlers import owed
from storage import errands

ACTION = "export"


def export_command(turn: Turn, _args: str) -> Answer:
    desks = turn.desks
    if not desks:
        return Reply(texts.ONLY_DESKS)
    if len(desks) > 1:
        return owed.choose_unit(turn, ACTION, desks, "", texts.WHICH_UNIT)
    return _ask(turn, desks[0].unit_id)


def export_pressed(turn: Turn, argument: str) -> Answer:
    unit_id = callbacks.read_id(argument)
    if unit_id is None and argument:
        return owed.choose_unit(turn, ACTION, turn.desks, argument, texts.WHICH_UNIT)
    return (
        _ask(turn, unit_id) if unit_id is not None and turn.sees(unit_id) else Reply(engine_texts.NOT_YOURS)
    )


def _ask(turn: Turn, unit_id: int) -> Reply:
    asked = errands.ask(
        turn.conn,
        "export",
        {"unit": unit_id},
        account_id=turn.account.id,
        person_id=turn.person_id,
        unit_id=unit_id,
        now=turn.now,
    )
    # The message whose button was pressed may be figures that are still being read.
    return Reply(errand_texts.BEING_MADE if asked else errand_texts.BEING_MADE_ALREADY, replaces=False)
