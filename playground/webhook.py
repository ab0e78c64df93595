"""The webhook of the local server: pushes updates, and tries again until they are taken."""

import asyncio
from typing import Any

import aiohttp

from playground.state import State

RETRY_FIRST_S = 0.2
RETRY_MOST_S = 10.0


class Webhook:
    def __init__(self, state: State) -> None:
        self._state = state
        self._task: asyncio.Task[None] | None = None

    async def call(self, method: str, params: dict[str, Any]) -> Any:
        if method == "getWebhookInfo":
            hook = self._state.webhook or {}
            waiting = len(self._state.updates)
            return {
                "url": hook.get("url", ""),
                "has_custom_certificate": False,
                "pending_update_count": waiting,
            }
        await self.stop()
        if params.get("drop_pending_updates") in (True, "true"):
            self._state.updates.clear()
        url = str(params.get("url", "")) if method == "setWebhook" else ""
        if url:
            self._state.webhook = {"url": url, "secret": params.get("secret_token")}
            self._task = asyncio.create_task(self._push(url, params.get("secret_token")))
        return True

    async def stop(self) -> None:
        self._state.webhook = None
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _push(self, url: str, secret: str | None) -> None:
        """One lane a chat for messages, and one for presses: a button and a text can arrive out of order."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        lanes: dict[tuple[str, int], asyncio.Task[None]] = {}
        async with aiohttp.ClientSession(headers=headers) as session:
            while True:
                while self._state.updates:
                    update = self._state.updates.popleft().update
                    kind = "press" if "callback_query" in update else "message"
                    content = next(value for key, value in update.items() if key != "update_id")
                    key = (kind, content["from"]["id"])
                    lanes[key] = asyncio.create_task(_deliver(session, url, update, lanes.get(key)))
                async with self._state.changed:
                    await self._state.changed.wait()


async def _deliver(
    session: aiohttp.ClientSession, url: str, update: dict[str, Any], before: asyncio.Task[None] | None
) -> None:
    if before is not None:
        await asyncio.gather(before, return_exceptions=True)
    delay = RETRY_FIRST_S
    while True:
        try:
            async with session.post(url, json=update) as answer:
                if 200 <= answer.status < 300:
                    return
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(delay)
        delay = min(delay * 2, RETRY_MOST_S)
