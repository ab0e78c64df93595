"""/duyet: an officer accepts what the units directly below have sent, or asks them for more.

▸ /duyet
  12 báo cáo chờ tiếp nhận. …   [Tiếp nhận 9 báo cáo] [Xem từng báo cáo]
▸ Xem từng báo cáo
  Chi đoàn thôn 3 · mã 0412, lần 2
  Đoàn viên: 45/50 → 47/50 …   [Tiếp nhận] [Đề nghị bổ sung] [Xem ảnh (2)] [Để sau]
▸ Đề nghị bổ sung
  Đề nghị bổ sung mục nào của báo cáo 0412?   [Ngày học] [Đoàn viên] [Cán bộ] …
▸ Cán bộ
  Đồng chí nhắn thêm gì về số cán bộ không?   [Không ghi chú]
▸ Đồng chí Hùng hôm đó đi họp huyện.
  Đã đề nghị Chi đoàn thôn 3 bổ sung báo cáo 0412.   (and the next report)
"""

from collections.abc import Sequence
from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import inspections as inspection_texts
from bot.texts import relays as relay_texts
from bot.texts import reviews as texts
from bot.texts.markup import lines
from handlers import files, on_behalf, participation_draft, relay_draft, review_queue, reviewer
from handlers.onward import onward
from handlers.reviewer import REVIEW
from rules.duties import duty
from rules.names import clean
from rules.plan import DutyKind
from rules.reviewing import FIELDS, RELAY_PARTS, Field
from rules.revisions import figures
from storage import inspections, reviews, uploads
from storage.models import ReportState
from storage.relays import Relay, relay_in
from storage.reviews import Reviewer, Standing


class Step(StrEnum):
    OPENING = "opening"
    CARD = "card"
    FIELD = "field"
    NOTE = "note"


class Draft(BaseModel):
    # (report, revision): what [Tiếp nhận N báo cáo] stands for; what comes later was not seen.
    clean: list[tuple[int, int]] = []
    report: int = 0  # the one on the card, and its revision
    revision: int = 0
    kind: DutyKind = DutyKind.PARTICIPATION  # its duty's
    field: Field | None = None
    skipped: list[int] = []  # put off


flow = Conversation("review", Draft, first=Step.OPENING, cancelled_text=texts.CANCELLED)


# -- the queue


def review_command(turn: Turn, _args: str) -> Answer:
    if not turn.desks:
        return Reply(texts.NO_DESK)
    queue = review_queue.waiting(turn)
    if not queue:
        return Reply(texts.nothing_waits(review_queue.with_the_units(turn)))
    clean = [(one.id, one.revision) for one in review_queue.without_findings(turn, queue)]
    return Start(flow.name, Draft(clean=clean))


def review_pressed(turn: Turn, argument: str) -> Answer:
    """[Xem báo cáo] of one report, or the whole queue."""
    report_id = callbacks.read_id(argument)
    if report_id is None:
        return review_command(turn, "")
    standing = reviews.one(turn.conn, report_id)
    if standing is None or not review_queue.is_reviewed_here(turn, standing):
        return Reply(engine_texts.NOT_YOURS)
    if standing.state != ReportState.SENT:
        return Reply(texts.no_longer_waits(report_id))
    draft = Draft()
    _open(turn, draft, standing)
    return Start(flow.name, draft, step=Step.CARD)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return texts.TITLE


@flow.asks(Step.OPENING)
def ask_opening(turn: Turn, draft: Draft) -> Reply:
    queue = review_queue.waiting(turn)
    clean = _unchanged(queue, draft)
    text = texts.opening(len(queue), len(clean), review_queue.with_the_units(turn))
    buttons = [Button(texts.accept_all(len(clean)), "all")] if clean else []
    return Reply(text, [*buttons, Button(texts.ONE_BY_ONE, "each")])


@flow.receives(Step.OPENING)
def receive_opening(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="all"):
            return _accept_all(turn, draft)
        case Press(choice="each"):
            draft.clean = []
            return _next(turn, draft)
    return _reported_meanwhile(turn, event)


def _reported_meanwhile(turn: Turn, event: Event) -> Start | None:
    """Lines that report on behalf of branches: the queue is no work that waits for its end."""
    answer = on_behalf.several_lines(turn, event)
    return answer if isinstance(answer, Start) else None


