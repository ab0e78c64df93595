"""The webhook of the local server: pushes updates, and tries again until they are taken."""

import asyncio
import re
import time
from collections import deque
from typing import Any

import aiohttp

from playground.parameters import Params, bad, flag_of, number_of
from playground.polling import remember_allowed
from playground.state import State, Waiting

RETRY_FIRST_S = 0.2
RETRY_MOST_S = 10.0
ANSWER_WITHIN_S = 60.0
CONNECTIONS = 40
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
Lane = tuple[bool, int]


class Webhook:
    """One request at a time per chat for messages, while presses have a lane of their own.

    So a button and a text can arrive out of order. An update waits in the queue until it was taken.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._task: asyncio.Task[None] | None = None
        self._last_error: tuple[int, str] | None = None
        self.retry_first_s = RETRY_FIRST_S
        self.retry_most_s = RETRY_MOST_S

    async def set(self, params: Params) -> bool:
        url, secret = str(params.get("url") or ""), str(params.get("secret_token") or "")
        if secret and not _SECRET.fullmatch(secret):
            raise bad("secret token contains unallowed characters")
        if url and not re.match(r"https?://[^/\s]+", url):
            raise bad("bad webhook: invalid webhook URL specified")
        await self.delete(params)
        if url:
            remember_allowed(self._state, params)
            connections = min(max(number_of(params, "max_connections", CONNECTIONS), 1), 100)
            self._state.webhook = {"url": url, "max_connections": connections}
            self._state.arrived.set()  # a poller gives way
            self._task = asyncio.create_task(self._push(url, secret, connections))
        return True

    async def delete(self, params: Params) -> bool:
        await self.stop()
        if flag_of(params, "drop_pending_updates"):
            self._state.updates.clear()
        return True

    def info(self) -> dict[str, Any]:
        hook = self._state.webhook or {"url": ""}
        found = {
            **hook,
            "has_custom_certificate": False,
            "pending_update_count": len(self._state.updates),
        }
        if self._last_error is not None and hook["url"]:
            found["last_error_date"], found["last_error_message"] = self._last_error
        if self._state.allowed is not None:
            found["allowed_updates"] = sorted(self._state.allowed)
        return found

    async def stop(self) -> None:
        self._state.webhook = None
        self._last_error = None
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _push(self, url: str, secret: str, connections: int) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        connector = aiohttp.TCPConnector(limit=connections)
        workers: set[asyncio.Task[None]] = set()
        async with aiohttp.ClientSession(headers=headers, connector=connector) as session:
            try:
                lanes: dict[Lane, deque[Waiting]] = {}  # those with a worker
                given = 0
                while True:
                    for waiting in self._newer_than(given):
                        given = waiting.update["update_id"]
                        lane = _lane(waiting)
                        if lane in lanes:
                            lanes[lane].append(waiting)
                            continue
                        lanes[lane] = deque([waiting])
                        worker = asyncio.create_task(self._work_off(session, url, lanes, lane))
                        workers.add(worker)
                        worker.add_done_callback(workers.discard)
                    await self._state.arrived.wait()
            finally:
                running = list(workers)
                for worker in running:
                    worker.cancel()
                await asyncio.gather(*running, return_exceptions=True)

    def _newer_than(self, update_id: int) -> list[Waiting]:
        """Oldest first; looks at the new ones only."""
        found = []
        for waiting in reversed(self._state.updates.values()):
            if waiting.update["update_id"] <= update_id:
                break
            found.append(waiting)
        return found[::-1]

    async def _work_off(
        self, session: aiohttp.ClientSession, url: str, lanes: dict[Lane, deque[Waiting]], lane: Lane
    ) -> None:
        queue = lanes[lane]
        while queue:
            waiting = queue[0]
            delay = self.retry_first_s
            while waiting.update["update_id"] in self._state.updates and self._state.alive(waiting):
                if await self._taken(session, url, waiting.update):
                    break
                await asyncio.sleep(delay)
                delay = min(delay * 2, self.retry_most_s)
            self._state.updates.pop(waiting.update["update_id"], None)
            queue.popleft()
        del lanes[lane]

    async def _taken(self, session: aiohttp.ClientSession, url: str, update: dict[str, Any]) -> bool:
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S), session.post(url, json=update) as answer:
                if 200 <= answer.status < 300:
                    return True
                told = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            told = type(error).__name__
        self._last_error = (int(time.time()), told)
        return False


def _lane(waiting: Waiting) -> Lane:
    content = waiting.update[waiting.kind]
    return waiting.kind == "callback_query", content["from"]["id"]
