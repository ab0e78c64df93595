"""The command line: `chidoan run`, `import`, `invites`, `export`, `report`, `backup`, `restore`, `check`.

Safe while the bot runs. What the user got wrong costs one clear line and exit code 2, never a traceback.
"""

import csv
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.clock import Clock
from bot.failures import explain
from bot.settings import Settings, load_settings

# What is heavy to import stands inside the commands: `chidoan run` must answer within two seconds.
if TYPE_CHECKING:
    from rules.plan import Plan
    from storage.database import Database
    from storage.import_checks import Result

LINES_SHOWN = 50
USER_ERROR = 2
FORMULA = ("=", "+", "-", "@", "\t", "\r")

app = typer.Typer(
    help="chidoan: báo cáo học tập của Đoàn, trong một cuộc trò chuyện.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.command()
def run() -> None:
    """Chạy bot: Telegram nếu có CHIDOAN_TELEGRAM_TOKEN, không thì bản chạy thử trên máy này."""
    # Nothing that is imported ever becomes garbage: not looking for any is a tenth of the start.
    gc.disable()
    from bot import app as wiring
    from bot import logs

    gc.enable()
    gc.freeze()
    settings = load_settings()
    logs.configure()
    wiring.run(settings)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="Tệp .csv hoặc .xlsx: đơn vị, hoặc người")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ xem sẽ đổi gì, không ghi")] = False,
) -> None:
    """Nhập danh sách đơn vị hoặc người: được cả tệp, hoặc không đổi gì."""
    from storage.import_checks import BadRoster
    from storage.importing import import_file

    settings = load_settings()
    with _opened(settings) as (database, plan):
        try:
            result = import_file(database, plan, file, _now(settings), dry_run=dry_run)
        except BadRoster as error:
            _fail(
                *_first([f"{file.name}, {problem}" for problem in error.problems], "dòng"),
                "Chưa nhập gì; sửa tệp rồi chạy lại.",
            )
    _tell_import(result, dry_run=dry_run)


@app.command()
def invites(
    out: Annotated[Path, typer.Argument(help="Tệp .csv sẽ ghi")],
    bot_name: Annotated[str, typer.Option(help="Tên của bot, khi không hỏi được Telegram")] = "",
) -> None:
    """Cấp lời mời cho những người chưa nối tài khoản."""
    from storage import invites as store
    from storage.whole_files import written_whole

    settings = load_settings()
    with _opened(settings) as (database, plan):
        now = _now(settings)
        name = bot_name.removeprefix("@") or _asked_name(settings)
        roles = [role.code for role in plan.roles]
        with written_whole(out) as temporary, database.writing() as conn:
            people = store.unlinked(conn, now.date(), roles)
            tokens = store.issue(conn, [one.person_id for one in people], now)
            # With its mark, Excel reads UTF-8.
            with temporary.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(["unit_code", "full_name", "role", "token", "link"])
                for one, token in zip(people, tokens, strict=True):
                    link = f"https://t.me/{name}?start={token}" if name else ""
                    cells = (one.unit_code, one.full_name, one.role, token, link)
                    writer.writerow([_text_cell(cell) for cell in cells])
    _say(f"Đã cấp {len(people)} lời mời vào {out}.")
    if not name:
        _say("Chưa biết tên bot nên cột link để trống; thêm --bot-name TEN_BOT.")


@app.command()
def export(out: Annotated[Path, typer.Argument(help="Tệp .xlsx sẽ ghi")]) -> None:
    """Xuất số liệu cả tỉnh ra Excel."""
    from reports.export import write_export
    from storage.whole_files import written_whole

    settings = load_settings()
    with (
        _opened(settings) as (database, plan),
        written_whole(out) as temporary,
        database.reading() as conn,
    ):
        units = write_export(conn, plan, settings.zone, _now(settings), temporary)
    _say(f"Đã xuất {units} đơn vị vào {out}.")


