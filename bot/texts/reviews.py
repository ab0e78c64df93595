"""Accepting reports and asking for more: what the officer above reads, and what the unit reads of it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.texts import check_ins as check_in_texts
from bot.texts import say
from bot.texts.figures import figure_lines
from bot.texts.markup import bold, esc, lines
from rules.contradictions import Finding, Kind
from rules.reviewing import Field
from rules.revisions import Figures

ONE_BY_ONE = "Xem từng báo cáo"
ACCEPT = "Tiếp nhận"
RETURN = "Đề nghị bổ sung"
PUT_OFF = "Để sau"
NEXT = "Báo cáo tiếp"
FRESH = "Xem bản mới"
NO_NOTE = "Không ghi chú"
SEE = "Xem báo cáo"
KEEP = "Giữ nguyên"
NOTE_LIMIT = 300  # characters
FINDINGS_SHOWN = 4

# Who reads it as the button of a choice; inside "đề nghị bổ sung: …"; on the unit's own button.
_FIELDS: dict[Field, tuple[str, str, str]] = {
    Field.DAY: ("Ngày học", "ngày học", "Sửa ngày học"),
    Field.MEMBERS: ("Đoàn viên", "số đoàn viên", "Sửa số đoàn viên"),
    Field.CADRES: ("Cán bộ", "số cán bộ", "Sửa số cán bộ"),
    Field.YOUTH: ("Thanh niên", "số thanh niên", "Sửa số thanh niên"),
    Field.PLACE: ("Địa điểm", "địa điểm", "Sửa địa điểm"),
    Field.SPEAKER: ("Báo cáo viên", "báo cáo viên", "Sửa báo cáo viên"),
    Field.HALL: ("Số người", "số người trong hội trường", "Sửa số người"),
    Field.MATERIALS: ("Tài liệu", "tài liệu", "Sửa tài liệu"),
    Field.PHOTOS: ("Ảnh", "ảnh", "Gửi ảnh"),
    Field.SIGNED_LIST: ("Danh sách ký tên", "danh sách ký tên", "Gửi danh sách"),
    Field.FILE: ("Tệp", "tệp văn bản", "Gửi lại tệp"),
    Field.RATE: ("Tỷ lệ tham gia", "tỷ lệ tham gia", "Giải trình tỷ lệ"),
    Field.RESULTS: ("Kết quả sau buổi", "kết quả sau buổi học", "Sửa kết quả"),
    Field.PROPOSALS: ("Đề xuất, kiến nghị", "đề xuất, kiến nghị", "Sửa kiến nghị"),
    Field.NUMBER: ("Số, ngày", "số, ngày văn bản", "Sửa số, ngày"),
}
_OF_A_SESSION = {Field.DAY: ("Ngày họp", "ngày họp", "Sửa ngày họp")}


def _names(field: str, *, session: bool) -> tuple[str, str, str]:
    known = Field(field)
    return _OF_A_SESSION.get(known, _FIELDS[known]) if session else _FIELDS[known]


def field_label(field: Field, *, session: bool) -> str:
    return _names(field, session=session)[0]


def field_phrase(field: str, *, session: bool) -> str:
    """ "số cán bộ": behind "đề nghị bổ sung"."""
    return _names(field, session=session)[1]


def fix_label(field: str, *, session: bool) -> str:
    """ "Sửa số cán bộ": the unit's button."""
    return _names(field, session=session)[2]


# -- the queue


TITLE = "Duyệt báo cáo"
NO_DESK = "Đồng chí không có đơn vị cấp dưới nào gửi báo cáo."
CANCELLED = "Đã dừng. Báo cáo chưa xem vẫn chờ, đồng chí gõ /duyet để xem tiếp."


def nothing_waits(with_units: int) -> str:
    return lines("Không có báo cáo nào chờ tiếp nhận.", _with_units(with_units))


def opening(waiting: int, clean: int, with_units: int) -> str:
    rest = waiting - clean
    told = f"{clean} báo cáo không có điểm cần xem lại" if clean else None
    return lines(
        f"<b>{waiting} báo cáo chờ tiếp nhận.</b>",
        f"▸ {told}" if told else None,
        f"▸ {rest} báo cáo nên xem từng bản" if rest else None,
        _with_units(with_units),
    )


def _with_units(count: int) -> str | None:
    return f"{count} báo cáo đang chờ đơn vị bổ sung." if count else None


