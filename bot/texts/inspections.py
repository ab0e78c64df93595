"""Inspection and supervision: what the team reads, and what the unit does of it."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.texts import say
from bot.texts.markup import bold, esc, lines
from rules.counting import Count
from rules.inspections import Why
from storage.inspections import Finding, Followed, Inspection
from storage.models import FollowUp, InspectionState

SUGGEST = "Đề xuất nơi kiểm tra"
CHOOSE = "Chọn đơn vị"
OVER = "Đã xong"
STILL_OPEN = "Đang theo dõi"
TO_LIST = "Danh sách kiểm tra"
VISITED = "Đã kiểm tra"
CALL_OFF = "Huỷ đợt này"
CALL_OFF_REALLY = "Huỷ, tôi chắc chắn"
KEEP = "Giữ lại"
MENDED = "Đã khắc phục"
CLOSE = "Đóng"
NOT_ENOUGH = "Chưa đạt"
CORRECT = "Sửa kết quả"
SEE = "Xem kết quả"
SEE_ANSWER = "Xem đợt kiểm tra"
NOT_RECORDED = "Chưa ghi"
GOOD = "Tốt"
REMARK = "Có điểm cần lưu ý"
NO_PHOTO = "Không có ảnh"
FINISHED = "Xong"
NOTHING = "Không có"
SEND = "Gửi"
EDIT = "Sửa"
CANCEL = "Huỷ"
UNKNOWN = "chưa ghi"
FOLLOWED_SHOWN = 3
NOTE_LIMIT = 200  # characters

NOT_IN_PLAN = "Kế hoạch này không có việc kiểm tra, giám sát."
CANCELLED = "Đã dừng. Chưa có gì được ghi."
NOTHING_OPEN = "Không có đợt kiểm tra nào đang theo dõi."
NOTHING_OVER = "Chưa có đợt kiểm tra nào đã xong."
NONE_OF_YOURS = "Đơn vị của đồng chí chưa có đợt kiểm tra nào."
WHICH_TEAM = "Đồng chí kiểm tra thay mặt đơn vị nào?"
WHICH_UNIT = "Đồng chí kiểm tra đơn vị nào? Gõ tên, ví dụ: thôn 3 Hoằng Quỳ"
WHICH_OF_THESE = "Đồng chí chọn đơn vị:"
NO_SUGGESTION = "Hôm nay hệ thống chưa có nơi nào để đề xuất. Đồng chí gõ tên đơn vị giúp."
OR_TYPE = "Bấm một đơn vị, hoặc gõ tên đơn vị khác."
NOTE_TOO_LONG = f"Phần này dài hơn {NOTE_LIMIT} chữ. Đồng chí gõ ngắn lại giúp."
WHICH_REMARK = "Điểm cần lưu ý là gì? Đồng chí gõ ngắn gọn."
SEND_PHOTOS = "Đồng chí gửi ảnh buổi kiểm tra (nếu có)."
PHOTOS_ONLY = "Ở bước này hệ thống nhận ảnh hoặc PDF. Đồng chí gửi lại giúp."
PHOTO_TOO_BIG = "Tệp lớn hơn 20 MB. Đồng chí gửi tệp nhỏ hơn giúp."
PHOTO_TWICE = "Tệp này đã có. Đồng chí gửi tệp khác, hoặc bấm Xong."
TOO_MANY_PHOTOS = "Đã đủ 10 tệp. Đồng chí bấm Xong."
WHAT_TO_MEND = "Đơn vị cần khắc phục điều gì không? Đồng chí gõ, hoặc bấm Không có."
MEND_BY = "Khắc phục xong chậm nhất hết ngày nào? Đồng chí gõ, ví dụ: 30/11"
WHAT_TO_EDIT = "Đồng chí muốn sửa mục nào?"
EDIT_DAY = "Ngày"
EDIT_MEMBERS = "Đoàn viên"
EDIT_CADRES = "Cán bộ"
EDIT_ITEMS = "Nội dung"
EDIT_PHOTOS = "Ảnh"
EDIT_MEND = "Khắc phục"
MORE_CADRES = "Cán bộ nằm trong số đoàn viên nên không thể nhiều hơn. Đồng chí xem lại giúp."
CALLED_OFF = "Đợt kiểm tra này đã huỷ."
OVER_ALREADY = "Đợt kiểm tra này đã đóng. Không cần làm gì thêm."
RECORDED_ALREADY = "Kết quả đợt kiểm tra này đã được ghi."
NOT_VISITED_YET = "Đợt kiểm tra này chưa được ghi kết quả."
WITH_THE_UNIT = "Đợt kiểm tra này đang chờ đơn vị khắc phục."
WITH_THE_TEAM = "Nội dung khắc phục đã gửi, đang chờ tổ kiểm tra xem. Cảm ơn đồng chí."
WHAT_WAS_MENDED = "Đồng chí đã khắc phục thế nào? Gõ ngắn gọn."
WHAT_IS_MISSING = "Còn điều gì chưa đạt? Đồng chí gõ ngắn gọn để đơn vị biết."

_WHY = {
    Why.HALL_DIFFERS: "số chi đoàn báo lệch số hội trường",
    Why.OVER_ROSTER: "số dự nhiều hơn danh sách",
    Why.FAR_FROM_LAST: "số liệu khác nhiều so với lần gửi trước",
    Why.SPEAKER_ELSEWHERE: "báo cáo viên có tên ở hai nơi cùng ngày",
    Why.PHOTO_BEFORE: "ảnh trùng với báo cáo khác",
    Why.LATE: "chậm hạn",
    Why.CHANCE: "chọn ngẫu nhiên",
}


def reasons(why: Sequence[Why]) -> str:
    return ", ".join(_WHY[one] for one in why)


def counted(count: Count | None) -> str:
    """ "38/50"."""
    return UNKNOWN if count is None else f"{say.number(count.attended)}/{say.number(count.expected)}"


# -- the list and a card


def heading(open_ones: int, overdue: int) -> str:
    return lines(
        "<b>Kiểm tra, giám sát</b>",
        f"Đang theo dõi {open_ones} đợt. Đợt quá hạn khắc phục ở trên cùng." if open_ones else NOTHING_OPEN,
        f"Quá hạn khắc phục: {overdue}" if overdue else None,
    )


def over(count: int) -> str:
    return f"<b>Kiểm tra, giám sát</b>\nĐã xong: {count} đợt, mới nhất ở trên." if count else NOTHING_OVER


def over_label(count: int) -> str:
    return f"{OVER} ({count})"


def label(one: Inspection, today: date) -> str:
    return f"{say.both_ends(one.unit_name, 22)} · {_state(one, today)}"


def _state(one: Inspection, today: date) -> str:
    match one.state:
        case InspectionState.PLANNED:
            return f"hẹn {say.day(one.planned_on, today)}"
        case InspectionState.VISITED if one.mend_by is not None and one.mend_by < today:
            return f"quá hạn {say.day(one.mend_by, today)}"
        case InspectionState.VISITED:
            return f"chờ đến {say.day(one.mend_by, today)}" if one.mend_by else "chờ khắc phục"
        case InspectionState.MENDED:
            return "đã khắc phục"
        case InspectionState.CANCELLED:
            return "đã huỷ"
    return f"xong {say.day(one.visited_on, today)}" if one.visited_on else "xong"


def card(
    one: Inspection,
    checklist: Sequence[str],
    found: Sequence[Finding],
    followed: Sequence[Followed],
    *,
    today: date,
    zone: ZoneInfo,
    with_reasons: bool,
) -> str:
    """`followed`: in order, of which the last few are shown. `with_reasons`: why it was suggested is for the team and those above it."""
    chosen = reasons(one.reasons) if one.reasons and with_reasons else None
    return lines(
        f"{bold(one.unit_name)} · đợt kiểm tra số {one.id}",
        esc(one.by_name),
        f"Lý do chọn: {chosen}" if chosen else None,
        *(
            _result(one, checklist, found, today)
            if one.visited_on is not None
            else [f"Ngày hẹn: {say.day(one.planned_on, today)}"]
        ),
        *(_followed(each, zone) for each in followed[-FOLLOWED_SHOWN:]),
        _STANDS.get(one.state),
    )


_STANDS = {
    InspectionState.CANCELLED: "Đã huỷ",
    InspectionState.CLOSED: "Đã xong",
}


def _result(one: Inspection, checklist: Sequence[str], found: Sequence[Finding], today: date) -> list[str]:
    told = [f"Ngày kiểm tra: {say.day(one.visited_on, today)}"] if one.visited_on else []
    return [
        *told,
        _counts(one.members, one.cadres),
        *_findings(checklist, found),
        to_mend(one.conclusion, one.mend_by, today),
    ]


def _counts(members: Count | None, cadres: Count | None) -> str:
    return f"Tổ kiểm tra đếm: đoàn viên {counted(members)}, cán bộ {counted(cadres)}"


def _findings(checklist: Sequence[str], found: Sequence[Finding]) -> list[str]:
    return [
        f"▸ {esc(checklist[one.place])}: " + ("tốt" if one.good else f"lưu ý “{esc(one.note or '')}”")
        for one in found
        if one.place < len(checklist)
    ]


def to_mend(what: str | None, by: date | None, today: date) -> str:
    if what is None:
        return "Cần khắc phục: không có"
    return f"Cần khắc phục: “{esc(what)}”" + (f", {say.until(by, today)}" if by else "")


def _followed(one: Followed, zone: ZoneInfo) -> str:
    said = f": “{esc(one.note)}”" if one.note else ""
    return f"{_FOLLOWED[one.verdict]} ({say.moment(one.at, zone)}){said}"


_FOLLOWED = {
    FollowUp.MENDED: "Đơn vị đã khắc phục",
    FollowUp.NOT_ENOUGH: "Tổ kiểm tra: chưa đạt",
    FollowUp.CLOSED: "Tổ kiểm tra đã đóng",
}


def photos_label(count: int) -> str:
    return f"Xem ảnh ({count})"


def evidence(unit: str, number: int) -> str:
    """The caption of what the team sent."""
    return f"{bold(unit)}, đợt kiểm tra số {number}"


def call_off_really(unit: str, day: date) -> str:
    return f"Huỷ đợt kiểm tra {bold(unit)} hẹn ngày {say.day(day)}?"


def called_off(unit: str) -> str:
    return f"Đã huỷ đợt kiểm tra {bold(unit)}."


# -- planning


def suggestions(named: Sequence[tuple[str, Sequence[Why]]]) -> str:
    """`named`: (unit, why)."""
    if not named:
        return NO_SUGGESTION
    told = [f"▸ {esc(name)}: {reasons(why)}" for name, why in named]
    return lines("<b>Hệ thống đề xuất kiểm tra:</b>", *told, OR_TYPE)


def planning_title(team: str) -> str:
    return f"Hẹn kiểm tra của {team}"


def no_such_unit(words: str) -> str:
    return f"Hệ thống chưa tìm thấy “{esc(say.beginning(words, 40))}” trong các đơn vị cấp dưới. Đồng chí gõ lại giúp."


def which_day(unit: str) -> str:
    return f"Kiểm tra {bold(unit)} ngày nào? Bấm Hôm nay, hoặc gõ ngày sắp tới, ví dụ: 20/11"


def open_already(unit: str) -> str:
    return f"{bold(unit)} đang có đợt kiểm tra của đơn vị mình chưa xong. Đồng chí xem lại đợt đó."


def planned(unit: str, day: date, why: Sequence[Why]) -> str:
    chosen = f" Lý do: {reasons(why)}." if why else ""
    return (
        f"Đã hẹn kiểm tra {bold(unit)} ngày {say.day(day)}.{chosen} Kiểm tra xong, đồng chí bấm Đã kiểm tra."
    )


# -- recording a visit


def recording_title(unit: str) -> str:
    return f"Kết quả kiểm tra {unit}"


def visited_on_which_day(unit: str) -> str:
    return f"Đã kiểm tra {bold(unit)} ngày nào?"


def visit_in_future(day: date) -> str:
    return f"Ngày {say.day(day)} chưa đến. Đồng chí đã kiểm tra ngày nào?"


def how_many_members(expected: int | None) -> str:
    roster = f" Danh sách có {say.number(expected)}." if expected is not None else ""
    return f"Tổ kiểm tra đếm được bao nhiêu đoàn viên đã học? Gõ, ví dụ: 38/50.{roster}"


def how_many_cadres(expected: int | None) -> str:
    roster = f" Danh sách có {say.number(expected)}." if expected is not None else ""
    return f"Trong đó bao nhiêu cán bộ? Gõ, ví dụ: 3/3.{roster}"


def more_than_there_are(attended: int, expected: int) -> str:
    return (
        f"Số đã học ({say.number(attended)}) nhiều hơn tổng số ({say.number(expected)})."
        " Đồng chí xem lại rồi gõ giúp."
    )


def which_verdict(item: str, place: int, of: int) -> str:
    return f"Nội dung {place}/{of}: {bold(item)}"


def files_added(count: int, *, album: bool) -> str:
    told = "Đã thêm ảnh trong album." if album else f"Đã thêm {count} tệp."
    return f"{told} Đồng chí gửi tiếp, hoặc bấm Xong."


def on_day(day: date) -> str:
    return f"Ngày {say.day(day)}"


def summary(
    unit: str,
    day: date,
    members: Count | None,
    cadres: Count | None,
    checklist: Sequence[str],
    found: Sequence[Finding],
    mend: str,
    files: int,
    today: date,
) -> str:
    """`mend`: of `to_mend`."""
    return lines(
        f"{bold(unit)}, kiểm tra ngày {say.day(day, today)}",
        _counts(members, cadres),
        *_findings(checklist, found),
        f"Ảnh: {files}" if files else None,
        mend,
        "Gửi kết quả cho đơn vị?",
    )


def recorded(unit: str, number: int, *, mends: bool) -> str:
    """To who sent it."""
    then = "Đơn vị được báo phần cần khắc phục." if mends else "Không có gì phải khắc phục, đợt này đã đóng."
    return f"Đã ghi kết quả kiểm tra {bold(unit)}, đợt số {number}. {then}"


def corrected(unit: str, number: int) -> str:
    """To who corrected it."""
    return f"Đã sửa kết quả kiểm tra {bold(unit)}, đợt số {number}. Đơn vị được báo kết quả mới."


def told_of_result(
    one: Inspection, checklist: Sequence[str], found: Sequence[Finding], today: date, *, corrected: bool
) -> str:
    """To the unit and the level above it."""
    assert one.visited_on is not None
    opening = (
        f"{bold(one.by_name)} sửa kết quả kiểm tra {bold(one.unit_name)} ngày {say.day(one.visited_on, today)}:"
        if corrected
        else f"{bold(one.by_name)} đã kiểm tra {bold(one.unit_name)} ngày {say.day(one.visited_on, today)}."
    )
    waits = one.state is InspectionState.VISITED
    asked = "Xong việc, đồng chí của đơn vị bấm Đã khắc phục." if waits else None
    return lines(
        opening,
        _counts(one.members, one.cadres),
        *_findings(checklist, found),
        to_mend(one.conclusion, one.mend_by, today),
        asked,
        "Cảm ơn các đồng chí đã phối hợp.",
    )


# -- afterwards


def answering_title(unit: str) -> str:
    return f"Khắc phục sau kiểm tra {unit}"


def asking_again_title(unit: str) -> str:
    return f"Góp ý phần khắc phục của {unit}"


def answered(team: str) -> str:
    """To the unit."""
    return f"Đã gửi {bold(team)} nội dung khắc phục. Cảm ơn đồng chí."


def unit_answered(one: Inspection, note: str) -> str:
    """To the team."""
    return f"{bold(one.unit_name)} đã khắc phục sau kiểm tra: “{esc(note)}”"


def asked_again(unit: str) -> str:
    """To who asked."""
    return f"Đã nhắn {bold(unit)} phần còn lại."


def told_not_enough(one: Inspection, note: str, today: date) -> str:
    """To the unit."""
    return lines(
        f"{bold(one.by_name)} đã xem phần khắc phục của {bold(one.unit_name)}. Còn một việc: “{esc(note)}”",
        to_mend(one.conclusion, one.mend_by, today),
    )


def closed(unit: str) -> str:
    """To who closed it."""
    return f"Đã đóng đợt kiểm tra {bold(unit)}."


def told_closed(one: Inspection) -> str:
    """To the unit."""
    return f"{bold(one.by_name)} đã đóng đợt kiểm tra {bold(one.unit_name)}. Cảm ơn các đồng chí."


def mend_line(one: Inspection, today: date) -> str:
    """In /trangthai."""
    by = f", {say.until(one.mend_by, today)}" if one.mend_by else ""
    return f"▸ Khắc phục sau kiểm tra, đợt số {one.id}{by}"


def mended_label(number: int) -> str:
    return f"{MENDED}, đợt {number}"


def mend_reminder(one: Inspection, today: date) -> str:
    """To the unit, the day before."""
    return lines(
        f"Nhắc việc sau kiểm tra của {bold(one.by_name)} tại {bold(one.unit_name)}.",
        to_mend(one.conclusion, one.mend_by, today),
        "Xong việc, đồng chí bấm Đã khắc phục.",
    )


# -- beside what units report of themselves


def beside(one: Inspection | None, today: date) -> str:
    """ "kiểm tra 38/50 ngày 12/11"."""
    if one is None or one.visited_on is None:
        return f"kiểm tra: {UNKNOWN}"
    day = say.day(one.visited_on, today)
    if one.members is None:
        return f"kiểm tra ngày {day}, chưa ghi số"
    return f"kiểm tra {counted(one.members)} ngày {day}"


def on_the_card(one: Inspection | None, today: date) -> str | None:
    """A line of a report's card, for its reviewer."""
    if one is None or one.visited_on is None:
        return None
    return (
        f"▸ Đã kiểm tra ngày {say.day(one.visited_on, today)}: đoàn viên {counted(one.members)},"
        f" cán bộ {counted(one.cadres)}"
    )
