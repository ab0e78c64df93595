"""One conversation's row, its draft and its present question."""

from collections.abc import Sequence
from enum import Enum, auto
from typing import Any

from pydantic import BaseModel, ValidationError

from bot import callbacks
from bot.engine.conversation import Conversation
from bot.engine.events import Event, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import engine as texts
from rules.names import fold
from rules.rights import is_above
from storage import accounts, conversations
from storage.accounts import Post
from storage.conversations import Row


def as_press(turn: Turn, flow: Conversation[Any], live: Row, draft: BaseModel, text: Text) -> Event:
    """A label that was typed instead of pressed (a keyboard scrolled away, an old phone)."""
    if not any(letter.isalpha() for letter in text.text) or len(text.text) > 40:
        return text
    wanted = fold(text.text).strip()
    reply = question(turn, flow, live, draft)
    for button in (*reply.buttons, *added_buttons(live, reply.buttons)):
        if button.choice and wanted == fold(button.label).strip("⬅️✖ "):
            return Press(button.choice)
    return text


def theirs(turn: Turn, flow: Conversation[Any], posts: Sequence[Post], unit_id: int) -> bool:
    """Whether whoever holds these positions may go on with this work for the unit."""
    if any(post.unit_id == unit_id for post in posts):
        return True
    return flow.for_superiors and is_above(turn.plan, posts, turn.unit(unit_id).path)


def left_behind(turn: Turn, unit_id: int | None, flow: Conversation[Any]) -> Row | None:
    """A draft of this work that was parked, or that a predecessor had under way when their office ended.

    What somebody above the unit writes about it is theirs alone, and the unit's own is not for them; what is
    of no unit is the account's own.
    """
    if flow.open_to_strangers:
        return None
    if unit_id is None:
        return conversations.parked_own(turn.conn, turn.account.id, flow.name)
    within = any(post.unit_id == unit_id for post in turn.posts)
    for parked in conversations.parked(turn.conn, unit_id, flow.name):
        own = parked.person_id == turn.account.person_id
        if own or (within and _writer(turn, parked, unit_id) is not _Writer.ABOVE):
            return parked
    if not within:
        return None
    for other in conversations.live_of_others(turn.conn, unit_id, flow.name, turn.account.id):
        if other.trail and _writer(turn, other, unit_id) is _Writer.GONE:
            return other
    return None


class _Writer(Enum):
    WITHIN = auto()
    ABOVE = auto()
    GONE = auto()


def _writer(turn: Turn, row: Row, unit_id: int) -> _Writer:
    """Where the draft's writer stands today, seen from the unit."""
    posts = accounts.posts(turn.conn, row.person_id, turn.today) if row.person_id else ()
    if any(post.unit_id == unit_id for post in posts):
        return _Writer.WITHIN
    return _Writer.ABOVE if is_above(turn.plan, posts, turn.unit(unit_id).path) else _Writer.GONE


def question(turn: Turn, flow: Conversation[Any], live: Row, draft: BaseModel) -> Reply:
    if live.pending is None:
        return flow.ask[live.step](turn, draft)
    title = flow.title(turn, draft)
    if "fresh" in live.pending:
        return Reply(
            texts.draft_found(title),
            [Button(texts.KEEP, callbacks.KEEP), Button(texts.START_OVER, callbacks.NEW)],
        )
    return Reply(
        texts.draft_waits(title), [Button(texts.KEEP, callbacks.KEEP), Button(texts.NEW, callbacks.NEW)]
    )


def added_buttons(live: Row, buttons: Sequence[Button]) -> list[Button]:
    """Quay lại and Huỷ, where the step has not got them itself."""
    if live.pending is not None:
        return []
    present = {button.choice for button in buttons}
    added = []
    if live.trail and callbacks.BACK not in present:
        added.append(Button(texts.BACK, callbacks.BACK))
    if callbacks.CANCEL not in present:
        added.append(Button(texts.CANCEL, callbacks.CANCEL))
    return added


def read_draft(flow: Conversation[Any], row: Row) -> BaseModel | None:
    """None: an older or newer program wrote it."""
    if row.step not in flow.ask:
        return None
    try:
        draft: BaseModel = flow.draft.model_validate(row.draft)
    except ValidationError:
        return None
    return draft


def finish(turn: Turn, row: Row) -> None:
    row.finished_at = row.updated_at = turn.now
    conversations.save(turn.conn, row)
