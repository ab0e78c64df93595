"""One fact of a unit's rating, with its evidence; the unit contests it once, the level above decides once.
Until then the unit may say it otherwise ([Sửa khiếu nại]) or take it back ([Rút khiếu nại]).

▸ Cán bộ học đủ
  Chi đoàn thôn 3 · Cán bộ học đủ
  Chưa đạt, 2/3 …   [Xem ảnh, tệp (2)] [Xem báo cáo] / [Khiếu nại] [Cả danh sách]
▸ Khiếu nại
  Mục “Cán bộ học đủ” chưa đúng ở điểm nào? …
▸ Đồng chí Hùng đã học bù ở huyện
  Đã gửi khiếu nại tới Đoàn xã Hoằng Quỳ. …
▸ (Đoàn xã) Chấp nhận
  Vì sao đồng chí chấp nhận? …
▸ Huyện đoàn xác nhận
  Đã ghi quyết định (chấp nhận) về Chi đoàn thôn 3; đã báo đơn vị.
"""

from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import rating as texts
from handlers import files
from handlers.rating_evidence import evidence
from handlers.rating_rights import CONTEST, DECIDE, FACT, LIST, MEND, WITHDRAW, above, seen_fact
from rules import rating as rules
from rules.names import clean
from rules.plan import RatingFact
from rules.rating import Standing, Verdict
from storage import rating, reports
from storage.rating import Contest, Rated
from storage.units import Unit

_VERDICTS = {"yes": Verdict.ACCEPTED, "no": Verdict.KEPT}


class Step(StrEnum):
    NOTE = "note"


class Draft(BaseModel):
    unit: int
    fact: str
    contest: int | None = None  # that is decided or mended; None: one is made
    verdict: Verdict | None = None  # None: it is not decided
    read: str | None = None  # its note, as whoever decides was shown it


flow = Conversation("rating", Draft, first=Step.NOTE, for_superiors=True, cancelled_text=texts.CANCELLED)


# -- the card


