"""Essays: by /thuhoach, or just by sending a file or a photographed page.

▸ (sends a photo of a handwritten page)
  Đây là bài thu hoạch của ai?   [Bài của tôi] [Đồng chí khác] [Ảnh hội nghị] [Huỷ]
▸ Bài của tôi
  Đã thêm trang 1. Đồng chí gửi tiếp trang sau, hoặc bấm Xong.   [Xong] [Huỷ]
▸ Xong
  Hệ thống đang lưu bài … Lưu xong sẽ báo ngay.
  (a job stores the files) Đã nhận bài thu hoạch của đồng chí Lê Thị Mai …   [Nộp bài tiếp] [Kết thúc]
"""

from bot import callbacks
from bot.engine.conversation import Answer, Done, Outcome, Refusal, Start
from bot.engine.events import Event, File, Press, Text
from bot.engine.owed_buttons import START_ESSAY
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import essays as texts
from bot.texts import status as status_texts
from handlers import files
from handlers.essay_draft import Draft, Step
from handlers.essay_draft import flow as flow
from handlers.essays_besides import as_session_photos, counted_posts, session_posts
from rules.duties import essay_route
from rules.names import find, read_person_name
from rules.reasons import Reason
from storage import duties, essays, people, uploads
from storage.essays import Author, Essay
from storage.models import EssayState

_PAGES = files.Wanted(
    suffixes=files.PAPERS,
    most=40,
    other_kind=texts.FILES_ONLY,
    too_big=texts.TOO_BIG,
    too_many=texts.TOO_MANY_PAGES,
    twice=texts.PAGE_TWICE,
)


# -- how it begins. What somebody writes who acts for no unit is theirs alone: no successor finds it.


def essay_command(turn: Turn, _args: str) -> Answer:
    if not turn.posts:
        return Reply(status_texts.NOTHING_ASSIGNED)
    if not turn.acting_posts:
        return Start(flow.name, _own_draft(turn), None, Step.FILES)
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
    taken = _one_more(turn, draft, event, Step.WHOSE)
    if isinstance(taken, Refusal):
        return Reply(taken.text)
    if turn.acting_posts:
        return Start(flow.name, draft, turn.acting_posts[0].unit_id, Step.WHOSE)
    return Start(flow.name, draft, None, Step.FILES)


def move_pressed(turn: Turn, argument: str) -> Answer:
    """[Sai người] under a receipt."""
    number = callbacks.read_id(argument)
    essay = essays.get(turn.conn, number) if number is not None else None
    sent = essay is not None and essay.by_account_id == turn.account.id
    if essay is None or not sent or turn.post_for(essay.unit_id) is None:
        return Reply(texts.NOT_ONES_OWN)
    if essay.state not in essays.HANDED_IN:
        return Reply(texts.REPLACED_MEANWHILE)
    return Start(flow.name, Draft(moving=essay.id), essay.unit_id)


def again_pressed(turn: Turn, argument: str) -> Answer:
    """[Nộp lại] under what a reader or the system said of an essay."""
    number = callbacks.read_id(argument)
    essay = essays.get(turn.conn, number) if number is not None else None
    if essay is None or not _may_hand_in(turn, essay):
        return Reply(engine_texts.NOT_YOURS)
    if not _is_last(turn, essay):
        return Reply(texts.REPLACED_MEANWHILE)
    draft = Draft(person=essay.person_id, author=essay.author, unit=essay.unit_id)
    unit_id = essay.unit_id if turn.post_for(essay.unit_id) is not None else None
    return Start(flow.name, draft, unit_id, Step.FILES)


def _may_hand_in(turn: Turn, essay: Essay) -> bool:
    own = essay.person_id == turn.person_id and any(post.unit_id == essay.unit_id for post in turn.posts)
    return own or turn.post_for(essay.unit_id) is not None


def _is_last(turn: Turn, essay: Essay) -> bool:
    """It counts, or was returned and nothing has been handed in since."""
    if essay.state in essays.HANDED_IN:
        return True
    since = None
    if essay.person_id is not None:
        since = essays.of_person(turn.conn, essay.plan, essay.person_id)
    return essay.state == EssayState.RETURNED and since is None


