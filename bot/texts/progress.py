"""Progress, as the officers of a unit read it: what is due below it, what has come, what is missing."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.texts import check_ins as check_in_texts
from bot.texts import say
from bot.texts.markup import bold, esc, lines
from rules.deadlines import held_on_time, reported_on_time
from rules.duties import HELD
from rules.plan import Duty, DutyKind, Level
from storage.figures import Essays, Figures, Halls, Inspected, Overall
from storage.media import Tally
from storage.models import ReportState
from storage.reports import Current

MISSING = "Đơn vị chưa báo cáo"
NUDGE = "Đôn đốc ngay"
OTHERS = "Việc khác"
CHART = "Biểu đồ"
EXPORT = "Xuất Excel"
FREEZE = "Chốt số liệu"
ON_BEHALF = "Báo hộ"
SEE = "Xem tiến độ"
FREEZE_NOW = "Đồng ý chốt"
ANY_UNIT = "đơn vị"
UNKNOWN = "chưa ghi"
NOBODY_YET = "chưa báo cáo"

WHICH_UNIT = "Đồng chí xem tiến độ của đơn vị nào?"
NO_DESK = "Tiến độ dành cho cán bộ phụ trách các đơn vị cấp dưới. Việc của đơn vị mình có ở /trangthai."
CHART_COMES = "Hệ thống đang vẽ biểu đồ, xong sẽ gửi ngay tại đây."
CHART_COMES_ALREADY = "Biểu đồ này đang được vẽ, đồng chí chờ một chút."
NO_CHART = "Chưa có gì để vẽ: dưới đơn vị này chưa có từ hai đơn vị phải báo cáo."


def see_each(noun: str) -> str:
    return f"Xem từng {noun}"


def back_to(unit: str) -> str:
    return f"⬅️ {say.both_ends(unit, 30)}"


def heading(unit: str, at: datetime, zone: ZoneInfo) -> str:
    return f"{bold(unit)} · tính đến {say.as_of(at, zone)}"


def overall(head: str, main: Duty, noun: str, now: Overall, frozen: str | None) -> str:
    """`head`: of `heading`; `noun`: what one of the units that report is called; `frozen`: of `since_frozen`."""
    figures = now.main
    return lines(
        head,
        f"{_name(main)}: <b>{so_many(figures.received, figures.due)} {esc(noun)}</b>"
        f" ({say.percent(figures.received, figures.due)}), chưa báo cáo {say.number(figures.missing)}",
        times("Đúng hạn", figures.on_time, "chậm hạn", figures.late),
        times("Học đúng thời hạn", figures.held_on_time, "sau thời hạn", figures.held_late),
        _members(main, figures),
        _halls(now.halls),
        _essays(now.essays),
        _trust(figures, now.inspected),
        frozen,
    )


def _name(main: Duty) -> str:
    return "Báo cáo" if main.kind is DutyKind.PARTICIPATION else esc(main.title)


def so_many(part: int, whole: int) -> str:
    return f"{say.number(part)}/{say.number(whole)}"


def attendance(figures: Figures) -> str:
    """Members; empty where nothing was said."""
    return so_many(figures.members, figures.members_expected) if figures.members_expected else ""


def times(kept: str, on_time: int, broken: str, late: int) -> str | None:
    """None: the plan sets no deadline, or nothing has come."""
    if not on_time + late:
        return None
    return f"{kept} {say.number(on_time)} · {broken} {say.number(late)}"


def _members(main: Duty, figures: Figures) -> str | None:
    if main.kind is not DutyKind.PARTICIPATION:
        return None
    if not figures.received:
        return f"Đoàn viên: {NOBODY_YET}"
    share = say.percent(figures.members, figures.members_expected)
    return f"Đoàn viên: {attendance(figures)} ({share}), trong đó cán bộ {_cadres(figures)}"


def _cadres(figures: Figures) -> str:
    if not figures.cadres_told:
        return UNKNOWN
    silent = figures.received - figures.cadres_told
    told = so_many(figures.cadres, figures.cadres_expected)
    return f"{told} ({say.number(silent)} nơi chưa ghi)" if silent else told


def _halls(halls: Halls) -> str | None:
    """The control beside the units' own sum."""
    if not halls.sessions:
        return None
    if not halls.counted:
        told = f"Hội trường: chưa ghi ({say.number(halls.sessions)} hội nghị)"
    else:
        many = so_many(halls.counted, halls.sessions)
        told = f"Hội trường: {say.number(halls.people)} người, {many} hội nghị có ghi"
    beside = check_in_texts.in_halls(halls.checked_in, halls.checked)
    return f"{told}; {beside}" if beside else told


