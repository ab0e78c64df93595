"""The command line: `chidoan run`, `import`, `invites`, `export`, `backup`, `restore`, `check`.

Safe while the bot runs. What the user got wrong costs one clear line and exit code 2, never a traceback.
"""

import csv
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from bot.clock import Clock
from bot.settings import Settings, SettingsError, load_settings

# Heavy imports stand inside the commands: `chidoan run` must answer within two seconds.

PROBLEMS_SHOWN = 50

app = typer.Typer(
    help="chidoan: báo cáo học tập của Đoàn, trong một cuộc trò chuyện.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def fail(*lines: str) -> NoReturn:
    for line in lines:
        print(line, file=sys.stderr)  # noqa: T201
    raise SystemExit(2)


def say(line: str) -> None:
    print(line)  # noqa: T201


def _settings() -> Settings:
    try:
        return load_settings()
    except SettingsError as error:
        fail(*error.problems)


def _now(settings: Settings) -> datetime:
    return Clock(settings.zone, settings.clock_start).now()


def _opened(settings: Settings) -> tuple[Any, Any]:
    """The database, migrated, and the plan."""
    from rules.plan import PlanError
    from storage.database import Database
    from storage.plans import load_plan

    try:
        plan = load_plan(settings.plan)
    except PlanError as error:
        fail(*(f"Kế hoạch {error.source}: {problem}" for problem in error.problems))
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database)
    database.migrate()
    return database, plan


def _guarded(work: Callable[[], None]) -> None:
    """Turn what a machine can do wrong into one line."""
    from sqlalchemy.exc import OperationalError

    from storage.database import SchemaTooNew

    try:
        work()
    except SchemaTooNew as error:
        fail(f"Dữ liệu do bản chidoan mới hơn ghi (schema {error}); hãy cập nhật chương trình.")
    except OperationalError as error:
        fail(f"Không dùng được cơ sở dữ liệu: {str(error.orig).strip().splitlines()[0]}.")
    except OSError as error:
        fail(f"Không đọc hoặc ghi được {error.filename or 'tệp'}: {error.strerror}.")


@app.command()
def run() -> None:
    """Chạy bot: Telegram nếu có CHIDOAN_TELEGRAM_TOKEN, không thì sân chơi trên máy này."""
    settings = _settings()

    def work() -> None:
        from bot import app as wiring
        from bot import logs
        from rules.plan import PlanError

        logs.configure()
        try:
            wiring.run(settings)
        except PlanError as error:
            fail(*(f"Kế hoạch {error.source}: {problem}" for problem in error.problems))

    _guarded(work)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="Tệp .csv hoặc .xlsx: đơn vị, hoặc người")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ xem sẽ đổi gì, không ghi")] = False,
) -> None:
    """Nhập danh sách đơn vị hoặc người: được cả tệp, hoặc không đổi gì."""
    settings = _settings()

    def work() -> None:
        from storage.import_checks import BadRoster
        from storage.importing import import_file
        from storage.rosters import UnreadableRoster

        database, plan = _opened(settings)
        try:
            result = import_file(database, plan, file, _now(settings), dry_run=dry_run)
        except UnreadableRoster as error:
            fail(str(error))
        except BadRoster as error:
            shown = [f"{file.name}, {problem}" for problem in error.problems[:PROBLEMS_SHOWN]]
            more = len(error.problems) - len(shown)
            fail(*shown, *([f"và {more} dòng nữa."] if more else []), "Chưa nhập gì; sửa tệp rồi chạy lại.")
        if result.ignored:
            say(f"Bỏ qua cột: {', '.join(result.ignored)}")
        kind = "đơn vị" if result.kind == "units" else "người"
        if not result.changes:
            say(f"{result.rows} dòng {kind}: không có gì thay đổi.")
            return
        if dry_run:
            for change in result.changes[:PROBLEMS_SHOWN]:
                say(change)
            if len(result.changes) > PROBLEMS_SHOWN:
                say(f"và {len(result.changes) - PROBLEMS_SHOWN} thay đổi nữa")
        verb = "Sẽ có" if dry_run else "Đã nhập"
        say(f"{verb} {result.rows} dòng {kind}, {len(result.changes)} thay đổi.")

    _guarded(work)


@app.command()
def invites(
    out: Annotated[Path, typer.Argument(help="Tệp .csv sẽ ghi")],
    bot_name: Annotated[str, typer.Option(help="Tên của bot, khi không hỏi được Telegram")] = "",
) -> None:
    """Cấp lời mời cho những người chưa nối tài khoản."""
    settings = _settings()

    def work() -> None:
        from storage import invites as store

        database, plan = _opened(settings)
        now = _now(settings)
        name = bot_name or _bot_name(settings)
        roles = [role.code for role in plan.roles]
        temporary = out.with_name(out.name + ".partial")
        with database.writing() as conn:
            people = store.unlinked(conn, now.astimezone(settings.zone).date(), roles)
            tokens = store.issue(conn, [one.person_id for one in people], now)
            with temporary.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(["unit_code", "full_name", "role", "token", "link"])
                for one, token in zip(people, tokens, strict=True):
                    link = f"https://t.me/{name}?start={token}" if name else ""
                    cells = [_text_cell(cell) for cell in (one.unit_code, one.full_name, one.role)]
                    writer.writerow([*cells, token, link])
            os.chmod(temporary, 0o600)
            temporary.replace(out)
        say(f"Đã cấp {len(people)} lời mời vào {out}.")
        if not name and people:
            say("Chưa biết tên bot nên cột link để trống; thêm --bot-name TEN_BOT.")

    _guarded(work)


