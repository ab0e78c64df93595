"""Taking a file that somebody sends in a conversation: of which kinds, how many, how large; and showing it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.clock import wall
from bot.engine.conversation import Outcome, Refusal, Silent
from bot.engine.events import File
from bot.engine.replies import ALBUM_LIMIT, Media, Reply
from bot.engine.turn import Turn
from storage import uploads

LIMIT = 20 * 1024 * 1024  # bytes: what the messenger lets a bot download
PICTURES = (".jpg", ".jpeg", ".png", ".heic", ".webp")
PAPERS = (".pdf", ".doc", ".docx", *PICTURES)
OFFICE = (*PAPERS, ".ppt", ".pptx", ".xls", ".xlsx")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a step takes, and what it says to what it does not take."""

    suffixes: tuple[str, ...]  # a picture sent as such has no name and is always one
    most: int
    other_kind: str
    too_big: str
    too_many: str
    twice: str


class WithAlbum(Protocol):
    """A draft that remembers the album whose first file was answered."""

    album: str | None


def receive(
    turn: Turn, draft: WithAlbum, files: list[int], event: File, wanted: Wanted, then: StrEnum
) -> Outcome:
    """Take it and go on to `then`; the rest of an album is taken silently."""
    answered = event.album is not None and event.album == draft.album
    refusal = take(turn, files, event, wanted)
    if refusal is not None:
        return refusal
    draft.album = event.album
    return Silent() if answered else then


def take(turn: Turn, files: list[int], event: File, wanted: Wanted) -> Refusal | None:
    """Record it and put its upload's id into `files`."""
    if not event.photo and not (event.name or "").lower().endswith(wanted.suffixes):
        return Refusal(wanted.other_kind)
    if (event.size or 0) > LIMIT:
        return Refusal(wanted.too_big)
    if len(files) >= wanted.most:
        return Refusal(wanted.too_many)
    if uploads.has_one(turn.conn, files, event.unique_id):
        return Refusal(wanted.twice)
    upload_id = uploads.record(
        turn.conn,
        account_id=turn.account.id,
        conversation_id=turn.conversation_id,
        remote_id=event.remote_id,
        unique_id=event.unique_id,
        photo=event.photo,
        name=event.name,
        size=event.size,
        arrived=turn.arrived,
        wall=wall(),
    )
    files.append(upload_id)
    return None


def send_all(turn: Turn, subject: str, subject_id: int, caption: str) -> bool:
    """False: it has no file that could be sent. Pictures and documents cannot share one album."""
    files = [Media(one.remote_id, one.photo) for one in uploads.files_of(turn.conn, subject, subject_id)]
    for album in ([file for file in files if file.photo], [file for file in files if not file.photo]):
        for first in range(0, len(album), ALBUM_LIMIT):
            turn.say(Reply(caption, media=album[first : first + ALBUM_LIMIT]))
            caption = ""
    return bool(files)
