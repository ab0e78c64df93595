"""What a person at the command line got wrong, or their machine did, as lines for them; no tracebacks."""

import errno
import re
import sqlite3

import typer

_USAGE = (
    (re.compile(r"Missing argument '(.+)'\."), "Thiếu {}; xem chidoan --help."),
    (re.compile(r"No such command '(.+)'\."), "Không có lệnh {}; xem chidoan --help."),
    (re.compile(r"No such option: (\S+)"), "Không có tuỳ chọn {}; xem chidoan --help."),
    (re.compile(r"Option '(.+)' requires an argument\."), "Tuỳ chọn {} cần một giá trị."),
    (re.compile(r"Got unexpected extra argument\(s\) \((.+)\)"), "Thừa: {}."),
)
_SYSTEM = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "đĩa chỉ đọc",
    errno.EISDIR: "đây là một thư mục",
    errno.ENOTDIR: "có phần không phải là thư mục",
    errno.EINVAL: "đây không phải là tệp thường",
    errno.ENOSPC: "đĩa đầy",
    errno.EDQUOT: "hết phần đĩa được dùng",
    errno.EADDRINUSE: "địa chỉ đã có chương trình khác dùng",
    errno.ENAMETOOLONG: "tên quá dài",
}
_DATABASE = (
    ("database is locked", "đang có chương trình khác ghi; hãy thử lại"),
    ("unable to open database file", "không mở được tệp; kiểm tra CHIDOAN_DATA_DIR, CHIDOAN_DATABASE_URL"),
    ("disk is full", "đĩa đầy"),
    ("disk I/O error", "đĩa đầy, hoặc đĩa hỏng"),
    ("readonly database", "tệp chỉ đọc"),
    ("not a database", "tệp này không phải cơ sở dữ liệu của chidoan"),
    ("malformed", "tệp bị hỏng; hãy khôi phục từ bản sao lưu"),
)


def explain(error: BaseException) -> str | None:
    """One line; None for what is a mistake in the program, and needs its traceback."""
    # The heavy ones are loaded already where their errors can come from.
    from sqlalchemy.exc import DBAPIError

    from bot.settings import SettingsError
    from rules.plan import PlanError
    from storage.backup import BackupError
    from storage.database import SchemaTooNew
    from storage.rosters import UnreadableRoster

    match error:
        case typer.TyperException():
            return _usage(error.format_message())
        case SettingsError(problems=problems):
            return f"Cài đặt chưa đúng: {'; '.join(problems)}"
        case PlanError(source=source, problems=problems):
            return f"Kế hoạch {source}: {'; '.join(problems)}"
        case SchemaTooNew():
            return f"Dữ liệu do chidoan mới hơn ghi (bản {error}); hãy cập nhật chương trình."
        case UnreadableRoster() | BackupError():
            return str(error)
        case DBAPIError(orig=cause):
            return f"Không dùng được cơ sở dữ liệu: {_database(str(cause))}."
        case sqlite3.Error():
            return f"Không dùng được cơ sở dữ liệu: {_database(str(error))}."
        case OSError():
            return _system(error)
    return None


def _usage(message: str) -> str:
    for pattern, told in _USAGE:
        if found := pattern.fullmatch(message):
            return told.format(found[1])
    return message


def _database(message: str) -> str:
    first = (message.strip().splitlines() or ["không rõ lý do"])[0]
    return next((told for part, told in _DATABASE if part in message), first.rstrip("."))


def _system(error: OSError) -> str:
    why = _SYSTEM.get(error.errno or 0, error.strerror or type(error).__name__)
    # People know the name that they gave, not the one that a file has while it is written.
    return (
        f"{str(error.filename).removesuffix('.partial')}: {why}."
        if error.filename
        else f"Máy báo lỗi: {why}."
    )
