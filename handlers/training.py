"""The unit that owes a training of speakers records it: when, where, who held it, who attended.

▸ [Ghi tập huấn]
  Lớp tập huấn mở ngày nào?   [Hôm nay] [Hôm qua]
▸ 10/11
  Lớp tập huấn mở ở đâu? …
▸ Sầm Sơn
  Đơn vị nào tổ chức lớp? Trung tâm hoạt động …?   [Trung tâm hoạt động …]
▸ Trung tâm hoạt động …
  Chuyên đề tập huấn là gì?   [Không ghi]
▸ Không ghi
  Báo cáo viên của đơn vị nào dự? …   [Huyện đoàn Hoằng Hóa · 0/12] / … [Xong]
▸ Huyện đoàn Hoằng Hóa · 0/12
  Huyện đoàn Hoằng Hóa: Đồng chí bấm tên người dự; không rõ tên thì gõ số người dự.
  [Nguyễn Văn An] / [✓ Lê Thị Bình] / … [Chọn tất cả] [Xong]
▸ 10 ▸ Xong ▸ Xong
  Đồng chí gửi ảnh, danh sách ký tên …   [Không có]
▸ Không có
  … [Gửi báo cáo] [Sửa] [Huỷ]
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, File, Press, Text
from bot.engine.paging import Page
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import engine as engine_texts
from bot.texts import participation as report_texts
from bot.texts import say
from bot.texts import sessions as session_texts
from bot.texts import trainings as texts
from handlers import days, files, mending
from handlers.owed import after_report
from handlers.speaker_rights import leaders
from rules.deadlines import reported_on_time
from rules.duties import duty_of
from rules.names import clean, find
from rules.plan import Duty, DutyKind
from rules.reading import read_number
from rules.reasons import Reason
from storage import speakers, trainings, uploads
from storage.speakers import Speaker
from storage.trainings import Content, Training
from storage.units import Unit

A_PAGE = 8
DEFAULT, DONE, ALL, NO_TOPIC, NO_FILES = "default", "done", "all", "notopic", "none"


class Step(StrEnum):
    DAY = "day"
    PLACE = "place"
    HELD_BY = "held_by"
    TOPIC = "topic"
    UNITS = "units"
    PEOPLE = "people"
    FILES = "files"
    SUMMARY = "summary"
    EDIT = "edit"


class Draft(BaseModel):
    unit: int
    slot: int | None = None  # of the training that is corrected
    report: int | None = None  # its report
    day: date | None = None
    place: str | None = None
    held_by: str | None = None
    topic: str | None = None
    chosen: list[int] = []  # speakers
    counts: dict[int, int] = {}  # people, by unit
    at: int | None = None  # the unit whose people are being chosen
    units_page: int = 0
    page: int = 0
    files: list[int] = []  # uploads that were added
    album: str | None = None
    editing: bool = False  # one answer is being mended: back to the summary after it


flow = Conversation("training", Draft, first=Step.DAY)
_PAPERS = files.Wanted(
    suffixes=files.OFFICE,
    most=texts.FILE_LIMIT,
    other_kind=texts.FILES_ONLY,
    too_big=session_texts.FILE_TOO_BIG,
    too_many=texts.TOO_MANY,
    twice=texts.FILE_TWICE,
)


def owed_by(turn: Turn, unit_id: int) -> Duty | None:
    """The duty, where the person acts for this unit and the plan names its level."""
    post = turn.post_for(unit_id)
    return duty_of(turn.plan, DutyKind.TRAINING, post.duty_level) if post is not None else None


def start(unit_id: int) -> Start:
    return Start(flow.name, Draft(unit=unit_id), unit_id)


def correcting(one: Training) -> Start:
    """The caller has seen that the person may."""
    told = one.content
    draft = Draft(
        unit=one.unit_id,
        slot=one.slot,
        report=one.report_id,
        day=told.held_on,
        place=told.place,
        held_by=told.held_by,
        topic=told.topic,
        chosen=list(told.speakers),
        counts=dict(told.counts),
    )
    return Start(flow.name, draft, one.unit_id, Step.SUMMARY)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Tập huấn báo cáo viên, {turn.unit(draft.unit).name}"


@flow.on_cancel
def drop_files(turn: Turn, draft: Draft) -> None:
    uploads.drop(turn.conn, draft.files)


@flow.asks(Step.DAY)
def ask_day(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHICH_DAY, days.held_day_buttons(turn))


@flow.receives(Step.DAY)
def receive_day(turn: Turn, draft: Draft, event: Event) -> Outcome:
    day = days.read_held_day(turn, event)
    if not isinstance(day, date):
        return day
    draft.day = day
    return _next(draft, Step.PLACE)


@flow.asks(Step.PLACE)
def ask_place(turn: Turn, draft: Draft) -> Reply:
    default = _usual_place(turn, draft)
    return Reply(texts.which_place(default), _default_button(default))


@flow.receives(Step.PLACE, prose=True)
def receive_place(turn: Turn, draft: Draft, event: Event) -> Outcome:
    said = _said(event, _usual_place(turn, draft))
    if not isinstance(said, str):
        return said
    draft.place = said
    return _next(draft, Step.HELD_BY)


@flow.asks(Step.HELD_BY)
def ask_held_by(turn: Turn, draft: Draft) -> Reply:
    default = _usual_holder(turn, draft)
    return Reply(texts.who_held_it(default), _default_button(default))


@flow.receives(Step.HELD_BY, prose=True)
def receive_held_by(turn: Turn, draft: Draft, event: Event) -> Outcome:
    said = _said(event, _usual_holder(turn, draft))
    if not isinstance(said, str):
        return said
    draft.held_by = said
    return _next(draft, Step.TOPIC)


def _usual_place(turn: Turn, draft: Draft) -> str | None:
    before = trainings.last_said(turn.conn, draft.unit)
    level = turn.unit(draft.unit).duty_level
    return (before.place if before is not None else None) or _duty(turn, draft).places.get(level)


def _usual_holder(turn: Turn, draft: Draft) -> str | None:
    before = trainings.last_said(turn.conn, draft.unit)
    return (before.held_by if before is not None else None) or _duty(turn, draft).held_by


def _default_button(default: str | None) -> list[Button]:
    return [Button(say.both_ends(default), DEFAULT)] if default else []


def _said(event: Event, default: str | None) -> str | Refusal | None:
    match event:
        case Press(choice="default"):
            return default
        case Text(text=text):
            typed = clean(text)
            if len(typed) > texts.LIMIT:
                return Refusal(texts.TOO_LONG)
            return typed if any(letter.isalpha() for letter in typed) else Refusal(texts.IN_WORDS)
    return None


@flow.asks(Step.TOPIC)
def ask_topic(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHICH_TOPIC, [Button(texts.NO_TOPIC, NO_TOPIC)])


@flow.receives(Step.TOPIC, prose=True)
def receive_topic(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if event == Press(NO_TOPIC):
        draft.topic = None
        return _next(draft, Step.UNITS)
    said = _said(event, None)
    if not isinstance(said, str):
        return said
    draft.topic = said
    return _next(draft, Step.UNITS)


# -- who attended


def _units(turn: Turn, draft: Draft) -> list[Unit]:
    """Those directly below, and the unit itself."""
    unit = turn.unit(draft.unit)
    return [*leaders(turn, unit), unit]


def _register_of(turn: Turn, draft: Draft, unit: Unit) -> list[Speaker]:
    """Of the unit and all below it, in no order; of the training's own unit, its register alone."""
    if unit.id == draft.unit:
        return speakers.of_unit(turn.conn, unit.id)
    return speakers.within(turn.conn, unit.path)


