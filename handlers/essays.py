"""Essays: by /thuhoach, or just by sending a file or a photographed page.

▸ (sends a photo of a handwritten page)
  Đây là bài thu hoạch của ai?   [Bài của tôi] [Đồng chí khác] [Ảnh hội nghị] [Huỷ]
▸ Bài của tôi
  Đã thêm trang 1. Đồng chí gửi tiếp trang sau, hoặc bấm Xong.   [Xong] [Huỷ]
▸ Xong
  Hệ thống đang lưu bài … Lưu xong sẽ báo ngay.
  (a job stores the files) Đã nhận bài thu hoạch của đồng chí Lê Thị Mai …   [Nộp bài tiếp] [Kết thúc]
"""

from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Silent, Start
from bot.engine.events import Event, File, Press, Text
from bot.engine.owed_buttons import START_ESSAY
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import essays as texts
from bot.texts import status as status_texts
from handlers import files, participation_draft, session
from rules.counting import read_count
from rules.duties import duties_of, essay_mode, essay_route
from rules.names import find, read_person_name, shorten
from rules.plan import DutyKind
from rules.reasons import Reason, ReasonCode
from storage import duties, essays, people, reports, uploads
from storage.accounts import Post
from storage.essays import Author


class Step(StrEnum):
    WHOSE = "whose"
    NAME = "name"
    FILES = "files"
    UNIT = "unit"
    TALLY = "tally"


class Draft(BaseModel):
    page: int = 0  # of the names shown
    person: int | None = None
    author: str | None = None
    unit: int | None = None
    files: list[int] = []  # uploads
    album: str | None = None  # the last one answered
    photo: bool = True  # whether the last file was one
    moving: int | None = None  # an essay handed in under the wrong name


flow = Conversation("essay", Draft, first=Step.WHOSE)
_PAGES = files.Wanted(
    suffixes=files.PAPERS,
    most=40,
    other_kind=texts.FILES_ONLY,
    too_big=texts.TOO_BIG,
    too_many=texts.TOO_MANY_PAGES,
    twice=texts.PAGE_TWICE,
)


# -- how it begins


def essay_command(turn: Turn, _args: str) -> Answer:
    if not turn.posts:
        return Reply(status_texts.NOTHING_ASSIGNED)
    if not turn.acting_posts:
        own = _own_draft(turn)
        return Start(flow.name, own, own.unit, Step.FILES)
    return Start(flow.name, Draft(), turn.acting_posts[0].unit_id)


def essay_pressed(turn: Turn, argument: str) -> Answer:
    return Reply(texts.ENDED, replaces=False) if argument == "end" else essay_command(turn, "")


def file_sent(turn: Turn, event: Event) -> Answer:
    """A file or photo without any command."""
    if not isinstance(event, File):
        return None
    if not turn.posts:
        return Reply(status_texts.NOTHING_ASSIGNED)
    draft = Draft() if turn.acting_posts else _own_draft(turn)
    refusal = _add(turn, draft, event)
    if refusal is not None:
        return Reply(refusal.text)
    step = Step.WHOSE if turn.acting_posts else Step.FILES
    return Start(flow.name, draft, draft.unit or turn.posts[0].unit_id, step)


def move_pressed(turn: Turn, argument: str) -> Answer:
    """[Sai người] under a receipt."""
    number = callbacks.as_id(argument)
    essay = essays.get(turn.conn, number) if number is not None else None
    if essay is None or essay.by_account_id != turn.account.id or not turn.acting_posts:
        return Reply(texts.NOT_ONES_OWN)
    return Start(flow.name, Draft(moving=essay.id), essay.unit_id)


def _own_draft(turn: Turn) -> Draft:
    return Draft(person=turn.person_id, author=turn.account.full_name, unit=turn.posts[0].unit_id)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Bài thu hoạch của {draft.author}" if draft.author else "Bài thu hoạch"


@flow.on_cancel
def drop_files(turn: Turn, draft: Draft) -> None:
    uploads.drop(turn.conn, draft.files)


# -- whose


