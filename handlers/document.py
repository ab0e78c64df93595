"""A duty that is fulfilled by handing in a document: an implementation plan, a summary, the final report.

▸ [Nộp báo cáo]
  Báo cáo kết quả về Tỉnh đoàn của Huyện đoàn Hoằng Hóa: đồng chí gửi tệp PDF, Word hoặc ảnh.
  [Soạn từ số liệu]   (where it sums up the units below: handlers/relay.py)
▸ (tệp)
  Đã thêm 1 tệp. Gửi tiếp, hoặc bấm Gửi báo cáo.   [Gửi báo cáo] [Huỷ]
"""

from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, File, Press
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import documents as texts
from bot.texts import engine as engine_texts
from bot.texts import participation as report_texts
from bot.texts import relays as relay_texts
from handlers import files, relay, reviewer
from handlers.owed import after_report
from rules.deadlines import reported_on_time
from rules.duties import duties_of, duty
from rules.plan import DutyKind
from storage import submitting, uploads


class Step(StrEnum):
    FILES = "files"


class Draft(BaseModel):
    unit: int
    duty: str
    files: list[int] = []  # uploads
    album: str | None = None


flow = Conversation("document", Draft, first=Step.FILES)
_PAPERS = files.Wanted(
    suffixes=files.PAPERS,
    most=20,
    other_kind=texts.FILES_ONLY,
    too_big=texts.TOO_BIG,
    too_many=texts.TOO_MANY,
    twice=texts.FILE_TWICE,
)


def document_pressed(turn: Turn, argument: str) -> Answer:
    unit, _, code = argument.partition(".")
    post = turn.post_for(callbacks.read_id(unit))
    if post is None:
        return Reply(engine_texts.NOT_YOURS)
    for one in duties_of(turn.plan, post.duty_level):
        if one.code == code and one.kind is DutyKind.DOCUMENT:
            return Start(flow.name, Draft(unit=post.unit_id, duty=code), post.unit_id)
    return Reply(engine_texts.NOT_YOURS)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"{duty(turn.plan, draft.duty).title} của {turn.unit(draft.unit).name}"


@flow.on_cancel
def drop_files(turn: Turn, draft: Draft) -> None:
    uploads.drop(turn.conn, draft.files)


@flow.asks(Step.FILES)
def ask_files(turn: Turn, draft: Draft) -> Reply:
    cancel = Button(report_texts.CANCEL, callbacks.CANCEL)
    if draft.files:
        added = texts.file_added(len(draft.files), album=draft.album is not None)
        return Reply(added, [Button(report_texts.SEND, "send"), cancel])
    one = duty(turn.plan, draft.duty)
    sums = relay.can_be_drafted(turn, draft.unit, one)
    drafted = [Button(relay_texts.DRAFT, "draft")] if sums else []
    return Reply(texts.send_file(title(turn, draft), or_drafted=sums), [*drafted, cancel])


@flow.receives(Step.FILES)
def receive_files(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="send") if draft.files:
            return submit(turn, draft)
        case Press(choice="draft") if not draft.files:
            begun = relay.start(turn, draft.unit, duty(turn.plan, draft.duty))
            return Done(begun) if isinstance(begun, Reply) else begun
        case File():
            return files.receive(turn, draft, draft.files, event, _PAPERS, Step.FILES)
    return None


def submit(turn: Turn, draft: Draft) -> Outcome:
    if turn.locked(draft.unit):
        return Refusal(engine_texts.LOCKED)
    if turn.post_for(draft.unit) is None:
        return Refusal(engine_texts.NOT_YOURS)
    sender = turn.sender
    receipt = submitting.submit_document(
        turn.conn, turn.plan.code, draft.duty, draft.unit, draft.files, sender
    )
    reviewer.tell_corrected(turn, receipt)
    on_time = reported_on_time(duty(turn.plan, draft.duty), None, receipt.first_arrived, turn.world.zone)
    text = report_texts.received(receipt, turn.arrived, turn.world.zone, on_time)
    return Done(after_report(turn, draft.unit, text))
