"""The staff of a desk post a material, or put newer files in the place of an older one.

▸ [Thêm tài liệu]
  Tài liệu tên gì?
▸ Toàn văn Nghị quyết 01
  Tài liệu dành cho cấp nào?   [Cấp tỉnh] [Cấp huyện] [Cấp cơ sở] [Chi đoàn] [Mọi cấp] [Xong]
▸ Mọi cấp
  Toàn văn Nghị quyết 01: đồng chí gửi tệp PDF, Word, PowerPoint, Excel hoặc ảnh.
▸ (tệp) ▸ Xong
  Tỉnh đoàn Thanh Hóa đăng tài liệu: …   [Đăng] [Sửa] [Huỷ]
▸ Đăng
  Đã đăng Toàn văn Nghị quyết 01 cho 664 đơn vị.
"""

from collections.abc import Sequence
from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, File, Press
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import materials as texts
from handlers import files, mending
from handlers.owed import choose_unit
from handlers.typed import read_title
from rules.plan import Level
from storage import materials, uploads
from storage.materials import Material

ACTION = "materialnew"
POSTED = "materialdesk"  # the list of what is posted, in handlers/materials.py
SUBJECT = "material"  # what its uploads belong to


class Step(StrEnum):
    TITLE = "title"
    LEVELS = "levels"
    FILES = "files"
    SUMMARY = "summary"
    EDIT = "edit"


class Draft(BaseModel):
    unit: int
    replaces: int | None = None  # the material whose place it takes
    title: str = ""
    levels: list[str] = []  # for whom; empty: every level
    files: list[int] = []  # uploads
    album: str | None = None  # the last one answered
    editing: bool = False  # one answer is being mended: back to the summary after it


flow = Conversation("material", Draft, first=Step.TITLE, for_superiors=True)
_MATERIAL = files.Wanted(
    suffixes=files.OFFICE,
    most=10,
    other_kind=texts.FILES_ONLY,
    too_big=texts.TOO_BIG,
    too_many=texts.TOO_MANY,
    twice=texts.FILE_TWICE,
)


def add_pressed(turn: Turn, argument: str) -> Answer:
    desks = turn.desks
    if not argument and len(desks) == 1:
        return Start(flow.name, Draft(unit=desks[0].unit_id), desks[0].unit_id)
    post = turn.desk(callbacks.read_id(argument))
    if post is not None:
        return Start(flow.name, Draft(unit=post.unit_id), post.unit_id)
    return choose_unit(turn, ACTION, desks, argument, texts.WHICH_UNIT)


def replacing(old: Material) -> Start:
    """The caller has seen that the person may."""
    draft = Draft(unit=old.unit_id, replaces=old.id, title=old.title, levels=list(old.levels))
    return Start(flow.name, draft, old.unit_id, Step.FILES)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Tài liệu {draft.title}" if draft.title else "Tài liệu mới"


@flow.on_cancel
def drop_files(turn: Turn, draft: Draft) -> None:
    uploads.drop(turn.conn, draft.files)


@flow.asks(Step.TITLE)
def ask_title(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHICH_TITLE)


@flow.receives(Step.TITLE, prose=True)
def receive_title(turn: Turn, draft: Draft, event: Event) -> Outcome:
    typed = read_title(event, texts.TITLE_LIMIT, texts.TITLE_TOO_LONG, texts.NO_TITLE)
    if not isinstance(typed, str):
        return typed
    draft.title = typed
    return _next(draft, Step.LEVELS)


@flow.asks(Step.LEVELS)
def ask_levels(turn: Turn, draft: Draft) -> Reply:
    buttons = [
        Button(
            f"{'✓ ' if level.code in draft.levels else ''}{level.name[:1].upper()}{level.name[1:]}",
            level.code,
        )
        for level in _levels(turn, draft)
    ]
    buttons += [Button(texts.EVERY_LEVEL, "every"), Button(texts.FINISHED, "done")]
    return Reply(texts.which_levels(level_names(turn, draft.levels)), buttons)


