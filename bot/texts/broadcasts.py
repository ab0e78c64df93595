"""Broadcasts: what their sender reads, and the one button of whoever receives one."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.texts import say
from bot.texts.markup import bold, esc, lines, unmarked
from rules.audience import Owing
from storage.audience import Size
from storage.broadcasts import Account, Broadcast, UnitReach
from storage.models import BroadcastState, RecipientState

EVERYBODY = "Tất cả"
NOT_REPORTED = "Chưa báo cáo"
NO_ESSAY = "Chưa nộp bài"
LATE = "Quá hạn"
BY_UNIT = "Theo đơn vị"
SCHEDULED = "Đã hẹn"
SENT_BEFORE = "Đã gửi"
DONE = "Xong"
SHOW_PREVIEW = "Xem trước"
SEND_NOW = "Gửi ngay"
SCHEDULE = "Hẹn giờ"
FILTER = "Lọc người nhận"
REWRITE = "Sửa nội dung"
ASK_ACKNOWLEDGE = "Xin xác nhận"
NO_ACKNOWLEDGE = "Bỏ xác nhận"
CANCEL = "Huỷ"
ACKNOWLEDGE = "Đã nắm thông tin"
STOP = "Dừng gửi"
AT_NIGHT = "Vẫn gửi đêm nay"
AGAIN = "Gửi lại cho người chưa nhận"
APPROVE = "Duyệt gửi"
REJECT = "Không gửi"
TODAY_EVENING = "19 giờ hôm nay"
TOMORROW_MORNING = "7 giờ 30 mai"

WHICH_DESK = "Đồng chí gửi thông báo từ đơn vị nào?"
NO_DESK = "Thông báo dành cho cán bộ phụ trách các đơn vị cấp dưới."
NAME_UNITS = "Đồng chí gõ tên đơn vị, ví dụ: xã Hoằng Quỳ. Thông báo tới cả các đơn vị bên dưới."
NO_SUCH_UNIT = "Chưa tìm thấy đơn vị này trong phạm vi của đồng chí. Đồng chí gõ lại tên giúp."
WHICH_UNIT = "Đồng chí chọn đơn vị nào?"
CONTENT = "Đồng chí gõ nội dung, hoặc gửi ảnh, tệp, bộ ảnh. Người nhận sẽ thấy đúng như đồng chí gửi."
TEXT_TOO_LONG = "Nội dung dài quá 4.096 ký tự nên không gửi được. Đồng chí rút gọn, hoặc gửi thành tệp."
CAPTION_TOO_LONG = (
    "Lời kèm ảnh, tệp dài quá 1.024 ký tự nên không gửi được. Đồng chí rút gọn, hoặc gửi chữ thành tin riêng."
)
NO_CONTENT = "Nội dung chưa có chữ nào. Đồng chí gõ lại giúp."
MIXED_ALBUM = "Một bộ chỉ gồm toàn ảnh hoặc toàn tệp. Đồng chí gửi lại giúp."
ALBUM_FULL = "Một bộ có nhiều nhất 10 ảnh hoặc tệp. Đồng chí bấm Xem trước."
ALBUM_NO_BUTTON = "Bộ ảnh không kèm được nút xác nhận. Đồng chí gửi một ảnh hoặc chữ nếu cần xác nhận."
NOT_ACCEPTED = "Telegram không nhận nội dung này nên chưa gửi được. Đồng chí sửa nội dung giúp."
NOBODY = "Không có ai để gửi theo lựa chọn này. Đồng chí chọn lại người nhận."
NOBODY_REACHABLE = "Chưa ai trong số này kết nối với hệ thống. Đồng chí chọn lại người nhận, hoặc gọi điện."
WHEN = "Gửi lúc nào? Bấm nút, hoặc gõ, ví dụ: 7h30 15/11"
PAST = "Lúc này đã qua. Đồng chí hẹn một lúc chưa đến."
NO_TIME = "Hệ thống chưa đọc được giờ. Đồng chí gõ giờ rồi ngày."
NOTHING_SCHEDULED = "Không còn thông báo nào đang hẹn."
NOTHING_SENT = "Chưa có thông báo nào đã gửi."
ACKNOWLEDGED = "Cảm ơn đồng chí. Hệ thống đã ghi."
ONLY_A_PREVIEW = "Đây là bản xem trước. Người nhận bấm nút này để xác nhận."
NOT_FOR_YOU = "Thông báo này không gửi cho đồng chí."
NOT_YOURS = "Đồng chí không quản lý thông báo này."
ON_ITS_WAY = "Thông báo này đang được gửi, xong sẽ có kết quả."
OVER_ALREADY = "Thông báo này đã gửi xong hoặc đã dừng."
NONE_TO_REPEAT = "Chưa có ai trong số đó kết nối thêm. Đồng chí gọi điện, hoặc cấp lại lời mời."
NOBODY_TO_APPROVE = "Kế hoạch yêu cầu người thứ hai duyệt, mà chưa ai khác của đơn vị kết nối. Chưa gửi gì."
DECIDED_ALREADY = "Thông báo này đã có người quyết định."
NOT_ONES_OWN = "Người soạn không tự duyệt thông báo của mình."
SENDING_AT_NIGHT = "Vâng, hệ thống gửi tiếp ngay cả trong giờ nghỉ."


def whom(desk: str) -> str:
    return f"{bold(desk)} gửi thông báo tới ai?"


def unit_in_its_place(unit: str, above: str | None) -> str:
    """There is a "Chi đoàn thôn 3" in every commune."""
    return f"{unit} ({above})" if above else unit


def units_chosen(names: Sequence[str]) -> str:
    return f"Đã chọn: {esc(', '.join(names))}. Gõ thêm đơn vị khác, hoặc bấm Xong."


def files_taken(count: int) -> str:
    return f"Đã nhận {count} ảnh, tệp. Gửi đủ thì bấm Xem trước."


_OWING = {
    Owing.REPORT: "đơn vị chưa báo cáo",
    Owing.LATE: "đơn vị quá hạn chưa báo cáo",
    Owing.ESSAY: "đồng chí chưa nộp bài thu hoạch",
}


def audience(
    desk: str, units: Sequence[str], levels: Sequence[str], roles: Sequence[str], owing: Owing | None
) -> str:
    """In words: "chi đoàn, đơn vị chưa báo cáo, Huyện đoàn Hoằng Hóa"."""
    parts = [
        ", ".join(levels).lower() if levels else "mọi cấp",
        ", ".join(roles).lower() if roles else "",
        _OWING[owing] if owing else "",
        ", ".join(units) if units else desk,
    ]
    return " · ".join(part for part in parts if part)


def preview(to: str, size: Size, *, acknowledge: bool, quiet_until: str | None) -> str:
    """Below the message as everybody will see it."""
    cannot = [
        f"{say.number(size.unlinked)} chưa kết nối" if size.unlinked else "",
        f"{say.number(size.blocked)} đã chặn" if size.blocked else "",
    ]
    without = ", ".join(part for part in cannot if part)
    return lines(
        "Trên đây là thông báo như người nhận sẽ thấy.",
        f"Gửi tới: {esc(to)}",
        f"<b>{say.number(size.people)} người</b>" + (f", trong đó {without}" if without else ""),
        "Kèm nút Đã nắm thông tin." if acknowledge else None,
        f"Đang giờ nghỉ: thông báo sẽ đi từ {quiet_until}." if quiet_until else None,
    )


def what_to_filter(to: str, people: int) -> str:
    return lines(
        f"Gửi tới: {esc(to)}", f"<b>{say.number(people)} người</b>. Bấm để lọc thêm, xong thì bấm Xong."
    )


def scheduled(number: int, at: datetime, zone: ZoneInfo, people: int) -> str:
    return (
        f"Đã hẹn <b>thông báo số {number}</b>, gửi lúc {say.moment(at, zone)}"
        f" tới khoảng {say.number(people)} người. Người nhận được tính lại lúc gửi."
    )


def quiet_time(begins: str, ends: str) -> str:
    return f"Từ {begins} đến {ends} là giờ nghỉ. Đồng chí hẹn giờ khác giúp."


def waits_for_approval(number: int) -> str:
    return f"Thông báo số {number} chờ người thứ hai của đơn vị duyệt. Hệ thống đã báo."


def please_approve(number: int, author: str, to: str, people: int) -> str:
    return lines(
        f"Đồng chí {bold(author)} soạn thông báo số {number} trên đây, gửi tới {esc(to)}:"
        f" {say.number(people)} người.",
        "Đồng chí duyệt gửi không?",
    )


def approved(number: int, by: str) -> str:
    return f"Đồng chí {bold(by)} đã duyệt thông báo số {number}."


def goes_at(at: datetime, zone: ZoneInfo) -> str:
    return f"Hệ thống gửi lúc {say.moment(at, zone)}."


def rejected(number: int, by: str) -> str:
    return f"Đồng chí {bold(by)} không duyệt thông báo số {number}. Chưa gửi cho ai."


def cancelled(number: int) -> str:
    return f"Đã huỷ thông báo số {number}. Chưa gửi cho ai."


BAR = 10  # blocks


def progress(number: int, state: BroadcastState, account: Account, quiet_until: str | None) -> str:
    """The one message that edits itself."""
    head = f"Đang gửi thông báo số {number}"
    if state is BroadcastState.STOPPING:
        head = f"Đang dừng thông báo số {number}"
    # Of those who can be reached: the others were over before it began.
    waiting = account.of(RecipientState.QUEUED)
    reachable = account.chosen - account.of(RecipientState.UNLINKED)
    share = (reachable - waiting) / reachable if reachable and state is not BroadcastState.PREPARING else 0
    full = int(share * BAR)
    return lines(
        f"<b>{head}</b>",
        f"{'█' * full}{'░' * (BAR - full)} {int(share * 100)}%",
        f"Đã gửi {say.number(account.of(RecipientState.SENT))} / {say.number(reachable)}",
        f"Đang giờ nghỉ, gửi tiếp từ {quiet_until}." if quiet_until else None,
    )


def progress_over(number: int) -> str:
    return f"Thông báo số {number}: đã xong, kết quả ở tin dưới."


_PARTS = (
    (RecipientState.SENT, "đã gửi"),
    (RecipientState.QUEUED, "đang chờ"),
    (RecipientState.UNLINKED, "chưa kết nối"),
    (RecipientState.REPORTED, "vừa báo cáo"),
    (RecipientState.GONE, "thôi chức vụ"),
    (RecipientState.BLOCKED, "chặn"),
    (RecipientState.FAILED, "lỗi"),
    (RecipientState.UNKNOWN, "không rõ"),
    (RecipientState.STOPPED, "đã dừng"),
)


def result(known: Broadcast, account: Account, zone: ZoneInfo) -> str:
    """The account: it adds up to the number chosen."""
    stopped = account.of(RecipientState.STOPPED) > 0
    head = "Đã dừng" if stopped else "Đã gửi xong"
    span = ""
    if known.started_at is not None and known.finished_at is not None:
        span = f" ({say.span(known.started_at, known.finished_at, zone)})"
    shown = " + ".join(
        f"{name} {say.number(account.of(state))}"
        for state, name in _PARTS
        if account.of(state) or state is RecipientState.SENT
    )
    return lines(
        f"<b>{head} thông báo số {known.id}</b>{span}",
        f"Đã chọn {say.number(account.chosen)} = {shown}",
        f"Đã nắm thông tin: {say.number(account.acknowledged)}" if known.acknowledge else None,
        "“Không rõ”: có thể đã tới; hệ thống không gửi lại để khỏi trùng."
        if account.of(RecipientState.UNKNOWN)
        else None,
    )


def by_level_label(level: str) -> str:
    """ "Xem theo huyện"."""
    return f"Xem theo {level.removeprefix('cấp ')}"


def units_to_call(count: int) -> str:
    return f"{say.number(count)} đơn vị cần gọi"


def list_line(known: Broadcast, zone: ZoneInfo) -> str:
    """With its first words: a number alone tells nobody which one it was."""
    words = unmarked(known.content["text"]) or "ảnh, tệp"
    return f"▸ Số {known.id}, {say.moment(known.send_at, zone)}: {esc(say.beginning(words, 40))}"


def listed(title: str, rows: Sequence[str]) -> str:
    return lines(f"<b>{title}</b>", *rows)


def cancel_label(number: int) -> str:
    return f"Huỷ số {number}"


def open_label(number: int) -> str:
    return f"Số {number}"


def by_unit(number: int, level: str, rows: Sequence[tuple[str, Sequence[UnitReach]]]) -> str:
    """Per unit below the desk: units reached of units, people who have it of people."""
    return lines(
        f"<b>Thông báo số {number}</b> theo {esc(level)}: đơn vị đã nhận, người đã nhận",
        *(
            f"▸ {esc(name)}: {sum(1 for one in units if one.arrived)}/{len(units)} đơn vị,"
            f" {sum(one.arrived for one in units)}/{sum(one.people for one in units)} người"
            for name, units in rows
        ),
    )


def everybody_has_it(number: int) -> str:
    return f"Thông báo số {number}: đơn vị nào cũng đã có người nhận."


def being_repeated(number: int) -> str:
    return f"Hệ thống gửi lại thông báo số {number} cho những người chắc chắn chưa nhận."
