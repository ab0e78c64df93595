"""People as scripts: what somebody with a phone does, and what they then see.

await an.says("/baocao")
await an.presses("Đã tham gia")
await an.waits_for("Bao nhiêu đoàn viên")
"""

import re
import time
from typing import Any

from playground.media import describe_document, describe_photo, guess_mime
from playground.server import BotApiServer
from playground.state import Chat

Message = dict[str, Any]

START_LINK = re.compile(r"https?://(?:t\.me|telegram\.me)/\w+\?start=([\w-]{1,64})")
WAITS_S = 15.0


class Person:
    """`known`: the bot may write first, as to somebody who pressed start long ago."""

    def __init__(
        self, server: BotApiServer, chat_id: int, first_name: str, phone: str = "", *, known: bool = False
    ) -> None:
        self.server = server
        self.id = chat_id
        self.first_name = first_name
        self.phone = phone
        self.chat: Chat = server.state.chat(chat_id, first_name)
        self.chat.started = self.chat.started or known
        self._mark = 0  # the chat's last change when this person last did something

    # -- what they do

    async def says(self, text: str) -> None:
        """A text or a command; "/start TOKEN" is what a deep link sends."""
        content: Message = {"text": text}
        if re.match(r"/\w", text):
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        await self._sends(content)

    async def opens(self, link: str) -> None:
        """Follow an invite, https://t.me/<bot>?start=TOKEN."""
        found = START_LINK.fullmatch(link.strip())
        if found is None:
            raise AssertionError(f"not a link to the bot: {link!r}")
        await self.says(f"/start {found[1]}")

    async def presses(self, label: str, on: Message | None = None) -> None:
        """A button by its label: below the text field, else of the newest message that shows it.

        `on`: an old message, as it was when its keyboard was still there.
        """
        if on is None:
            for key in (key for row in self.chat.keyboard for key in row):
                if key["text"] == label:
                    await self.press_key(key)
                    return
        for message in [on] if on is not None else reversed(self.messages):
            for button in _buttons(message):
                if button["text"] == label:
                    await self._press(button, message)
                    return
        raise AssertionError(f"no button {label!r}; now: {self.buttons}; last: {self.texts[-2:]}")

    async def press_key(self, key: Message) -> None:
        """A key below the text field; a keyboard for one use is then gone."""
        if self.chat.keyboard_once:
            self.chat.keyboard, self.chat.keyboard_once = [], False
        if key.get("request_contact"):
            await self.shares_contact(self.phone)
        else:
            await self.says(key["text"])

    async def _press(self, button: Message, message: Message) -> None:
        if "callback_data" in button:
            await self.press_data(button["callback_data"], message)
        else:
            await self.opens(button["url"])

    async def press_data(self, data: str, message: Message) -> None:
        self._has_acted()
        content = {
            "id": f"{self.id}{self.server.state.next_id():010d}",
            "from": self._me(),
            "message": dict(message),
            "chat_instance": "1",
            "data": data,
        }
        await self.server.state.push("callback_query", content)

    async def sends_photo(self, content: bytes, *, caption: str = "", album: str | None = None) -> Message:
        """`album`: the same for all pictures that were sent together."""
        photo = describe_photo(self.server.state.add_file(content, "photo.jpg", "image/jpeg"))
        return await self._sends_file({"photo": photo}, caption, album)

    async def sends_document(
        self,
        content: bytes,
        name: str,
        mime: str | None = None,
        *,
        caption: str = "",
        album: str | None = None,
    ) -> Message:
        """`mime`: None guesses by the name, as phones do."""
        file = self.server.state.add_file(content, name, mime or guess_mime(name))
        return await self._sends_file({"document": describe_document(file)}, caption, album)

    async def sends_again(self, message: Message) -> Message:
        """Forward one's own message: the file keeps its identity."""
        kept = ("photo", "document", "text", "caption", "entities", "caption_entities")
        return await self._sends({key: message[key] for key in kept if key in message})

    async def sends_voice(self) -> Message:
        file = {"file_id": "voice", "file_unique_id": "voice", "duration": 3, "mime_type": "audio/ogg"}
        return await self._sends({"voice": file})

    async def sends_sticker(self) -> Message:
        file = {"file_id": "sticker", "file_unique_id": "sticker", "emoji": "👍", "type": "regular"}
        look = {"width": 512, "height": 512, "is_animated": False, "is_video": False}
        return await self._sends({"sticker": {**file, **look}})

    async def shares_contact(self, phone: str | None = None, user_id: int | None = None) -> Message:
        """One's own number, unless it is given with somebody else's `user_id`."""
        contact = {"phone_number": phone or self.phone, "first_name": self.first_name}
        return await self._sends({"contact": {**contact, "user_id": user_id or self.id}})

    async def edits(self, message: Message, text: str) -> None:
        """Change one's own message after it was sent."""
        self._has_acted()
        state = self.server.state
        message["text"] = text
        message["edit_date"] = int(state.now().timestamp())
        await state.push("edited_message", dict(message))
        state.show(self.chat, message["message_id"])

    async def blocks(self) -> None:
        self.chat.blocked = True
        await self._membership("member", "kicked")

    async def unblocks(self) -> None:
        self.chat.blocked = False
        await self._membership("kicked", "member")

    # -- what they see

    @property
    def messages(self) -> list[Message]:
        """As they look now, edits applied."""
        return list(self.chat.messages.values())

    @property
    def last(self) -> Message:
        """The bot's newest message."""
        for message in reversed(self.messages):
            if message["from"]["is_bot"]:
                return message
        raise AssertionError(f"the bot has not written to {self.first_name}")

    @property
    def texts(self) -> list[str]:
        """What the bot said."""
        return [_text(message) for message in self.messages if message["from"]["is_bot"]]

    @property
    def buttons(self) -> list[str]:
        """Of the newest keyboard."""
        for message in reversed(self.messages):
            if labels := [button["text"] for button in _buttons(message)]:
                return labels
        return [key["text"] for row in self.chat.keyboard for key in row]

    @property
    def toasts(self) -> list[str]:
        """The short texts with which presses were answered."""
        return self.chat.toasts

    @property
    def fresh(self) -> list[str]:
        """What the bot said anew or changed since this person last did something."""
        touched = self.chat.touched
        return [
            _text(message)
            for key, message in self.chat.messages.items()
            if message["from"]["is_bot"] and touched.get(key, 0) > self._mark
        ]

    async def waits_for(self, *parts: str, timeout_s: float = WAITS_S) -> str:
        """Until one message, new or changed since this person last did something, has all the parts."""
        deadline = time.monotonic() + timeout_s
        while True:
            for text in reversed(self.fresh):
                if all(part in text for part in parts):
                    return text
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(f"{parts} did not come; new: {self.fresh}; last: {self.texts[-2:]}")
            await self.chat.changed.wait(left)

    async def sees(self, *parts: str, timeout_s: float = WAITS_S) -> bool:
        """As `waits_for`, but the parts may stand in different messages."""
        for part in parts:
            await self.waits_for(part, timeout_s=timeout_s)
        return True

    async def waits_for_toast(self, part: str, timeout_s: float = WAITS_S) -> str:
        deadline = time.monotonic() + timeout_s
        while not (self.toasts and part in self.toasts[-1]):
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(f"{part!r} did not come; toasts: {self.toasts[-3:]}")
            await self.chat.changed.wait(left)
        return self.toasts[-1]

    # -- underneath

    def _has_acted(self) -> None:
        self._mark = self.chat.changes

    def _me(self) -> Message:
        return {"id": self.id, "is_bot": False, "first_name": self.first_name, "language_code": "vi"}

    async def _sends_file(self, file: Message, caption: str, album: str | None) -> Message:
        if caption:
            file["caption"] = caption
        if album:
            file["media_group_id"] = album
        return await self._sends(file)

    async def _sends(self, content: Message) -> Message:
        chat, state = self.chat, self.server.state
        self._has_acted()
        chat.started = True
        message_id = state.next_id()
        message = {
            "message_id": message_id,
            "from": self._me(),
            "chat": {"id": self.id, "type": "private", "first_name": self.first_name},
            "date": int(state.now().timestamp()),
            **content,
        }
        chat.messages[message_id] = message
        await state.push("message", message)
        state.show(chat, message_id)
        return message

    async def _membership(self, old: str, new: str) -> None:
        state = self.server.state

        def member(status: str) -> Message:
            return {"user": state.bot, "status": status, **({"until_date": 0} if status == "kicked" else {})}

        content = {
            "chat": {"id": self.id, "type": "private", "first_name": self.first_name},
            "from": self._me(),
            "date": int(state.now().timestamp()),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        }
        await state.push("my_chat_member", content)
        state.notify(self.chat)


def _buttons(message: Message) -> list[Message]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def _text(message: Message) -> str:
    return str(message.get("text", message.get("caption", "")))
