"""The one HTTP server of the process: /healthz, and the webhook where Telegram pushes."""

import hmac
import json

import structlog
from aiohttp import web

from bot.clock import Clock, wall
from bot.engine.intake import Intake
from bot.settings import Settings

POLL_SILENCE_S = 120
WEBHOOK_PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MAX_BYTES = 1 << 20

log = structlog.get_logger()


class WebServer:
    def __init__(self, settings: Settings, intake: Intake, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._intake = intake
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application(client_max_size=MAX_BYTES)
        app.router.add_get("/healthz", self._health)
        if self._settings.webhook_url is not None:
            app.router.add_post(WEBHOOK_PATH, self._webhook)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=5)
        await self._runner.setup()
        host, port = self._settings.listen_address
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as error:
            if self._settings.webhook_url is not None:
                raise
            # A second bot on the machine: it works all the same, only nobody can ask how it is.
            log.warning("health page not served", listen=self._settings.listen, error=error.strerror)

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _health(self, _request: web.Request) -> web.Response:
        polled = self._intake.polled_at
        silent = (wall() - polled).total_seconds() if polled is not None else None
        polling = self._settings.webhook_url is None
        well = not polling or (silent is not None and silent < POLL_SILENCE_S)
        facts = {
            "ok": well,
            "seconds_since_poll": None if silent is None else round(silent),
            "updates": self._intake.taken,
            "failed_updates": self._intake.failed,
        }
        return web.json_response(facts, status=200 if well else 503)

    async def _webhook(self, request: web.Request) -> web.Response:
        secret = self._settings.webhook_secret
        given = request.headers.get(SECRET_HEADER, "")
        if secret is not None and not hmac.compare_digest(given.encode(), secret.get_secret_value().encode()):
            return web.Response(status=403)
        try:
            raw = json.loads(await request.read())
            int(raw["update_id"])
        except (ValueError, KeyError, TypeError):
            return web.Response(status=400)
        # Answered only after the commit: until then Telegram keeps it.
        await self._intake.take([raw], self._clock.now())
        return web.Response()