def _came(turn: Turn, draft: Draft) -> list[tuple[Unit, int]]:
    """From which units how many came; those from which nobody did are left out."""
    named = speakers.named(turn.conn, draft.chosen)
    found = []
    for unit in _units(turn, draft):
        own = unit.id == draft.unit
        mine = [
            one for one in named if (one.unit_id == unit.id if own else one.unit_path.startswith(unit.path))
        ]
        people = max(draft.counts.get(unit.id, 0), len(mine))
        if people:
            found.append((unit, people))
    return found


def _people(turn: Turn, draft: Draft) -> int | None:
    came = _came(turn, draft)
    return sum(many for _unit, many in came) if came else None


@flow.asks(Step.UNITS)
def ask_units(turn: Turn, draft: Draft) -> Reply:
    below = _units(turn, draft)
    page: Page[Unit] = Page(len(below), A_PAGE, str(draft.units_page))
    came = {unit.id: many for unit, many in _came(turn, draft)}
    buttons = [
        Button(
            texts.unit_label(one.name, came.get(one.id), len(_register_of(turn, draft, one))), f"u{one.id}"
        )
        for one in page.of(below)
    ]
    text = texts.which_units(_people(turn, draft), page.number, page.pages)
    return Reply(text, [*buttons, *_turn_over(page.number, page.pages), Button(texts.FINISHED, DONE)])