def accept_all(count: int) -> str:
    return f"Tiếp nhận {count} báo cáo"


def accepted_many(count: int, left_out: int, remaining: int) -> str:
    return lines(
        f"<b>Đã tiếp nhận {count} báo cáo.</b>" if count else "Chưa tiếp nhận báo cáo nào.",
        f"{left_out} báo cáo vừa thay đổi nên còn chờ đồng chí xem." if left_out else None,
        f"Còn {remaining} báo cáo chờ." if remaining else "Không còn báo cáo nào chờ.",
    )


def all_seen(left: int) -> str:
    if left:
        return f"Đồng chí đã xem hết. Còn {left} báo cáo để sau."
    return "Đồng chí đã xem hết, không còn báo cáo nào chờ."


# -- one report


def card(
    unit: str,
    duty: str,
    code: int,
    revision: int,
    now: Figures,
    before: Figures | None,
    found: Sequence[Finding],
    *,
    arrived: datetime,
    zone: ZoneInfo,
    session: bool,
    inspected: str | None,
    behind: int,
) -> str:
    """`before`: the sending that it is compared with; `inspected`: what was seen there; `behind`: how many
    wait after it.
    """
    again = f", lần {revision}" if revision > 1 else ""
    # The number beside the reported one is no point to look at, and is never cut off behind those.
    beside = [_finding(one, session=session) for one in found if one.kind is Kind.CHECKED_IN]
    told = [_finding(one, session=session) for one in found if one.kind is not Kind.CHECKED_IN]
    more = len(told) - FINDINGS_SHOWN
    return lines(
        f"{bold(unit)} · mã {say.code(code)}{again}",
        esc(duty),
        *figure_lines(now, before),
        *beside,
        f"Gửi {say.moment(arrived, zone)}",
        inspected,
        *(f"▸ {one}" for one in told[:FINDINGS_SHOWN]),
        f"▸ và {more} điểm khác" if more > 0 else None,
        f"(còn {behind} báo cáo sau báo cáo này)" if behind else None,
    )


def accepted(unit: str, code: int) -> str:
    return f"Đã tiếp nhận báo cáo {say.code(code)}, {bold(unit)}."


def no_longer_waits(code: int) -> str:
    return f"Báo cáo {say.code(code)} không còn chờ đồng chí tiếp nhận."


def sent_again(unit: str, code: int, revision: int) -> str:
    return f"{bold(unit)} vừa gửi lại báo cáo {say.code(code)} (lần {revision}). Đồng chí xem bản mới."


def files_label(count: int, *, document: bool) -> str:
    return f"Xem tệp ({count})" if document else f"Xem ảnh ({count})"


def evidence(unit: str, code: int) -> str:
    """The caption of what the unit sent."""
    return f"{bold(unit)}, báo cáo {say.code(code)}"


def which_field(code: int) -> str:
    return f"Đề nghị bổ sung mục nào của báo cáo {say.code(code)}?"


def which_note(field: str, *, session: bool) -> str:
    return (
        f"Đồng chí nhắn thêm gì về {field_phrase(field, session=session)} không?"
        " Gõ lời nhắn, hoặc bấm Không ghi chú."
    )


NOTE_TOO_LONG = f"Lời nhắn dài hơn {NOTE_LIMIT} chữ. Đồng chí gõ ngắn lại giúp."
UNIT_LOCKED = (
    "Kế hoạch đã khoá sổ, đơn vị chưa sửa được. Đồng chí mở lại cho đơn vị trước, rồi đề nghị bổ sung."
)


def sent_back(unit: str, code: int) -> str:
    return f"Đã đề nghị {bold(unit)} bổ sung báo cáo {say.code(code)}."


NOBODY_THERE = "Danh sách chưa có ai phụ trách đơn vị; đồng chí liên hệ giúp."


def nobody_reached(name: str, phone: str | None) -> str:
    """Nobody of the unit has an account: the officer rings."""
    number = f", {say.phone(phone)}" if phone else ""
    return f"Đơn vị chưa có ai nối tài khoản; đồng chí gọi giúp: {bold(name)}{number}."


# -- what does not fit

