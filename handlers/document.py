"""A duty that is fulfilled by handing in a document: an implementation plan, a summary, the final report.

▸ [Nộp báo cáo]
  Báo cáo kết quả về Tỉnh đoàn của Huyện đoàn Hoằng Hóa: đồng chí gửi tệp PDF, Word hoặc ảnh.
  [Soạn từ số liệu]   (where it sums up the units below: handlers/relay.py)
▸ (tệp)
  Đã thêm 1 tệp. Gửi tiếp, hoặc bấm Gửi báo cáo.   [Gửi báo cáo] [Huỷ]

Where the plan asks for its number (`numbered`):

▸ [Nộp kế hoạch] ▸ (tệp) ▸ Xong
  Kế hoạch triển khai của Đoàn xã Hoằng Quỳ: số và ngày của văn bản?   [Không có số]
▸ 12-KH/ĐX ngày 05/10/2018
  Kế hoạch triển khai của Đoàn xã Hoằng Quỳ / Số, ngày: 12-KH/ĐX ngày 05/10/2018 / Tệp: 1
  [Gửi báo cáo] [Sửa số, ngày] [Huỷ]

Number and day are mended later from /trangthai; the file need not be sent again.
"""

from dataclasses import replace
from datetime import date
from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, File, Press, Text
from bot.engine.owed_buttons import RENUMBER
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import documents as texts
from bot.texts import engine as engine_texts
from bot.texts import participation as report_texts
from bot.texts import relays as relay_texts
from handlers import files, relay, reviewer
from handlers.owed import after_report
from rules.deadlines import reported_on_time
from rules.duties import duties_of, duty
from rules.numbered import Numbered, Why, content_of, numbered_in, read_numbered
from rules.plan import Duty, DutyKind
from storage import documents, submitting, uploads


class Step(StrEnum):
    FILES = "files"
    NUMBER = "number"
    EARLY = "early"
    SUMMARY = "summary"


class Draft(BaseModel):
    unit: int
    duty: str
    files: list[int] = []  # uploads
    album: str | None = None
    number: str | None = None  # None: "chưa ghi"
    day: date | None = None
    corrects: bool = False  # number and day only: the files that were sent stay

    @property
    def numbered(self) -> Numbered:
        return Numbered(self.number, self.day)


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
    found = _own(turn, argument)
    if found is None:
        return Reply(engine_texts.NOT_YOURS)
    unit_id, one = found
    return Start(flow.name, Draft(unit=unit_id, duty=one.code), unit_id)


def renumber_pressed(turn: Turn, argument: str) -> Answer:
    """[Sửa số, ngày] of a document that was handed in."""
    found = _own(turn, argument)
    if found is None or not found[1].numbered:
        return Reply(engine_texts.NOT_YOURS)
    unit_id, one = found
    return correcting(turn, unit_id, one.code)


def correcting(turn: Turn, unit_id: int, code: str) -> Answer:
    """The caller has seen that the person may."""
    if turn.locked(unit_id):
        return Reply(engine_texts.LOCKED)
    if documents.current(turn.conn, turn.plan.code, code, unit_id) is None:
        return Reply(texts.NO_DOCUMENT)
    return Start(flow.name, Draft(unit=unit_id, duty=code, corrects=True), unit_id, Step.NUMBER)


def _own(turn: Turn, argument: str) -> tuple[int, Duty] | None:
    """`<unit>.<duty>`: a unit that the person acts for, and a document that it owes."""
    unit, _, code = argument.partition(".")
    post = turn.post_for(callbacks.read_id(unit))
    owed = duties_of(turn.plan, post.duty_level) if post is not None else ()
    found = next((one for one in owed if one.code == code and one.kind is DutyKind.DOCUMENT), None)
    return (post.unit_id, found) if post is not None and found is not None else None


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
        label = texts.FINISHED if _asks_number(turn, draft) else report_texts.SEND
        added = texts.file_added(len(draft.files), label, album=draft.album is not None)
        return Reply(added, [Button(label, "send"), cancel])
    one = duty(turn.plan, draft.duty)
    sums = relay.can_be_drafted(turn, draft.unit, one)
    drafted = [Button(relay_texts.DRAFT, "draft")] if sums else []
    return Reply(texts.send_file(title(turn, draft), or_drafted=sums), [*drafted, cancel])


@flow.receives(Step.FILES, prose=True)
def receive_files(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="send") if draft.files:
            return Step.NUMBER if _asks_number(turn, draft) else submit(turn, draft)
        case Press(choice="draft") if not draft.files:
            begun = relay.start(turn, draft.unit, duty(turn.plan, draft.duty))
            return Done(begun) if isinstance(begun, Reply) else begun
        case Text(text=text) if draft.files and _asks_number(turn, draft):
            return _take_number(turn, draft, text)
        case File():
            return files.receive(turn, draft, draft.files, event, _PAPERS, Step.FILES)
    return None


