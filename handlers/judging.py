"""The level above judges who spoke at the sessions below it, one press each.

▸ Đánh giá (9)
  [12/11 Nguyễn Văn An, Đoàn xã Hoằng Quỳ] / …   [Đã đánh giá (3)]
▸ 12/11 Nguyễn Văn An, Đoàn xã Hoằng Quỳ
  Nguyễn Văn An, báo cáo ngày 12/11 tại Đoàn xã Hoằng Quỳ
  Chất lượng báo cáo viên thế nào?   [Tốt] [Khá] / [Trung bình] [Yếu]
▸ Tốt
  Đã ghi Nguyễn Văn An: tốt.
  Lê Thị Bình, báo cáo ngày 13/11 …   [Tốt] [Khá] / [Trung bình] [Yếu] / [Thêm ghi chú]
▸ Yếu
  Lê Thị Bình, yếu: cần bổ khuyết điểm gì? Đồng chí ghi một hai câu.
"""

from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, Text
from bot.engine.paging import Page
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import speakers as texts
from handlers.speaker_rights import GRADE, JUDGE, NOTE, back_home, in_plan, opened
from rules.names import clean, name_key
from storage import speaker_quality
from storage.models import Grade
from storage.speaker_quality import Spoke

A_PAGE = 8
_JUDGED = "x"  # in front of a page's number


class Step(StrEnum):
    NOTE = "note"


class Draft(BaseModel):
    spoke: int
    grade: str
    host: int


flow = Conversation("judging", Draft, first=Step.NOTE, for_superiors=True)


def waiting(turn: Turn, unit_id: int) -> list[Spoke] | None:
    """Whom the person may judge as one of this unit; None: it is not theirs, or nobody below holds sessions."""
    if turn.desk(unit_id) is None:
        return None
    found = speaker_quality.to_judge(turn.conn, turn.plan.code, unit_id, judged=False)
    given = found or speaker_quality.to_judge(turn.conn, turn.plan.code, unit_id, judged=True)
    return [one for one in found if not _oneself(turn, one)] if given else None


def _oneself(turn: Turn, spoke: Spoke) -> bool:
    if spoke.person_id is not None:
        return spoke.person_id == turn.person_id
    return spoke.key == name_key(turn.account.full_name or "")


