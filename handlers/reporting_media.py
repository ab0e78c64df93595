"""A unit reports something that it published about the plan: an article, a broadcast, a bulletin.

▸ [Báo tin, bài]
  Huyện đoàn Hoằng Hóa báo tin, bài loại nào?   [Trang tin điện tử, Facebook] [Bản tin nội bộ] …
▸ Trang tin điện tử, Facebook
  Tiêu đề của tin, bài là gì?
▸ Hoằng Hóa học tập Nghị quyết 01
  Tin, bài đăng ngày nào?   [Hôm nay] [Hôm qua]
▸ Hôm qua
  Đồng chí dán đường dẫn, hoặc gửi ảnh, bản quét.   [Không có]
▸ https://facebook.com/…
  Huyện đoàn Hoằng Hóa báo tin, bài: …   [Gửi] [Sửa] [Huỷ]

A link alone, typed at any time, begins the same with the link filled in.
"""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, File, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import media as texts
from bot.texts import say
from handlers import files, mending
from handlers.days import held_day_buttons, read_held_day
from handlers.owed import choose_unit
from handlers.typed import read_title
from rules.links import Link, link_alone, read_link
from rules.reasons import Reason
from storage import media, uploads
from storage.accounts import Post
from storage.media import Content, Item, UnitItems

ACTION = "medianew"
UNIT = "media"  # a unit's screen, in handlers/media.py
ITEM, LIST = "mediaitem", "medialist"  # in handlers/media_items.py


class Step(StrEnum):
    UNIT = "unit"
    KIND = "kind"
    TITLE = "title"
    DAY = "day"
    PROOF = "proof"
    SUMMARY = "summary"
    EDIT = "edit"


class Draft(BaseModel):
    unit: int | None = None  # None: not chosen yet
    item: int | None = None  # the one that is corrected
    kind: str = ""
    title: str = ""
    day: date | None = None
    link: str | None = None
    files: list[int] = []  # uploads that were added
    album: str | None = None
    editing: bool = False  # one answer is being mended: back to the summary after it


flow = Conversation("media", Draft, first=Step.KIND)
_PAPERS = files.Wanted(
    suffixes=files.PAPERS,
    most=texts.FILE_LIMIT,
    other_kind=texts.FILES_ONLY,
    too_big=texts.TOO_BIG,
    too_many=texts.TOO_MANY,
    twice=texts.FILE_TWICE,
)


def reporting_posts(turn: Turn) -> list[Post]:
    """Of units whose items the person may report."""
    return [post for post in turn.acting_posts if media.owed_by(turn.plan, post.duty_level)]


def report_pressed(turn: Turn, argument: str) -> Answer:
    posts = reporting_posts(turn)
    wanted = callbacks.read_id(argument)
    if any(post.unit_id == wanted for post in posts):
        return Start(flow.name, Draft(unit=wanted), wanted)
    return choose_unit(turn, ACTION, posts, argument, texts.WHOSE)


def link_sent(turn: Turn, event: Event) -> Answer:
    """A link alone, outside any conversation."""
    link = link_alone(event.text) if isinstance(event, Text) else None
    posts = reporting_posts(turn) if link is not None else []
    if link is None or not posts:
        return None
    refusal = _why_not(turn, link, None)
    if refusal is not None:
        return Reply(refusal)
    if len(posts) > 1:
        return Start(flow.name, Draft(link=link.url), None, Step.UNIT)
    return Start(flow.name, Draft(unit=posts[0].unit_id, link=link.url), posts[0].unit_id)


def correcting(item: Item) -> Start:
    """The caller has seen that the person may."""
    draft = Draft(
        unit=item.unit_id,
        item=item.id,
        kind=item.kind,
        title=item.title,
        day=item.published_on,
        link=item.link,
    )
    return Start(flow.name, draft, item.unit_id, Step.EDIT)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Tin, bài {draft.title}" if draft.title else "Tin, bài mới"