def _asks_number(turn: Turn, draft: Draft) -> bool:
    return duty(turn.plan, draft.duty).numbered


# -- its number and day


@flow.asks(Step.NUMBER)
def ask_number(turn: Turn, draft: Draft) -> Reply:
    before = _said_before(turn, draft)
    keep = [Button(texts.keep_number(before), "keep")] if before is not None and before.number else []
    return Reply(texts.ask_number(title(turn, draft)), [*keep, Button(texts.NO_NUMBER, "none")])


@flow.receives(Step.NUMBER, prose=True)
def receive_number(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="none"):
            draft.number = draft.day = None
            return Step.SUMMARY
        case Press(choice="keep") if (before := _said_before(turn, draft)) is not None:
            draft.number, draft.day = before.number, before.day
            return Step.SUMMARY
        case Text(text=text):
            return _take_number(turn, draft, text)
        case File() if not draft.corrects:
            return files.receive(turn, draft, draft.files, event, _PAPERS, Step.NUMBER)
    return None


def _said_before(turn: Turn, draft: Draft) -> Numbered | None:
    sent = documents.current(turn.conn, turn.plan.code, draft.duty, draft.unit)
    return numbered_in(sent.content) if sent is not None else None


def _take_number(turn: Turn, draft: Draft, text: str) -> Outcome:
    read = read_numbered(text, turn.today, turn.plan.issued_on)
    if isinstance(read, Why):
        return Refusal(texts.why_not_numbered(read))
    draft.number, draft.day = read.number, read.day
    early = read.day is not None and read.day < turn.plan.issued_on
    return Step.EARLY if early else Step.SUMMARY


@flow.asks(Step.EARLY)
def ask_early(turn: Turn, draft: Draft) -> Reply:
    assert draft.day is not None
    text = texts.before_the_plan(draft.day, turn.plan.call_name, turn.plan.issued_on)
    return Reply(text, [Button(texts.KEEP_DAY, "keep")])


@flow.receives(Step.EARLY, prose=True)
def receive_early(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="keep"):
            return Step.SUMMARY
        case Text(text=text):
            return _take_number(turn, draft, text)
    return None


@flow.asks(Step.SUMMARY)
def ask_summary(turn: Turn, draft: Draft) -> Reply:
    sent = documents.current(turn.conn, turn.plan.code, draft.duty, draft.unit) if draft.corrects else None
    if sent is not None:
        content = sent.content | content_of(draft.numbered)
        return reviewer.ask_to_send_again(turn, sent.report_id, sent.revision, content, 0)
    return Reply(
        texts.summary(title(turn, draft), draft.numbered, len(draft.files)),
        [
            Button(report_texts.SEND, "send"),
            Button(texts.EDIT_NUMBER, "number"),
            Button(report_texts.CANCEL, callbacks.CANCEL),
        ],
    )


@flow.receives(Step.SUMMARY, prose=True)
def receive_summary(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="send"):
            return submit(turn, draft)
        case Press(choice="number"):
            return Step.NUMBER
        case Text(text=text):
            return _take_number(turn, draft, text)
        case File() if not draft.corrects:
            return files.receive(turn, draft, draft.files, event, _PAPERS, Step.SUMMARY)
    return None


def submit(turn: Turn, draft: Draft) -> Outcome:
    if turn.locked(draft.unit):
        return Refusal(engine_texts.LOCKED)
    if turn.post_for(draft.unit) is None:
        return Refusal(engine_texts.NOT_YOURS)
    what = (turn.conn, turn.plan.code, draft.duty, draft.unit)
    asked = _asks_number(turn, draft)
    if draft.corrects:
        receipt = submitting.renumber_document(*what, draft.numbered, turn.sender)
        if receipt is None:
            return Done(Reply(texts.NO_DOCUMENT))
    else:
        numbered = draft.numbered if asked else None
        receipt = submitting.submit_document(*what, draft.files, turn.sender, numbered)
    reviewer.tell_corrected(turn, receipt)
    on_time = reported_on_time(duty(turn.plan, draft.duty), None, receipt.first_arrived, turn.world.zone)
    text = report_texts.received(receipt, turn.arrived, turn.world.zone, on_time)
    reply = after_report(turn, draft.unit, text)
    if asked:
        mend = go(texts.EDIT_NUMBER, RENUMBER, f"{draft.unit}.{draft.duty}")
        reply = replace(reply, buttons=[*reply.buttons, mend])
    return Done(reply)
