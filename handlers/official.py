"""[Báo cáo] of /xuat: the official report, drafted from the figures, read and changed part by part.

▸ Báo cáo
  Báo cáo kết quả của Huyện đoàn Hoằng Hóa. Số văn bản là bao nhiêu?   [Để trống]
▸ 12
  Ai ký báo cáo? …   [Bí thư Ngô Văn Huyện] [Để trống]
▸ Bí thư Ngô Văn Huyện
  Số: 12-BC/HĐTN … Hệ thống đã soạn từ số liệu.   [I. Chỉ đạo] [II. Hội nghị] … [Tạo tệp]
▸ II. Hội nghị
  (the text)   [Sửa] [Các mục]
▸ Sửa
  … đồng chí gửi nội dung thay cho cả mục …
▸ (text)
  (the new text)   [Sửa] [Bản của hệ thống] [Các mục]
▸ Các mục, Tạo tệp
  Hệ thống đang tạo tệp …   (a job sends the Word file)
"""

import re
from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import engine as engine_texts
from bot.texts import errands as errand_texts
from bot.texts import official as texts
from bot.texts import official_form as form
from bot.texts import say
from reports.official.letterhead import Letterhead, Signatory, letterhead, read_signatory
from reports.official.report import content_of
from reports.official.sections import Drafted, Part, drafted, parts_of
from rules.duties import writes_report
from rules.names import clean
from storage import errands, units

ACTION = "official"
_SIGNERS = 4  # buttons
_NUMBER_WORD = re.compile(r"^số\s*:?\s*", re.IGNORECASE)


class Step(StrEnum):
    NUMBER = "number"
    SIGNATORY = "signatory"
    OVERVIEW = "overview"
    READ = "read"
    WRITE = "write"


class Draft(BaseModel):
    """`changed`: by part, the text that takes its place."""

    unit: int
    number: str = ""
    title: str = ""
    name: str = ""
    part: str = ""
    changed: dict[str, str] = {}


flow = Conversation("official", Draft, first=Step.NUMBER)


def official_pressed(turn: Turn, argument: str) -> Answer:
    """Only who leads the unit writes its report, not who stands above it."""
    unit_id = callbacks.read_id(argument)
    post = turn.desk(unit_id)
    if post is None:
        return Reply(engine_texts.NOT_YOURS)
    if not writes_report(turn.plan, post.duty_level):
        return Reply(texts.NO_REPORT_HERE)
    return Start(flow.name, Draft(unit=post.unit_id), post.unit_id)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return texts.title(turn.unit(draft.unit).name)


@flow.asks(Step.NUMBER)
def ask_number(turn: Turn, draft: Draft) -> Reply:
    text = texts.ask_number(turn.unit(draft.unit).name, _head(turn, draft).number_suffix)
    return Reply(text, [Button(texts.BLANK, "blank")])


@flow.receives(Step.NUMBER, prose=True)
def receive_number(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="blank"):
            draft.number = ""
        case Text(text=typed):
            number = _NUMBER_WORD.sub("", clean(typed))
            if len(number) > texts.LONGEST_LINE:
                return Refusal(texts.TOO_LONG_A_LINE)
            draft.number = number
        case _:
            return None
    return Step.SIGNATORY


@flow.asks(Step.SIGNATORY)
def ask_signatory(turn: Turn, draft: Draft) -> Reply:
    buttons = [
        Button(say.both_ends(texts.signs(one.name, one.title)), choice)
        for choice, one in _signers(turn, draft).items()
    ]
    return Reply(texts.ask_signatory(), [*buttons, Button(texts.BLANK, "blank")])


@flow.receives(Step.SIGNATORY, prose=True)
def receive_signatory(turn: Turn, draft: Draft, event: Event) -> Outcome:
    signatory: Signatory | None
    match event:
        case Press(choice="blank"):
            signatory = Signatory()
        case Press(choice=choice):
            signatory = _signers(turn, draft).get(choice)
            if signatory is None:
                return None
        case Text(text=typed):
            signatory = read_signatory(typed, turn.plan)
            if signatory is None:
                return Refusal(texts.ANOTHER)
            if max(len(signatory.title), len(signatory.name)) > texts.LONGEST_LINE:
                return Refusal(texts.TOO_LONG_A_LINE)
        case _:
            return None
    draft.title, draft.name = signatory.title, signatory.name
    return Step.OVERVIEW


