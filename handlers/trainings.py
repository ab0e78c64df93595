"""The trainings of speakers that a unit recorded.

▸ [Tập huấn (1)]
  Tỉnh đoàn Thanh Hóa / Đã ghi 1 lớp tập huấn báo cáo viên.   [10/11 · 120 người dự] / [Ghi tập huấn]
▸ 10/11 · 120 người dự
  Tỉnh đoàn Thanh Hóa · tập huấn báo cáo viên ngày 10/11 …   [Ảnh, danh sách] [Sửa]
"""

from bot import callbacks
from bot.engine.conversation import Answer
from bot.engine.owed_buttons import START_TRAINING
from bot.engine.paging import Page
from bot.engine.replies import Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import trainings as texts
from handlers import files, training
from handlers.speaker_rights import TRAINING, TRAININGS, back_home, opened
from storage import trainings, uploads
from storage.trainings import Training

A_PAGE = 8


def record_pressed(turn: Turn, argument: str) -> Answer:
    unit_id = callbacks.read_id(argument)
    if unit_id is None or training.owed_by(turn, unit_id) is None:
        return Reply(engine_texts.NOT_YOURS)
    return Reply(engine_texts.LOCKED) if turn.locked(unit_id) else training.start(unit_id)


def list_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>.<page>`."""
    unit, wanted = opened(turn, argument)
    if unit is None:
        return Reply(engine_texts.NOT_YOURS)
    found = trainings.of_unit(turn.conn, turn.plan.code, unit.id)
    page: Page[Training] = Page(len(found), A_PAGE, wanted)
    buttons = [go(texts.label(one), TRAINING, one.id) for one in page.of(found)]
    buttons += page.buttons(TRAININGS, f"{unit.id}.")
    if training.owed_by(turn, unit.id) is not None:
        buttons.append(go(texts.RECORD_MORE if found else texts.RECORD, START_TRAINING, unit.id))
    return Reply(texts.listed(unit.name, len(found)), [*buttons, back_home(unit)])


def card_pressed(turn: Turn, argument: str) -> Answer:
    """`<id>` the training; `<id>.files`, `.edit`."""
    head, _, verb = argument.partition(".")
    training_id = callbacks.read_id(head)
    one = trainings.get(turn.conn, training_id) if training_id is not None else None
    if one is None or one.plan != turn.plan.code or not turn.sees(one.unit_id):
        return Reply(engine_texts.NOT_YOURS)
    if verb == "files":
        sent = files.send_all(turn, "report", one.report_id, texts.label(one))
        return None if sent else Reply(texts.NO_FILE_LEFT, replaces=False)
    owes = training.owed_by(turn, one.unit_id) is not None
    if verb == "edit":
        if not owes:
            return Reply(engine_texts.NOT_YOURS)
        return Reply(engine_texts.LOCKED) if turn.locked(one.unit_id) else training.correcting(one)
    kept = len(uploads.files_of(turn.conn, "report", one.report_id))
    buttons = [go(texts.PHOTOS, TRAINING, f"{one.id}.files")] if kept else []
    if owes:
        buttons.append(go(texts.EDIT, TRAINING, f"{one.id}.edit"))
    text = texts.summary(one.unit_name, one.content, one.people, (), kept, turn.today)
    return Reply(text, [*buttons, go(texts.TO_LIST, TRAININGS, f"{one.unit_id}.0")])