_TOLD: dict[Kind, Callable[[dict[str, Any]], str]] = {
    Kind.OVER_ROSTER: lambda facts: (
        f"Dự {say.number(facts['attended'])}, danh sách chỉ ghi {say.number(facts['roster'])} đoàn viên"
    ),
    Kind.ROSTER_DIFFERS: lambda facts: (
        f"Báo có {say.number(facts['expected'])} đoàn viên, danh sách ghi {say.number(facts['roster'])}"
    ),
    Kind.CADRES_BELOW: lambda facts: (
        f"Cán bộ {facts['attended']}/{facts['expected']}, kế hoạch yêu cầu {facts['target']}%"
    ),
    Kind.HALL_DIFFERS: lambda facts: (
        f"Các chi đoàn báo {say.number(facts['branches'])} người, hội trường đếm {say.number(facts['hall'])}"
    ),
    Kind.FAR_FROM_LAST: lambda facts: (
        f"Khác nhiều so với lần gửi trước: {say.number(facts['before'])} → {say.number(facts['now'])}"
    ),
    Kind.SPEAKER_ELSEWHERE: lambda facts: (
        f"Báo cáo viên {esc(facts['name'])} cùng ngày còn ở"
        f" {esc(facts['where']) if facts['where'] else 'một hội nghị khác'}"
    ),
    Kind.SPEAKER_OUTSIDE: lambda facts: f"Báo cáo viên {esc(facts['name'])} ngoài danh sách kế hoạch nêu",
    Kind.PHOTO_BEFORE: lambda facts: (
        f"Có ảnh đã gửi trong báo cáo {say.code(facts['report'])} ({esc(facts['unit'])})"
        if facts["report"]
        else "Có ảnh đã gửi trong một báo cáo khác"
    ),
    Kind.SAMPLED: lambda _: "Được chọn ngẫu nhiên để xem danh sách ký tên",
    Kind.ON_BEHALF: lambda _: "Do cấp trên báo hộ",
    Kind.CHECKED_IN: lambda facts: (
        check_in_texts.beside_hall(facts["checked_in"], facts["reported"])
        if facts["hall"]
        else check_in_texts.beside_report(facts["checked_in"], facts["reported"])
    ),
}


def told(found: Sequence[Finding]) -> list[str]:
    """What was found in a report that is no session's, one sentence each."""
    return [_finding(one, session=False) for one in found]


def _finding(found: Finding, *, session: bool) -> str:
    if found.kind is Kind.ASKED_BEFORE:
        asked = f"Đã đề nghị bổ sung {field_phrase(found.facts['field'], session=session)}"
        return f"{asked}; đơn vị {'giữ nguyên' if found.facts['kept'] else 'đã gửi lại'}"
    return _TOLD[found.kind](found.facts)


# -- what the unit reads


def returned(above: str, code: int, field: str, note: str | None, *, session: bool) -> str:
    said = f" “{esc(note)}”" if note else ""
    return (
        f"<b>{esc(above)} đề nghị bổ sung báo cáo {say.code(code)}:</b>"
        f" {field_phrase(field, session=session)}.{said}"
    )


def returned_line(duty: str, code: int, field: str, *, session: bool) -> str:
    """In /trangthai."""
    phrase = field_phrase(field, session=session)
    return f"▸ {esc(duty)}, mã {say.code(code)}: cấp trên đề nghị bổ sung {phrase}"


def of_report(label: str, code: int) -> str:
    """A button among several alike."""
    return f"{label}, mã {say.code(code)}"


def accepted_already(code: int) -> str:
    return f"Báo cáo {say.code(code)} đã được tiếp nhận. Đồng chí không phải sửa gì nữa."


def answered_already(code: int) -> str:
    return f"Báo cáo {say.code(code)} đã được gửi lại, đang chờ cấp trên xem. Cảm ơn đồng chí."


def kept(code: int) -> str:
    return f"Đã giữ nguyên báo cáo {say.code(code)}. Hệ thống báo lại cấp trên ngay."


# -- what the reviewer is told


def unit_corrected(unit: str, code: int, field: str, *, session: bool) -> str:
    phrase = field_phrase(field, session=session)
    return f"{bold(unit)} đã gửi lại báo cáo {say.code(code)} (đề nghị bổ sung: {phrase})."


def unit_kept(unit: str, code: int, field: str, *, session: bool) -> str:
    phrase = field_phrase(field, session=session)
    return f"{bold(unit)} giữ nguyên báo cáo {say.code(code)} (đề nghị bổ sung: {phrase})."