def _own_draft(turn: Turn) -> Draft:
    return Draft(person=turn.person_id, author=turn.account.full_name, unit=turn.posts[0].unit_id)


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
    labels = dict(zip(others, turn.labels_of(others), strict=True))
    buttons += [Button(labels[one], f"p{one.person_id}") for one in shown]
    if len(others) > texts.NAMES_A_PAGE:
        buttons.append(Button(texts.MORE_NAMES, "more"))
    buttons.append(Button(texts.SOMEBODY_ELSE, "else"))
    if draft.moving is not None:
        return Reply(texts.WHOSE_REALLY, buttons)
    if draft.files:
        buttons += [Button(texts.SESSION_PHOTO, "photo"), Button(texts.CANCEL, callbacks.CANCEL)]
        return Reply(texts.WHOSE_SENT, buttons)
    if counted_posts(turn):
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
            draft.page = (draft.page + 1) % max(1, pages)
            return Step.WHOSE
        case Press(choice="else"):
            return Step.NAME
        case Press(choice="tally") if posts := counted_posts(turn):
            draft.page, draft.unit = 0, posts[0].unit_id
            return Step.TALLY if len(posts) == 1 else Step.UNIT
        case Press(choice="photo") if draft.files and (posts := session_posts(turn)):
            draft.page = 0
            return as_session_photos(turn, draft, posts[0]) if len(posts) == 1 else Step.SESSION_UNIT
        case Press(choice=choice):
            for one in _missing(turn):
                if choice == f"p{one.person_id}":
                    return _chosen(turn, draft, one.person_id, one.full_name, one.unit_id)
        case Text():
            return receive_name(turn, draft, event)
        case File() if draft.moving is None:
            return _one_more(turn, draft, event, Step.WHOSE)
    return None


@flow.asks(Step.NAME)
def ask_name(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.TYPE_NAME)


@flow.receives(Step.NAME, prose=True)
def receive_name(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if not isinstance(event, Text):
        return None
    name = read_person_name(event.text)
    if isinstance(name, Reason):
        return name
    for post in turn.acting_posts:
        everyone = people.holders(turn.conn, post.unit_id, turn.today)
        match = find(name, [(person.id, person.full_name) for person in everyone])
        if match.exact is not None:
            full_name = people.get(turn.conn, match.exact).full_name
            return _chosen(turn, draft, match.exact, full_name, post.unit_id)
    return _chosen(turn, draft, None, name, turn.acting_posts[0].unit_id if turn.acting_posts else None)


def _chosen(turn: Turn, draft: Draft, person: int | None, author: str, unit: int | None) -> Outcome:
    draft.person, draft.author, draft.unit = person, author, unit
    if draft.moving is None:
        return Step.FILES
    if unit is None:
        return Refusal(engine_texts.NOT_YOURS)
    moving = essays.get(turn.conn, draft.moving)
    if moving is None or moving.state not in essays.HANDED_IN:  # returned or replaced since it was asked
        return Done(Reply(texts.REPLACED_MEANWHILE))
    essays.move(
        turn.conn,
        draft.moving,
        unit_id=unit,
        person_id=person,
        author=author,
        route=_route(turn, person),
        sender=turn.sender,
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
    before = uploads.essay_with(turn.conn, event.unique_id)
    if before is not None:
        return Refusal(texts.here_already(before, turn.world.zone))
    draft.photo = event.photo
    return files.receive(turn, draft, draft.files, event, _PAGES, step)


def hand_in(turn: Turn, draft: Draft) -> Outcome:
    if draft.unit is None or all(post.unit_id != draft.unit for post in turn.posts):
        return Refusal(engine_texts.NOT_YOURS)
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


def _missing(turn: Turn) -> list[Author]:
    """Who still owes one, in the units that the person acts for; the person too."""
    found: dict[int, Author] = {}
    for post in turn.acting_posts:
        for author in duties.missing_essays(turn.conn, turn.plan, post.unit_id, post.duty_level, turn.today):
            found.setdefault(author.person_id, author)
    return list(found.values())
