"""/docbai: whoever receives essays reads them, one at a time, and says of each whether it will do.

▸ /docbai
  3 bài thu hoạch chờ đồng chí đọc. Bài đầu tiên gửi lúc …   [Đọc bài] [Theo đơn vị]
▸ Đọc bài
  Lê Thị Mai · Chi đoàn thôn 3
  2 trang, khoảng 1.240 chữ, gửi 19 giờ 42 ngày 14/11
  ▸ Chưa thấy phần: Đề xuất, kiến nghị.   [Xem bài] [Đạt] / [Cần bổ sung] [Để sau]
▸ Cần bổ sung
  Bài cần bổ sung gì? Đồng chí nhắn một câu cho người viết.
▸ Đồng chí viết thêm phần đề xuất.
  Đã đề nghị đồng chí Lê Thị Mai bổ sung bài.   (and the next essay)

[Ghi kiến nghị] keeps, with the verdict, what the essay proposes: for whoever answers proposals (/kiennghi).

Many at once is not offered: essays are there to be read.
"""

from collections.abc import Sequence
from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, Press, Text
from bot.engine.owed_buttons import ESSAY_AGAIN
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import essay_reading as texts
from bot.texts import proposals as proposal_texts
from bot.texts.markup import lines
from handlers import essay_card, files, proposal_level
from handlers.onward import onward
from rules.names import clean
from rules.rights import may_read_essay
from storage import essay_reviews, people
from storage.essay_reviews import ToRead
from storage.models import EssayState, EssayVerdict

READ = "readessay"


class Step(StrEnum):
    CARD = "card"
    NOTE = "note"
    PROPOSAL = "proposal"


class Draft(BaseModel):
    essay: int = 0  # the one on the card
    author: str = ""  # as the card named them
    skipped: list[int] = []  # put off
    proposal: str | None = None  # what the essay proposes, noted for those who answer
    proposal_level: str | None = None  # None: it is for the unit directly above the author's


flow = Conversation("essay_reading", Draft, first=Step.CARD, cancelled_text=texts.CANCELLED)


# -- the queue


def read_command(turn: Turn, _args: str) -> Answer:
    if not turn.desks:
        return Reply(texts.NO_DESK)
    if turn.plan.essays is None:
        return Reply(texts.NO_ESSAYS)
    queue = _queue(turn)
    ledger = go(texts.LEDGER, essay_card.LEDGER)
    if not queue:
        return Reply(texts.NOTHING_WAITS, [ledger])
    return Reply(texts.opening(len(queue), queue[0].arrived, turn.world.zone), [go(texts.READ, READ), ledger])


def read_pressed(turn: Turn, argument: str) -> Answer:
    """[Đọc bài]: the oldest, or the one that is named."""
    if not argument:
        queue = _queue(turn)
        return Start(flow.name, _draft_of(queue[0])) if queue else read_command(turn, "")
    essay_id = callbacks.read_id(argument)
    one = essay_reviews.get(turn.conn, essay_id) if essay_id is not None else None
    if one is None or not _is_reader(turn, one):
        return Reply(engine_texts.NOT_YOURS)
    if not _waits(turn, one):
        return Reply(texts.NO_LONGER_WAITS)
    return Start(flow.name, _draft_of(one))


def _draft_of(one: ToRead) -> Draft:
    return Draft(essay=one.id, author=one.author)


def _queue(turn: Turn) -> list[ToRead]:
    return essay_reviews.waiting(turn.conn, turn.plan.code, turn.desks, turn.person_id)


def _is_reader(turn: Turn, one: ToRead) -> bool:
    """Nobody reads their own."""
    theirs = one.person_id == turn.person_id
    return not theirs and may_read_essay(turn.plan, turn.desks, one.route, one.unit_path)


def _waits(turn: Turn, one: ToRead) -> bool:
    return one.state == EssayState.STORED and essay_reviews.review_of(turn.conn, one.id) is None


def _on_the_card(turn: Turn, draft: Draft) -> ToRead | None:
    """None: it does not wait for this person any more."""
    one = essay_reviews.get(turn.conn, draft.essay)
    return one if one is not None and _is_reader(turn, one) and _waits(turn, one) else None


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return texts.TITLE


# -- one essay


@flow.asks(Step.CARD)
def ask_card(turn: Turn, draft: Draft) -> Reply:
    one = _on_the_card(turn, draft)
    put_off = Button(texts.PUT_OFF, "later")
    if one is None:
        return Reply(texts.NO_LONGER_WAITS, [Button(texts.NEXT, "later")])
    behind = sum(other.id != one.id for other in _ahead(_queue(turn), draft))
    choices = [Button(texts.VIEW, "view"), Button(texts.PASS, "pass"), Button(texts.RETURN, "return")]
    buttons = [*choices, put_off, Button(texts.NOTE_PROPOSAL, "proposal")]
    text = essay_card.card(turn, one, behind)
    if draft.proposal is None:
        return Reply(text, buttons)
    owner = proposal_level.owner_of(turn, one.unit_id, draft.proposal_level)
    levels = proposal_level.buttons(turn, one.unit_id, draft.proposal_level)
    goes_to = proposal_texts.goes_to(owner.name) if levels else None
    return Reply(lines(text, texts.proposal_noted(draft.proposal), goes_to), [*buttons, *levels])


