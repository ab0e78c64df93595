"""A unit records an activity that carries the resolution out.

▸ [Ghi hoạt động]
  Tên hoạt động là gì?
▸ Ngày thứ bảy tình nguyện
  Hoạt động tổ chức ngày nào?   [Hôm nay] [Hôm qua]
▸ Hôm qua
  Bao nhiêu người tham gia?   [Chưa đếm]
▸ 45
  Đồng chí gửi ảnh hoạt động.   [Không có ảnh]
▸ (ảnh) ▸ Xong
  Đoàn xã Hoằng Quỳ ghi hoạt động: …   [Gửi] [Sửa] [Huỷ]

The place is asked for under [Sửa] only. One of the same day and title is asked about.
"""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, File, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import activities as texts
from bot.texts import engine as engine_texts
from handlers import files, mending
from handlers.days import held_day_buttons, read_held_day
from handlers.owed import choose_unit
from handlers.typed import read_title
from rules.counting import LIMIT
from rules.duties import records_activities
from rules.reading import read_number
from rules.reasons import Reason
from storage import activities, uploads
from storage.accounts import Post
from storage.activities import Activity, Content

ACTION = "activitynew"
UNIT, LIST, ONE = "activity", "activitylist", "activityone"  # in handlers/activities.py


class Step(StrEnum):
    TITLE = "title"
    DAY = "day"
    PEOPLE = "people"
    PLACE = "place"
    PHOTOS = "photos"
    SUMMARY = "summary"
    TWICE = "twice"
    EDIT = "edit"


class Draft(BaseModel):
    unit: int
    activity: int | None = None  # the one that is corrected
    title: str = ""
    day: date | None = None
    people: int | None = None
    place: str | None = None
    files: list[int] = []  # uploads that were added
    album: str | None = None
    editing: bool = False  # one answer is being mended: back to the summary after it

    @property
    def content(self) -> Content:
        assert self.day is not None
        return Content(self.title, self.day, self.people, self.place)


flow = Conversation("activity", Draft, first=Step.TITLE)
_PHOTOS = files.Wanted(
    suffixes=files.PICTURES,
    most=texts.FILE_LIMIT,
    other_kind=texts.PHOTOS_ONLY,
    too_big=texts.TOO_BIG,
    too_many=texts.TOO_MANY,
    twice=texts.FILE_TWICE,
)


def recording_posts(turn: Turn) -> list[Post]:
    """Of units whose activities the person may record."""
    return [post for post in turn.acting_posts if records_activities(turn.plan, post.duty_level)]


def record_pressed(turn: Turn, argument: str) -> Answer:
    posts = recording_posts(turn)
    wanted = callbacks.read_id(argument)
    if wanted is not None and any(post.unit_id == wanted for post in posts):
        return Start(flow.name, Draft(unit=wanted), wanted)
    return choose_unit(turn, ACTION, posts, argument, texts.WHOSE)


def correcting(one: Activity) -> Start:
    """The caller has seen that the person may."""
    draft = Draft(
        unit=one.unit_id,
        activity=one.id,
        title=one.title,
        day=one.held_on,
        people=one.people,
        place=one.place,
    )
    return Start(flow.name, draft, one.unit_id, Step.EDIT)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Hoạt động {draft.title}" if draft.title else "Hoạt động mới"


@flow.on_cancel
def drop_files(turn: Turn, draft: Draft) -> None:
    uploads.drop(turn.conn, draft.files)


@flow.asks(Step.TITLE)
def ask_title(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHICH_TITLE)


@flow.receives(Step.TITLE, prose=True)
def receive_title(turn: Turn, draft: Draft, event: Event) -> Outcome:
    typed = _typed(event)
    if not isinstance(typed, str):
        return typed
    draft.title = typed
    return _next(draft, Step.DAY)


def _typed(event: Event) -> str | Refusal | None:
    return read_title(event, texts.TITLE_LIMIT, texts.TOO_LONG, texts.NO_TITLE)


@flow.asks(Step.DAY)
def ask_day(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHICH_DAY, held_day_buttons(turn))


@flow.receives(Step.DAY, prose=True)
def receive_day(turn: Turn, draft: Draft, event: Event) -> Outcome:
    day = read_held_day(turn, event)
    if isinstance(day, Reason):
        return Refusal(texts.why_no_day(day, turn.plan.starts_on))
    if day is None:
        return None
    draft.day = day
    return _next(draft, Step.PEOPLE)


@flow.asks(Step.PEOPLE)
def ask_people(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.HOW_MANY, [Button(texts.NOT_COUNTED, "none")])


