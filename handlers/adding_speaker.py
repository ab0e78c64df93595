"""A desk names one more speaker in its register.

▸ [Thêm người]
  Thêm ai vào danh sách báo cáo viên của Huyện đoàn Hoằng Hóa? …   [Ngô Văn Huyện] [Phan Thị Huyền]
▸ Trần Văn Tuyên
  Trần Văn Tuyên công tác ở đâu? …   [Huyện đoàn Hoằng Hóa]
▸ Ban Tuyên giáo Huyện uỷ
  Đã ghi Trần Văn Tuyên vào danh sách báo cáo viên của Huyện đoàn Hoằng Hóa.   [Thêm nữa] [Xem danh sách]
"""

from enum import StrEnum

from pydantic import BaseModel

from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import say
from bot.texts import speakers as texts
from handlers.speaker_rights import ADD, LIST, keeps, opened
from rules.names import clean, name_key, read_person_name
from rules.reasons import Reason
from storage import people, speakers
from storage.people import Holder

SHOWN = 6
HERE = "here"
MORE = "more"


class Step(StrEnum):
    WHO = "who"
    WORKPLACE = "workplace"


class Draft(BaseModel):
    unit: int
    name: str = ""
    page: int = 0  # of the people of the unit


flow = Conversation("speaker", Draft, first=Step.WHO, for_superiors=True)


def add_pressed(turn: Turn, argument: str) -> Answer:
    unit, _ = opened(turn, argument)
    if unit is None or not keeps(turn, unit):
        return Reply(engine_texts.NOT_YOURS)
    return Start(flow.name, Draft(unit=unit.id), unit.id)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Thêm báo cáo viên, {turn.unit(draft.unit).name}"


def _people(turn: Turn, draft: Draft) -> list[Holder]:
    """Of the unit, in the plan's order of roles, whoever is not in its register."""
    roles = [role.code for role in turn.plan.roles]
    register = speakers.of_unit(turn.conn, draft.unit)
    known = {one.person_id for one in register}
    return [one for one in people.holders(turn.conn, draft.unit, turn.today, roles) if one.id not in known]


@flow.asks(Step.WHO)
def ask_who(turn: Turn, draft: Draft) -> Reply:
    found = _people(turn, draft)
    first = draft.page * SHOWN
    labels = turn.labels_of(found)
    buttons = [Button(label, f"p{one.id}") for one, label in zip(found, labels, strict=True)][
        first : first + SHOWN
    ]
    if len(found) > SHOWN:
        buttons.append(Button(texts.MORE_NAMES, MORE))
    return Reply(texts.who(turn.unit(draft.unit).name), buttons)


@flow.receives(Step.WHO, prose=True)
def receive_who(turn: Turn, draft: Draft, event: Event) -> Outcome:
    found = _people(turn, draft)
    match event:
        case Press(choice="more"):
            draft.page = draft.page + 1 if (draft.page + 1) * SHOWN < len(found) else 0
            return Step.WHO
        case Press(choice=choice):
            for one in found:
                if choice == f"p{one.id}":
                    return _register(turn, draft, one.full_name, one.id, None)
        case Text(text=text):
            name = read_person_name(text)
            if isinstance(name, Reason):
                return name
            same = [one for one in found if name_key(one.full_name) == name_key(name)]
            if len(same) == 1:
                return _register(turn, draft, same[0].full_name, same[0].id, None)
            register = speakers.of_unit(turn.conn, draft.unit)
            taken = next((one for one in register if one.key == name_key(name)), None)
            if taken is not None:
                return Refusal(texts.namesake(taken.name, taken.unit_name))
            draft.name = name
            return Step.WORKPLACE
    return None


@flow.asks(Step.WORKPLACE)
def ask_workplace(turn: Turn, draft: Draft) -> Reply:
    here = say.both_ends(turn.unit(draft.unit).name)
    return Reply(texts.which_workplace(draft.name), [Button(here, HERE)])


@flow.receives(Step.WORKPLACE, prose=True)
def receive_workplace(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="here"):
            return _register(turn, draft, draft.name, None, None)
        case Text(text=text):
            typed = clean(text)
            if len(typed) > texts.WORKPLACE_LIMIT:
                return Refusal(texts.WORKPLACE_TOO_LONG)
            if not any(letter.isalpha() for letter in typed):
                return Refusal(texts.NO_WORKPLACE)
            return _register(turn, draft, draft.name, None, typed)
    return None


def _register(turn: Turn, draft: Draft, name: str, person_id: int | None, workplace: str | None) -> Outcome:
    unit = turn.unit(draft.unit)
    if not keeps(turn, unit):
        return Refusal(engine_texts.NOT_YOURS)
    added = speakers.register(turn.conn, turn.plan, unit, name, person_id, workplace, turn.sender)
    if added is None:
        return Refusal(texts.namesake(name, unit.name))
    buttons = [go(texts.ADD_MORE, ADD, unit.id), go(texts.TO_REGISTER, LIST, f"{unit.id}.0")]
    return Done(Reply(texts.added(name, unit.name), buttons))
