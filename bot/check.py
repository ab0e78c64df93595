"""`chidoan check`: is everything there that the bot needs? One line a thing."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from typing import Any

from bot.clock import wall
from bot.failures import explain
from bot.settings import Settings
from storage.plans import load_plan

LEAST_FREE_MB = 500
READ_S = 10.0

Finding = tuple[bool, str]


def findings(settings: Settings) -> Iterator[Finding]:
    """(whether it is well, what to tell)."""
    for look in (_plan, _data_folder, _database, _telegram):
        try:
            yield from look(settings)
        except Exception as error:
            told = explain(error)
            if told is None:
                raise
            yield False, told


def _plan(settings: Settings) -> Iterator[Finding]:
    plan = load_plan(settings.plan)
    yield True, f"Kế hoạch: {plan.number} ({plan.code})"


def _data_folder(settings: Settings) -> Iterator[Finding]:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=settings.data_dir) as file:
        file.write(b"chidoan")
    free = shutil.disk_usage(settings.data_dir).free // 2**20
    yield (
        free >= LEAST_FREE_MB,
        f"Thư mục dữ liệu {settings.data_dir}: ghi được, đĩa còn {free} MB"
        + ("" if free >= LEAST_FREE_MB else f"; cần ít nhất {LEAST_FREE_MB} MB"),
    )


def _database(settings: Settings) -> Iterator[Finding]:
    from sqlalchemy import func, insert, select

    from storage.database import Database
    from storage.models import person, poll_mark, unit

    database = Database(settings.database)
    try:
        database.migrate()
        with database.writing() as conn:
            units = conn.scalar(select(func.count()).select_from(unit))
            people = conn.scalar(select(func.count()).select_from(person))
            with conn.begin_nested() as trial:
                conn.execute(insert(poll_mark).values(bot="check", polled_at=wall(), wall_at=wall()))
                trial.rollback()
    finally:
        database.dispose()
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    yield (
        True,
        f"Cơ sở dữ liệu {kind}: ghi được, {units} đơn vị, {people} người"
        + ("" if units else "; nhập danh sách bằng chidoan import"),
    )


def _telegram(settings: Settings) -> Iterator[Finding]:
    if settings.telegram_token is None:
        yield True, "Token: chưa có CHIDOAN_TELEGRAM_TOKEN; chidoan run mở bản chạy thử trên máy này"
        return
    me, hook = ask(settings, "getMe", "getWebhookInfo")
    if isinstance(me, str) or isinstance(hook, str):
        yield False, f"Token: {me if isinstance(me, str) else hook}"
        return
    yield True, f"Token: @{me.get('username')}"
    wanted, found = settings.webhook_url or "", hook.get("url", "")
    waiting = f"{hook.get('pending_update_count', 0)} tin đang chờ"
    if wanted and settings.webhook_secret is None:
        yield False, "Webhook: thiếu CHIDOAN_WEBHOOK_SECRET, ai cũng giả làm Telegram được"
    elif wanted and wanted == found and hook.get("last_error_message"):
        yield False, f"Webhook: Telegram không gửi tới được ({hook['last_error_message']}), {waiting}"
    elif wanted != found:
        yield True, f"Webhook: sẽ đổi thành {wanted or 'không dùng'} khi bot chạy, {waiting}"
    else:
        yield True, f"Webhook: {found or 'không dùng'}, {waiting}"


def ask(settings: Settings, *methods: str) -> list[dict[str, Any] | str]:
    """What Telegram answers to each; or one line why it does not, without the token."""
    if settings.telegram_token is None:
        return ["chưa có CHIDOAN_TELEGRAM_TOKEN"] * len(methods)
    return asyncio.run(_ask(settings, settings.telegram_token.get_secret_value(), methods))


async def _ask(settings: Settings, token: str, methods: tuple[str, ...]) -> list[dict[str, Any] | str]:
    from telegram.error import InvalidToken, NetworkError, TelegramError

    from bot.channels.telegram import TelegramClient

    client = TelegramClient(token, settings.telegram_api_url)
    await client.open()
    answers: list[dict[str, Any] | str] = []
    try:
        for method in methods:
            try:
                answers.append(await client.call(method, read_timeout=READ_S))
            except InvalidToken:
                answers.append("Telegram không nhận CHIDOAN_TELEGRAM_TOKEN này; lấy lại từ @BotFather")
            except NetworkError:
                answers.append(f"không nối được tới {settings.telegram_api_url}")
            except TelegramError as error:
                answers.append(f"Telegram không trả lời {method} ({type(error).__name__})")
    finally:
        await client.shut()
    return answers
