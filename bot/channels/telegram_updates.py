"""A raw Telegram update, read into an `Incoming`.

The raw form is what a failed update is kept in and costs a fifth of building the library's objects.
"""

from datetime import UTC, datetime
from typing import Any

from telegram import Message

from bot.engine.events import (
    Command,
    Contact,
    Event,
    File,
    Incoming,
    Press,
    Reachability,
    Text,
    Unreadable,
    UnreadableKind,
)
from rules.names import nfc

CHANNEL = "telegram"
_FORMATS = {
    "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code",
    "pre", "text_link", "custom_emoji",
}  # fmt: skip
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
_KINDS = {
    "voice": UnreadableKind.VOICE,
    "audio": UnreadableKind.VOICE,
    "sticker": UnreadableKind.STICKER,
    "animation": UnreadableKind.STICKER,
    "video": UnreadableKind.VIDEO,
    "video_note": UnreadableKind.VIDEO,
    "location": UnreadableKind.LOCATION,
    "venue": UnreadableKind.LOCATION,
}


def read(raw: dict[str, Any], pressed_at: datetime) -> Incoming | None:
    """None: nothing to answer (a group, another bot, a kind that was not asked for)."""
    update_id: int = raw["update_id"]
    if "callback_query" in raw:
        query = raw["callback_query"]
        message = query.get("message") or {}
        return Incoming(
            update_id,
            CHANNEL,
            str(query["from"]["id"]),
            Press(query.get("data", "")),
            pressed_at,
            message_id=str(message["message_id"]) if "message_id" in message else None,
            query_id=query["id"],
        )
    if "my_chat_member" in raw:
        change = raw["my_chat_member"]
        if change["chat"]["type"] != "private":
            return None
        reachable = change["new_chat_member"]["status"] == "member"
        return Incoming(
            update_id, CHANNEL, str(change["chat"]["id"]), Reachability(reachable), _moment(change["date"])
        )
    edited = "edited_message" in raw
    message = raw.get("edited_message") or raw.get("message")
    if message is None or message["chat"]["type"] != "private":
        return None
    event = Unreadable(UnreadableKind.EDITED) if edited else _event(message)
    return Incoming(update_id, CHANNEL, str(message["chat"]["id"]), event, _moment(message["date"]))


def who_sent(raw: dict[str, Any]) -> tuple[str, str] | None:
    """The chat of an update that could not be read; None where even that cannot be found."""
    for kind in ("message", "callback_query"):
        sender = raw.get(kind, {}).get("from")
        if isinstance(sender, dict) and "id" in sender:
            return CHANNEL, str(sender["id"])
    return None


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _event(message: dict[str, Any]) -> Event:
    if "text" in message:
        return _text(nfc(message["text"]), _formatted(message, "entities"))
    caption = nfc(message.get("caption", ""))
    caption_html = _formatted(message, "caption_entities")
    if "photo" in message:
        largest = max(message["photo"], key=lambda size: size["width"] * size["height"])
        return File(
            largest["file_id"],
            largest["file_unique_id"],
            photo=True,
            size=largest.get("file_size"),
            caption=caption,
            caption_html=caption_html,
            album=message.get("media_group_id"),
        )
    if "document" in message and "animation" not in message:
        document = message["document"]
        return File(
            document["file_id"],
            document["file_unique_id"],
            photo=False,
            name=nfc(document.get("file_name", "")) or None,
            size=document.get("file_size"),
            caption=caption,
            caption_html=caption_html,
            album=message.get("media_group_id"),
        )
    if "contact" in message:
        contact = message["contact"]
        own = contact.get("user_id") == message["from"]["id"]
        return Contact(contact["phone_number"], own)
    return Unreadable(next((kind for key, kind in _KINDS.items() if key in message), UnreadableKind.OTHER))


def _formatted(message: dict[str, Any], key: str) -> str | None:
    """The text as HTML; None: it has no formatting."""
    if not any(entity.get("type") in _FORMATS for entity in message.get(key, ())):
        return None
    # The library's objects are dear and rarely needed.
    read = Message.de_json(message, None)
    return nfc(read.text_html if key == "entities" else read.caption_html)


def _text(text: str, html: str | None) -> Event:
    if not text.startswith("/") or len(text) < 2 or text[1].isspace():
        return Text(text, html)
    word, *args = text[1:].split(maxsplit=1)
    return Command(word.split("@")[0].lower(), args[0].strip() if args else "")
