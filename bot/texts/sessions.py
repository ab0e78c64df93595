"""What the host of a session reads: a commune, a district, the province, or a branch on its own."""

from collections.abc import Sequence

from bot.texts import participation, say
from bot.texts.markup import bold, esc, lines
from storage.reports import Current, Held

HELD = "Đã tổ chức"
NOT_HELD = "Chưa tổ chức"
MAKE_UP = "Học bù"
SAME_PLACE = "Như lần trước"
ENOUGH = "Đủ tài liệu"
TOO_FEW = "Thiếu tài liệu"
NO_PHOTOS = "Không có ảnh"
FINISHED = "Xong"


def was_it_held(unit: str, topic: str, recorded: Sequence[Current]) -> str:
    head = f"{bold(unit)} · {esc(topic)}"
    if not recorded:
        return lines(head, "Đơn vị đã tổ chức hội nghị học tập chưa?")
    shown = ", ".join(
        f"{say.day(one.held.held_on)} (mã {say.code(one.id)})" for one in recorded if one.held is not None
    )
    return lines(head, f"Đã ghi hội nghị {shown}.", "Đồng chí ghi thêm hội nghị, hay sửa hội nghị đã ghi?")


def correct_label(held: Held, *, only_one_that_day: bool) -> str:
    place = f", {held.place}" if held.place and not only_one_that_day else ""
    return say.beginning(f"Sửa {say.day(held.held_on)}{place}", 40)


WHICH_DAY = f"Hội nghị họp ngày nào? {participation.PRESS_OR_TYPE_DAY}"
NO_PLACE = "Đồng chí gõ địa điểm giúp, ví dụ: nhà văn hoá xã."
SPEAKER_EXAMPLE = "Đồng chí bấm tên, hoặc gõ họ tên."


def where(last: str | None) -> str:
    hint = f" Lần trước: {esc(last)}." if last else ""
    return f"Họp ở đâu?{hint} Đồng chí gõ địa điểm, ví dụ: nhà văn hoá xã."


def who_spoke(names: bool) -> str:
    return f"Báo cáo viên là ai? {SPEAKER_EXAMPLE if names else 'Đồng chí gõ họ tên.'}"


HOW_MANY_IN_HALL = "Cả hội trường có bao nhiêu người? Đồng chí gõ số, ví dụ: 120"
ENOUGH_MATERIALS = "Tài liệu phát cho người dự có đủ không?"
WHEN_PLANNED = "Đơn vị dự kiến tổ chức ngày nào? Đồng chí gõ ngày, ví dụ: 20/12"


def group_count(group: str) -> str:
    return f"{esc(group)}: có mặt bao nhiêu, trên số triệu tập? Đồng chí gõ, ví dụ: 45/50"


def more_than_convened(attended: int, expected: int) -> str:
    return f"Số có mặt ({attended}) nhiều hơn số triệu tập ({expected}). Đồng chí gõ lại giúp."


def photos(have: int, *, album: bool) -> str:
    if have:
        told = "Đã thêm các ảnh trong album." if album else f"Đã thêm {have} ảnh."
        return f"{told} Đồng chí gửi tiếp, hoặc bấm Xong."
    return "Đồng chí gửi ảnh hội nghị, hoặc bấm Không có ảnh."


PHOTOS_ONLY = "Ở bước này hệ thống chỉ nhận ảnh. Đồng chí gửi ảnh, hoặc bấm nút."
PHOTO_TWICE = "Ảnh này hệ thống đã có. Đồng chí gửi ảnh khác, hoặc bấm nút."
PHOTOS_FULL = "Đã đủ 10 ảnh. Đồng chí bấm Xong."
FILE_TOO_BIG = "Tệp lớn hơn 20 MB. Đồng chí gửi ảnh từng trang, hoặc PDF nhỏ hơn."


CHECK_AGAIN = "Đồng chí xem lại, rồi bấm Gửi báo cáo nếu muốn thay."


def summary(
    unit: str,
    held: Held,
    groups: Sequence[tuple[str, str]],
    photo_count: int,
    *,
    replaces: int | None,
    check_again: bool,
    checked_in: str | None,
) -> str:
    """`groups`: (name, "45/50"); `replaces`: the report whose place it takes; `checked_in`: the hall's count
    beside that of the check-in, where there was one.
    """
    speakers = ", ".join(
        esc(one.name) + (" (ngoài danh sách kế hoạch nêu)" if one.outside_rule else "")
        for one in held.speakers
    )
    return lines(
        f"{bold(unit)} · {'buổi học bù' if held.make_up else 'hội nghị'} ngày {say.day(held.held_on)}",
        f"Địa điểm: {esc(held.place) if held.place else 'chưa ghi'}",
        f"Báo cáo viên: {speakers or 'chưa ghi'}",
        checked_in
        or (f"Hội trường: {say.number(held.hall_count)} người" if held.hall_count is not None else None),
        *(f"{esc(name)}: {count}" for name, count in groups),
        f"Tài liệu: {_materials(held.materials)}",
        f"Ảnh: {photo_count}" if photo_count else "Ảnh: không có",
        f"Hội nghị này đã có (mã {say.code(replaces)}); gửi sẽ thay nội dung cũ."
        if replaces is not None
        else None,
        CHECK_AGAIN if check_again else None,
    )


def _materials(enough: bool | None) -> str:
    return {True: "đủ", False: "thiếu", None: "chưa ghi"}[enough]


def held_verdict(on_time: bool | None) -> str | None:
    told = {True: "Hội nghị đúng thời hạn của kế hoạch.", False: "Hội nghị sau thời hạn của kế hoạch."}
    return None if on_time is None else told[on_time]