@app.command()
def report(
    out: Annotated[Path, typer.Argument(help="Tệp .docx sẽ ghi")],
    unit: Annotated[str, typer.Option(help="Mã đơn vị; không nêu thì là đơn vị cao nhất")] = "",
) -> None:
    """Ghi báo cáo kết quả theo thể thức văn bản, để sửa và ký."""
    from reports.official.report import NoReport, Wishes, content_of, reporting_unit, write_report
    from storage.whole_files import written_whole

    settings = load_settings()
    with _opened(settings) as (database, plan), database.reading() as conn:
        try:
            whose = reporting_unit(conn, plan, unit)
        except NoReport as error:
            _fail(str(error))
        with written_whole(out) as temporary:
            content = content_of(conn, plan, settings.zone, _now(settings), whose)
            write_report(conn, content, settings.office, Wishes(), temporary)
    _say(f"Đã ghi báo cáo của {whose.name} vào {out}.")


@app.command()
def backup(out: Annotated[Path, typer.Argument(help="Tệp .zip sẽ ghi")]) -> None:
    """Sao lưu dữ liệu và tệp, cả khi bot đang chạy."""
    from storage.backup import backup as write_backup

    settings = load_settings()
    made = write_backup(settings.database, settings.data_dir, out)
    for name in made.damaged:
        print(f"{name} trên đĩa đã hỏng; bản sao lưu giữ như đang có.", file=sys.stderr)  # noqa: T201
    _say(f"Đã sao lưu cơ sở dữ liệu và {made.files} tệp vào {out}.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="Tệp do chidoan backup ghi")],
    force: Annotated[bool, typer.Option("--force", help="Thay dữ liệu đang có; bot phải đã dừng")] = False,
) -> None:
    """Khôi phục từ bản sao lưu, sau khi kiểm tra từng tệp trong đó."""
    from storage.backup import restore as put_back

    settings = load_settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    files = put_back(file, settings.database, settings.data_dir, force=force)
    _say(f"Đã khôi phục cơ sở dữ liệu và {files} tệp.")


@app.command()
def check() -> None:
    """Kiểm tra cài đặt, kế hoạch, dữ liệu, chỗ trống trên đĩa, token, webhook."""
    from bot.check import findings

    settings = load_settings()
    _say("OK Cài đặt")
    well = True
    for good, told in findings(settings):
        well = well and good
        _say(f"{'OK' if good else '✗'} {told}")
    raise typer.Exit(0 if well else 1)


def main() -> NoReturn:
    """The console script: exit 0, 1 (check found something), or 2 (the user's to mend)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that cannot show Vietnamese
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except BrokenPipeError:
        # Whoever read the output has seen enough; Python would complain again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except Exception as error:
        told = explain(error)
        if told is None:
            raise
        _fail(told)
    raise SystemExit(code or 0)


def _now(settings: Settings) -> datetime:
    """In the plan's zone: its day is today."""
    return Clock(settings.zone, settings.clock_start).local()


@contextmanager
def _opened(settings: Settings) -> "Iterator[tuple[Database, Plan]]":
    """The database, brought to this program's schema, and the plan."""
    from storage.database import Database
    from storage.plans import load_plan

    plan = load_plan(settings.plan)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database)
    try:
        database.migrate()
        yield database, plan
    finally:
        database.dispose()


def _tell_import(result: "Result", *, dry_run: bool) -> None:
    kind = "đơn vị" if result.kind == "units" else "người"
    if result.ignored:
        _say(f"Bỏ qua cột: {', '.join(result.ignored)}")
    if not result.changes:
        _say(f"{result.rows} dòng {kind}: không có gì thay đổi.")
        return
    if dry_run:
        for line in _first(result.changes, "thay đổi"):
            _say(line)
    verb = "Sẽ nhập" if dry_run else "Đã nhập"
    _say(f"{verb} {result.rows} dòng {kind}: {len(result.changes)} thay đổi.")


def _asked_name(settings: Settings) -> str:
    """The bot's name as Telegram tells it; empty where it cannot be asked."""
    if settings.telegram_token is None:
        return ""
    from bot.check import ask

    me = ask(settings, "getMe")[0]
    return "" if isinstance(me, str) else str(me.get("username", ""))


def _text_cell(text: str) -> str:
    """A spreadsheet would run what begins like a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _first(lines: list[str], what: str) -> list[str]:
    more = len(lines) - LINES_SHOWN
    return [*lines[:LINES_SHOWN], *([f"và {more} {what} nữa"] if more > 0 else [])]


def _say(line: str) -> None:
    print(line)  # noqa: T201


def _fail(*lines: str) -> NoReturn:
    for line in lines:
        print(line, file=sys.stderr)  # noqa: T201
    raise SystemExit(USER_ERROR)
