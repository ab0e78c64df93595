"""A unit sums up those below it for the level above: a quick report, a commune's summary, the final report.

▸ [Báo cáo nhanh]
  Báo cáo nhanh lần 2
  Huyện đoàn Hoằng Hóa · tính đến 17 giờ ngày 12/12
  Báo cáo: 402/437 chi đoàn (92%), chưa báo cáo 35 …
  ▸ Kết quả sau buổi: Học bù: 12 đơn vị … ▸ Kiến nghị: …
  Còn thiếu 35 báo cáo, 1 điểm cần làm rõ.
  [Gửi báo cáo] [Sửa] [Giải trình] [Thiếu, chưa khớp]
▸ Sửa
  Đồng chí sửa phần nào?   [Kết quả sau buổi] [Báo cáo viên] [Tài liệu] [Kiến nghị]
▸ Báo cáo viên
  Báo cáo viên. Hội nghị cấp cơ sở: 31 lượt báo cáo viên … Đồng chí gửi nhận xét, đánh giá trong một tin. …
▸ Báo cáo viên truyền đạt rõ, có liên hệ thực tế. ▸ Gửi báo cáo
  Cán bộ tham dự 1.180/1.204, Kế hoạch yêu cầu 100%. Đồng chí giải trình giúp.   [Không giải trình]
▸ 24 đồng chí đi làm xa, đã có lịch học bù. ▸ Gửi báo cáo
  Đã nhận báo cáo, mã 0412, 17 giờ 20 ngày 12/12. Hệ thống đã báo Tỉnh đoàn Thanh Hóa.
"""

from datetime import timedelta
from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, Press, Text
from bot.engine.owed_buttons import START_DOCUMENT
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import participation as report_texts
from bot.texts import relays as texts
from bot.texts import reviews as review_texts
from bot.texts.markup import lines
from handlers import relay_draft, reviewer
from handlers.owed import after_report
from handlers.progress import called
from rules.deadlines import reported_on_time
from rules.duties import duty, relays_of
from rules.names import clean
from rules.plan import Duty, DutyKind
from rules.relays import RATE, WRITTEN, to_explain
from rules.reviewing import Field
from storage import relays, reports, reviews, snapshots, submitting
from storage.models import ReportState
from storage.relays import Relay
from storage.reports import Receipt
from storage.reviews import Standing

NEW = "relaynew"
_JUST_SEEN = timedelta(minutes=2)  # figures that old are sent as they were read, whatever has come since


class Step(StrEnum):
    SUMMARY = "summary"
    GAPS = "gaps"
    PART = "part"
    WRITE = "write"
    EXPLAIN = "explain"


class Notice(StrEnum):
    """Why the summary is shown again instead of being sent."""

    NONE = ""
    MEANWHILE = "meanwhile"
    FIGURES = "figures"


class Draft(BaseModel):
    """`seen`: the revision that this replaces, 0 where there was none. `sent`: its figures went upward before
    and stay as they were. `only`: the part that was returned; nothing else is opened then.
    """

    unit: int
    duty: str
    slot: int
    seen: int
    relay: Relay
    sent: bool = False
    only: Field | None = None
    part: Field = Field.RESULTS  # being written
    asked: str = RATE  # being explained
    sending: bool = False  # back to what else is to be explained
    passed: list[str] = []  # asked, and not to be explained
    notice: Notice = Notice.NONE


flow = Conversation("relay", Draft, first=Step.SUMMARY)


# -- how it begins