@flow.on_keep
def keep_link(found: Draft, fresh: Draft) -> None:
    found.link = found.link or fresh.link


@flow.on_cancel
def drop_files(turn: Turn, draft: Draft) -> None:
    uploads.drop(turn.conn, draft.files)


@flow.asks(Step.UNIT)
def ask_unit(turn: Turn, draft: Draft) -> Reply:
    buttons = [Button(say.both_ends(post.unit_name), f"u{post.unit_id}") for post in reporting_posts(turn)]
    return Reply(texts.WHOSE, buttons)


@flow.receives(Step.UNIT)
def receive_unit(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice=choice):
            for post in reporting_posts(turn):
                if choice == f"u{post.unit_id}":
                    draft.unit = post.unit_id
                    return Step.KIND
    return None


@flow.asks(Step.KIND)
def ask_kind(turn: Turn, draft: Draft) -> Reply:
    buttons = [Button(target.name, target.kind) for target in turn.plan.media]
    return Reply(texts.which_kind(_unit_name(turn, draft), draft.link), buttons)


@flow.receives(Step.KIND)
def receive_kind(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice=choice) if any(choice == target.kind for target in turn.plan.media):
            draft.kind = choice
            return _next(draft, Step.TITLE)
        case Text(text=text) if (link := link_alone(text)) is not None:
            return _take_link(turn, draft, link, Step.KIND)
    return None


@flow.asks(Step.TITLE)
def ask_title(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.which_title(draft.link))