@flow.asks(Step.WHOSE)
def ask_whose(turn: Turn, draft: Draft) -> Reply:
    missing = _missing(turn)
    others = [one for one in missing if one.person_id != turn.person_id]
    buttons = []
    if draft.moving is not None or len(others) < len(missing) or draft.files:
        buttons.append(Button(texts.MINE, "me"))
    first = draft.page * texts.NAMES_A_PAGE
    shown = others[first : first + texts.NAMES_A_PAGE]
    buttons += [Button(shorten(one.full_name), f"p{one.person_id}") for one in shown]
    if len(others) > texts.NAMES_A_PAGE:
        buttons.append(Button(texts.MORE_NAMES, "more"))
    buttons.append(Button(texts.SOMEBODY_ELSE, "else"))
    if draft.moving is not None:
        return Reply(texts.WHOSE_REALLY, buttons)
    if draft.files:
        buttons += [Button(texts.SESSION_PHOTO, "photo"), Button(texts.CANCEL, callbacks.CANCEL)]
        return Reply(texts.WHOSE_SENT, buttons)
    if _counted_posts(turn):
        buttons.append(Button(texts.ONLY_NUMBER, "tally"))
    return Reply(texts.WHOSE, buttons)


@flow.receives(Step.WHOSE)
def receive_whose(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="me"):
            own = _own_draft(turn)
            return _chosen(turn, draft, own.person, own.author or "", own.unit)
        case Press(choice="more"):
            pages = -(-len(_missing(turn)) // texts.NAMES_A_PAGE)
            draft.page = (draft.page + 1) % pages
            return Step.WHOSE
        case Press(choice="else"):
            return Step.NAME
        case Press(choice="tally") if posts := _counted_posts(turn):
            draft.unit = posts[0].unit_id
            return Step.TALLY if len(posts) == 1 else Step.UNIT
        case Press(choice="photo") if draft.files:
            return _as_session_photos(turn, draft)
        case Press(choice=choice):
            for one in _missing(turn):
                if choice == f"p{one.person_id}":
                    return _chosen(turn, draft, one.person_id, one.full_name, one.unit_id)
        case Text():
            return receive_name(turn, draft, event)
        case File():
            return _one_more(turn, draft, event, Step.WHOSE)
    return None


@flow.asks(Step.NAME)
def ask_name(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.TYPE_NAME)


@flow.receives(Step.NAME)
def receive_name(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if not isinstance(event, Text):
        return None
    name = read_person_name(event.text)
    if isinstance(name, Reason):
        return name
    for post in turn.acting_posts:
        everyone = people.holders(
            turn.conn, post.unit_id, turn.today, [role.code for role in turn.plan.roles]
        )
        match = find(name, [(person.id, person.full_name) for person in everyone])
        if match.exact is not None:
            full_name = people.get(turn.conn, match.exact).full_name
            return _chosen(turn, draft, match.exact, full_name, post.unit_id)
    return _chosen(turn, draft, None, name, turn.acting_posts[0].unit_id if turn.acting_posts else None)


def _chosen(turn: Turn, draft: Draft, person: int | None, author: str, unit: int | None) -> Outcome:
    draft.person, draft.author, draft.unit = person, author, unit
    if draft.moving is None:
        return Step.FILES
    essays.move(
        turn.conn,
        draft.moving,
        person_id=person,
        author=author,
        route=_route(turn, person),
        by_person_id=turn.person_id,
        at=turn.arrived,
    )
    return Done(Reply(texts.moved(author), [go(texts.NEXT_ONE, START_ESSAY)]))


# -- the pages


@flow.asks(Step.FILES)
def ask_files(turn: Turn, draft: Draft) -> Reply:
    cancel = Button(texts.CANCEL, callbacks.CANCEL)
    if not draft.files:
        own = draft.person == turn.person_id
        return Reply(texts.send_pages(draft.author or "", own=own), [cancel])
    return Reply(
        texts.page_added(len(draft.files), album=draft.album is not None, photo=draft.photo),
        [Button(texts.FINISHED, "done"), cancel],
    )


@flow.receives(Step.FILES)
def receive_files(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="done"):
            return hand_in(turn, draft) if draft.files else Refusal(texts.NO_PAGE_YET)
        case File():
            return _one_more(turn, draft, event, Step.FILES)
    return None


def _one_more(turn: Turn, draft: Draft, event: File, step: Step) -> Outcome:
    answered = event.album is not None and event.album == draft.album
    refusal = _add(turn, draft, event)
    if refusal is not None:
        return refusal
    return Silent() if answered else step


def _add(turn: Turn, draft: Draft, event: File) -> Refusal | None:
    before = uploads.essay_with(turn.conn, event.unique_id)
    if before is not None:
        return Refusal(texts.here_already(before, turn.world.zone))
    refusal = files.take(turn, draft.files, event, _PAGES)
    if refusal is None:
        draft.album, draft.photo = event.album, event.photo
    return refusal


def hand_in(turn: Turn, draft: Draft) -> Outcome:
    assert draft.unit is not None
    if turn.locked(draft.unit):
        return Refusal(engine_texts.LOCKED)
    essay_id = essays.hand_in(
        turn.conn,
        plan=turn.plan.code,
        unit_id=draft.unit,
        person_id=draft.person,
        author=draft.author or "",
        route=_route(turn, draft.person),
        uploads=draft.files,
        by_person_id=turn.person_id,
        by_account_id=turn.account.id,
        arrived=turn.arrived,
    )
    what = texts.amount(uploads.photos_of(turn.conn, "essay", essay_id), len(draft.files))
    return Done(Reply(texts.being_stored(draft.author or "", what)))


def _route(turn: Turn, person: int | None) -> str:
    held = people.positions(turn.conn, person, turn.today) if person is not None else []
    return essay_route(turn.plan, [(one.role, one.duty_level) for one in held])


def _as_session_photos(turn: Turn, draft: Draft) -> Outcome:
    """They were pictures of the session: to its report, or to the one that is now begun."""
    for post in turn.acting_posts:
        for duty in duties_of(turn.plan, post.duty_level):
            if duty.kind in (DutyKind.PARTICIPATION, DutyKind.SESSION):
                sent = reports.all_of(turn.conn, turn.plan.code, duty.code, post.unit_id)
                if sent:
                    uploads.attach(turn.conn, draft.files, "report", sent[-1].id)
                    return Done(Reply(texts.photo_added(sent[-1].id)))
    post = turn.acting_posts[0]
    begun = participation_draft.start(turn, post.unit_id)
    if DutyKind.PARTICIPATION not in {duty.kind for duty in duties_of(turn.plan, post.duty_level)}:
        begun = session.start(turn, post.unit_id)
    return Start(begun.flow, begun.draft.model_copy(update={"photos": draft.files}), begun.unit_id)


# -- a number instead of files


@flow.asks(Step.UNIT)
def ask_unit(turn: Turn, draft: Draft) -> Reply:
    buttons = [Button(shorten(post.unit_name, 40), str(post.unit_id)) for post in _counted_posts(turn)]
    return Reply(texts.WHICH_UNIT, buttons)


@flow.receives(Step.UNIT)
def receive_unit(turn: Turn, draft: Draft, event: Event) -> Outcome:
    for post in _counted_posts(turn):
        if event == Press(str(post.unit_id)):
            draft.unit = post.unit_id
            return Step.TALLY
    return None


@flow.asks(Step.TALLY)
def ask_tally(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.HOW_MANY)


@flow.receives(Step.TALLY)
def receive_tally(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if not isinstance(event, Text) or draft.unit is None:
        return None
    unit = turn.unit(draft.unit)
    expected = None if unit.members is None else max(0, unit.members - (unit.cadres or 0))
    count = read_count(event.text, expected)
    if isinstance(count, Reason):
        over = count.code is ReasonCode.MORE_THAN_EXPECTED
        return Refusal(texts.more_than_owed(**count.facts)) if over else count
    essays.record_tally(
        turn.conn,
        plan=turn.plan.code,
        unit_id=unit.id,
        attended=count.attended,
        expected=count.expected,
        by_person_id=turn.person_id,
        by_account_id=turn.account.id,
        arrived=turn.arrived,
    )
    buttons = [go(texts.NEXT_ONE, START_ESSAY), go(texts.END, START_ESSAY, "end")]
    return Done(Reply(texts.counted(count.attended, count.expected, unit.name), buttons))


def _counted_posts(turn: Turn) -> list[Post]:
    """Units whose members' essays may be given as a number."""
    return [
        post
        for post in turn.acting_posts
        if any(essay_mode(turn.plan, role.code, post.duty_level) == "number" for role in turn.plan.roles)
    ]


def _missing(turn: Turn) -> list[Author]:
    """Who still owes one, in the units that the person acts for; the person too."""
    found: dict[int, Author] = {}
    for post in turn.acting_posts:
        for author in duties.missing_essays(turn.conn, turn.plan, post.unit_id, post.duty_level, turn.today):
            found.setdefault(author.person_id, author)
    return list(found.values())