def new_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>.<duty>`, or `<unit>.<duty>.<slot>` to mend a quick report that was sent."""
    number, _, rest = argument.partition(".")
    code, _, slot = rest.partition(".")
    post = turn.desk(callbacks.read_id(number))
    one = next((one for one in _owed(turn, post.unit_id) if one.code == code), None) if post else None
    if post is None or one is None:
        return Reply(engine_texts.NOT_YOURS)
    return mend_quick(turn, post.unit_id, one, slot) if slot else start(turn, post.unit_id, one)


def _owed(turn: Turn, unit_id: int) -> tuple[Duty, ...]:
    return relays_of(turn.plan, turn.unit(unit_id).duty_level)


def can_be_drafted(turn: Turn, unit_id: int, one: Duty) -> bool:
    """Whether [Soạn từ số liệu] has anything to sum up."""
    return (
        one in _owed(turn, unit_id)
        and turn.desk(unit_id) is not None
        and relay_draft.has_figures(turn, turn.unit(unit_id))
    )


def start(turn: Turn, unit_id: int, one: Duty) -> Answer:
    """From the figures as they are; what the officer wrote in an earlier sending stays."""
    if turn.locked(unit_id):
        return Reply(engine_texts.LOCKED)
    unit = turn.unit(unit_id)
    if not can_be_drafted(turn, unit_id, one):
        document = one.kind is DutyKind.DOCUMENT
        by_file = go(one.button_label, START_DOCUMENT, f"{unit_id}.{one.code}")
        return Reply(texts.nothing_to_sum(unit.name), [by_file] if document else [])
    relay, slot, seen = relay_draft.drawn_up(turn, unit), 0, 0
    if one.kind is DutyKind.QUICK_REPORT:
        slot = submitting.next_slot(turn.conn, turn.plan.code, one.code, unit_id)
    else:
        sent = _standing(turn, unit_id, one.code, 0)
        seen = sent.revision if sent is not None else 0
        before = _sent_relay(turn, sent) if sent is not None else None
        relay = _with_words_of(before, relay) if before is not None else relay
    draft = Draft(unit=unit_id, duty=one.code, slot=slot, seen=seen, relay=relay)
    return Start(flow.name, draft, unit_id)


def mend_quick(turn: Turn, unit_id: int, one: Duty, slot: str) -> Answer:
    """Its words; its figures are those of its hour."""
    number = callbacks.read_id(slot)
    sent = _standing(turn, unit_id, one.code, number) if number is not None else None
    relay = _sent_relay(turn, sent) if sent is not None else None
    if sent is None or relay is None:
        return Reply(engine_texts.NOT_YOURS)
    if turn.locked(unit_id):
        return Reply(engine_texts.LOCKED)
    if sent.state == ReportState.ACCEPTED:
        return Reply(review_texts.accepted_already(sent.id))
    return Start(flow.name, _draft_of(sent, relay), unit_id)


def answer_return(sent: Standing, relay: Relay, field: Field) -> Start:
    """The part that the level above asked for, and no other."""
    draft = _draft_of(sent, relay)
    draft.only = draft.part = field
    return Start(flow.name, draft, sent.unit_id, Step.EXPLAIN if field is RATE else Step.WRITE)


def _draft_of(sent: Standing, relay: Relay) -> Draft:
    return Draft(
        unit=sent.unit_id, duty=sent.duty, slot=sent.slot, seen=sent.revision, relay=relay, sent=True
    )


def _standing(turn: Turn, unit_id: int, code: str, slot: int) -> Standing | None:
    rows = reports.find(turn.conn, turn.plan.code, code, unit_id)
    found = next((row.id for row in rows if row.slot == slot), None)
    return reviews.one(turn.conn, found) if found is not None else None


def _sent_relay(turn: Turn, sent: Standing) -> Relay | None:
    return relays.relay_in(reviews.content(turn.conn, sent.id, sent.revision))


def _with_words_of(before: Relay, now: Relay) -> Relay:
    return now.model_copy(update={"words": before.words, "explained": before.explained})


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"{texts.name(duty(turn.plan, draft.duty), draft.slot)} của {turn.unit(draft.unit).name}"


# -- the whole of it


_NOTICES = {
    Notice.NONE: "",
    Notice.MEANWHILE: texts.MEANWHILE,
    Notice.FIGURES: texts.FIGURES_CHANGED,
}


@flow.asks(Step.SUMMARY)
def ask_summary(turn: Turn, draft: Draft) -> Reply:
    send = Button(report_texts.SEND, "send")
    if draft.only is not None:
        return Reply(
            texts.send_again(draft.relay, draft.only), [send, Button(report_texts.CANCEL, callbacks.CANCEL)]
        )
    relay = draft.relay
    name = texts.name(duty(turn.plan, draft.duty), draft.slot)
    figures = relay_draft.figures(turn, turn.unit(draft.unit), relay, compared=False)
    buttons = [send, Button(texts.CHANGE, "change"), Button(texts.EXPLAIN, "explain")]
    if relay.missing or relay.doubts:
        buttons.append(Button(texts.GAPS, "gaps"))
    return Reply(texts.summary(_NOTICES[draft.notice], name, figures, relay), buttons)


@flow.receives(Step.SUMMARY)
def receive_summary(turn: Turn, draft: Draft, event: Event) -> Outcome:
    draft.notice, draft.sending = Notice.NONE, False
    whole = draft.only is None
    match event:
        case Press(choice="send"):
            return _send(turn, draft)
        case Press(choice="change") if whole:
            return Step.PART
        case Press(choice="explain") if whole:
            draft.asked = RATE
            return Step.EXPLAIN
        case Press(choice="gaps") if whole:
            return Step.GAPS
        case Text() if whole:
            return Refusal(texts.NUMBERS_STAND)
    return None


@flow.asks(Step.GAPS)
def ask_gaps(turn: Turn, draft: Draft) -> Reply:
    return Reply(relay_draft.all_gaps(turn, draft.relay), [go(texts.PHONES, "missing", draft.unit)])


@flow.receives(Step.GAPS)
def receive_gaps(turn: Turn, draft: Draft, event: Event) -> Outcome:
    return None


# -- a part in words


@flow.asks(Step.PART)
def ask_part(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHICH_PART, [Button(texts.PARTS[part], part) for part in WRITTEN])


@flow.receives(Step.PART)
def receive_part(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice=choice) if choice in WRITTEN:
            draft.part = Field(choice)
            return Step.WRITE
    return None


@flow.asks(Step.WRITE)
def ask_write(turn: Turn, draft: Draft) -> Reply:
    own = [Button(texts.OWN_DRAFT, "own")] if draft.part in draft.relay.words else []
    return Reply(texts.write(draft.relay, draft.part), own)


@flow.receives(Step.WRITE, prose=True)
def receive_write(turn: Turn, draft: Draft, event: Event) -> Outcome:
    words = {part: text for part, text in draft.relay.words.items() if part is not draft.part}
    match event:
        case Press(choice="own"):
            pass
        case Text(text=typed):
            told = "\n".join(line for line in map(clean, typed.splitlines()) if line)
            if not told:
                return None
            if len(told) > texts.LONGEST:
                return Refusal(texts.TOO_LONG)
            words[draft.part] = told
        case _:
            return None
    draft.relay = draft.relay.model_copy(update={"words": words})
    return Step.SUMMARY


# -- explaining


@flow.asks(Step.EXPLAIN)
def ask_explain(turn: Turn, draft: Draft) -> Reply:
    buttons = [Button(texts.NOT_EXPLAINED, "none")]
    if draft.only is RATE:
        buttons.append(Button(texts.NEW_FIGURES, "fresh"))
    return Reply(texts.explain(draft.asked, draft.relay, turn.plan.cadre_target_percent), buttons)


@flow.receives(Step.EXPLAIN, prose=True)
def receive_explain(turn: Turn, draft: Draft, event: Event) -> Outcome:
    explained = {asked: text for asked, text in draft.relay.explained.items() if asked != draft.asked}
    match event:
        case Press(choice="none"):
            draft.passed = [*draft.passed, draft.asked]
        case Press(choice="fresh") if draft.only is RATE:
            _refresh(turn, draft, relay_draft.drawn_up(turn, turn.unit(draft.unit)))
            draft.sent = False
            draft.only = None  # with other figures the whole is to be read again
            return Step.SUMMARY
        case Text(text=typed) if told := clean(typed):
            if len(told) > texts.LONGEST_EXPLANATION:
                return Refusal(texts.EXPLANATION_TOO_LONG)
            explained[draft.asked] = told
        case _:
            return None
    draft.relay = draft.relay.model_copy(update={"explained": explained})
    return _ask_next(turn, draft) or Step.SUMMARY if draft.sending else Step.SUMMARY


def _ask_next(turn: Turn, draft: Draft) -> Step | None:
    """What is still to be explained before it goes; None: nothing."""
    figures, relay = draft.relay.overall.main, draft.relay
    cadres = (figures.cadres, figures.cadres_expected)
    for kind in to_explain(cadres, turn.plan.cadre_target_percent, relay.doubts):
        if kind not in relay.explained and kind not in draft.passed:
            draft.asked, draft.sending = kind, True
            return Step.EXPLAIN
    return None


# -- sending


def _send(turn: Turn, draft: Draft) -> Outcome:
    if turn.desk(draft.unit) is None:
        return Done(Reply(engine_texts.NOT_YOURS))
    if turn.locked(draft.unit):
        return Refusal(engine_texts.LOCKED)
    if draft.sent:
        over = _over(turn, draft)
        if over is not None:
            return Done(Reply(over))
        return _submit(turn, draft)
    if _sent_meanwhile(turn, draft):
        draft.notice = Notice.MEANWHILE
        return Step.SUMMARY
    if _figures_changed(turn, draft):
        draft.notice = Notice.FIGURES
        return Step.SUMMARY
    return _ask_next(turn, draft) or _submit(turn, draft)


def _over(turn: Turn, draft: Draft) -> str | None:
    """Why what was sent is not to be mended any more."""
    standing = _standing(turn, draft.unit, draft.duty, draft.slot)
    if standing is None:
        return engine_texts.NOT_YOURS
    if standing.state == ReportState.ACCEPTED:
        return review_texts.accepted_already(standing.id)
    answered = draft.only is not None and standing.state != ReportState.RETURNED
    return review_texts.answered_already(standing.id) if answered or standing.revision != draft.seen else None


def _sent_meanwhile(turn: Turn, draft: Draft) -> bool:
    """Somebody else of the unit was quicker; the next press knows it."""
    standing = _standing(turn, draft.unit, draft.duty, draft.slot)
    revision = standing.revision if standing is not None else 0
    if revision == draft.seen:
        return False
    if duty(turn.plan, draft.duty).kind is DutyKind.QUICK_REPORT and draft.seen == 0:
        draft.slot = submitting.next_slot(turn.conn, turn.plan.code, draft.duty, draft.unit)
    else:
        draft.seen = revision
    return True


def _figures_changed(turn: Turn, draft: Draft) -> bool:
    """What is sent was read as it is: where something has come since, it is read again."""
    if turn.now - draft.relay.at <= _JUST_SEEN:
        return False
    before = draft.relay
    _refresh(turn, draft, relay_draft.drawn_up(turn, turn.unit(draft.unit)))
    return before.model_copy(update={"at": draft.relay.at}) != draft.relay


def _refresh(turn: Turn, draft: Draft, now: Relay) -> None:
    draft.relay = _with_words_of(draft.relay, now)


def _submit(turn: Turn, draft: Draft) -> Outcome:
    one, unit = duty(turn.plan, draft.duty), turn.unit(draft.unit)
    receipt = submitting.submit_relay(
        turn.conn, turn.plan.code, one.code, unit.id, draft.slot, draft.relay.as_json(), turn.sender
    )
    if not draft.sent:
        snapshots.take(
            turn.conn,
            turn.plan.code,
            unit.id,
            draft.relay.overall,
            by_person_id=turn.person_id,
            by_account_id=turn.account.id,
            at=draft.relay.at,
        )
    on_time = reported_on_time(one, None, receipt.first_arrived, turn.world.zone)
    text = report_texts.received(receipt, turn.arrived, turn.world.zone, on_time)
    return Done(after_report(turn, unit.id, lines(text, _tell_above(turn, draft, receipt))))


def _tell_above(turn: Turn, draft: Draft, receipt: Receipt) -> str | None:
    unit = turn.unit(draft.unit)
    if unit.parent_id is None:
        return None
    if not reviewer.tell_corrected(turn, receipt):
        name = texts.name(duty(turn.plan, draft.duty), draft.slot)
        text = texts.arrived(unit.name, name, receipt.report_id, draft.relay, called(turn), turn.world.zone)
        see = go(review_texts.SEE, reviewer.REVIEW, receipt.report_id)
        turn.tell_acting(unit.parent_id, Reply(text, [see]))
    return texts.told(turn.unit(unit.parent_id).name)
