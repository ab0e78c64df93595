"""Wires the parts into one process, and runs it until it is told to stop."""

import asyncio
import contextlib
import signal
from dataclasses import dataclass
from typing import Any

import structlog
from telegram.error import TelegramError

from bot.channels import telegram_updates
from bot.channels.telegram import TelegramChannel, TelegramClient
from bot.clock import Clock, wall
from bot.engine.dialogue import Dialogue
from bot.engine.intake import Intake
from bot.engine.marker import Marker
from bot.engine.runner import Runner
from bot.engine.sender import Sender
from bot.engine.turn import World
from bot.settings import Settings
from bot.texts import help as help_texts
from bot.web import WebServer
from handlers import registry
from rules.reminders import quiet_until
from scheduler import run as scheduler_run
from scheduler.job import Desk
from scheduler.rendering import renderer
from storage import outbox
from storage.database import Database
from storage.plans import load_plan
from storage.writer import Priority, Writer

log = structlog.get_logger()


@dataclass(slots=True)
class App:
    """One bot process."""

    settings: Settings
    database: Database
    writer: Writer
    clock: Clock
    world: World
    client: TelegramClient
    sender: Sender
    intake: Intake
    bot: str


def build(settings: Settings, token: str, clock: Clock) -> App:
    """Raises PlanError, SchemaTooNew, or what the database says."""
    plan = load_plan(settings.plan)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database)
    database.migrate()
    world = World(plan, settings.zone, settings.data_dir, settings.office)
    writer = Writer(database)
    client = TelegramClient(token, settings.telegram_api_url)
    channel = TelegramChannel(client, settings.data_dir)
    bot = f"telegram:{token.partition(':')[0]}"

    def night() -> bool:
        return quiet_until(plan.reminders, clock.local()) is not None

    sender = Sender(bot, channel.deliver, renderer(world, clock), night, writer, clock, settings.send_rate)
    runner = Runner(
        bot,
        Dialogue(registry.build()),
        world,
        clock,
        telegram_updates.read,
        telegram_updates.who_sent,
        sqlite=database.is_sqlite,
    )
    marker = Marker(settings.data_dir)
    intake = Intake(bot, runner, writer, sender, clock, marker, channel.acknowledge)
    return App(settings, database, writer, clock, world, client, sender, intake, bot)


async def serve(app: App, stop: asyncio.Event) -> None:
    """Run until `stop` is set, then let what is in flight end."""
    app.writer.start()
    await app.client.open()
    alone = app.database.is_sqlite  # a SQLite file is one process's
    await app.writer.run(Priority.OUTBOX, lambda conn: outbox.recover(conn, wall(), alone=alone))
    await app.sender.start()
    desk = Desk(app.world, app.database, app.writer, app.clock, app.sender, app.client)
    scheduler = scheduler_run.start(desk)
    web = WebServer(app.settings, app.intake, app.clock)
    await web.start()
    tasks = [asyncio.create_task(_introduce(app))]
    if app.settings.webhook_url is None:
        tasks.append(asyncio.create_task(app.intake.poll_for_ever(app.client.poll)))
    log.info("started", plan=app.world.plan.code, bot=app.bot)
    waiting = asyncio.create_task(stop.wait())
    done, _ = await asyncio.wait([waiting, *tasks[1:]], return_when=asyncio.FIRST_COMPLETED)
    scheduler.shutdown(wait=False)
    for task in (waiting, *tasks):
        task.cancel()
    await asyncio.gather(waiting, *tasks, return_exceptions=True)
    await web.stop()
    await app.sender.stop()
    await app.client.shut()
    app.writer.stop()
    app.database.dispose()
    log.info("stopped")
    for task in done:
        if task is not waiting and not task.cancelled() and task.exception() is not None:
            raise task.exception() or RuntimeError


async def _introduce(app: App) -> None:
    """Where updates go, and the menu for people whom the bot does not know yet. Best effort, but told."""
    settings = app.settings
    calls: list[tuple[str, dict[str, Any]]] = [
        (
            "setMyCommands",
            {
                "commands": [
                    {"command": name, "description": what} for name, what in help_texts.STRANGER_COMMANDS
                ]
            },
        )
    ]
    if settings.webhook_url is not None:
        secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
        hook = {"url": settings.webhook_url, "allowed_updates": telegram_updates.ALLOWED}
        calls.insert(0, ("setWebhook", {**hook, "secret_token": secret} if secret else hook))
    else:
        calls.insert(0, ("deleteWebhook", {}))
    for method, params in calls:
        try:
            await app.client.call(method, read_timeout=10, **params)
        except TelegramError as error:
            log.warning("call failed", method=method, error=type(error).__name__)


async def _run(settings: Settings) -> None:
    stop = stop_on_signals()
    if settings.telegram_token is None:
        # Only needed without a token.
        from playground.run import run_playground

        await run_playground(settings, build_and_serve, stop)
        return
    clock = Clock(settings.zone, settings.clock_start)
    await build_and_serve(settings, settings.telegram_token.get_secret_value(), clock, stop)


async def build_and_serve(settings: Settings, token: str, clock: Clock, stop: asyncio.Event) -> None:
    await serve(build(settings, token, clock), stop)


def stop_on_signals() -> asyncio.Event:
    """Set by SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
    return stop


def run(settings: Settings) -> None:
    asyncio.run(_run(settings))
