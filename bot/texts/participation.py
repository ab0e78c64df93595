"""What a branch secretary reads while reporting the branch's participation."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.texts import say
from bot.texts.markup import bold, esc, lines
from storage.reports import Current, HostSession, Line, Receipt

TOOK_PART = "Đã tham gia"
OWN = "Tự tổ chức"
NOT_YET = "Chưa tham gia"
MAKE_UP = "Học bù"
CORRECT = "Sửa báo cáo"
OTHER_DAY = "Ngày khác"
TODAY = "Hôm nay"
YESTERDAY = "Hôm qua"
SOME_ABSENT = "Có đồng chí vắng"
SOMEBODY_ELSE = "Đồng chí khác"
FINISHED = "Xong"
SEND = "Gửi báo cáo"
EDIT = "Sửa"
MORE = "Bổ sung"
CANCEL = "Huỷ"
NO_DAY_YET = "Chưa có lịch"
REASONS = ("Đi công tác", "Ốm, thai sản", "Đi học, làm xa", "Chưa rõ lý do")

_EXAMPLE = "Đồng chí gõ, ví dụ: 45/50"
PRESS_OR_TYPE_DAY = "Đồng chí bấm nút, hoặc gõ ngày, ví dụ: 12/11"


def all_present(cadres: int) -> str:
    return f"Đủ cả {cadres}"


def took_part(
    unit: str, topic: str, hosts: Sequence[HostSession], host_word: str, sent: Current | None
) -> str:
    head = f"{bold(unit)} · {esc(topic)}"
    if sent is not None and sent.lines:
        line = sent.lines[0]
        return lines(
            head,
            f"Đã báo cáo <b>{count(line.members, line.members_expected)}</b>"
            f" (mã {say.code(sent.id)}). Báo cáo lại sẽ thay số cũ; bấm Học bù để cộng thêm buổi học bù.",
            "Chi đoàn đã tham gia học tập thế nào?",
        )
    if hosts:
        newest = hosts[0]
        place = f", {esc(newest.place)}" if newest.place else ""
        if len(hosts) > 1:
            return lines(head, f"{esc(host_word)} đã ghi {len(hosts)} hội nghị. Chi đoàn đã tham gia chưa?")
        return lines(
            head,
            f"{esc(host_word)} đã ghi hội nghị <b>ngày {say.day(newest.held_on)}{place}</b>."
            " Chi đoàn đã tham gia chưa?",
        )
    return lines(head, "Chi đoàn đã tham gia hội nghị học tập chưa?")


def which_session() -> str:
    return "Chi đoàn dự hội nghị nào?"


def session_label(session: HostSession) -> str:
    place = f", {session.place}" if session.place else ""
    label = f"{say.day(session.held_on)}{place}"
    return label if len(label) <= 40 else label[:39] + "…"


def which_day(*, make_up: bool) -> str:
    return "Học bù ngày nào?" if make_up else "Học ngày nào?"


def how_many_members(expected: int | None, *, make_up: bool) -> str:
    who = "đoàn viên học bù" if make_up else "đoàn viên tham dự"
    if expected is None:
        return f"Bao nhiêu {who}, trên tổng số bao nhiêu? {_EXAMPLE}"
    return f"Bao nhiêu {who}? Danh sách có {expected}. {_EXAMPLE.replace('45/50', _like(expected))}"


def _like(expected: int) -> str:
    """An example in the size of this branch, which is nobody's real number."""
    return f"{max(1, expected * 9 // 10)}/{expected}"


def cadres_all_there(cadres: int) -> str:
    return f"Trong đó {cadres} đồng chí cán bộ chi đoàn có mặt đủ không?"


def who_was_absent(named: Sequence[str]) -> str:
    said = f"Vắng: {esc(', '.join(named))}. " if named else ""
    return f"{said}Đồng chí nào vắng? Bấm tên, xong thì bấm Xong."


NAME_SOMEBODY = "Đồng chí nào vắng? Đồng chí gõ họ tên giúp."
NOBODY_NAMED = "Chưa có tên đồng chí nào. Đồng chí bấm tên đồng chí vắng, hoặc Quay lại nếu đủ cả."
TOO_MANY_NAMED = "Số đồng chí vắng nhiều hơn số cán bộ trong danh sách. Đồng chí bấm lại tên để bỏ bớt."


def why_absent(name: str) -> str:
    return f"Đồng chí {bold(name)} vắng vì sao? Bấm một lý do, hoặc gõ."


def summary(
    unit: str,
    line: Line,
    *,
    make_up: bool,
    own_place: str | None,
    sent: Current | None,
    photos: int,
    cadres_asked: bool,
    on_behalf: bool,
) -> str:
    what = "học bù" if make_up else "tự tổ chức" if own_place is not None else "hội nghị"
    place = f", {esc(own_place)}" if own_place else ""
    flagged = line.members_roster is not None and line.members_roster != line.members_expected
    return lines(
        f"{bold(unit)}{' · báo hộ' if on_behalf else ''} · {what} ngày {say.day(line.held_on)}{place}",
        f"Đoàn viên: {count(line.members, line.members_expected)}{_cadres(line)}",
        f"Vắng: {esc(_absent(line))}" if line.absent else None,
        f"(danh sách ghi {line.members_roster}; hệ thống báo cán bộ phụ trách cập nhật)" if flagged else None,
        *_asked(line, photos, cadres_asked=cadres_asked),
        f"Báo cáo mã {say.code(sent.id)} đang có số {count(sent.lines[0].members, sent.lines[0].members_expected)};"
        " gửi sẽ thay số ấy."
        if sent is not None and sent.lines and not make_up
        else None,
    )