def _turn_over(number: int, pages: int) -> list[Button]:
    back = [Button(engine_texts.PAGE_BEFORE, f"n{number - 1}")] if number else []
    return back + ([Button(engine_texts.PAGE_AFTER, f"n{number + 1}")] if number + 1 < pages else [])


@flow.receives(Step.UNITS, prose=True)
def receive_units(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="done"):
            return _next(draft, Step.FILES)
        case Press(choice=choice) if choice[:1] == "n":
            draft.units_page = callbacks.read_id(choice[1:]) or 0
            return Step.UNITS
        case Press(choice=choice):
            pressed = (unit for unit in _units(turn, draft) if choice == f"u{unit.id}")
            return _open(draft, next(pressed, None))
        case Text(text=text):
            typed = find(text, [(unit, unit.name) for unit in _units(turn, draft)])
            return _open(draft, typed.exact) or Refusal(texts.NO_SUCH_UNIT)
    return None


def _open(draft: Draft, unit: Unit | None) -> Step | None:
    if unit is None:
        return None
    draft.at, draft.page = unit.id, 0
    return Step.PEOPLE


def _at(turn: Turn, draft: Draft) -> Unit:
    assert draft.at is not None
    return turn.unit(draft.at)


@flow.asks(Step.PEOPLE)
def ask_people(turn: Turn, draft: Draft) -> Reply:
    unit = _at(turn, draft)
    register = speakers.in_order(_register_of(turn, draft, unit))
    chosen = _chosen(draft, register)
    page: Page[Speaker] = Page(len(register), A_PAGE, str(draft.page))
    text = texts.which_people(
        unit.name, len(chosen), draft.counts.get(unit.id), len(register), page.number, page.pages
    )
    buttons = [
        Button(texts.name_label(one.name, chosen=one.id in chosen), f"p{one.id}") for one in page.of(register)
    ]
    buttons += _turn_over(page.number, page.pages)
    if register:
        buttons.append(Button(texts.NONE if len(chosen) == len(register) else texts.ALL, ALL))
    return Reply(text, [*buttons, Button(texts.FINISHED, DONE)])


def _chosen(draft: Draft, register: Sequence[Speaker]) -> set[int]:
    return {one.id for one in register} & set(draft.chosen)


@flow.receives(Step.PEOPLE)
def receive_people(turn: Turn, draft: Draft, event: Event) -> Outcome:
    unit = _at(turn, draft)
    register = _register_of(turn, draft, unit)
    here = [one.id for one in register]
    chosen = _chosen(draft, register)
    match event:
        case Press(choice="done"):
            return Step.UNITS
        case Press(choice="all"):
            rest = [one for one in draft.chosen if one not in here]
            draft.chosen = rest if len(chosen) == len(here) else [*rest, *here]
        case Press(choice=choice) if choice[:1] == "n":
            draft.page = callbacks.read_id(choice[1:]) or 0
        case Press(choice=choice):
            pressed = callbacks.read_id(choice[1:])
            if pressed not in here:
                return None
            if pressed in chosen:
                draft.chosen.remove(pressed)
            else:
                draft.chosen.append(pressed)
        case Text(text=text):
            number = read_number(text, texts.MOST_PEOPLE)
            if isinstance(number, Reason):
                return number
            if number < len(chosen):
                return Refusal(texts.fewer_than_named(len(chosen)))
            draft.counts = {**draft.counts, unit.id: number}
        case _:
            return None
    return Step.PEOPLE