@flow.receives(Step.TITLE, prose=True)
def receive_title(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if isinstance(event, Text) and (link := link_alone(event.text)) is not None:
        return _take_link(turn, draft, link, Step.TITLE)
    typed = read_title(event, texts.TITLE_LIMIT, texts.TITLE_TOO_LONG, texts.NO_TITLE)
    if not isinstance(typed, str):
        return typed
    draft.title = typed
    return _next(draft, Step.DAY)


@flow.asks(Step.DAY)
def ask_day(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHICH_DAY, held_day_buttons(turn))


@flow.receives(Step.DAY)
def receive_day(turn: Turn, draft: Draft, event: Event) -> Outcome:
    day = read_held_day(turn, event)
    if isinstance(day, Reason):
        return Refusal(texts.why_no_day(day, turn.plan.starts_on))
    if day is None:
        return None
    draft.day = day
    return _next(draft, Step.SUMMARY if draft.link else Step.PROOF)


@flow.asks(Step.PROOF)
def ask_proof(turn: Turn, draft: Draft) -> Reply:
    if draft.files:
        added = texts.files_added(len(draft.files), album=draft.album is not None)
        return Reply(added, [Button(texts.FINISHED, "done")])
    return Reply(texts.PROOF_ASKED, [Button(texts.NONE, "none")])


@flow.receives(Step.PROOF, prose=True)
def receive_proof(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="none") if not draft.files:
            draft.link = None
            return _next(draft, Step.SUMMARY)
        case Press(choice="done") if draft.files:
            return _next(draft, Step.SUMMARY)
        case Text(text=text):
            link = read_link(text)
            if link is None:
                return Refusal(texts.NO_LINK)
            outcome = _take_link(turn, draft, link, Step.SUMMARY)
            return outcome if isinstance(outcome, Refusal) else _next(draft, Step.SUMMARY)
        case File():
            return files.receive(turn, draft, draft.files, event, _PAPERS, Step.PROOF)
    return None


@flow.asks(Step.SUMMARY)
def ask_summary(turn: Turn, draft: Draft) -> Reply:
    assert draft.day is not None
    kinds = {target.kind: target.name for target in turn.plan.media}
    kept = len(uploads.files_of(turn.conn, media.SUBJECT, draft.item)) if draft.item else 0
    return Reply(
        texts.summary(
            _unit_name(turn, draft),
            kinds.get(draft.kind, draft.kind),
            draft.title,
            draft.day,
            draft.link,
            kept + len(draft.files),
        ),
        [
            Button(texts.SAVE if draft.item else texts.SEND, "send"),
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
        case Text(text=text) if (link := link_alone(text)) is not None:
            return _take_link(turn, draft, link, Step.SUMMARY)
        case File():
            return files.receive(turn, draft, draft.files, event, _PAPERS, Step.SUMMARY)
    return None


@flow.asks(Step.EDIT)
def ask_edit(turn: Turn, draft: Draft) -> Reply:
    return Reply(
        texts.WHAT_TO_EDIT,
        [
            Button(texts.KIND, Step.KIND),
            Button(texts.TITLE, Step.TITLE),
            Button(texts.DAY, Step.DAY),
            Button(texts.PROOF, Step.PROOF),
        ],
    )


@flow.receives(Step.EDIT)
def receive_edit(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice=choice) if choice in (Step.KIND, Step.TITLE, Step.DAY, Step.PROOF):
            draft.editing = True
            return Step(choice)
    return None


def submit(turn: Turn, draft: Draft) -> Outcome:
    assert draft.day is not None
    unit_id = draft.unit
    if unit_id is None or all(post.unit_id != unit_id for post in reporting_posts(turn)):
        return Refusal(engine_texts.NOT_YOURS)
    if turn.locked(unit_id):
        return Refusal(engine_texts.LOCKED)
    link = link_alone(draft.link) if draft.link else None
    refusal = _why_not(turn, link, draft.item)
    if refusal is not None:
        return Refusal(refusal)
    content = Content(draft.kind, draft.title, draft.day, link)
    if draft.item is not None:
        return _correct(turn, draft, content)
    media.report(turn.conn, turn.plan.code, unit_id, content, draft.files, turn.sender)
    found = media.by_unit(turn.conn, turn.plan, turn.unit(unit_id).path, turn.today)
    own = next(one for one in found if one.id == unit_id)
    told = texts.reported(draft.title, target_lines(turn, own))
    more = [go(texts.REPORT_MORE, ACTION, unit_id), go(texts.OWN, LIST, f"{unit_id}.0")]
    return Done(Reply(told, more))


def _correct(turn: Turn, draft: Draft, content: Content) -> Outcome:
    old = media.get(turn.conn, draft.item) if draft.item is not None else None
    if old is None or not media.change(turn.conn, old, content, draft.files, turn.sender):
        return Done(Reply(texts.WITHDRAWN))
    return Done(Reply(texts.changed(draft.title), [go(texts.OPEN, ITEM, old.id)]))


def target_lines(turn: Turn, unit: UnitItems) -> list[str]:
    """What the unit has of each kind, against what the plan asks of its level."""
    told = [texts.target_line(one, unit.items.get(one.kind, 0), unit.level) for one in turn.plan.media]
    return [line for line in told if line is not None]


def _take_link(turn: Turn, draft: Draft, link: Link, then: Step) -> Outcome:
    refusal = _why_not(turn, link, draft.item)
    if refusal is not None:
        return Refusal(refusal)
    draft.link = link.url
    return then


def _why_not(turn: Turn, link: Link | None, item: int | None) -> str | None:
    """`item`: the one that is corrected, which may keep its link."""
    if link is None:
        return None
    if len(link.url) > texts.LINK_LIMIT:
        return texts.LINK_TOO_LONG
    found = media.same_page(turn.conn, turn.plan.code, link)
    if found is None or found.id == item:
        return None
    above = any(post.path.startswith(found.unit_path) for post in turn.posts)
    known = found.unit_name if above or turn.sees(found.unit_id) else None
    return texts.duplicate(known, found.at.astimezone(turn.world.zone).date(), turn.today)


def _unit_name(turn: Turn, draft: Draft) -> str:
    return turn.unit(draft.unit).name if draft.unit is not None else ""


def _next(draft: Draft, step: Step) -> Step:
    return mending.next_step(draft, step, Step.SUMMARY)
