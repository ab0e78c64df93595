"""A local Bot API server: what `make run` talks to without a token, and what the tests drive the bot with."""

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import web

from playground.faults import Fault, Faults, Order
from playground.methods import METHODS, ApiError
from playground.state import Call, State
from playground.webhook import Webhook

POLL_LIMIT_S = 50
BODY_LIMIT = 60 * 1024 * 1024


@dataclass(slots=True)
class RateLimits:
    """Messages a second, over all chats and to one; None: no limit."""

    per_second: float | None = None
    per_chat: float | None = None


class BotApiServer:
    """`now` stamps the messages. Loopback only; port 0 takes a free one."""

    def __init__(self, token: str, now: Callable[[], datetime], port: int = 0) -> None:
        self.state = State(token, now)
        self.faults = Faults()
        self.limits = RateLimits()
        self.app = web.Application(client_max_size=BODY_LIMIT)
        self.app.router.add_route("*", "/bot{token}/{method}", self._call)
        self.app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self._port = port
        self._runner: web.AppRunner | None = None
        self._polls = 0
        self._recent: deque[float] = deque()
        self._recent_by_chat: dict[str, deque[float]] = defaultdict(deque)
        self.webhook = Webhook(self.state)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

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
        params = await _params(request)
        call = Call(method, params, time.monotonic())
        self.state.calls.append(call)
        chat = str(params.get("chat_id", ""))
        order = self.faults.take(method, int(chat) if chat.lstrip("-").isdecimal() else None)
        if order is not None:
            call.outcome = 0
            return await self._misbehave(request, method, params, order)
        answer = await self._answer(method, params)
        call.outcome = answer.status
        if self.state.watch is not None:
            self.state.watch(call)
        return answer

    async def _answer(self, method: str, params: dict[str, Any]) -> web.Response:
        try:
            result = await self._carry_out(method, params)
        except ApiError as error:
            return _error(error.code, error.description, **error.parameters)
        return _ok(result)

    async def _carry_out(self, method: str, params: dict[str, Any]) -> Any:
        if method == "getUpdates":
            return await self._get_updates(params)
        if method in ("setWebhook", "deleteWebhook", "getWebhookInfo"):
            return await self.webhook.call(method, params)
        function = METHODS.get(method)
        if function is None:
            raise ApiError(404, "Not Found")
        if method.startswith(("send", "copy", "edit")) and method != "sendChatAction":
            self._check_rate(str(params.get("chat_id", "")))
        result = function(self.state, params)
        await self.state.notify()
        return result

    def _check_rate(self, chat: str) -> None:
        now = time.monotonic()
        for limit, recent in (
            (self.limits.per_second, self._recent),
            (self.limits.per_chat, self._recent_by_chat[chat]),
        ):
            if limit is None:
                continue
            while recent and now - recent[0] >= 1:
                recent.popleft()
            if len(recent) >= limit:
                raise ApiError(429, "Too Many Requests: retry after 1", retry_after=1)
            recent.append(now)

    async def _get_updates(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        state = self.state
        if state.webhook is not None:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active;"
                " use deleteWebhook to delete the webhook first",
            )
        self._polls += 1
        mine = self._polls
        await state.notify()  # the older poller gives way
        offset, limit = int(params.get("offset", 0) or 0), int(params.get("limit", 100) or 100)
        if offset < 0:
            offset = state.updates[offset].update["update_id"] if len(state.updates) >= -offset else 0
        while offset and state.updates and state.updates[0].update["update_id"] < offset:
            state.updates.popleft()
        deadline = time.monotonic() + min(float(params.get("timeout", 0) or 0), POLL_LIMIT_S)
        while True:
            if self._polls != mine:
                raise ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request;"
                    " make sure that only one bot instance is running",
                )
            state.drop_expired()
            found = [one.update for one in list(state.updates)[: max(1, min(limit, 100))]]
            left = deadline - time.monotonic()
            if found or left <= 0:
                return found
            try:
                async with state.changed:
                    await asyncio.wait_for(state.changed.wait(), min(left, 5))
            except TimeoutError:
                continue

    async def _misbehave(
        self, request: web.Request, method: str, params: dict[str, Any], order: Order
    ) -> web.StreamResponse:
        match order.fault:
            case Fault.TOO_MANY:
                told = f"Too Many Requests: retry after {order.seconds}"
                return _error(429, told, retry_after=order.seconds)
            case Fault.BLOCKED:
                return _error(403, "Forbidden: bot was blocked by the user")
            case Fault.SERVER_ERROR:
                return _error(500, "Internal Server Error")
            case Fault.BAD_GATEWAY | Fault.BAD_GATEWAY_AFTER:
                if order.fault is Fault.BAD_GATEWAY_AFTER:
                    await self._answer(method, params)
                page = "<html><body><h1>502 Bad Gateway</h1></body></html>"
                return web.Response(status=502, text=page, content_type="text/html")
            case Fault.LOST_ANSWER:
                await self._answer(method, params)
            case Fault.HANG:
                await asyncio.sleep(order.seconds)
            case Fault.REFUSE:
                pass
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _download(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.state.token:
            return _error(401, "Unauthorized")
        file = self.state.files.get(request.match_info["path"].rpartition("/")[2])
        order = self.faults.take("download", None)
        if file is None or (order is not None and order.fault is Fault.BAD_GATEWAY):
            return _error(404 if file is None else 502, "Not Found")
        return web.Response(body=file.content, content_type="application/octet-stream")


async def _params(request: web.Request) -> dict[str, Any]:
    """Of the address, a form, JSON or multipart; an uploaded file is (name, bytes)."""
    params: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body = await request.read()
        params.update(json.loads(body) if body else {})
    elif request.method == "POST":
        for key, value in (await request.post()).items():
            params[key] = (value.filename, value.file.read()) if isinstance(value, web.FileField) else value
    return params


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