def _essays(essays: Essays | None) -> str | None:
    if essays is None or not (essays.owed or essays.told):
        return None
    told = f"; báo bằng số {so_many(essays.counted, essays.counted_of)}" if essays.told else ""
    return f"Bài thu hoạch: {so_many(essays.received, essays.owed)}{told}"


def _trust(figures: Figures, inspected: Inspected) -> str | None:
    """Three columns that are never merged: what units say, what the superior accepted, what was looked at."""
    if not figures.received:
        return say.upper_first(_inspected(inspected)) if inspected.units else None
    accepted = say.number(figures.accepted)
    if figures.accepted and figures.members_accepted_expected:
        accepted += f" ({so_many(figures.members_accepted, figures.members_accepted_expected)})"
    behalf = f" · báo hộ {say.number(figures.on_behalf)}" if figures.on_behalf else ""
    own = say.number(figures.received - figures.on_behalf)
    return f"Tự báo {own}{behalf} · tiếp nhận {accepted} · {_inspected(inspected)}"


def _inspected(inspected: Inspected) -> str:
    """ "kiểm tra 12 đơn vị (410/560)": heads are of the units that were counted."""
    if not inspected.units:
        return f"kiểm tra: {UNKNOWN}"
    told = f"kiểm tra {say.number(inspected.units)} đơn vị"
    if not inspected.counted:
        return told
    of_some = inspected.counted < inspected.units
    where = f" ở {say.number(inspected.counted)} đơn vị" if of_some else ""
    return f"{told} ({so_many(inspected.members, inspected.members_expected)}{where})"


# -- the rest of the plan


def nobody_reports(head: str, noun: str, rest: Sequence[str]) -> str:
    """Nothing below owes the main report: what else there is."""
    return lines(head, f"Danh sách chưa có {esc(noun)} nào phải báo cáo.", *rest)


def others(head: str, rest: Sequence[str]) -> str:
    return lines(head, *(rest or ["Kế hoạch không có việc nào khác."]))


def other_line(duty: Duty, levels: Sequence[tuple[str, Figures]]) -> str:
    """`levels`: (name, figures); the name is told where the duty is of several."""
    told = ", ".join(
        f"{f'{esc(level)} ' if len(duty.levels) > 1 else ''}{_so_far(duty, figures)}"
        for level, figures in levels
    )
    return f"▸ {esc(duty.title)}: {told}"


def _so_far(duty: Duty, figures: Figures) -> str:
    held = duty.kind in HELD
    kept, broken = (figures.held_on_time, figures.held_late) if held else (figures.on_time, figures.late)
    told = times("đúng hạn", kept, "chậm hạn" if not held else "sau hạn", broken)
    return so_many(figures.received, figures.due) + (f" ({told})" if told else "")


def media_line(duty: Duty, levels: Sequence[tuple[Level, Tally]]) -> str:
    """All items, and by level how many units have reported any, of those that owe some."""
    each = ", ".join(f"{esc(level.one)} {so_many(tally.told, tally.units)}" for level, tally in levels)
    items = sum(tally.items for _level, tally in levels)
    return f"▸ {esc(duty.title)}: {say.number(items)} tin, bài ({each})"


# -- one unit, which has nobody below it


def not_sent(duty: Duty) -> str:
    return f"▸ {esc(duty.title)}: {NOBODY_YET}"


