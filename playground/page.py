"""The page of phones: several people side by side, and a clock that can be moved."""

import asyncio
import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web
from jinja2 import Environment, PackageLoader, select_autoescape

from bot.clock import Clock
from playground.people import Person
from playground.server import BotApiServer

JUMPS = {
    "session": ("14/11/2018 · 18:59", datetime(2018, 11, 14, 18, 59)),  # noqa: DTZ001 - in the plan's zone
    "week": ("22/12/2018 · 07:29", datetime(2018, 12, 22, 7, 29)),  # noqa: DTZ001
    "last": ("29/12/2018 · 11:29", datetime(2018, 12, 29, 11, 29)),  # noqa: DTZ001
    "final": ("04/01/2019 · 11:29", datetime(2019, 1, 4, 11, 29)),  # noqa: DTZ001
}
UPLOAD_LIMIT = 60 * 1024 * 1024
_START_LINK = re.compile(r"https?://t\.me/\w+\?start=([\w-]+)")


@dataclass(frozen=True, slots=True)
class Phone:
    """`token`: an invite that its owner can press; None: nobody invited them."""

    person: Person
    title: str
    token: str | None


class Page:
    def __init__(self, server: BotApiServer, phones: list[Phone], clock: Clock) -> None:
        self._server = server
        self._phones = {phone.person.id: phone for phone in phones}
        self._clock = clock
        self._templates = Environment(loader=PackageLoader("playground"), autoescape=select_autoescape())

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/", self._index)
        app.router.add_get("/events", self._events)
        app.router.add_post("/act", self._act)
        app.router.add_post("/clock", self._jump)
        app.router.add_get("/content/{file}", self._content)
        app.router.add_get("/static/{name}", self._static)

    async def _index(self, _request: web.Request) -> web.Response:
        template = self._templates.get_template("phones.html")
        text = template.render(
            phones=list(self._phones.values()),
            jumps=[(key, label) for key, (label, _moment) in JUMPS.items()],
        )
        return web.Response(text=text, content_type="text/html")

    async def _static(self, request: web.Request) -> web.Response:
        kinds = {"phones.css": "text/css", "phones.js": "text/javascript"}
        name = request.match_info["name"]
        if name not in kinds:
            raise web.HTTPNotFound
        source, _name, _uptodate = self._templates.loader.get_source(self._templates, name)  # type: ignore[union-attr]
        return web.Response(text=source, content_type=kinds[name])

    async def _content(self, request: web.Request) -> web.Response:
        file = self._server.state.files.get(request.match_info["file"])
        if file is None:
            raise web.HTTPNotFound
        kind = (
            "image/jpeg"
            if file.name.lower().endswith((".jpg", ".jpeg", ".png"))
            else "application/octet-stream"
        )
        return web.Response(body=file.content, content_type=kind)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """What the phones show, whenever it changes, and the clock every second."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        )
        await response.prepare(request)
        shown: dict[int, str] = {}
        try:
            while True:
                await self._send(response, {"clock": self._clock.local().strftime("%d/%m/%Y · %H:%M:%S")})
                for chat_id in self._phones:
                    look = self._look(chat_id)
                    if shown.get(chat_id) != look:
                        shown[chat_id] = look
                        await response.write(f"data: {look}\n\n".encode())
                changed = self._server.state.changed
                try:
                    async with changed:
                        await asyncio.wait_for(changed.wait(), 1)
                except TimeoutError:
                    continue
        except (ConnectionResetError, asyncio.CancelledError):
            return response

    async def _send(self, response: web.StreamResponse, form: dict[str, Any]) -> None:
        await response.write(f"data: {json.dumps(form, ensure_ascii=False)}\n\n".encode())

    def _look(self, chat_id: int) -> str:
        chat = self._phones[chat_id].person.chat
        commands = chat.commands or self._server.state.commands
        form = {
            "chat": chat_id,
            "messages": list(chat.messages.values())[-60:],
            "keyboard": chat.keyboard,
            "commands": [(one["command"], one["description"]) for one in commands],
            "blocked": chat.blocked,
        }
        return json.dumps(form, ensure_ascii=False)

    async def _act(self, request: web.Request) -> web.Response:
        form = await request.post()
        phone = self._phones.get(int(str(form.get("chat", "0"))))
        if phone is None:
            raise web.HTTPNotFound
        person = phone.person
        match str(form.get("do", "")):
            case "say":
                text = _START_LINK.sub(r"/start \1", str(form.get("text", "")))
                if text.strip():
                    await person.says(text)
            case "press":
                message = person.chat.messages.get(int(str(form.get("message", "0"))))
                if message is not None:
                    await person.press_data(str(form.get("data", "")), message)
            case "contact":
                await person.shares_contact(person.phone)
            case "invite" if phone.token is not None:
                await person.says(f"/start {phone.token}")
            case "block":
                await (person.unblocks() if person.chat.blocked else person.blocks())
            case "file":
                upload = form.get("file")
                if isinstance(upload, web.FileField):
                    content = upload.file.read(UPLOAD_LIMIT)
                    if upload.content_type.startswith("image/"):
                        await person.sends_photo(content)
                    else:
                        await person.sends_document(content, upload.filename)
        return web.Response(status=204)

    async def _jump(self, request: web.Request) -> web.Response:
        to = str((await request.post()).get("to", ""))
        if to == "day":
            self._clock.jump(self._clock.now() + timedelta(days=1))
        elif to in JUMPS:
            self._clock.jump(JUMPS[to][1])
        await self._server.state.notify()
        return web.Response(status=204)
