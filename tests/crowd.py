"""Many people at once over the local server, cheaply: each waits for their own chat alone."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from playground.server import BotApiServer
from playground.state import Call

SHOWS = ("sendMessage", "editMessageText")


@dataclass(frozen=True, slots=True)
class Act:
    """Say or press something, then wait for a message that has `then` in it."""

    then: str
    says: str | None = None
    presses: str | None = None


REPORT: Sequence[Act] = (
    Act("đã tham gia", says="/baocao"),
    Act("Học ngày nào?", presses="Đã tham gia"),
    Act("Bao nhiêu đoàn viên", presses="Hôm nay"),
    Act("có mặt đủ không?", says="45/50"),
    Act("Đoàn viên: 45/50", presses="Đủ cả 3"),
    Act("Đã nhận báo cáo", presses="Gửi báo cáo"),
)


class NoAnswer(AssertionError):
    pass


@dataclass
class Crowd:
    server: BotApiServer
    waiting: dict[int, asyncio.Event] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)  # seconds

    def __post_init__(self) -> None:
        self.server.state.watch = self._told

    def _told(self, call: Call) -> None:
        if call.method in SHOWS and call.outcome == 200:
            event = self.waiting.get(int(call.params["chat_id"]))
            if event is not None:
                event.set()

    async def person(self, chat_id: int, acts: Sequence[Act], *, patience_s: float, tries: int = 1) -> None:
        """`tries`: how often somebody repeats what was not answered, as a person would."""
        for act in acts:
            for attempt in range(tries):
                if await self._do(chat_id, act, patience_s):
                    break
                if attempt == tries - 1:
                    raise NoAnswer(f"{chat_id}: {act}; shows {self._last(chat_id)[-300:]}")

    async def _do(self, chat_id: int, act: Act, patience_s: float) -> bool:
        self.server.state.chat(chat_id, "An")
        event = self.waiting.setdefault(chat_id, asyncio.Event())
        event.clear()
        began = time.monotonic()
        await self._send(chat_id, act)
        while time.monotonic() - began < patience_s:
            if self._shows(chat_id, act.then):
                self.latencies.append(time.monotonic() - began)
                return True
            try:
                await asyncio.wait_for(event.wait(), patience_s - (time.monotonic() - began))
            except TimeoutError:
                break
            event.clear()
        return self._shows(chat_id, act.then)

    def _shows(self, chat_id: int, part: str) -> bool:
        """On the screen: after a crash the last question may stand there twice, below its answer."""
        messages = list(self.server.state.chats[chat_id].messages.values())
        return any(
            part in message.get("text", "") for message in messages[-4:] if message["from"].get("is_bot")
        )

    def _last(self, chat_id: int) -> str:
        for message in reversed(self.server.state.chats[chat_id].messages.values()):
            if message["from"].get("is_bot"):
                return str(message.get("text", ""))
        return ""

    async def _send(self, chat_id: int, act: Act) -> None:
        state = self.server.state
        chat = state.chats[chat_id]
        chat.started = True
        sender = {"id": chat_id, "is_bot": False, "first_name": "An"}
        if act.presses is not None:
            message, data = self._button(chat_id, act.presses)
            content = {
                "id": f"{chat_id}{state.next_id():09d}",
                "from": sender,
                "message": message,
                "data": data,
            }
            await state.push("callback_query", {**content, "chat_instance": "1"})
            return
        text = act.says or ""
        number = state.next_id()
        sent: dict[str, Any] = {
            "message_id": number,
            "from": sender,
            "chat": {"id": chat_id, "type": "private"},
            "date": int(state.now().timestamp()),
            "text": text,
        }
        if text.startswith("/"):
            sent["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        chat.messages[number] = sent
        await state.push("message", sent)

    def _button(self, chat_id: int, label: str) -> tuple[dict[str, object], str]:
        for message in reversed(self.server.state.chats[chat_id].messages.values()):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == label:
                        return dict(message), button["callback_data"]
        raise NoAnswer(f"{chat_id}: no button {label}; shows {self._last(chat_id)}")
