"""/xuat: an officer's subtree as an Excel file; and the official report, for whoever has one to write.

▸ /xuat
  Hệ thống đang tạo tệp, xong sẽ gửi ngay tại đây.   [Báo cáo]
  (a job makes the file) Huyện đoàn Hoằng Hóa: tệp Excel, tính đến 17 giờ 02 ngày 12/12/2018.
"""

from dataclasses import replace

from bot import callbacks
from bot.engine.conversation import Answer
from bot.engine.replies import Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import errands as errand_texts
from bot.texts import export as texts
from bot.texts import official as official_texts
from handlers import official, owed
from rules.duties import writes_report
from storage import errands
from storage.accounts import Post

ACTION = "export"
CHOOSE = "takeaway"


def export_command(turn: Turn, _args: str) -> Answer:
    desks = turn.desks
    if not desks:
        return Reply(texts.ONLY_DESKS)
    if len(desks) > 1:
        return owed.choose_unit(turn, CHOOSE, desks, "", texts.WHICH_UNIT)
    return _take_away(turn, desks[0])


def choose_pressed(turn: Turn, argument: str) -> Answer:
    """`argument`: one of the person's own desks, or a page of them."""
    unit_id = callbacks.read_id(argument)
    if unit_id is None and argument:
        return owed.choose_unit(turn, CHOOSE, turn.desks, argument, texts.WHICH_UNIT)
    post = turn.desk(unit_id)
    return _take_away(turn, post) if post is not None else Reply(engine_texts.NOT_YOURS)


def export_pressed(turn: Turn, argument: str) -> Answer:
    """The Excel at once, of any unit of the subtree."""
    unit_id = callbacks.read_id(argument)
    return (
        _ask(turn, unit_id) if unit_id is not None and turn.sees(unit_id) else Reply(engine_texts.NOT_YOURS)
    )


def _take_away(turn: Turn, post: Post) -> Reply:
    excel = _ask(turn, post.unit_id)
    if not writes_report(turn.plan, post.duty_level):
        return excel
    return replace(excel, buttons=[go(official_texts.REPORT, official.ACTION, post.unit_id)])


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