@flow.receives(Step.CARD)
def receive_card(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if event == Press("later"):
        draft.skipped = [*draft.skipped, draft.essay]
        return _next(turn, draft)
    one = _on_the_card(turn, draft)
    if one is None:
        return Step.CARD if isinstance(event, Press) else None  # which says so
    match event:
        case Press(choice="view"):
            return _show(turn, one)
        case Press(choice="pass"):
            return _judge(turn, draft, one, None)
        case Press(choice="proposal"):
            return Step.PROPOSAL
        case Press(choice="return"):
            return Refusal(texts.UNIT_LOCKED) if turn.locked(one.unit_id) else Step.NOTE
        case Press(choice=choice) if draft.proposal is not None:
            level = proposal_level.read(turn, one.unit_id, choice)
            if level is not None:
                draft.proposal_level = level
                return Step.CARD
    return None


def _show(turn: Turn, one: ToRead) -> Outcome:
    if not files.send_all(turn, "essay", one.id, texts.caption(one.author)):
        return Refusal(texts.NO_FILE)
    turn.replaceable = None  # the card comes again below them
    return Step.CARD


@flow.asks(Step.PROPOSAL)
def ask_proposal(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHICH_PROPOSAL)


@flow.receives(Step.PROPOSAL, prose=True)
def receive_proposal(turn: Turn, draft: Draft, event: Event) -> Outcome:
    """Kept with the verdict."""
    match event:
        case Text(text=text) if len(clean(text)) > texts.NOTE_LIMIT:
            return Refusal(texts.NOTE_TOO_LONG)
        case Text(text=text) if clean(text):
            draft.proposal = clean(text)
            return Step.CARD
    return None


@flow.asks(Step.NOTE)
def ask_note(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHICH_NOTE)


@flow.receives(Step.NOTE, prose=True)
def receive_note(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Text(text=text) if len(clean(text)) > texts.NOTE_LIMIT:
            return Refusal(texts.NOTE_TOO_LONG)
        case Text(text=text) if clean(text):
            one = _on_the_card(turn, draft)
            return Step.CARD if one is None else _judge(turn, draft, one, clean(text))
    return None


def _judge(turn: Turn, draft: Draft, one: ToRead, note: str | None) -> Outcome:
    """With a note it is asked for again."""
    if one.author != draft.author:  # moved to another person since it was shown
        draft.author = one.author
        turn.say(Reply(texts.AUTHOR_CHANGED))
        return Step.CARD
    if note is not None and turn.locked(one.unit_id):
        return Refusal(texts.UNIT_LOCKED)
    verdict = EssayVerdict.PASSED if note is None else EssayVerdict.RETURNED
    noted = (draft.proposal, draft.proposal_level)
    if not essay_reviews.judge(turn.conn, one.id, one.unit_id, verdict, note, turn.sender, *noted):
        return Step.CARD
    told = _tell(turn, one, note)
    said = texts.passed(one.author) if note is None else texts.sent_back(one.author)
    if not told and note is not None:
        said = lines(said, texts.nobody_reached(_phone(turn, one)))
    return _decided(turn, draft, said)


def _phone(turn: Turn, one: ToRead) -> str | None:
    """The author's, as long as they belong to the unit."""
    holders = people.holders(turn.conn, one.unit_id, turn.today)
    return next((holder.phone for holder in holders if holder.id == one.person_id), None)


def _tell(turn: Turn, one: ToRead, note: str | None) -> bool:
    """The author; who has no account hears it from whoever handed it in, or from those who act for the unit."""
    again = [] if note is None else [go(texts.HAND_IN_AGAIN, ESSAY_AGAIN, one.id)]
    own = texts.own_passed() if note is None else texts.own_returned(note)
    if one.person_id is not None and turn.tell(one.person_id, Reply(own, again)):
        return True
    theirs = texts.theirs_passed(one.author) if note is None else texts.theirs_returned(one.author, note)
    closed = turn.unit(one.unit_id).closed(turn.today)  # nobody acts for it any more
    acting = [] if closed else [holder.id for holder in turn.acting_for(one.unit_id)]
    whom = [one.by_person_id] if one.by_person_id in acting else acting
    told = [turn.tell(person_id, Reply(theirs, again)) for person_id in whom if person_id is not None]
    return any(told)


# -- onward


def _decided(turn: Turn, draft: Draft, text: str) -> Outcome:
    fresh = Draft(skipped=draft.skipped)
    step = _next(turn, fresh)
    return onward(turn, text, flow.name, fresh, step)


def _next(turn: Turn, draft: Draft) -> Step | Done:
    queue = _queue(turn)
    ahead = _ahead(queue, draft)
    if not ahead:
        return Done(Reply(texts.all_read(len(queue)), [go(texts.READ, READ)] if queue else []))
    draft.essay, draft.author = ahead[0].id, ahead[0].author
    draft.proposal = draft.proposal_level = None
    return Step.CARD


def _ahead(queue: Sequence[ToRead], draft: Draft) -> list[ToRead]:
    return [one for one in queue if one.id not in draft.skipped]
