"""Telegram: python-telegram-bot's client on aiohttp, and what its refusals mean for the outbox."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from telegram import Bot, InputFile, InputMediaPhoto
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.http import READ_S, AioHttpRequest, NeverLeft
from bot.channels.outcome import Fate, Outcome
from bot.channels.telegram_updates import ALLOWED

POLL_S = 25
GONE = ("chat not found", "user is deactivated", "peer_id_invalid")
CANNOT_EDIT = ("message to edit not found", "message can't be edited", "message_id_invalid")


class TelegramClient(Bot):
    """The library's bot, with its calls made by name: what goes out is data of the outbox already."""

    def __init__(self, token: str, api_url: str) -> None:
        # Otherwise every RetryAfter that is looked at warns about its own future.
        os.environ.setdefault("PTB_TIMEDELTA", "1")
        http, polling = AioHttpRequest(), AioHttpRequest()
        super().__init__(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=http,
            get_updates_request=polling,
        )
        self._layers = (http, polling)

    async def open(self) -> None:
        """Unlike the library's `initialize`, without asking who the bot is: the first answer comes sooner."""
        self._loop = asyncio.get_running_loop()
        for layer in self._layers:
            await layer.initialize()

    async def shut(self) -> None:
        for layer in self._layers:
            await layer.shutdown()

    async def call(self, method: str, read_timeout: float | None = None, **params: Any) -> Any:
        """Raises telegram.error.TelegramError."""
        return await self._post(method, params, read_timeout=READ_S if read_timeout is None else read_timeout)

    def call_from_thread(self, method: str, read_timeout: float | None = None, **params: Any) -> Any:
        """The same for work in a thread of its own; not for the event loop's. Raises TelegramError."""
        return asyncio.run_coroutine_threadsafe(
            self.call(method, read_timeout, **params), self._loop
        ).result()

    async def poll(self, offset: int | None) -> list[dict[str, Any]]:
        """Wait for updates; everything below `offset` is acknowledged by it."""
        raws: list[dict[str, Any]] = await self.call(
            "getUpdates",
            read_timeout=POLL_S + 10,
            timeout=POLL_S,
            limit=100,
            allowed_updates=ALLOWED,
            **({} if offset is None else {"offset": offset}),
        )
        return raws

    @asynccontextmanager
    async def download(self, remote_id: str) -> AsyncIterator[aiohttp.StreamReader]:
        """The content of a file. Raises TelegramError (BadRequest "file is too big")."""
        found = await self.call("getFile", file_id=remote_id)
        address = f"{self.base_file_url}/{found['file_path']}"
        timeout = aiohttp.ClientTimeout(total=300, sock_connect=10, sock_read=60)
        try:
            async with self._layers[0].session.get(address, timeout=timeout) as answer:
                if answer.status != 200:
                    raise NetworkError(f"file: HTTP {answer.status}")
                yield answer.content
        except (aiohttp.ClientError, TimeoutError) as error:
            raise NetworkError(type(error).__name__) from None