# -- files, and sending


@flow.asks(Step.FILES)
def ask_files(turn: Turn, draft: Draft) -> Reply:
    if draft.files:
        added = texts.files_added(len(draft.files), album=draft.album is not None)
        return Reply(added, [Button(texts.FINISHED, DONE)])
    return Reply(texts.SEND_FILES, [Button(texts.NO_PHOTOS, NO_FILES)])


@flow.receives(Step.FILES)
def receive_files(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="none") if not draft.files:
            return _next(draft, Step.SUMMARY)
        case Press(choice="done") if draft.files:
            return _next(draft, Step.SUMMARY)
        case File():
            return files.receive(turn, draft, draft.files, event, _PAPERS, Step.FILES)
    return None


@flow.asks(Step.SUMMARY)
def ask_summary(turn: Turn, draft: Draft) -> Reply:
    kept = len(uploads.files_of(turn.conn, "report", draft.report)) if draft.report is not None else 0
    text = texts.summary(
        turn.unit(draft.unit).name,
        _content(draft),
        _people(turn, draft),
        [(unit.name, many) for unit, many in _came(turn, draft)],
        kept + len(draft.files),
        turn.today,
    )
    return Reply(
        text,
        [
            Button(texts.SAVE, "send"),
            Button(texts.EDIT, "edit"),
            Button(texts.CANCEL, callbacks.CANCEL),
        ],
    )


@flow.receives(Step.SUMMARY)
def receive_summary(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="send"):
            return submit(turn, draft)
        case Press(choice="edit"):
            return Step.EDIT
    return None


_MENDED = {
    Step.DAY: texts.DAY,
    Step.PLACE: texts.PLACE,
    Step.HELD_BY: texts.HELD_BY,
    Step.TOPIC: texts.TOPIC,
    Step.UNITS: texts.PEOPLE,
    Step.FILES: texts.PHOTOS,
}


@flow.asks(Step.EDIT)
def ask_edit(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHAT_TO_EDIT, [Button(label, step) for step, label in _MENDED.items()])


@flow.receives(Step.EDIT)
def receive_edit(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice=choice) if choice in set(_MENDED):
            draft.editing = True
            return Step(choice)
    return None


def submit(turn: Turn, draft: Draft) -> Outcome:
    duty = owed_by(turn, draft.unit)
    if duty is None:
        return Refusal(engine_texts.NOT_YOURS)
    if turn.locked(draft.unit):
        return Refusal(engine_texts.LOCKED)
    content = _content(draft)
    receipt = trainings.submit(
        turn.conn, turn.plan.code, duty.code, draft.unit, draft.slot, content, draft.files, turn.sender
    )
    on_time = reported_on_time(duty, content.held_on, receipt.first_arrived, turn.world.zone)
    text = report_texts.received(receipt, turn.arrived, turn.world.zone, on_time)
    return Done(after_report(turn, draft.unit, text))


def _content(draft: Draft) -> Content:
    assert draft.day is not None
    return Content(
        draft.day,
        draft.place,
        draft.held_by,
        draft.topic,
        tuple(sorted(set(draft.chosen))),
        tuple(sorted((unit, people) for unit, people in draft.counts.items() if people)),
    )


def _duty(turn: Turn, draft: Draft) -> Duty:
    return turn.duty(DutyKind.TRAINING, turn.unit(draft.unit).duty_level)


def _next(draft: Draft, step: Step) -> Step:
    return mending.next_step(draft, step, Step.SUMMARY)