@flow.receives(Step.LEVELS)
def receive_levels(turn: Turn, draft: Draft, event: Event) -> Outcome:
    possible = [level.code for level in _levels(turn, draft)]
    match event:
        case Press(choice="every"):
            draft.levels = []
            return _next(draft, Step.FILES)
        case Press(choice="done"):
            return _next(draft, Step.FILES) if draft.levels else Refusal(texts.NO_LEVEL)
        case Press(choice=choice) if choice in possible:
            draft.levels = [code for code in possible if (code in draft.levels) != (code == choice)]
            return Step.LEVELS
    return None


@flow.asks(Step.FILES)
def ask_files(turn: Turn, draft: Draft) -> Reply:
    if not draft.files:
        return Reply(texts.send_files(draft.title))
    return Reply(
        texts.file_added(len(draft.files), album=draft.album is not None), [Button(texts.FINISHED, "done")]
    )


@flow.receives(Step.FILES)
def receive_files(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="done") if draft.files:
            return _next(draft, Step.SUMMARY)
        case File():
            return files.receive(turn, draft, draft.files, event, _MATERIAL, Step.FILES)
    return None


@flow.asks(Step.SUMMARY)
def ask_summary(turn: Turn, draft: Draft) -> Reply:
    return Reply(
        texts.summary(
            turn.unit(draft.unit).name,
            draft.title,
            level_names(turn, draft.levels),
            len(draft.files),
            replaces=draft.replaces is not None,
        ),
        [
            Button(texts.POST, "post"),
            Button(texts.EDIT, "edit"),
            Button(texts.CANCEL, callbacks.CANCEL),
        ],
    )


@flow.receives(Step.SUMMARY)
def receive_summary(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="post"):
            return offer(turn, draft)
        case Press(choice="edit"):
            draft.editing = True
            return Step.EDIT
        case File():
            return files.receive(turn, draft, draft.files, event, _MATERIAL, Step.SUMMARY)
    return None


@flow.asks(Step.EDIT)
def ask_edit(turn: Turn, draft: Draft) -> Reply:
    buttons = [
        Button(texts.TITLE, Step.TITLE),
        Button(texts.LEVELS, Step.LEVELS),
        Button(texts.FILES, Step.FILES),
    ]
    return Reply(texts.WHAT_TO_EDIT, buttons)


@flow.receives(Step.EDIT)
def receive_edit(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="files"):
            draft.files, draft.album = [], None
            return Step.FILES
        case Press(choice=choice) if choice in (Step.TITLE, Step.LEVELS):
            return Step(choice)
    return None


def offer(turn: Turn, draft: Draft) -> Outcome:
    unit = turn.unit(draft.unit)
    if not any(unit.path.startswith(desk.path) for desk in turn.desks):
        return Refusal(engine_texts.NOT_YOURS)
    material_id = materials.add(
        turn.conn,
        plan=turn.plan.code,
        unit_id=unit.id,
        title=draft.title,
        levels=draft.levels,
        files=draft.files,
        replaces=draft.replaces,
        sender=turn.sender,
    )
    made = materials.get(turn.conn, material_id) if material_id is not None else None
    if made is None:
        return Refusal(texts.GONE_MEANWHILE)
    units = materials.opened(turn.conn, made, turn.today).of_units
    return Done(Reply(texts.posted(made.title, units), [go(texts.POSTED, POSTED)]))


def level_names(turn: Turn, codes: Sequence[str]) -> list[str]:
    return [level.name for level in turn.plan.levels if level.code in codes]


def _levels(turn: Turn, draft: Draft) -> Sequence[Level]:
    """The unit's own and those below it."""
    codes = [level.code for level in turn.plan.levels]
    return turn.plan.levels[codes.index(turn.unit(draft.unit).duty_level) :]


def _next(draft: Draft, step: Step) -> Step:
    return mending.next_step(draft, step, Step.SUMMARY)