def _accept_all(turn: Turn, draft: Draft) -> Outcome:
    """Only what was on the screen and is still so: the revision, and that nothing speaks against it."""
    unchanged = _unchanged(review_queue.waiting(turn), draft)
    clean = review_queue.without_findings(turn, unchanged)
    accepted = reviews.accept(turn.conn, [(one.id, one.revision) for one in clean], _by(turn))
    remaining = len(review_queue.waiting(turn))
    text = texts.accepted_many(len(accepted), len(draft.clean) - len(accepted), remaining)
    return Done(Reply(text, [go(texts.ONE_BY_ONE, REVIEW)] if remaining else []))


def _unchanged(queue: Sequence[Standing], draft: Draft) -> list[Standing]:
    seen = set(draft.clean)
    return [one for one in queue if (one.id, one.revision) in seen]


# -- one report


@flow.asks(Step.CARD)
def ask_card(turn: Turn, draft: Draft) -> Reply:
    standing = _standing(turn, draft)
    put_off = Button(texts.PUT_OFF, "later")
    if standing is None:
        return Reply(texts.no_longer_waits(draft.report), [Button(texts.NEXT, "later")])
    if standing.revision != draft.revision:
        again = texts.sent_again(standing.unit_name, standing.id, standing.revision)
        return Reply(again, [Button(texts.FRESH, "fresh"), put_off])
    sent = uploads.files_of(turn.conn, "report", standing.id)
    label = texts.files_label(len(sent), document=draft.kind is DutyKind.DOCUMENT)
    evidence = [Button(label, "photos")] if sent else []
    if _summed(turn, standing) is not None:
        evidence.append(Button(relay_texts.READ_ALL, "all"))
    accept, back = Button(texts.ACCEPT, "accept"), Button(texts.RETURN, "return")
    return Reply(_card(turn, draft, standing), [accept, back, *evidence, put_off])


def _summed(turn: Turn, standing: Standing) -> Relay | None:
    return relay_in(reviews.content(turn.conn, standing.id, standing.revision))


def _card(turn: Turn, draft: Draft, standing: Standing) -> str:
    behind = sum(one.id != standing.id for one in _ahead(review_queue.waiting(turn), draft))
    found = review_queue.findings_of(turn, [standing])[standing.id]
    summed = _summed(turn, standing)
    if summed is not None:
        return relay_texts.review_card(
            relay_texts.name(duty(turn.plan, standing.duty), standing.slot),
            standing,
            relay_draft.figures(turn, turn.unit(standing.unit_id), summed, compared=True),
            summed,
            texts.told(found),
            behind,
        )
    compared = reviews.seen_before(turn.conn, standing.id, standing.revision)
    now = figures(reviews.content(turn.conn, standing.id, standing.revision))
    before = figures(reviews.content(turn.conn, standing.id, compared)) if compared else None
    seen = inspections.last_visit(turn.conn, turn.plan.code, standing.unit_id)
    return texts.card(
        standing.unit_name,
        duty(turn.plan, standing.duty).title,
        standing.id,
        standing.revision,
        now,
        before,
        found,
        arrived=standing.arrived,
        zone=turn.world.zone,
        session=draft.kind is DutyKind.SESSION,
        inspected=inspection_texts.on_the_card(seen, turn.today),
        behind=behind,
    )


