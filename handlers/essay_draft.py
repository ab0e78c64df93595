"""What is being handed in, while it is being handed in, and the questions that all its files share."""

from collections.abc import Sequence
from enum import StrEnum

from pydantic import BaseModel

from bot.engine.conversation import Conversation
from bot.engine.events import Event, Press
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import essays as texts
from bot.texts import say
from storage import uploads
from storage.accounts import Post


class Step(StrEnum):
    WHOSE = "whose"
    NAME = "name"
    FILES = "files"
    UNIT = "unit"
    TALLY = "tally"
    SESSION_UNIT = "session_unit"


class Draft(BaseModel):
    page: int = 0  # of the names or units shown
    person: int | None = None
    author: str | None = None
    unit: int | None = None
    files: list[int] = []  # uploads
    album: str | None = None  # the last one answered
    photo: bool = True  # whether the last file was one
    moving: int | None = None  # an essay handed in under the wrong name


flow = Conversation("essay", Draft, first=Step.WHOSE)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Bài thu hoạch của {draft.author}" if draft.author else "Bài thu hoạch"


@flow.on_cancel
def drop_files(turn: Turn, draft: Draft) -> None:
    uploads.drop(turn.conn, draft.files)


@flow.on_keep
def keep_files(found: Draft, fresh: Draft) -> None:
    found.files += fresh.files


def ask_unit_of(posts: Sequence[Post], draft: Draft, question: str) -> Reply:
    first = draft.page * texts.NAMES_A_PAGE
    shown = posts[first : first + texts.NAMES_A_PAGE]
    buttons = [Button(say.both_ends(post.unit_name), str(post.unit_id)) for post in shown]
    if len(posts) > texts.NAMES_A_PAGE:
        buttons.append(Button(texts.MORE_UNITS, "more"))
    return Reply(question, buttons)


def read_unit_of(posts: Sequence[Post], draft: Draft, event: Event) -> Post | None:
    """None: no unit was pressed; [Đơn vị khác ▸] turns the page."""
    if event == Press("more"):
        draft.page = (draft.page + 1) % -(-len(posts) // texts.NAMES_A_PAGE)
    return next((post for post in posts if event == Press(str(post.unit_id))), None)