def list_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>.<page>` not judged yet, `<unit>.x<page>` judged."""
    unit, wanted = opened(turn, argument)
    if unit is None or turn.desk(unit.id) is None:
        return Reply(engine_texts.NOT_YOURS)
    judged = wanted.startswith(_JUDGED)
    found = speaker_quality.to_judge(turn.conn, turn.plan.code, unit.id, judged=judged)
    if not judged:
        found = [one for one in found if not _oneself(turn, one)]
    page: Page[Spoke] = Page(len(found), A_PAGE, wanted.removeprefix(_JUDGED))
    label = texts.judged_spoke_label if judged else texts.spoke_label
    buttons = [go(label(one), GRADE, one.id) for one in page.of(found)]
    buttons += page.buttons(JUDGE, f"{unit.id}.{_JUDGED if judged else ''}")
    if judged:
        buttons.append(go(texts.TO_JUDGE_LIST, JUDGE, f"{unit.id}.0"))
        text = texts.judged(unit.name, len(found), page.number, page.pages)
    else:
        done = speaker_quality.to_judge(turn.conn, turn.plan.code, unit.id, judged=True)
        if done:
            buttons.append(go(texts.judged_label(len(done)), JUDGE, f"{unit.id}.{_JUDGED}0"))
        text = texts.to_judge(unit.name, len(found), page.number, page.pages)
    return Reply(text, [*buttons, back_home(unit)])


def _find(turn: Turn, argument: str) -> Spoke | Reply:
    """Whom this person may judge; or what to say."""
    spoke_id = callbacks.read_id(argument)
    if spoke_id is None or not in_plan(turn.plan) or not turn.desks:
        return Reply(engine_texts.NOT_YOURS)
    spoke = speaker_quality.one(turn.conn, spoke_id)
    theirs = spoke is not None and spoke.plan == turn.plan.code and not spoke.own
    if spoke is None or not theirs or turn.desk(spoke.above_id) is None:
        return Reply(engine_texts.NOT_YOURS)
    if _oneself(turn, spoke):
        return Reply(texts.NOT_YOURSELF)
    return Reply(engine_texts.LOCKED) if turn.locked(spoke.host_id) else spoke


def grade_pressed(turn: Turn, argument: str) -> Answer:
    """`<spoke>` the question, `<spoke>.<grade>` the answer."""
    head, _, said = argument.partition(".")
    spoke = _find(turn, head)
    if isinstance(spoke, Reply):
        return spoke
    if said not in set(Grade):
        return _card(turn, spoke, None)
    grade = Grade(said)
    if grade is Grade.WEAK:
        return _asking(spoke, grade)
    speaker_quality.judge(turn.conn, spoke, grade, spoke.note, turn.sender)
    return _next(turn, spoke, grade)


def note_pressed(turn: Turn, argument: str) -> Answer:
    """`<spoke>`: a note to what was judged."""
    spoke = _find(turn, argument)
    if isinstance(spoke, Reply):
        return spoke
    return _asking(spoke, spoke.grade) if spoke.grade is not None else _card(turn, spoke, None)


def _asking(spoke: Spoke, grade: Grade) -> Start:
    return Start(flow.name, Draft(spoke=spoke.id, grade=grade, host=spoke.host_id), spoke.host_id)


def _card(turn: Turn, spoke: Spoke, recorded: str | None) -> Reply:
    return Reply(texts.judge_card(spoke, turn.today, recorded), [*_grades(spoke), _to_list(spoke)])


def _grades(spoke: Spoke) -> list[Button]:
    return [go(texts.grade_label(grade, spoke.grade), GRADE, f"{spoke.id}.{grade}") for grade in Grade]


def _to_list(spoke: Spoke) -> Button:
    return go(texts.TO_JUDGE_LIST, JUDGE, f"{spoke.above_id}.0")


def _next(turn: Turn, spoke: Spoke, grade: Grade, *, noted: bool = False) -> Reply:
    """What was recorded, and the next one who waits."""
    assert spoke.above_id is not None
    recorded = texts.recorded(spoke, grade)
    note = [] if noted else [go(texts.NOTE, NOTE, spoke.id)]
    left = waiting(turn, spoke.above_id) or []
    following = next((one for one in left if not turn.locked(one.host_id)), None)
    if following is None:
        change = go(texts.CHANGE, GRADE, spoke.id)
        return Reply(f"{recorded} {texts.NOBODY_TO_JUDGE}", [*note, change, _to_list(spoke)])
    text = texts.judge_card(following, turn.today, recorded)
    return Reply(text, [*_grades(following), *note, _to_list(spoke)])


# -- the note


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Đánh giá báo cáo viên, {turn.unit(draft.host).name}"


@flow.asks(Step.NOTE)
def ask_note(turn: Turn, draft: Draft) -> Reply:
    spoke = speaker_quality.one(turn.conn, draft.spoke)
    return Reply(texts.which_note(spoke.name, Grade(draft.grade)) if spoke is not None else texts.CHANGED)


@flow.receives(Step.NOTE, prose=True)
def receive_note(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if not isinstance(event, Text):
        return None
    if speaker_quality.one(turn.conn, draft.spoke) is None:
        return Done(Reply(texts.CHANGED))
    spoke = _find(turn, str(draft.spoke))
    if isinstance(spoke, Reply):
        return Done(spoke)
    note = clean(event.text)
    if not any(letter.isalpha() for letter in note):
        return Refusal(texts.NO_NOTE_GIVEN)
    if len(note) > texts.NOTE_LIMIT:
        return Refusal(texts.NOTE_TOO_LONG)
    grade = Grade(draft.grade)
    speaker_quality.judge(turn.conn, spoke, grade, note, turn.sender)
    return Done(_next(turn, spoke, grade, noted=True))
