"""The page of phones: several people side by side, and a clock that can be moved."""

import contextlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from typing import Any
from urllib.parse import quote

from aiohttp import web
from jinja2 import Environment, PackageLoader, select_autoescape

from bot.clock import Clock
from playground import menus
from playground.media import find, guess_mime
from playground.people import START_LINK, Message, Person
from playground.server import BotApiServer

# Key, label, what is to be seen then; times are in the plan's zone.
JUMPS = (
    ("14/11/2018 07:30", "Ngày cuối của cấp huyện", datetime(2018, 11, 14, 7, 30)),  # noqa: DTZ001
    ("14/11/2018 19:00", "Nhắc chi đoàn sau hội nghị", datetime(2018, 11, 14, 19)),  # noqa: DTZ001
    ("22/12/2018 07:30", "Còn 7 ngày", datetime(2018, 12, 22, 7, 30)),  # noqa: DTZ001
    ("29/12/2018 11:30", "Ngày cuối của chi đoàn", datetime(2018, 12, 29, 11, 30)),  # noqa: DTZ001
    ("04/01/2019 07:30", "Ngày cuối của báo cáo huyện", datetime(2019, 1, 4, 7, 30)),  # noqa: DTZ001
)
SHOWN = 60
# What a browser may show in place; anything else is saved, never run.
INLINE = {"image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf"}
ASSETS = {"phones.css": "text/css", "phones.js": "text/javascript"}


@dataclass(frozen=True, slots=True)
class Phone:
    """`token`: an invite that its owner can press; None: nobody invited them. `note`: a hint in plain text."""

    person: Person
    title: str
    token: str | None = None
    note: str = ""


class Page:
    def __init__(self, server: BotApiServer, phones: list[Phone], clock: Clock) -> None:
        self._server = server
        self._phones = {phone.person.id: phone for phone in phones}
        self._clock = clock
        self._jumps = {label: moment for label, _what, moment in JUMPS}
        self._templates = Environment(loader=PackageLoader("playground"), autoescape=select_autoescape())

    def add_to(self, app: web.Application) -> None:
        """Before the server is started."""
        app.router.add_get("/", self._index)
        app.router.add_get("/events", self._events)
        app.router.add_post("/act", self._act)
        app.router.add_post("/clock", self._jump)
        app.router.add_get("/content/{file}", self._content)
        app.router.add_get("/static/{name}", self._asset)

    async def _index(self, _request: web.Request) -> web.Response:
        text = self._templates.get_template("phones.html").render(
            phones=list(self._phones.values()), jumps=JUMPS, bot=self._server.state.bot
        )
        return web.Response(text=text, content_type="text/html")

    async def _asset(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in ASSETS:
            raise web.HTTPNotFound
        text = (resources.files("playground") / "templates" / name).read_text(encoding="utf-8")
        return web.Response(text=text, content_type=ASSETS[name])

    async def _content(self, request: web.Request) -> web.Response:
        file = find(self._server.state, request.match_info["file"])
        if file is None:
            raise web.HTTPNotFound
        mime = file.mime if file.mime in INLINE else "application/octet-stream"
        how = "inline" if mime in INLINE else "attachment"
        headers = {
            "Content-Type": mime,
            "Content-Disposition": f"{how}; filename*=UTF-8''{quote(file.name)}",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "max-age=3600",
        }
        return web.Response(body=file.content, headers=headers)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """What the phones show, whenever it changes, and the clock every second."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        )
        await response.prepare(request)
        shown: dict[int, str] = {}
        with contextlib.suppress(ConnectionResetError):
            while True:
                clock = {"clock": self._clock.local().strftime("%d/%m/%Y · %H:%M:%S")}
                await response.write(f"data: {json.dumps(clock, ensure_ascii=False)}\n\n".encode())
                for chat_id in self._phones:
                    look = json.dumps(self._look(chat_id), ensure_ascii=False)
                    if shown.get(chat_id) != look:
                        shown[chat_id] = look
                        await response.write(f"data: {look}\n\n".encode())
                await self._server.state.changed.wait(1)
        return response

    def _look(self, chat_id: int) -> dict[str, Any]:
        chat = self._phones[chat_id].person.chat
        return {
            "chat": chat_id,
            "messages": list(chat.messages.values())[-SHOWN:],
            "keyboard": chat.keyboard,
            "commands": menus.shown_to(self._server.state, chat_id),
            "toasts": len(chat.toasts),
            "toast": chat.toasts[-1] if chat.toasts else "",
            "blocked": chat.blocked,
        }

    async def _act(self, request: web.Request) -> web.Response:
        """One thing that the owner of a phone does: `do` says what."""
        _own_page_only(request)
        form = await request.post()

        def field(name: str) -> str:
            value = form.get(name, "")
            return value if isinstance(value, str) else ""

        phone = self._phones.get(_number(field("chat")))
        if phone is None:
            raise web.HTTPNotFound
        person = phone.person
        match field("do"):
            case "say":
                await self._say(person, field("text"))
            case "press":
                message = person.chat.messages.get(_number(field("message")))
                if message is not None and field("data"):
                    await person.press_data(field("data"), message)
            case "key":
                await self._press_key(person, field("text"))
            case "contact":
                await person.shares_contact()
            case "invite" if phone.token is not None:
                await person.says(f"/start {phone.token}")
            case "block":
                await (person.unblocks() if person.chat.blocked else person.blocks())
            case "file":
                await self._send_file(person, form.get("file"), field("album"))
            case _:
                raise web.HTTPBadRequest
        return web.Response(status=204)

    async def _say(self, person: Person, text: str) -> None:
        text = text.strip()
        if START_LINK.fullmatch(text):
            await person.opens(text)
        elif text:
            await person.says(text)

    async def _press_key(self, person: Person, label: str) -> None:
        keys: list[Message] = [key for row in person.chat.keyboard for key in row if key["text"] == label]
        if keys:
            await person.press_key(keys[0])

    async def _send_file(self, person: Person, upload: Any, album: str) -> None:
        """Pictures go as photos, as phones send them."""
        if not isinstance(upload, web.FileField):
            raise web.HTTPBadRequest
        content = upload.file.read()
        if upload.content_type in ("image/jpeg", "image/png"):
            await person.sends_photo(content, album=album or None)
        else:
            mime = upload.content_type or guess_mime(upload.filename)
            await person.sends_document(content, upload.filename, mime)

    async def _jump(self, request: web.Request) -> web.Response:
        _own_page_only(request)
        to = str((await request.post()).get("to", ""))
        if to == "day":
            self._clock.jump(self._clock.now() + timedelta(days=1))
        elif to in self._jumps:
            self._clock.jump(self._jumps[to])
        else:
            raise web.HTTPBadRequest
        self._server.state.changed.set()
        return web.Response(status=204)


def _own_page_only(request: web.Request) -> None:
    """Another site that is open in the same browser must not act for these people."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        raise web.HTTPForbidden


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