def _text_cell(text: str) -> str:
    """A spreadsheet would run what begins like a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _bot_name(settings: Settings) -> str:
    answer = _ask_telegram(settings, "getMe")
    return str(answer.get("username", "")) if isinstance(answer, dict) else ""


def _ask_telegram(settings: Settings, method: str) -> dict[str, Any] | str:
    """The result, or why there is none, without the token."""
    if settings.telegram_token is None:
        return "chưa có CHIDOAN_TELEGRAM_TOKEN"
    import json
    import urllib.error
    import urllib.request

    address = f"{settings.telegram_api_url}/bot{settings.telegram_token.get_secret_value()}/{method}"
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            result: dict[str, Any] = json.load(answer)["result"]
            return result
    except urllib.error.HTTPError as error:
        return (
            "Telegram không nhận token này" if error.code in (401, 404) else f"Telegram trả lời {error.code}"
        )
    except (OSError, ValueError, KeyError):
        return "không nối được tới Telegram"


@app.command()
def export(out: Annotated[Path, typer.Argument(help="Tệp .xlsx sẽ ghi")]) -> None:
    """Xuất báo cáo, hội nghị, bài thu hoạch ra Excel."""
    settings = _settings()

    def work() -> None:
        from xlsxwriter.exceptions import FileCreateError

        from reports.export import write_export

        database, plan = _opened(settings)
        temporary = out.with_name(out.name + ".partial")
        try:
            with database.reading() as conn:
                units = write_export(conn, plan, settings.zone, temporary)
        except FileCreateError as error:
            fail(f"Không ghi được {out}: {getattr(error.args[0], 'strerror', error)}.")
        temporary.replace(out)
        say(f"Đã xuất {units} chi đoàn vào {out}.")

    _guarded(work)


@app.command()
def backup(out: Annotated[Path, typer.Argument(help="Tệp .zip sẽ ghi")]) -> None:
    """Sao lưu dữ liệu và tệp, cả khi bot đang chạy."""
    settings = _settings()

    def work() -> None:
        from storage.backup import BackupError
        from storage.backup import backup as write

        try:
            files = write(settings.database, settings.data_dir, out)
        except BackupError as error:
            fail(str(error))
        say(f"Đã sao lưu cơ sở dữ liệu và {files} tệp vào {out}.")

    _guarded(work)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="Tệp do chidoan backup ghi")],
    force: Annotated[bool, typer.Option("--force", help="Thay dữ liệu đang có; bot phải đã dừng")] = False,
) -> None:
    """Khôi phục từ bản sao lưu, sau khi kiểm tra từng tệp trong đó."""
    settings = _settings()

    def work() -> None:
        from storage.backup import BackupError
        from storage.backup import restore as put_back

        settings.data_dir.mkdir(parents=True, exist_ok=True)
        try:
            files = put_back(file, settings.database, settings.data_dir, force=force)
        except BackupError as error:
            fail(str(error))
        say(f"Đã khôi phục cơ sở dữ liệu và {files} tệp.")

    _guarded(work)


@app.command()
def check() -> None:
    """Kiểm tra cài đặt, cơ sở dữ liệu, token, webhook, chỗ trống trên đĩa."""
    import shutil

    settings = _settings()
    well = True

    def line(good: bool, what: str) -> None:
        nonlocal well
        well = well and good
        say(f"{'OK' if good else '✗ '} {what}")

    def work() -> None:
        from storage import units

        database, plan = _opened(settings)
        line(True, f"Kế hoạch: {plan.number} ({plan.code})")
        with database.writing() as conn:
            count = len(units.all_by_code(conn))
        line(
            count > 0,
            f"Cơ sở dữ liệu ghi được, {count} đơn vị" + ("" if count else "; hãy chạy chidoan import"),
        )
        free = shutil.disk_usage(settings.data_dir).free // 2**20
        line(free > 500, f"Đĩa còn {free} MB")
        if settings.telegram_token is None:
            line(True, "Chưa có CHIDOAN_TELEGRAM_TOKEN: chidoan run sẽ mở sân chơi trên máy này")
            return
        me = _ask_telegram(settings, "getMe")
        line(isinstance(me, dict), f"Token: @{me['username']}" if isinstance(me, dict) else f"Token: {me}")
        hook = _ask_telegram(settings, "getWebhookInfo")
        if isinstance(hook, dict):
            wanted, found = settings.webhook_url or "", hook.get("url", "")
            line(wanted == found or not wanted, f"Webhook: {found or 'không dùng'}")

    _guarded(work)
    raise SystemExit(0 if well else 1)


def main() -> None:
    app()