@flow.receives(Step.PEOPLE)
def receive_people(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="none"):
            draft.people = None
        case Text(text=text):
            read = read_number(text, LIMIT)
            if isinstance(read, Reason):
                return read
            if not read:
                return Refusal(texts.NOBODY)
            draft.people = read
        case _:
            return None
    return _next(draft, Step.PHOTOS)


@flow.asks(Step.PLACE)
def ask_place(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHICH_PLACE, [Button(texts.NO_PLACE, "none")])


@flow.receives(Step.PLACE, prose=True)
def receive_place(turn: Turn, draft: Draft, event: Event) -> Outcome:
    typed = None if event == Press("none") else _typed(event)
    if event != Press("none") and not isinstance(typed, str):
        return typed
    draft.place = typed if isinstance(typed, str) else None
    return _next(draft, Step.SUMMARY)


@flow.asks(Step.PHOTOS)
def ask_photos(turn: Turn, draft: Draft) -> Reply:
    if draft.files:
        added = texts.photos_added(len(draft.files), album=draft.album is not None)
        return Reply(added, [Button(texts.FINISHED, "done")])
    return Reply(texts.WHICH_PHOTOS, [Button(texts.NO_PHOTO, "done")])


@flow.receives(Step.PHOTOS)
def receive_photos(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="done"):
            return _next(draft, Step.SUMMARY)
        case File():
            return files.receive(turn, draft, draft.files, event, _PHOTOS, Step.PHOTOS)
    return None


@flow.asks(Step.SUMMARY)
def ask_summary(turn: Turn, draft: Draft) -> Reply:
    kept = len(uploads.files_of(turn.conn, activities.SUBJECT, draft.activity)) if draft.activity else 0
    return Reply(
        texts.summary(turn.unit(draft.unit).name, draft.content, kept + len(draft.files)),
        [
            Button(texts.SAVE if draft.activity else texts.SEND, "send"),
            Button(texts.EDIT, "edit"),
            Button(texts.CANCEL, callbacks.CANCEL),
        ],
    )


@flow.receives(Step.SUMMARY)
def receive_summary(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="send"):
            plan = turn.plan.code
            twice = activities.alike(turn.conn, plan, draft.unit, draft.content, draft.activity)
            return Step.TWICE if twice else submit(turn, draft)
        case Press(choice="edit"):
            return Step.EDIT
        case File():
            return files.receive(turn, draft, draft.files, event, _PHOTOS, Step.SUMMARY)
    return None


@flow.asks(Step.TWICE)
def ask_twice(turn: Turn, draft: Draft) -> Reply:
    another = Button(texts.ANOTHER_ONE, "another")
    return Reply(texts.is_it_another(draft.content), [another, Button(texts.CANCEL, callbacks.CANCEL)])


@flow.receives(Step.TWICE)
def receive_twice(turn: Turn, draft: Draft, event: Event) -> Outcome:
    return submit(turn, draft) if event == Press("another") else None


@flow.asks(Step.EDIT)
def ask_edit(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHAT_TO_EDIT, [Button(label, step) for step, label in _PARTS.items()])


@flow.receives(Step.EDIT)
def receive_edit(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice=choice) if choice in _PARTS:
            draft.editing = True
            return Step(choice)
    return None


_PARTS = {
    Step.TITLE: texts.TITLE,
    Step.DAY: texts.DAY,
    Step.PEOPLE: texts.PEOPLE,
    Step.PLACE: texts.PLACE,
    Step.PHOTOS: texts.PHOTOS,
}


def submit(turn: Turn, draft: Draft) -> Outcome:
    if all(post.unit_id != draft.unit for post in recording_posts(turn)):
        return Refusal(engine_texts.NOT_YOURS)
    if turn.locked(draft.unit):
        return Refusal(engine_texts.LOCKED)
    if draft.activity is not None:
        old = activities.get(turn.conn, draft.activity)
        if old is None or not activities.change(turn.conn, old, draft.content, draft.files, turn.sender):
            return Done(Reply(texts.WITHDRAWN))
        return Done(Reply(texts.changed(draft.title), [go(texts.OPEN, ONE, old.id)]))
    activities.record(turn.conn, turn.plan.code, draft.unit, draft.content, draft.files, turn.sender)
    own = activities.own(turn.conn, turn.plan, draft.unit)
    more = [go(texts.RECORD_MORE, ACTION, draft.unit), go(texts.OWN, LIST, f"{draft.unit}.0")]
    return Done(Reply(texts.recorded(draft.title, own.activities), more))


def _next(draft: Draft, step: Step) -> Step:
    return mending.next_step(draft, step, Step.SUMMARY)