def _signers(turn: Turn, draft: Draft) -> dict[str, Signatory]:
    """Whoever the settings name, and the unit's leaders."""
    usual = _head(turn, draft).signatory
    found = {"usual": usual} if usual.title and usual.name else {}
    cadres = {role.code: role.name for role in turn.plan.roles if role.cadre}
    for one in turn.acting_for(draft.unit):
        if one.role in cadres and len(found) < _SIGNERS:
            found[f"p{one.id}"] = Signatory(cadres[one.role], one.full_name)
    return found


@flow.asks(Step.OVERVIEW)
def ask_overview(turn: Turn, draft: Draft) -> Reply:
    number = form.number_line(draft.number, _head(turn, draft).number_suffix)
    text = texts.overview(number, f"{draft.title} {draft.name}".strip(), len(draft.changed))
    parts = [Button(texts.PARTS[part], part) for part in _parts(turn, draft)]
    return Reply(text, [*parts, Button(texts.MAKE, "make")])


@flow.receives(Step.OVERVIEW)
def receive_overview(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="make"):
            return make(turn, draft)
        case Press(choice=part) if part in _parts(turn, draft):
            draft.part = part
            return Step.READ
    return None


@flow.asks(Step.READ)
def ask_read(turn: Turn, draft: Draft) -> Reply:
    part = _drafted(turn, draft)
    buttons = [Button(texts.CHANGE, "change")]
    if draft.part in draft.changed:
        buttons.append(Button(texts.OWN_DRAFT, "own"))
    return Reply(texts.part(_heading(part), part.text), [*buttons, Button(texts.TO_PARTS, "parts")])


@flow.receives(Step.READ)
def receive_read(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="change"):
            return Step.WRITE
        case Press(choice="own"):
            draft.changed.pop(draft.part, None)
            return Step.READ
        case Press(choice="parts"):
            return Step.OVERVIEW
    return None


@flow.asks(Step.WRITE)
def ask_write(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.write_anew(texts.PARTS[draft.part]))


@flow.receives(Step.WRITE, prose=True)
def receive_write(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Text(text=typed):
            lines = [line for line in map(clean, typed.splitlines()) if line]
            if sum(map(len, lines)) > texts.LONGEST:
                return Refusal(texts.TOO_LONG)
            if not lines:
                return None
            draft.changed[draft.part] = "\n".join(lines)
            return Step.READ
    return None


def make(turn: Turn, draft: Draft) -> Outcome:
    if turn.desk(draft.unit) is None:
        return Done(Reply(engine_texts.NOT_YOURS))
    asked = errands.ask(
        turn.conn,
        errands.OFFICIAL_REPORT,
        draft.model_dump(exclude={"part"}),
        account_id=turn.account.id,
        person_id=turn.person_id,
        unit_id=draft.unit,
        now=turn.now,
    )
    return Done(Reply(errand_texts.BEING_MADE if asked else errand_texts.BEING_MADE_ALREADY))


def _head(turn: Turn, draft: Draft) -> Letterhead:
    unit = turn.unit(draft.unit)
    return letterhead(unit, units.parent(turn.conn, unit), turn.plan, turn.world.office)


def _parts(turn: Turn, draft: Draft) -> list[Part]:
    return parts_of(turn.plan, turn.unit(draft.unit).duty_level)


def _drafted(turn: Turn, draft: Draft) -> Drafted:
    """The part being read."""
    # The other parts need nothing that takes long to find out.
    limits = draft.part == Part.LIMITS
    unit, zone = turn.unit(draft.unit), turn.world.zone
    content = content_of(turn.conn, turn.plan, zone, turn.now, unit, with_doubts=limits)
    return next(one for one in drafted(content, draft.changed) if one.part == draft.part)


def _heading(part: Drafted) -> str:
    return f"{part.section}: {part.title}" if part.title else part.section