def fact_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>.<code>`, or `<unit>.<code>.photos`."""
    asked, _, view = argument.partition(".photos")
    found = seen_fact(turn, asked)
    if found is None:
        return Reply(engine_texts.NOT_YOURS)
    unit, one, fact = found
    if asked != argument and not view and fact.duty is not None:
        for sent in reports.all_of(turn.conn, turn.plan.code, fact.duty, unit.id):
            files.send_all(turn, "report", sent.id, texts.evidence(unit.name, fact.title))
        return None
    return _card(turn, unit, one, fact)


def _card(turn: Turn, unit: Unit, one: Rated, fact: RatingFact, opening: str | None = None) -> Reply:
    why = evidence(turn, unit, fact, one.figures[fact.code])
    contest = one.contests.get(fact.code)
    desk = above(turn, unit)
    told = why.told if why.brief is None else f"{why.told}, {why.brief}"
    part = None
    if contest is not None:
        part = texts.contest_part(contest, desk.name, turn.world.zone, turn.today)
    elif _own_and_open(turn, unit, one, fact) and _over(turn):
        part = _too_late(turn, desk)
    text = texts.fact_card(opening, unit.name, fact, told, why.lines, part)
    steps = _steps(turn, unit, one, fact, contest)
    return Reply(text, [*steps, *why.buttons, _to_list(unit)])


def _steps(turn: Turn, unit: Unit, one: Rated, fact: RatingFact, contest: Contest | None) -> list[Button]:
    if contest is None:
        offered = _own_and_open(turn, unit, one, fact) and not _over(turn)
        return [go(texts.CONTEST, CONTEST, f"{unit.id}.{fact.code}")] if offered else []
    if contest.verdict is not None:
        return []
    if turn.post_for(unit.id) is not None:
        asked = f"{unit.id}.{fact.code}"
        mend = [] if _over(turn) else [go(texts.MEND, MEND, asked)]
        return [*mend, go(texts.WITHDRAW, WITHDRAW, asked)]
    if not turn.reviews(unit.id):
        return []
    return [
        go(texts.ACCEPT, DECIDE, f"{contest.id}.yes"),
        go(texts.KEEP, DECIDE, f"{contest.id}.no"),
    ]


def _own_and_open(turn: Turn, unit: Unit, one: Rated, fact: RatingFact) -> bool:
    """Whether it is theirs to contest, were it in time."""
    return turn.post_for(unit.id) is not None and one.figures[fact.code] in rules.CONTESTABLE


def _over(turn: Turn) -> bool:
    return turn.plan.rating is not None and rules.is_over(turn.plan.rating, turn.today)


def _too_late(turn: Turn, desk: Unit) -> str:
    assert turn.plan.rating is not None
    assert turn.plan.rating.contest_before is not None
    return texts.is_over(turn.plan.rating.contest_before, _somebody(turn, desk), desk.name, turn.today)


def _somebody(turn: Turn, desk: Unit) -> str | None:
    """A name to ring; the number of a superior is not the bot's to give."""
    acting = turn.acting_for(desk.id)
    return acting[0].full_name if acting else None


def _to_list(unit: Unit) -> Button:
    return go(texts.TO_UNIT, LIST, f"{unit.id}.one")


def _see(unit_id: int, code: str) -> list[Button]:
    return [go(texts.SEE, FACT, f"{unit_id}.{code}")]


# -- contesting, deciding


def contest_pressed(turn: Turn, argument: str) -> Answer:
    found = _contestable(turn, argument)
    if isinstance(found, Reply):
        return found
    unit, _one, fact = found
    return Start(flow.name, Draft(unit=unit.id, fact=fact.code), unit.id)


def _contestable(turn: Turn, argument: str) -> tuple[Unit, Rated, RatingFact] | Reply:
    """Asked again at the end, when the day may be over."""
    found = seen_fact(turn, argument)
    if found is None or turn.post_for(found[0].id) is None:
        return Reply(engine_texts.NOT_YOURS)
    unit, one, fact = found
    if fact.code in one.contests:
        return _card(turn, unit, one, fact, texts.CONTESTED_ALREADY)
    if _over(turn):
        return Reply(_too_late(turn, above(turn, unit)), [_to_list(unit)])
    if one.figures[fact.code] not in rules.CONTESTABLE:
        met = one.figures[fact.code] is Standing.MET
        return Reply(texts.NOTHING_TO_CONTEST if met else texts.NOT_ASKED, [_to_list(unit)])
    return found


def mend_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>.<code>`"""
    found = _own_contest(turn, argument)
    if isinstance(found, Reply):
        return found
    unit, fact, contest = found
    if _over(turn):
        return Reply(_too_late(turn, above(turn, unit)), [_to_list(unit)])
    draft = Draft(unit=unit.id, fact=fact.code, contest=contest.id, read=contest.note)
    return Start(flow.name, draft, unit.id)


def withdraw_pressed(turn: Turn, argument: str) -> Reply:
    """`<unit>.<code>` asks, `<unit>.<code>.yes` does it."""
    asked, _, sure = argument.partition(".yes")
    found = _own_contest(turn, asked)
    if isinstance(found, Reply):
        return found
    unit, fact, contest = found
    if asked == argument or sure:
        before = turn.plan.rating.contest_before if turn.plan.rating is not None else None
        question = texts.withdraw(fact.title, before, over=_over(turn), today=turn.today)
        return Reply(question, [go(texts.WITHDRAW_NOW, WITHDRAW, f"{asked}.yes"), *_see(unit.id, fact.code)])
    if rating.withdraw(turn.conn, contest, turn.sender):
        turn.tell_acting(above(turn, unit).id, Reply(texts.withdrawn_above(unit.name, fact.title)))
        return _again(turn, asked, texts.WITHDRAWN)
    return _again(turn, asked, None)


def _own_contest(turn: Turn, argument: str) -> tuple[Unit, RatingFact, Contest] | Reply:
    """One that waits; else why there is nothing to mend or withdraw."""
    found = seen_fact(turn, argument)
    if found is None or turn.post_for(found[0].id) is None:
        return Reply(engine_texts.NOT_YOURS)
    unit, one, fact = found
    contest = one.contests.get(fact.code)
    if contest is None:
        return _card(turn, unit, one, fact, texts.WITHDRAWN)
    if contest.verdict is not None:
        return _card(turn, unit, one, fact, texts.DECIDED_ALREADY)
    return unit, fact, contest


def _again(turn: Turn, argument: str, opening: str | None) -> Reply:
    """The card as it is now."""
    found = seen_fact(turn, argument)
    return _card(turn, *found, opening) if found is not None else Reply(engine_texts.NOT_YOURS)


def decide_pressed(turn: Turn, argument: str) -> Answer:
    """`<contest>.yes`, `<contest>.no`."""
    number, _, word = argument.partition(".")
    contest_id, verdict = callbacks.read_id(number), _VERDICTS.get(word)
    contest = _decidable(turn, contest_id)
    if contest is None or verdict is None:
        return Reply(engine_texts.NOT_YOURS)
    if contest.verdict is not None:
        return Reply(texts.DECIDED_ALREADY, _see(contest.unit_id, contest.fact))
    draft = Draft(
        unit=contest.unit_id, fact=contest.fact, contest=contest.id, verdict=verdict, read=contest.note
    )
    return Start(flow.name, draft, contest.unit_id)


def _decidable(turn: Turn, contest_id: int | None) -> Contest | None:
    """Of a unit directly below that is still rated, whether it was decided or not."""
    contest = rating.get(turn.conn, turn.plan, contest_id) if contest_id is not None else None
    if contest is None or not turn.reviews(contest.unit_id):
        return None
    return contest if seen_fact(turn, f"{contest.unit_id}.{contest.fact}") is not None else None


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    name = turn.unit(draft.unit).name
    return texts.contest_title(name) if draft.verdict is None else texts.decision_title(name)


@flow.asks(Step.NOTE)
def ask_note(turn: Turn, draft: Draft) -> Reply:
    if draft.verdict is not None:
        return Reply(texts.which_reason(draft.verdict, turn.unit(draft.unit).name, draft.read or ""))
    if draft.contest is not None:
        return Reply(texts.mend_note(_title_of(turn, draft.fact), draft.read or ""))
    return Reply(texts.which_note(_title_of(turn, draft.fact)))


@flow.receives(Step.NOTE, prose=True)
def receive_note(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if not isinstance(event, Text) or not clean(event.text):
        return None
    note = clean(event.text)
    if len(note) > texts.NOTE_LIMIT:
        return Refusal(texts.NOTE_TOO_LONG)
    if draft.verdict is not None:
        return _decide(turn, draft, note)
    return _contest(turn, draft, note) if draft.contest is None else _mend(turn, draft, note)


def _contest(turn: Turn, draft: Draft, note: str) -> Done:
    found = _contestable(turn, f"{draft.unit}.{draft.fact}")
    if isinstance(found, Reply):
        return Done(found)
    unit, one, fact = found
    if rating.contest(turn.conn, turn.plan.code, one, fact.code, note, turn.sender) is None:
        return Done(Reply(texts.CONTESTED_ALREADY, _see(unit.id, fact.code)))
    desk = above(turn, unit)
    told = texts.word(fact.kind, one.figures[fact.code])
    message = Reply(texts.told_above(unit.name, fact.title, told, note), _see(unit.id, fact.code))
    reached = turn.tell_acting(desk.id, message)
    return Done(
        Reply(texts.sent(desk.name, None if reached else _somebody(turn, desk), reached), [_to_list(unit)])
    )


def _mend(turn: Turn, draft: Draft, note: str) -> Done:
    asked = f"{draft.unit}.{draft.fact}"
    found = _own_contest(turn, asked)
    if isinstance(found, Reply):
        return Done(found)
    unit, fact, contest = found
    desk = above(turn, unit)
    if _over(turn):
        return Done(Reply(_too_late(turn, desk), [_to_list(unit)]))
    if not rating.correct(turn.conn, contest, note, turn.sender):
        return Done(_again(turn, asked, None))
    message = Reply(texts.mended_above(unit.name, fact.title, note), _see(unit.id, fact.code))
    reached = turn.tell_acting(desk.id, message)
    return Done(Reply(texts.mended(desk.name, reached=reached), [_to_list(unit)]))


def _decide(turn: Turn, draft: Draft, reason: str) -> Done:
    contest = _decidable(turn, draft.contest)
    if contest is None or draft.verdict is None:
        withdrawn = turn.reviews(draft.unit) and rating.get(turn.conn, turn.plan, draft.contest or 0) is None
        return Done(Reply(texts.WAS_WITHDRAWN if withdrawn else engine_texts.NOT_YOURS))
    unit = turn.unit(contest.unit_id)
    if draft.read is not None and contest.note != draft.read:
        return Done(_again(turn, f"{contest.unit_id}.{contest.fact}", texts.CHANGED))
    desk = above(turn, unit)
    see = _see(unit.id, contest.fact)
    if not rating.decide(turn.conn, contest, draft.verdict, reason, desk.id, turn.sender):
        return Done(Reply(texts.DECIDED_ALREADY, see))
    message = texts.told_unit(desk.name, _title_of(turn, contest.fact), draft.verdict, reason)
    told = turn.tell_acting(unit.id, Reply(message, see))
    return Done(Reply(texts.was_decided(unit.name, draft.verdict, told=told), see))


def _title_of(turn: Turn, code: str) -> str:
    facts = turn.plan.rating.facts if turn.plan.rating is not None else ()
    return next((fact.title for fact in facts if fact.code == code), code)
