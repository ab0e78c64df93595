"""A local Bot API server: what `make run` talks to without a token, and what the tests drive the bot with."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import web

from playground import media
from playground.faults import DOWNLOAD, Fault, Faults, Order
from playground.methods import METHODS
from playground.parameters import ApiError, Params, bad, list_of
from playground.polling import Polling
from playground.state import CALLS_KEPT, Call, State
from playground.webhook import Webhook

BODY_LIMIT = 60 * 1024 * 1024
LIMITED = ("send", "copy", "edit")


@dataclass(slots=True)
class RateLimits:
    """Messages a second, over all chats and to one; None: no limit."""

    per_second: float | None = None
    per_chat: float | None = None


class BotApiServer:
    """`now` stamps the messages. Loopback only; port 0 takes a free one."""

    def __init__(
        self, token: str, now: Callable[[], datetime], port: int = 0, *, calls_kept: int = CALLS_KEPT
    ) -> None:
        self.state = State(token, now, calls_kept)
        self.faults = Faults()
        self.limits = RateLimits()
        self.webhook = Webhook(self.state)
        self.app = web.Application(client_max_size=BODY_LIMIT)
        self.app.router.add_route("*", "/bot{token}/{method}", self._call)
        self.app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self._polling = Polling(self.state, self.faults)
        self._port = port
        self._runner: web.AppRunner | None = None
        self._recent: deque[float] = deque()
        self._recent_by_chat: dict[str, deque[float]] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def calls(self) -> deque[Call]:
        """What the bot asked for, oldest first; the newest `calls_kept` of it."""
        return self.state.calls

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.state.calls if call.method == method]

    async def start(self) -> None:
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        server = site._server
        assert isinstance(server, asyncio.Server)
        self._port = server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        await self.webhook.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.state.token:
            return _error(401, "Unauthorized")
        method = request.match_info["method"]
        if self.faults.orders and self.faults.refuses(method):
            self.state.calls.append(Call(method, {}, time.monotonic(), 0))
            return _close(request)
        try:
            params = await _params(request)
        except ApiError as error:
            return _error(error.code, error.description)
        call = Call(method, _without_content(params), time.monotonic())
        self.state.calls.append(call)
        order = self.faults.take(method, _chat_id(params)) if self.faults.orders else None
        if order is None:
            answer = await self._answer(method, params)
            call.outcome = answer.status
            if self.state.watch is not None:
                self.state.watch(call)
            return answer
        call.outcome = 0
        found = await self._misbehave(method, params, order)
        if found is None:
            return _close(request)
        call.outcome = found.status
        return found

    async def _answer(self, method: str, params: Params) -> web.Response:
        try:
            result = await self._carry_out(method, params)
        except ApiError as error:
            return _error(error.code, error.description, **error.parameters)
        return _ok(result)

    async def _carry_out(self, method: str, params: Params) -> Any:
        match method:
            case "getUpdates":
                return await self._polling.get_updates(params)
            case "setWebhook":
                return await self.webhook.set(params)
            case "deleteWebhook":
                return await self.webhook.delete(params)
            case "getWebhookInfo":
                return self.webhook.info()
        function = METHODS.get(method)
        if function is None:
            raise ApiError(404, "Not Found")
        if method.startswith(LIMITED) and method != "sendChatAction":
            self._check_rate(method, params)
        return function(self.state, params)

    def _check_rate(self, method: str, params: Params) -> None:
        """A refused call uses up nothing; an album counts its messages."""
        now = time.monotonic()
        cost = len(list_of(params, "media", "InputMedia")) if method == "sendMediaGroup" else 1
        limited = []
        if self.limits.per_second is not None:
            limited.append((self.limits.per_second, self._recent))
        if self.limits.per_chat is not None:
            recent = self._recent_by_chat.setdefault(str(params.get("chat_id", "")), deque())
            limited.append((self.limits.per_chat, recent))
        for limit, recent in limited:
            while recent and now - recent[0] >= 1:
                recent.popleft()
            if len(recent) >= limit:
                raise ApiError(429, "Too Many Requests: retry after 1", retry_after=1)
        for _limit, recent in limited:
            recent.extend([now] * cost)

    async def _misbehave(self, method: str, params: Params, order: Order) -> web.Response | None:
        """None: the connection closes without an answer."""
        match order.fault:
            case Fault.TOO_MANY:
                told = f"Too Many Requests: retry after {order.seconds}"
                return _error(429, told, retry_after=order.seconds)
            case Fault.BLOCKED:
                return _error(403, "Forbidden: bot was blocked by the user")
            case Fault.SERVER_ERROR:
                return _error(500, "Internal Server Error")
            case Fault.BAD_GATEWAY:
                return _bad_gateway()
            case Fault.BAD_GATEWAY_AFTER:
                await self._answer(method, params)
                return _bad_gateway()
            case Fault.LOST_ANSWER:
                await self._answer(method, params)
            case Fault.HANG:
                await asyncio.sleep(order.seconds)
        return None

    async def _download(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.state.token:
            return _error(401, "Unauthorized")
        file = media.at_path(self.state, request.match_info["path"])
        if file is None:
            return _error(404, "Not Found")
        order = self.faults.take(DOWNLOAD, None)
        if order is None:
            return web.Response(body=file.content, content_type="application/octet-stream")
        if order.fault is not Fault.CUT_SHORT:
            return await self._misbehave("", {}, order) or _close(request)
        half = web.StreamResponse(headers={"Content-Length": str(len(file.content))})
        await half.prepare(request)
        await half.write(file.content[: len(file.content) // 2])
        if request.transport is not None:
            request.transport.close()
        return half


async def _params(request: web.Request) -> Params:
    """Of the address, a form, JSON or multipart. Raises ApiError where the body cannot be read."""
    params: Params = dict(request.query)
    if request.method != "POST":
        return params
    try:
        if request.content_type == "application/json":
            body = await request.read()
            read = json.loads(body) if body else {}
            if not isinstance(read, dict):
                raise bad("can't parse request: object expected")
            params.update(read)
            return params
        for key, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                params[key] = (value.filename, value.file.read(), value.content_type)
            else:
                params[key] = value
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "Request Entity Too Large") from None
    except ValueError:
        raise bad("can't parse the request's body") from None
    return params


def _without_content(params: Params) -> Params:
    """For the record of calls: what was uploaded is kept once, among the files."""
    if not any(isinstance(value, tuple) for value in params.values()):
        return params
    return {
        key: (value[0], len(value[1])) if isinstance(value, tuple) else value for key, value in params.items()
    }


def _chat_id(params: Params) -> int | None:
    try:
        return int(params["chat_id"])
    except (KeyError, TypeError, ValueError):
        return None


def _close(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _bad_gateway() -> web.Response:
    page = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
    return web.Response(status=502, text=page, content_type="text/html")


def _ok(result: Any) -> web.Response:
    return web.Response(
        body=json.dumps({"ok": True, "result": result}, ensure_ascii=False).encode(),
        content_type="application/json",
    )


def _error(code: int, description: str, **parameters: int) -> web.Response:
    form: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        form["parameters"] = parameters
    return web.Response(status=code, body=json.dumps(form).encode(), content_type="application/json")
