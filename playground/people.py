"""People as scripts: what somebody with a phone does, and what they then see.

await an.says("/baocao")
await an.presses("Đã tham gia")
await an.waits_for("Bao nhiêu đoàn viên")
"""

import asyncio
import time
from typing import Any

from playground.methods import describe_document, describe_photo
from playground.server import BotApiServer
from playground.state import Chat


class Person:
    def __init__(self, server: BotApiServer, chat_id: int, first_name: str, phone: str = "") -> None:
        self.server = server
        self.id = chat_id
        self.first_name = first_name
        self.phone = phone
        self.chat: Chat = server.state.chat(chat_id, first_name)
        self._seen_before: dict[int, Any] = {}

    # -- what they do

    async def says(self, text: str) -> None:
        entities = []
        if text.startswith("/"):
            entities = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        await self._sends({"text": text, **({"entities": entities} if entities else {})})

    async def presses(self, label: str, on: dict[str, Any] | None = None) -> None:
        for row in self.chat.keyboard if on is None else []:
            for key in row:
                if key["text"] == label:
                    if key.get("request_contact"):
                        await self.shares_contact(self.phone)
                    else:
                        await self.says(label)
                    return
        for message in [on] if on is not None else reversed(self.messages):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == label:
                        await self.press_data(button["callback_data"], message)
                        return
        raise AssertionError(f"no button {label!r}; now: {self.buttons}; last: {self.texts[-2:]}")

    async def press_data(self, data: str, message: dict[str, Any]) -> None:
        self._mark()
        content = {
            "id": f"{self.id}{self.server.state.next_id():010d}",
            "from": self._me(),
            "message": dict(message),
            "chat_instance": "1",
            "data": data,
        }
        await self.server.state.push("callback_query", content)

    async def sends_photo(self, content: bytes, *, caption: str = "", album: str | None = None) -> None:
        file = self.server.state.add_file(content, "photo.jpg")
        await self._sends(
            {
                "photo": describe_photo(file),
                **({"caption": caption} if caption else {}),
                **({"media_group_id": album} if album else {}),
            }
        )

    async def sends_document(self, content: bytes, name: str) -> None:
        await self._sends({"document": describe_document(self.server.state.add_file(content, name))})

    async def sends_again(self, message: dict[str, Any]) -> None:
        """Forward one's own message: the file keeps its identity."""
        await self._sends({key: message[key] for key in ("photo", "document", "text") if key in message})

    async def sends_voice(self) -> None:
        await self._sends({"voice": {"file_id": "voice", "file_unique_id": "voice", "duration": 3}})

    async def sends_sticker(self) -> None:
        await self._sends({"sticker": {"file_id": "sticker", "file_unique_id": "sticker", "emoji": "👍"}})

    async def shares_contact(self, phone: str, user_id: int | None = None) -> None:
        contact = {"phone_number": phone, "first_name": self.first_name, "user_id": user_id or self.id}
        await self._sends({"contact": contact})

    async def blocks(self) -> None:
        self.chat.blocked = True
        await self._membership("kicked")

    async def unblocks(self) -> None:
        self.chat.blocked = False
        await self._membership("member")

    # -- what they see

    @property
    def messages(self) -> list[dict[str, Any]]:
        """As they look now, edits applied."""
        return list(self.chat.messages.values())

    @property
    def texts(self) -> list[str]:
        """What the bot said."""
        return [
            message.get("text", message.get("caption", ""))
            for message in self.messages
            if message["from"].get("is_bot")
        ]

    @property
    def buttons(self) -> list[str]:
        """Of the newest keyboard."""
        for message in reversed(self.messages):
            rows = message.get("reply_markup", {}).get("inline_keyboard")
            if rows:
                return [button["text"] for row in rows for button in row]
        return [key["text"] for row in self.chat.keyboard for key in row]

    async def waits_for(self, *parts: str, timeout_s: float = 15) -> str:
        """Until one message, new or changed since this person last did something, has all the parts."""
        deadline = time.monotonic() + timeout_s
        while True:
            fresh = [
                message.get("text", message.get("caption", ""))
                for key, message in self.chat.messages.items()
                if message["from"].get("is_bot") and self._seen_before.get(key) != _look(message)
            ]
            for text in reversed(fresh):
                if all(part in text for part in parts):
                    return str(text)
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(f"{parts} did not come; new: {fresh}; last: {self.texts[-2:]}")
            changed = self.server.state.changed
            try:
                async with changed:
                    await asyncio.wait_for(changed.wait(), min(left, 1))
            except TimeoutError:
                continue

    def _mark(self) -> None:
        self._seen_before = {key: _look(message) for key, message in self.chat.messages.items()}

    def _me(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": self.first_name, "language_code": "vi"}

    async def _sends(self, content: dict[str, Any]) -> None:
        self._mark()
        self.chat.started = True
        state = self.server.state
        message = {
            "message_id": state.next_id(),
            "from": self._me(),
            "chat": {"id": self.id, "type": "private", "first_name": self.first_name},
            "date": int(state.now().timestamp()),
            **content,
        }
        self.chat.messages[message["message_id"]] = message
        await state.push("message", message)

    async def _membership(self, status: str) -> None:
        state = self.server.state
        member = {"user": state.bot, "status": status}
        content = {
            "chat": {"id": self.id, "type": "private"},
            "from": self._me(),
            "date": int(state.now().timestamp()),
            "old_chat_member": member,
            "new_chat_member": member,
        }
        await state.push("my_chat_member", content)


def _look(message: dict[str, Any]) -> tuple[Any, ...]:
    return (
        message.get("text"),
        message.get("caption"),
        message.get("edit_date"),
        str(message.get("reply_markup")),
    )