class TelegramChannel:
    """Delivers outbox payloads (their form: `bot.engine.replies.payload`)."""

    def __init__(self, client: TelegramClient, data_dir: Path) -> None:
        self._client = client
        self._data_dir = data_dir

    async def deliver(self, address: str, form: dict[str, Any]) -> Outcome:
        said: Any = None
        try:
            if "menu" in form:
                await self._set_menu(address, form["menu"])
            elif "picture" in form and "replace" in form:
                said = await self._edit_picture(address, form)
            elif "document" in form or "picture" in form:
                said = await self._send_file(address, form)
            elif "media" in form:
                said = await self._send_media(address, form)
            elif "replace" in form:
                said = await self._edit(address, form)
            else:
                said = await self._send(address, form)
        except TelegramError as error:
            return fate_of(error)
        return Outcome(Fate.SENT, message_id=_message_id(said))

    async def acknowledge(self, query_id: str) -> None:
        """Stop the button's little clock; best effort, the answer itself is a message."""
        try:
            await self._client.call("answerCallbackQuery", read_timeout=5, callback_query_id=query_id)
        except TelegramError:
            return

    async def _send(self, address: str, form: dict[str, Any]) -> Any:
        return await self._client.call("sendMessage", **_text(form), chat_id=address, **_markup(form))

    async def _edit(self, address: str, form: dict[str, Any]) -> Any:
        return await self._replace(address, form, "editMessageText", _text(form))

    async def _edit_picture(self, address: str, form: dict[str, Any]) -> Any:
        """Another picture of this machine in the place of the one that the message has."""
        file = InputFile((self._data_dir / form["picture"]).read_bytes(), filename="picture.png", attach=True)
        media = InputMediaPhoto(file, **_caption(form))
        return await self._replace(address, form, "editMessageMedia", {"media": media})

    async def _replace(self, address: str, form: dict[str, Any], method: str, content: dict[str, Any]) -> Any:
        try:
            return await self._client.call(
                method, **content, chat_id=address, message_id=int(form["replace"]), **_markup(form)
            )
        except BadRequest as error:
            why = error.message.lower()
            if "not modified" in why:
                return None
            if not any(reason in why for reason in CANNOT_EDIT):
                raise
            if form.get("edit_only"):
                return None
            return await (self._send_file if "picture" in form else self._send)(address, form)

    async def _send_file(self, address: str, form: dict[str, Any]) -> Any:
        """A file of this machine."""
        kind = "document" if "document" in form else "photo"
        path, name = form["document"] if kind == "document" else (form["picture"], None)
        file = InputFile((self._data_dir / path).read_bytes(), filename=name or Path(path).name)
        method = "sendDocument" if kind == "document" else "sendPhoto"
        params: dict[str, Any] = {kind: file, **_caption(form), **_markup(form)}
        return await self._client.call(method, chat_id=address, **params)

    async def _send_media(self, address: str, form: dict[str, Any]) -> Any:
        """What the messenger has already."""
        media = [("photo" if photo else "document", remote_id) for remote_id, photo in form["media"]]
        if len(media) == 1:
            kind, remote_id = media[0]
            method = "sendPhoto" if kind == "photo" else "sendDocument"
            params = {kind: remote_id, **_caption(form), **_markup(form)}
            return await self._client.call(method, chat_id=address, **params)
        album = [{"type": kind, "media": remote_id} for kind, remote_id in media]
        album[0].update(_caption(form))
        return await self._client.call("sendMediaGroup", chat_id=address, media=album)

    async def _set_menu(self, address: str, entries: Sequence[Sequence[str]]) -> None:
        await self._client.call(
            "setMyCommands",
            commands=[{"command": name, "description": what} for name, what in entries],
            scope={"type": "chat", "chat_id": int(address)},
        )


def _message_id(said: Any) -> str | None:
    """Of the message that a call answered with, or the first of an album."""
    first = said[0] if isinstance(said, list) and said else said
    return str(first["message_id"]) if isinstance(first, dict) and "message_id" in first else None


def _text(form: dict[str, Any]) -> dict[str, Any]:
    return {"text": form["text"], "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def _caption(form: dict[str, Any]) -> dict[str, Any]:
    return {"caption": form["text"], "parse_mode": "HTML"} if form["text"] else {}


def _markup(form: dict[str, Any]) -> dict[str, Any]:
    if "contact" in form:
        key = {"text": form["contact"], "request_contact": True}
        return {"reply_markup": {"keyboard": [[key]], "resize_keyboard": True, "one_time_keyboard": True}}
    if "rows" in form:
        keyboard = [[{"text": label, "callback_data": data} for label, data in row] for row in form["rows"]]
        return {"reply_markup": {"inline_keyboard": keyboard}}
    if form.get("unkeyboard"):
        return {"reply_markup": {"remove_keyboard": True}}
    return {}


def fate_of(error: TelegramError) -> Outcome:
    """What a refusal means for the row; the reason never holds the token."""
    match error:
        case RetryAfter():
            after = error.retry_after
            seconds = after.total_seconds() if not isinstance(after, int | float) else float(after)
            return Outcome(Fate.RETRY, "429", seconds)
        case Forbidden():
            return Outcome(Fate.UNREACHABLE, error.message)
        case InvalidToken() | Conflict():
            return Outcome(Fate.BOT_PAUSED, type(error).__name__)
        case ChatMigrated():
            return Outcome(Fate.FAILED, "chat migrated")
        case BadRequest() if any(reason in error.message.lower() for reason in GONE):
            return Outcome(Fate.UNREACHABLE, error.message)
        case BadRequest():
            return Outcome(Fate.FAILED, error.message)
        case NeverLeft():
            return Outcome(Fate.RETRY, error.message)
        case TimedOut():
            return Outcome(Fate.UNKNOWN, "timed out")
        case _:
            return Outcome(Fate.UNKNOWN, error.message)