def _cadres(line: Line) -> str:
    if line.cadres is None or line.cadres_expected is None:
        return ""
    return f", trong đó cán bộ {count(line.cadres, line.cadres_expected)}"


def _absent(line: Line) -> str:
    return ", ".join(
        f"{one.name} ({say.lower_first(one.reason)})" if one.reason else one.name for one in line.absent
    )


def _asked(line: Line, photos: int, *, cadres_asked: bool) -> list[str | None]:
    """What was given beyond the two counts, and in one line what was not."""
    given: list[str | None] = [
        f"Thanh niên: {line.youth}" if line.youth is not None else None,
        f"Có mặt tại địa phương: {line.at_home}" if line.at_home is not None else None,
        materials(line.materials) if line.materials is not None else None,
        f"Ảnh: {photos}" if photos else None,
        f"Kiến nghị: {esc(say.beginning(line.proposal))}" if line.proposal else None,
    ]
    missing = [
        name
        for name, value in (
            ("cán bộ", line.cadres if cadres_asked else 0),
            ("thanh niên", line.youth),
            ("tài liệu", line.materials),
            ("kiến nghị", line.proposal),
        )
        if value is None
    ]
    return [*given, f"{', '.join(missing).capitalize()}: chưa ghi" if missing else None]


def materials(enough: bool) -> str:
    return "Đủ tài liệu" if enough else "Thiếu tài liệu"


def count(attended: int, expected: int) -> str:
    return f"{say.number(attended)}/{say.number(expected)}"


WHAT_TO_EDIT = "Đồng chí muốn sửa mục nào?"
WHAT_MORE = "Đồng chí bổ sung mục nào?"
HOW_MANY_YOUTH = "Bao nhiêu thanh niên ngoài Đoàn cùng dự? Đồng chí gõ số, ví dụ: 12"
HOW_MANY_AT_HOME = "Trừ người đi làm ăn xa, đi học, bao nhiêu đoàn viên đang có mặt tại địa phương? Ví dụ: 28"
WHICH_PROPOSAL = "Chi đoàn đề xuất, kiến nghị gì? Đồng chí gõ giúp, trong một tin."
AT_HOME_TOO_MANY = "Số có mặt tại địa phương nhiều hơn số đoàn viên. Đồng chí gõ lại giúp."
AT_HOME_TOO_FEW = "Số có mặt tại địa phương ít hơn số đã dự học. Đồng chí gõ lại giúp."
MORE_WITH_MAKE_UPS = "Cộng buổi chính và buổi học bù thì nhiều hơn số đoàn viên. Đồng chí sửa lại số giúp."
CADRES_OVER = "Số cán bộ có mặt nhiều hơn số đoàn viên dự. Đồng chí sửa lại số đoàn viên hoặc cán bộ giúp."
CHANGED_MEANWHILE = (
    "Báo cáo này vừa được người khác gửi. Đồng chí xem lại rồi bấm Gửi báo cáo nếu vẫn muốn thay."
)

WHEN_PLANNED = "Chi đoàn dự kiến học ngày nào? Đồng chí gõ ngày, ví dụ: 20/12"


def planned_recorded(planned: date | None) -> str:
    if planned is None:
        return "Đã ghi: chưa có lịch. Gần đến hạn hệ thống sẽ nhắc."
    shown = say.day(planned)
    return f"Đã ghi: dự kiến {shown}. Tối {shown} hệ thống sẽ hỏi lại."


def received(
    receipt: Receipt,
    arrived: datetime,
    zone: ZoneInfo,
    on_time: bool | None,
    *,
    on_behalf_of: str | None = None,
) -> str:
    """The receipt: what the secretary keeps; or who reported on a branch's behalf."""
    behalf = f" (báo hộ {esc(on_behalf_of)})" if on_behalf_of else ""
    told = {True: ", đúng hạn", False: ", chậm hạn", None: ""}[on_time]
    at = say.moment(arrived, zone)
    if receipt.revision == 1:
        return f"<b>Đã nhận báo cáo, mã {say.code(receipt.report_id)}</b>{behalf}, {at}{told}."
    kept = {True: " Lần gửi đầu vẫn tính đúng hạn.", False: " Lần gửi đầu đã chậm hạn.", None: ""}[on_time]
    head = f"<b>Đã nhận báo cáo, mã {say.code(receipt.report_id)}, lần {receipt.revision}</b>{behalf}"
    return f"{head}, {at}.{kept}"


def reported_for_you(above: str, whole: Sequence[Line]) -> str:
    """To the branch: somebody above has reported on its behalf."""
    counts = " + ".join(count(line.members, line.members_expected) for line in whole)
    return f"{esc(above)} đã báo hộ <b>{counts}</b>. Nếu chưa đúng, đồng chí sửa tại đây."


def roster_differs(unit: str, reported: int, roster: int) -> str:
    """To the officers above: the roster has to be brought up to date."""
    return (
        f"{bold(unit)} báo cáo có <b>{say.number(reported)}</b> đoàn viên; danh sách ghi {say.number(roster)}."
        " Đồng chí kiểm tra và cập nhật giúp."
    )


def essays_left(names: int) -> str | None:
    return f"Còn lại: bài thu hoạch của {names} đồng chí." if names else None
