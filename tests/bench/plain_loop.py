"""The simplest sender there is, to compare with: python plain_loop.py ptb|aiohttp URL TOKEN FIRST COUNT

Thirty-two workers, no database, no account of what became of anything.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable

WORKERS = 32
TEXT = "Đề nghị các chi đoàn báo cáo đúng hạn."


async def main(kind: str, url: str, token: str, first: int, count: int) -> None:
    chats = iter(range(first, first + count))

    async def work(send: Callable[[int], Awaitable[None]]) -> None:
        for chat in chats:
            await send(chat)

    if kind == "ptb":
        from telegram import Bot
        from telegram.request import HTTPXRequest

        request = HTTPXRequest(connection_pool_size=WORKERS)
        async with Bot(token, base_url=f"{url}/bot", request=request) as bot:

            async def by_library(chat: int) -> None:
                await bot.send_message(chat, TEXT, parse_mode="HTML")

            began = time.monotonic()
            await asyncio.gather(*(work(by_library) for _ in range(WORKERS)))
    else:
        import aiohttp

        async with aiohttp.ClientSession() as session:

            async def by_hand(chat: int) -> None:
                form = {"chat_id": chat, "text": TEXT, "parse_mode": "HTML"}
                async with session.post(f"{url}/bot{token}/sendMessage", json=form) as answer:
                    await answer.read()

            began = time.monotonic()
            await asyncio.gather(*(work(by_hand) for _ in range(WORKERS)))
    print(count / (time.monotonic() - began))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])))