def own_line(duty: Duty, level: str, sent: Current, zone: ZoneInfo, inspected: str) -> str:
    """What the unit itself reported of one duty; `inspected`: beside it, what was seen there."""
    first = sent.lines[0].held_on if sent.lines else sent.held.held_on if sent.held else None
    on_time = reported_on_time(duty, first, sent.first_arrived, zone)
    told = {True: ", đúng hạn", False: ", chậm hạn", None: ""}[on_time]
    return lines(
        f"✓ {esc(duty.title)}: mã {say.code(sent.id)}, nhận {say.moment(sent.first_arrived, zone)}{told}",
        f"{_STATES[ReportState(sent.state)]} · {inspected}",
        _held(duty, level, first),
        _attended(sent),
    )


_STATES = {
    ReportState.SENT: "Chưa tiếp nhận",
    ReportState.ACCEPTED: "Đã tiếp nhận",
    ReportState.RETURNED: "Đã đề nghị bổ sung",
}


def _held(duty: Duty, level: str, first: date | None) -> str | None:
    if first is None:
        return None
    told = {True: ", đúng thời hạn", False: ", sau thời hạn", None: ""}[held_on_time(duty, level, first)]
    return f"Ngày {say.day(first)}{told}"


def _attended(sent: Current) -> str | None:
    if not sent.lines:
        return None
    cadres = [one.cadres for one in sent.lines if one.cadres is not None]
    expected = max((one.cadres_expected or 0 for one in sent.lines), default=0)
    came = sum(one.members for one in sent.lines)
    of = max(one.members_expected for one in sent.lines)
    return f"Đoàn viên: {so_many(came, of)}, cán bộ {so_many(sum(cadres), expected) if cadres else UNKNOWN}"


# -- the units below, one by one


def children(head: str, noun: str, page: int, pages: int) -> str:
    return lines(
        head,
        f"Từng {esc(noun)}: đã báo cáo/phải báo cáo.",
        f"Trang {page + 1}/{pages}" if pages > 1 else None,
    )


def child_label(name: str, figures: Figures, *, alone: bool) -> str:
    """`alone`: it reports for itself, and nothing below it does."""
    if not figures.due:
        return say.both_ends(name)
    if not alone:
        return f"{say.both_ends(name, 30)} · {so_many(figures.received, figures.due)}"
    word = NOBODY_YET if figures.missing else "chậm hạn" if figures.late else "đã báo cáo"
    return f"{say.both_ends(name, 28)} · {word}"


# -- the chart


CHART_LATE = "Chậm hạn"
CHART_MISSING = "Chưa báo cáo"
REST_OF_CHART = "{} đơn vị khác"


def chart_done(main: Duty) -> str:
    return "Đúng hạn" if main.has_report_deadline else "Đã báo cáo"


def chart_headline(noun: str, figures: Figures) -> str:
    share = say.percent(figures.received, figures.due)
    return f"{so_many(figures.received, figures.due)} {noun} đã báo cáo ({share})"


def chart_subtitle(main: Duty, at: datetime, zone: ZoneInfo) -> str:
    return f"{main.title}, tính đến {say.as_of(at, zone)}"


def chart_footer(noun: str, *, alone: bool) -> str:
    """`alone`: every row is one unit."""
    if alone:
        return "Cuối hàng: đoàn viên tham dự, trên tổng số."
    return f"Số trong thanh: số {noun}. Cuối hàng: đã báo cáo, trên số phải báo cáo."


def chart_caption(
    head: str, main: Duty, noun: str, figures: Figures, missing: Iterable[tuple[str, int]]
) -> str:
    """`missing`: (unit, how many), those where most are; the picture in words."""
    named = ", ".join(f"{esc(name)} {say.number(many)}" for name, many in missing)
    return lines(
        head,
        f"{_name(main)}: {so_many(figures.received, figures.due)} {esc(noun)}."
        f" {_shares(figures)}, chưa báo cáo {say.number(figures.missing)}.",
        f"Nơi còn nhiều {esc(noun)} chưa báo cáo: {named}." if named else None,
    )


def _shares(figures: Figures) -> str:
    told = times("Đúng hạn", figures.on_time, "chậm hạn", figures.late)
    return told.replace(" · ", ", ") if told else f"Đã báo cáo {say.number(figures.received)}"
