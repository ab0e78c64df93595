"""Speakers: the register of a unit and those below, and how the level above judges who spoke."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.texts import say
from bot.texts.markup import bold, esc, lines
from storage.models import Grade
from storage.speaker_quality import Quality, Spoke, Trained
from storage.speakers import Speaker

ADD = "Thêm người"
ADD_MORE = "Thêm nữa"
BELOW = "Các đơn vị dưới"
WITHDRAW = "Đưa ra"
WITHDRAW_REALLY = "Đưa ra, tôi chắc chắn"
KEEP = "Giữ lại"
TO_REGISTER = "Xem danh sách"
MORE_NAMES = "Người khác"
NOTE = "Thêm ghi chú"
TO_JUDGE_LIST = "Còn phải đánh giá"
CHANGE = "Sửa đánh giá"
UNREGISTERED_AGAIN = "Người chưa có tên"
NOTE_LIMIT = 500  # characters
WORKPLACE_LIMIT = 200

NOT_FOR_YOU = "Kế hoạch không giao đơn vị của đồng chí lập danh sách báo cáo viên."
WHICH_UNIT = "Đồng chí xem báo cáo viên của đơn vị nào?"
GONE = "Đồng chí này không còn trong danh sách."
CHANGED = "Hội nghị vừa được sửa. Đồng chí mở lại danh sách giúp."
NOT_YOURSELF = "Đồng chí không tự đánh giá mình. Một đồng chí khác của đơn vị đánh giá giúp."
NO_NOTE_GIVEN = "Đồng chí ghi lý do bằng chữ giúp."
NOTE_TOO_LONG = f"Ghi chú dài quá {NOTE_LIMIT} chữ. Đồng chí ghi ngắn lại giúp."
NO_WORKPLACE = "Đồng chí gõ nơi công tác bằng chữ giúp."
WORKPLACE_TOO_LONG = f"Nơi công tác dài quá {WORKPLACE_LIMIT} chữ. Đồng chí gõ ngắn lại giúp."
NOBODY_TO_JUDGE = "Không còn báo cáo viên nào chờ đánh giá."
NOBODY_JUDGED = "Chưa đánh giá báo cáo viên nào."
EVERYBODY_REGISTERED = "Mọi báo cáo viên đã báo cáo đều có trong danh sách."

GRADES: Mapping[Grade, str] = {
    Grade.GOOD: "Tốt",
    Grade.FAIR: "Khá",
    Grade.AVERAGE: "Trung bình",
    Grade.WEAK: "Yếu",
}


def grade_label(grade: Grade, given: Grade | None) -> str:
    return f"✓ {GRADES[grade]}" if grade is given else GRADES[grade]


# -- the register


def register_label(many: int) -> str:
    return f"Danh sách ({say.number(many)})"


def judge_label(many: int) -> str:
    return f"Đánh giá ({say.number(many)})"


def judged_label(many: int) -> str:
    return f"Đã đánh giá ({say.number(many)})"


def unregistered_label(many: int) -> str:
    return f"Chưa có tên ({say.number(many)})"


def heading(unit: str) -> str:
    return f"{bold(unit)} · báo cáo viên"


def home(unit: str, levels: Sequence[tuple[str, int]], quality: Quality) -> str:
    """`levels`: (name, people in the registers)."""
    each = ", ".join(f"{esc(name)} {say.number(many)}" for name, many in levels if many)
    whole = f"Danh sách: {say.number(quality.registered)} đồng chí" if quality.registered else None
    trained = (
        f"{say.number(quality.registered_trained)} đồng chí" if quality.registered_trained else "chưa ghi"
    )
    return lines(
        heading(unit),
        f"{whole} ({each})" if whole and each else whole or "Danh sách: chưa có ai.",
        f"Đã tập huấn: {trained}" if whole else None,
        *quality_lines(quality),
    )


def quality_lines(quality: Quality) -> list[str]:
    if not quality.spoken:
        return ["Chưa ghi báo cáo viên ở hội nghị nào."]
    told = [f"Đã báo cáo: {say.number(quality.spoken)} lượt ở các hội nghị"]
    if quality.unregistered:
        told.append(f"Chưa có trong danh sách: {say.number(quality.unregistered)} lượt")
    left = quality.to_judge - quality.judged
    if quality.to_judge:
        grades = grade_counts(quality) or "chưa ghi"
        told.append(f"Chất lượng: {grades}" + (f"; {say.number(left)} lượt chưa đánh giá" if left else ""))
    return told


def grade_counts(quality: Quality) -> str:
    """ "tốt 3, khá 1"."""
    counts = (quality.good, quality.fair, quality.average, quality.weak)
    return ", ".join(
        f"{name.lower()} {say.number(many)}"
        for name, many in zip(GRADES.values(), counts, strict=True)
        if many
    )


def register(unit: str, many: int, page: int, pages: int, *, any_trained: bool) -> str:
    return lines(
        heading(unit),
        f"Danh sách có {say.number(many)} đồng chí." if many else "Danh sách chưa có ai.",
        "✓ là đã dự tập huấn." if any_trained else None,
        _page(page, pages),
    )


def _page(page: int, pages: int) -> str | None:
    return f"Trang {page + 1}/{pages}" if pages > 1 else None


def speaker_label(one: Speaker, spoke: int, *, trained: bool) -> str:
    """ "Nguyễn Văn An · 3 hội nghị ✓": the mark says trained."""
    times = f" · {say.number(spoke)} hội nghị" if spoke else ""
    return f"{say.both_ends(one.name, 28)}{times}{' ✓' if trained else ''}"


def below(unit: str, page: int, pages: int) -> str:
    return lines(heading(unit), "Từng đơn vị: số báo cáo viên trong danh sách.", _page(page, pages))


def child_label(name: str, many: int) -> str:
    return f"{say.both_ends(name, 32)} · {say.number(many)}"


def card(
    one: Speaker, level: str, role: str | None, trained: Trained | None, spoke: Sequence[Spoke], today: date
) -> str:
    grades = ", ".join(
        f"{name.lower()} {many}"
        for grade, name in GRADES.items()
        if (many := sum(each.grade is grade for each in spoke))
    )
    shown = [f"▸ {say.day(each.held_on, today)}, {esc(each.host_name)}{_graded(each)}" for each in spoke[-5:]]
    more = len(spoke) - len(shown)
    by = f", {esc(trained.held_by)}" if trained is not None and trained.held_by else ""
    return lines(
        f"{bold(one.name)} · báo cáo viên {esc(level)}",
        esc(one.unit_name) + (f", {esc(role)}" if role else ""),
        f"Công tác tại: {esc(one.workplace)}" if one.workplace else None,
        f"Tập huấn: {f'ngày {say.day(trained.held_on, today)}{by}' if trained is not None else 'chưa ghi'}",
        f"Đã báo cáo: {len(spoke)} hội nghị" if spoke else "Đã báo cáo: chưa ghi",
        *shown,
        f"▸ và {more} hội nghị trước đó" if more > 0 else None,
        f"Chất lượng: {grades or 'chưa đánh giá'}" if spoke else None,
    )


def _graded(spoke: Spoke) -> str:
    return f": {GRADES[spoke.grade].lower()}" if spoke.grade is not None else ""


def withdraw_really(one: Speaker) -> str:
    return f"Đưa {bold(one.name)} ra khỏi danh sách của {esc(one.unit_name)}? Những gì đã ghi vẫn còn."


def withdrawn(one: Speaker) -> str:
    return f"Đã đưa {bold(one.name)} ra khỏi danh sách."


# -- adding one


def who(unit: str) -> str:
    return f"Thêm ai vào danh sách báo cáo viên của {bold(unit)}? Đồng chí bấm tên, hoặc gõ họ tên."


def which_workplace(name: str) -> str:
    return f"{bold(name)} công tác ở đâu? Đồng chí bấm nút, hoặc gõ nơi công tác."


def added(name: str, unit: str) -> str:
    return f"Đã ghi {bold(name)} vào danh sách báo cáo viên của {esc(unit)}."


def namesake(name: str, unit: str) -> str:
    return (
        f"Danh sách của {esc(unit)} đã có {bold(name)}. Nếu là người khác cùng tên, đồng chí gõ thêm chữ để"
        " phân biệt, ví dụ: Nguyễn Văn An (Ban Tuyên giáo)."
    )


# -- who spoke and stands in no register


def unregistered(unit: str, page: int, pages: int) -> str:
    return lines(
        heading(unit), "Đã báo cáo, chưa có trong danh sách. Đồng chí bấm tên để ghi vào.", _page(page, pages)
    )


def spoke_label(spoke: Spoke) -> str:
    """ "12/11 Nguyễn Văn An, Hoằng Quỳ"."""
    return f"{say.day(spoke.held_on)} {say.both_ends(spoke.name, 24)}, {say.both_ends(spoke.host_name, 24)}"


def which_register(spoke: Spoke) -> str:
    return (
        f"{bold(spoke.name)} báo cáo ngày {say.day(spoke.held_on)} tại {esc(spoke.host_name)}. Đồng chí ấy là báo"
        " cáo viên của đơn vị nào?"
    )


# -- judging


def to_judge(unit: str, left: int, page: int, pages: int) -> str:
    return lines(
        heading(unit),
        f"{say.number(left)} lượt chờ đánh giá, ở hội nghị của các đơn vị dưới." if left else NOBODY_TO_JUDGE,
        _page(page, pages),
    )


def judged(unit: str, many: int, page: int, pages: int) -> str:
    told = f"{say.number(many)} lượt đã đánh giá. Bấm tên để xem, sửa." if many else NOBODY_JUDGED
    return lines(heading(unit), told, _page(page, pages))


def judged_spoke_label(spoke: Spoke) -> str:
    return f"{spoke_label(spoke)}{_graded(spoke)}"


def judge_card(spoke: Spoke, today: date, recorded: str | None) -> str:
    """`recorded`: what was said of the one before."""
    return lines(
        recorded,
        f"{bold(spoke.name)}, báo cáo ngày {say.day(spoke.held_on, today)} tại {esc(spoke.host_name)}",
        f"Đã đánh giá: {GRADES[spoke.grade].lower()}" if spoke.grade is not None else None,
        f"Ghi chú: {esc(spoke.note)}" if spoke.note else None,
        "Chất lượng báo cáo viên thế nào?",
    )


def recorded(spoke: Spoke, grade: Grade) -> str:
    return f"Đã ghi {bold(spoke.name)}: {GRADES[grade].lower()}."


def which_note(name: str, grade: Grade) -> str:
    if grade is Grade.WEAK:
        return f"{bold(name)}, yếu: cần bổ khuyết điểm gì? Đồng chí ghi một hai câu."
    return f"{bold(name)}, {GRADES[grade].lower()}: đồng chí ghi chú một hai câu."


# -- in the Excel file

SHEET_TITLE = "BÁO CÁO VIÊN"
REGISTERED = "có"
NOT_REGISTERED = "chưa có"
OF_SUPERIORS = "của cấp trên"