@flow.receives(Step.CARD)
def receive_card(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if isinstance(event, Text):
        return _reported_meanwhile(turn, event)
    if event == Press("later"):
        draft.skipped = [*draft.skipped, draft.report]
        return _next(turn, draft)
    standing = _standing(turn, draft)
    if standing is None:
        return Step.CARD if isinstance(event, Press) else None  # which says so
    match event:
        case Press(choice="fresh"):
            draft.revision = standing.revision
            return Step.CARD
        case Press(choice="accept"):
            if not reviews.accept(turn.conn, [(standing.id, draft.revision)], _by(turn)):
                return Step.CARD
            return _decided(turn, draft, texts.accepted(standing.unit_name, standing.id))
        case Press(choice="return"):
            return Refusal(texts.UNIT_LOCKED) if turn.locked(standing.unit_id) else Step.FIELD
        case Press(choice="photos"):
            files.send_all(turn, "report", standing.id, texts.evidence(standing.unit_name, standing.id))
            turn.replaceable = None  # the card comes again below them
            return Step.CARD
        case Press(choice="all"):
            _say_whole(turn, standing)
            return Step.CARD
    return None


def _say_whole(turn: Turn, standing: Standing) -> None:
    """Of a report that sums up others, both pages; the card comes again below them."""
    summed = _summed(turn, standing)
    if summed is None:
        return
    one = duty(turn.plan, standing.duty)
    turn.say(Reply(relay_draft.figures_page(turn, one, standing, summed, None), replaces=False))
    words = relay_texts.words_page(relay_texts.name(one, standing.slot), standing, summed)
    turn.say(Reply(words, replaces=False))
    turn.replaceable = None


@flow.asks(Step.FIELD)
def ask_field(turn: Turn, draft: Draft) -> Reply:
    session = draft.kind is DutyKind.SESSION
    buttons = [Button(texts.field_label(one, session=session), one) for one in _fields(turn, draft)]
    return Reply(texts.which_field(draft.report), buttons)


@flow.receives(Step.FIELD)
def receive_field(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice=choice) if choice in _fields(turn, draft):
            draft.field = Field(choice)
            return Step.NOTE
    return None


def _fields(turn: Turn, draft: Draft) -> list[Field]:
    offered = FIELDS[draft.kind]
    standing = _standing(turn, draft)
    if standing is not None and _summed(turn, standing) is not None:
        return list(RELAY_PARTS)
    if standing is not None and not duty(turn.plan, standing.duty).numbered:
        offered = tuple(one for one in offered if one is not Field.NUMBER)
    if standing is None or draft.kind is not DutyKind.PARTICIPATION:
        return list(offered)
    about = participation_draft.Draft(unit=standing.unit_id)
    has_cadres = participation_draft.cadres_expected(turn, about) > 0
    return [one for one in offered if one is not Field.CADRES or has_cadres]


@flow.asks(Step.NOTE)
def ask_note(turn: Turn, draft: Draft) -> Reply:
    assert draft.field is not None
    text = texts.which_note(draft.field, session=draft.kind is DutyKind.SESSION)
    return Reply(text, [Button(texts.NO_NOTE, "none")])


@flow.receives(Step.NOTE, prose=True)
def receive_note(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="none"):
            return _send_back(turn, draft, None)
        case Text(text=text) if len(clean(text)) > texts.NOTE_LIMIT:
            return Refusal(texts.NOTE_TOO_LONG)
        case Text(text=text) if clean(text):
            return _send_back(turn, draft, clean(text))
    return None


def _send_back(turn: Turn, draft: Draft, note: str | None) -> Outcome:
    standing = _standing(turn, draft)
    if standing is None:
        return Step.CARD
    if turn.locked(standing.unit_id):
        return Refusal(texts.UNIT_LOCKED)
    assert draft.field is not None
    if not reviews.send_back(turn.conn, standing.id, draft.revision, draft.field, note, _by(turn)):
        return Step.CARD
    told = turn.tell_acting(standing.unit_id, reviewer.returned_message(turn, standing, draft.field, note))
    text = texts.sent_back(standing.unit_name, standing.id)
    return _decided(turn, draft, text if told else lines(text, reviewer.whom_to_ring(turn, standing.unit_id)))


# -- onward


def _decided(turn: Turn, draft: Draft, text: str) -> Outcome:
    fresh = Draft(skipped=draft.skipped)
    step = _next(turn, fresh)
    return onward(turn, text, flow.name, fresh, step)


def _next(turn: Turn, draft: Draft) -> Step | Done:
    queue = review_queue.waiting(turn)
    ahead = _ahead(queue, draft)
    if not ahead:
        return Done(Reply(texts.all_seen(len(queue)), [go(texts.ONE_BY_ONE, REVIEW)] if queue else []))
    _open(turn, draft, ahead[0])
    return Step.CARD


def _ahead(queue: Sequence[Standing], draft: Draft) -> list[Standing]:
    return [one for one in queue if one.id not in draft.skipped]


def _open(turn: Turn, draft: Draft, standing: Standing) -> None:
    draft.report, draft.revision, draft.field = standing.id, standing.revision, None
    draft.kind = duty(turn.plan, standing.duty).kind


def _standing(turn: Turn, draft: Draft) -> Standing | None:
    """The report on the card, as long as it waits for this person."""
    found = reviews.one(turn.conn, draft.report)
    waits = (
        found is not None and found.state == ReportState.SENT and review_queue.is_reviewed_here(turn, found)
    )
    return found if waits else None


def _by(turn: Turn) -> Reviewer:
    return Reviewer(turn.person_id, turn.account.id, turn.arrived)
