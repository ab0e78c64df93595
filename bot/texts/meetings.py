"""Sessions before they are held: what the host, those invited and the speaker read."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.texts import say
from bot.texts.markup import bold, esc, lines
from storage.meeting_guests import Counts, Guest, Listed, Size
from storage.meetings import Ahead, Meeting
from storage.models import GuestAnswer, HalfDay, MeetingState

HALVES = {HalfDay.MORNING: "Sáng", HalfDay.AFTERNOON: "Chiều", HalfDay.EVENING: "Tối"}
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")

PLAN = "Lên lịch hội nghị"
PLAN_AND_INVITE = "Lên lịch, mời họp"
CALENDAR = "Lịch cấp dưới"
INVITE = "Mời họp"
INVITE_MORE = "Mời thêm"
ONLY_SAVE = "Chỉ lưu lịch"
EDIT = "Sửa"
CANCEL = "Huỷ"
CHANGE = "Đổi lịch"
CALL_OFF = "Huỷ hội nghị"
CALL_OFF_REALLY = "Huỷ, báo mọi người"
KEEP = "Giữ hội nghị"
ASK = "Nhắc trả lời"
RECORD = "Ghi kết quả"
SEE = "Xem hội nghị"
TO_LIST = "Danh sách"
TO_CARD = "⬅️ Hội nghị"
COMING = "Sẽ dự"
EXCUSED = "Xin vắng"
SAME_PLACE = "Như lần trước"
AS_PLANNED = "Theo lịch"
NOT_KNOWN = "Chưa rõ"
EVERYBODY = "Tất cả"
SOME_UNITS = "Một số đơn vị"
THOSE_ABSENT = "Người học bù"
FINISHED = "Xong"
REASONS = ("Đi làm ăn xa", "Đi học", "Ốm", "Bận việc gia đình")
CHANGE_DAY, CHANGE_HALF, CHANGE_PLACE, CHANGE_SPEAKER = "Ngày", "Buổi", "Địa điểm", "Báo cáo viên"

NOT_IN_PLAN = "Kế hoạch này không giao tổ chức hội nghị."
NOT_A_HOST = "Lịch hội nghị do đơn vị tổ chức ghi. Hiện đồng chí chưa có giấy mời nào."
WHICH_HOST = "Đồng chí xem hội nghị của đơn vị nào?"
WHICH_HALF = "Họp buổi nào?"
WHICH_DAY = "Hội nghị dự kiến họp ngày nào? Đồng chí gõ ngày, ví dụ: 20/12"
DAY_OVER = "Hôm nay đã qua giờ họp. Đồng chí gõ ngày sau."
HALF_OVER = "Buổi này đã đến giờ. Đồng chí chọn buổi sau, hoặc Quay lại chọn ngày khác."
WHO_SPEAKS = "Báo cáo viên là ai? Đồng chí bấm tên, hoặc gõ họ tên."
WHAT_TO_CHANGE = "Đồng chí đổi mục nào? Xong thì hệ thống báo lại mọi người đã mời."
NO_UNIT_CHOSEN = "Chưa chọn đơn vị nào. Đồng chí bấm tên đơn vị, hoặc gõ tên."
NOBODY_TO_INVITE = "Danh sách chưa có ai thuộc thành phần này. Đồng chí chọn lại giúp."
CHANGED_MEANWHILE = "Hội nghị này vừa có người khác sửa. Đồng chí xem lại giúp."
OVER = "Hội nghị này đã đến giờ họp, hệ thống không đổi câu trả lời nữa."
CANCELLED_ALREADY = "Hội nghị này đã huỷ, đồng chí không phải dự."
NOT_PLANNED_ANY_MORE = "Hội nghị này không còn trong lịch."
NOT_YET = "Chưa đến ngày họp. Sau hội nghị đồng chí bấm Ghi kết quả."
WHY = "Đồng chí vắng vì sao? Bấm một lý do, hoặc gõ."
ANSWER_COMING = "Cảm ơn đồng chí, đã ghi: sẽ dự."
NOBODY_LEFT = "Mọi người đã trả lời, hoặc chưa kết nối."
ASKED_TODAY = "Hôm nay hệ thống đã nhắc rồi. Ngày mai đồng chí nhắc tiếp được."
ASKED = "Hệ thống đang nhắc những người chưa trả lời."
CALL_OFF_SURE = "Huỷ hội nghị này? Hệ thống báo những người đã mời."
CALLED_OFF = "Đã huỷ hội nghị. Hệ thống đang báo những người đã mời."
NOTHING_CHANGED = "Lịch không đổi gì."
CANCELLED = "Đã thôi. Lịch chưa thay đổi."

SHEET_TITLE = "HỘI NGHỊ DỰ KIẾN VÀ NGƯỜI ĐƯỢC MỜI"


def state_label(state: MeetingState, *, make_up: bool) -> str:
    told = {
        MeetingState.PLANNED: "trong lịch",
        MeetingState.HELD: "đã ghi kết quả",
        MeetingState.CANCELLED: "đã huỷ",
    }[state]
    return f"{told}, học bù" if make_up else told


def when(one: Meeting, today: date) -> str:
    """ "Sáng 12/11, thứ Hai"."""
    return f"{HALVES[one.half]} {say.day(one.day, today)}, {_WEEKDAYS[one.day.weekday()]}"


def half_label(half: HalfDay) -> str:
    return HALVES[half]


def label(one: Meeting) -> str:
    return say.beginning(f"{_state(one)}{HALVES[one.half]} {say.day(one.day)} · {_kind(one)}", 40)


def invited_label(one: Meeting) -> str:
    return say.beginning(f"Được mời: {label(one)}", 40)


def _kind(one: Meeting) -> str:
    return "học bù" if one.make_up else one.place


def _about(one: Meeting, today: date) -> list[str | None]:
    return [
        bold(when(one, today)),
        f"Tại: {esc(one.place)}",
        f"Báo cáo viên: {esc(one.speaker_name)}" if one.speaker_name else None,
    ]


# -- the host


def planned(host: str, meetings: Sequence[Meeting], today: date, absent: int) -> str:
    head = f"{bold(host)} · hội nghị học tập"
    left = f"Cán bộ còn phải học bù: {say.number(absent)}" if absent else None
    if not meetings:
        return lines(head, "Chưa có hội nghị nào trong lịch.", left)
    return lines(head, *(f"▸ {when(one, today)}, {esc(one.place)}" for one in meetings[:5]), left)


def late_day(day: date, before: date) -> str:
    """Beside the next question: the day is taken."""
    return f"Ngày {say.day(day)} sau thời hạn của kế hoạch ({say.until(before - timedelta(days=1))})."


def where(last: str | None, hint: str = "Lần trước") -> str:
    told = f" {hint}: {esc(last)}." if last else ""
    return f"Họp ở đâu?{told} Đồng chí gõ địa điểm, ví dụ: nhà văn hoá xã."


def whom(groups: Sequence[tuple[str, int]], people: int, absent: int) -> str:
    """`groups`: (name, how many). Somebody may belong to two of them."""
    return lines(
        "Mời những ai?",
        *(f"▸ {esc(name)}: {say.number(count)}" for name, count in groups),
        f"Tất cả: {say.number(people)} người, mỗi người một lời mời." if groups else None,
        f"Cán bộ còn phải học bù có tên: {say.number(absent)}" if absent else None,
    )


def which_units(named: Sequence[str]) -> str:
    chosen = f"Đã chọn: {esc(', '.join(named))}. " if named else ""
    return f"{chosen}Mời người của đơn vị nào? Bấm tên hoặc gõ tên, xong thì bấm Xong."


def ticked(name: str, *, chosen: bool) -> str:
    return ("✓ " if chosen else "") + say.both_ends(name, 36)


def preview(invitation: str, size: Size | None, outside: str | None) -> str:
    """`invitation`: as it will be received; `size` None: nobody of the roster is to be invited."""
    told = "Chưa chọn người mời." if size is None else _size(size)
    return lines("Lời mời như người nhận sẽ thấy:", "", f"{invitation}", "", told, outside)


def _size(size: Size) -> str:
    unreached = size.people - size.reachable
    left = f", trong đó {say.number(unreached)} người chưa kết nối, cần báo cách khác" if unreached else ""
    return f"Mời {say.number(size.people)} người{left}."


SPEAKER_OUTSIDE = "Báo cáo viên này ngoài danh sách kế hoạch nêu."


def saved(one: Meeting, today: date) -> str:
    return lines("Đã lưu lịch:", *_about(one, today))


def inviting(one: Meeting, size: int, today: date) -> str:
    return lines(f"Đã lưu lịch. Hệ thống đang mời {say.number(size)} người.", *_about(one, today))


def card(host: str, one: Meeting, counts: Counts, checked_in: str | None, today: date) -> str:
    """`checked_in`: what is said of its check-in, where it was opened."""
    kind = "buổi học bù" if one.make_up else "hội nghị"
    return lines(
        f"{bold(host)} · {kind}",
        *_about(one, today),
        {
            MeetingState.HELD: "Đã ghi kết quả.",
            MeetingState.CANCELLED: "Đã huỷ.",
            MeetingState.PLANNED: None,
        }[one.state],
        _counts(counts) if counts.people else "Chưa mời ai.",
        checked_in,
    )


def _counts(counts: Counts) -> str:
    told = [f"Sẽ dự {say.number(counts.coming)}"]
    if counts.excused:
        told.append(f"xin vắng {say.number(counts.excused)}")
    if counts.unanswered:
        told.append(f"chưa trả lời {say.number(counts.unanswered)}")
    if counts.unlinked:
        told.append(f"chưa kết nối {say.number(counts.unlinked)}")
    return ", ".join(told)


WHICH = {"y": "Sẽ dự", "n": "Xin vắng", "u": "Chưa trả lời", "x": "Chưa kết nối"}


def which_label(which: str, count: int) -> str:
    return f"{WHICH[which]} ({say.number(count)})"


def guests(which: str, total: int, people: Sequence[Listed], *, phones: bool) -> str:
    """By unit; `phones`: of those who are to be called."""
    told: list[str] = [f"<b>{WHICH[which]}</b>: {say.number(total)} người"]
    unit = None
    for one in people:
        if one.unit != unit:
            told.append(f"{esc(one.unit)}:")
            unit = one.unit
        reason = f" ({esc(one.reason)})" if one.reason else ""
        number = f", {say.phone(one.phone) if one.phone else 'chưa có số'}" if phones else ""
        told.append(f"▸ {esc(one.full_name)}{reason}{number}")
    return lines(*told)


def changed(what: Sequence[str]) -> str:
    return f"Đã đổi: {_changed(what)}. Hệ thống đang báo lại mọi người đã mời."


_PARTS = {"day": "ngày", "half": "buổi", "place": "địa điểm", "speaker": "báo cáo viên"}


def _changed(what: Sequence[str]) -> str:
    return ", ".join(_PARTS[one] for one in what if one in _PARTS)


def calendar(unit: str, many: int, shown: Sequence[Ahead], today: date) -> str:
    head = f"{bold(unit)} · hội nghị mới họp và 14 ngày tới: {say.number(many)}"
    return lines(
        head, *(f"▸ {_state(one.meeting)}{when(one.meeting, today)}: {esc(one.host)}" for one in shown)
    )


def _state(one: Meeting) -> str:
    return "✓ " if one.state is MeetingState.HELD else ""


def calendar_label(one: Ahead) -> str:
    return f"{_state(one.meeting)}{say.day(one.meeting.day)} {say.both_ends(one.host, 32)}"


def record_day_label(one: Meeting) -> str:
    return f"{HALVES[one.half]} {say.day(one.day)}"


# -- those invited


def invitation(host: str, topic: str, one: Meeting, today: date, *, changed_parts: Sequence[str] = ()) -> str:
    what = "buổi học bù" if one.make_up else "hội nghị"
    return lines(
        f"<b>Đổi lịch</b> ({_changed(changed_parts)})" if changed_parts else None,
        f"{bold(host)} mời đồng chí dự {what} {esc(topic)}:",
        *_about(one, today),
        "Đồng chí mang theo sổ, bút ghi chép.",
    )


def reminder(host: str, topic: str, one: Meeting, guest: Guest, today: date) -> str:
    nearness = {0: "Hôm nay", 1: "Ngày mai"}.get((one.day - today).days)
    return lines(
        f"<b>{nearness} họp.</b>" if nearness else None,
        invitation(host, topic, one, today),
        "Đồng chí đã ghi: sẽ dự." if guest.answer is GuestAnswer.COMING else None,
    )


def asked_to_answer(text: str) -> str:
    return lines(text, "Đồng chí báo giúp: có dự được không?")


def called_off(host: str, topic: str, one: Meeting, today: date) -> str:
    return lines(
        f"{bold(host)} đã huỷ hội nghị {esc(topic)} {say.lower_first(when(one, today))}.",
        "Có lịch mới, hệ thống sẽ báo đồng chí.",
    )


def excused(reason: str) -> str:
    return f"Đã ghi: đồng chí xin vắng ({esc(reason)}). Đổi ý, đồng chí bấm Sẽ dự."


def moved(text: str) -> str:
    return lines("Lịch đã đổi so với lời mời trước.", text)


def my_answer(text: str, guest: Guest) -> str:
    told = {GuestAnswer.COMING: "Đồng chí đã ghi: sẽ dự.", GuestAnswer.EXCUSED: "Đồng chí đã xin vắng."}
    return lines(text, told[guest.answer] if guest.answer else None)


_SAID = {None: "", GuestAnswer.COMING: ": sẽ dự", GuestAnswer.EXCUSED: ": xin vắng"}
INVITATIONS_SHOWN = 3


def invited_to(
    invited: Sequence[tuple[str, Meeting, GuestAnswer | None]], today: date, *, open_ones: int
) -> str | None:
    """Among what is owed; `invited`: host, meeting and what was answered. None: to nothing."""
    if not invited:
        return None
    return lines(
        "Đồng chí được mời họp:",
        *(
            f"▸ {bold(when(one, today))}, {esc(one.place)} ({esc(host)}){_SAID[said]}"
            for host, one, said in invited[:INVITATIONS_SHOWN]
        ),
        f"▸ và {len(invited) - INVITATIONS_SHOWN} hội nghị nữa" if len(invited) > INVITATIONS_SHOWN else None,
        "Đồng chí báo giúp: có dự được không?" if open_ones else None,
    )


# -- the speaker


def speaker_named(host: str, topic: str, one: Meeting, today: date) -> str:
    return lines(
        f"{bold(host)} mời đồng chí làm báo cáo viên hội nghị {esc(topic)}:",
        bold(when(one, today)),
        f"Tại: {esc(one.place)}",
    )


def speaker_moved(host: str, topic: str, one: Meeting, today: date, what: Sequence[str]) -> str:
    return lines(f"<b>Đổi lịch</b> ({_changed(what)})", speaker_named(host, topic, one, today))


def speaker_replaced(host: str, one: Meeting, today: date) -> str:
    return (
        f"{bold(host)}: hội nghị {say.lower_first(when(one, today))} đã có báo cáo viên khác."
        " Cảm ơn đồng chí."
    )


def speaker_reminded(host: str, topic: str, one: Meeting, today: date) -> str:
    nearness = {0: "Hôm nay", 1: "Ngày mai"}.get((one.day - today).days, "Sắp")
    return lines(f"<b>{nearness} họp.</b>", speaker_named(host, topic, one, today))


# -- make-ups


def make_up_for(host: str, one: Meeting, unit: str, absent: Sequence[str], today: date) -> str:
    """To the secretary of those who are to make up."""
    return lines(
        f"{bold(host)} tổ chức học bù:",
        *_about(one, today),
        f"{esc(unit)} còn: {esc(', '.join(absent))}." if absent else f"{esc(unit)} còn cán bộ chưa học.",
        "Đồng chí báo giúp; học xong bấm Học bù để ghi.",
    )
