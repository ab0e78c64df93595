"""The list for the year-end rating: facts of units, never of persons, and what a unit contests."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.texts import say
from bot.texts.markup import bold, esc, lines
from rules.deadlines import last_day
from rules.plan import FactKind, Grade, RatingFact
from rules.rating import Points, Standing, Verdict
from storage.rating import Contest
from storage.reports import Current, Line

BELOW = "Các đơn vị dưới"
OWN = "Đơn vị mình"
THIS = "Đơn vị này"
EACH = "Từng đơn vị"
CONTEST = "Khiếu nại"
MEND = "Sửa khiếu nại"
WITHDRAW = "Rút khiếu nại"
WITHDRAW_NOW = "Đúng, rút"
ACCEPT = "Chấp nhận"
KEEP = "Giữ nguyên"
SEE = "Xem mục này"
TO_UNIT = "Cả danh sách"
REPORTS = "Xem báo cáo"
INSPECTIONS = "Xem kiểm tra"
ESSAYS = "Sổ bài thu hoạch"
NOTE_LIMIT = 300  # characters
ESSAYS_SHOWN = 8

NOT_IN_PLAN = "Kế hoạch này không có danh sách bình xét thi đua."
NOT_FOR_YOU = "Danh sách bình xét dành cho người báo cáo thay mặt đơn vị và cán bộ phụ trách cấp trên."
WHICH_UNIT = "Đồng chí xem bình xét của đơn vị nào?"
CANCELLED = "Đã dừng. Chưa có gì được gửi."
NOTE_TOO_LONG = f"Phần này dài hơn {NOTE_LIMIT} chữ. Đồng chí gõ ngắn lại giúp."
CONTESTED_ALREADY = "Đơn vị đã khiếu nại mục này rồi. Đồng chí xem kết quả ở mục này."
NOTHING_TO_CONTEST = "Mục này đã đạt. Không cần khiếu nại."
WITHDRAWN = "Đã rút khiếu nại."
WAS_WITHDRAWN = "Đơn vị đã rút khiếu nại này."
CHANGED = "Khiếu nại vừa được sửa. Đồng chí xem lại trước khi quyết định."
DECIDED_ALREADY = "Khiếu nại này đã được quyết định."
NOT_ASKED = "Mục này không tính cho đơn vị. Không cần khiếu nại."
NO_CONTESTS = "Không có khiếu nại nào chờ quyết định."

WORDS = {
    Standing.MET: "đạt",
    Standing.NOT_MET: "chưa đạt",
    Standing.UNKNOWN: "chưa báo cáo",
    Standing.EXEMPT: "không tính",
}
_UNKNOWN = {FactKind.CADRES_COMPLETE: "chưa ghi", FactKind.INSPECTION_CLOSED: "chờ tổ kiểm tra xem"}
VERDICTS = {Verdict.ACCEPTED: "chấp nhận", Verdict.KEPT: "giữ nguyên"}


def word(kind: FactKind, standing: Standing) -> str:
    return _UNKNOWN.get(kind, WORDS[standing]) if standing is Standing.UNKNOWN else WORDS[standing]


def heading(unit: str) -> str:
    return f"{bold(unit)} · bình xét thi đua"


# -- the units below


def below(
    unit: str,
    at: datetime,
    zone: ZoneInfo,
    levels: Sequence[tuple[str, int, int]],
    facts: Sequence[tuple[RatingFact, Counter[Standing]]],
    grades: Sequence[tuple[str, int]],
    waiting: int,
) -> str:
    """`levels`: (noun, units that meet everything, units)."""
    return lines(
        heading(unit),
        f"Tính đến {say.as_of(at, zone)}",
        *(f"Đạt mọi mục: {_of(met, units)} {esc(noun)}" for noun, met, units in levels),
        *(_fact_counts(fact, counts) for fact, counts in facts),
        _grades(grades),
        f"Khiếu nại chờ quyết định: {waiting}" if waiting else None,
    )


def _of(part: int, whole: int) -> str:
    return f"{say.number(part)}/{say.number(whole)}"


def _fact_counts(fact: RatingFact, counts: Counter[Standing]) -> str:
    told = ", ".join(
        f"{word(fact.kind, standing)} {say.number(counts[standing])}"
        for standing in Standing
        if counts[standing] or standing is Standing.MET
    )
    return f"▸ {esc(fact.title)}: {told}"


def _grades(grades: Sequence[tuple[str, int]]) -> str | None:
    told = ", ".join(f"{esc(name)} {say.number(units)}" for name, units in grades if units)
    return f"Xếp loại: {told}" if told else None


NOT_GRADED = "chưa đủ số liệu"


def contests_label(count: int) -> str:
    return f"{CONTEST} ({count})"


def each(unit: str, page: int, pages: int) -> str:
    return lines(
        heading(unit),
        "Từng đơn vị: số mục đạt trên số mục tính. Nơi có khiếu nại ở trên cùng.",
        f"Trang {page + 1}/{pages}" if pages > 1 else None,
    )


def unit_label(name: str, met: int, asked: int, *, waiting: bool) -> str:
    return f"{say.both_ends(name, 28)} · {met}/{asked}" + (" · khiếu nại" if waiting else "")


def plain_label(name: str) -> str:
    return say.both_ends(name)


def nothing_rated(unit: str) -> str:
    return lines(heading(unit), "Đơn vị này không có mục nào để bình xét.")


def contests(unit: str, count: int, page: int, pages: int) -> str:
    return lines(
        heading(unit),
        f"{count} khiếu nại chờ quyết định, cũ nhất ở trên. Cấp trên trực tiếp của đơn vị quyết định.",
        f"Trang {page + 1}/{pages}" if pages > 1 else None,
    )


def contest_label(unit: str, title: str) -> str:
    return f"{say.both_ends(unit, 24)} · {say.beginning(title, 20)}"


# -- one unit


def card(unit: str, facts: Sequence[str], got: str | None, grade: str | None, ends: str | None) -> str:
    return lines(heading(unit), *facts, got, grade, ends)


def fact_line(
    fact: RatingFact,
    figures: Standing,
    contest: Contest | None,
    told: str,
    brief: str | None,
    zone: ZoneInfo,
    today: date,
) -> str:
    """`told`: of `word`, or what is truer here."""
    if contest is not None and contest.verdict is Verdict.ACCEPTED:
        by = _by(contest, zone, today)
        return f"✓ {esc(fact.title)}: đạt {by} (số liệu: {_with(told, brief)})"
    mark = {Standing.MET: "✓", Standing.EXEMPT: "–"}.get(figures, "▸")
    waits = ", đang khiếu nại" if contest is not None and contest.verdict is None else ""
    kept = f", giữ nguyên {_by(contest, zone, today)}" if contest is not None and contest.verdict else ""
    return f"{mark} {esc(fact.title)}: {_with(told, brief)}{waits}{kept}"


def _with(told: str, brief: str | None) -> str:
    return f"{told}, {brief}" if brief else told


def _by(contest: Contest, zone: ZoneInfo, today: date) -> str:
    """ "theo quyết định của Đoàn xã Hoằng Quỳ, 12/01"."""
    by = esc(contest.decided_by or "cấp trên")
    return f"theo quyết định của {by}, {_decided_on(contest, zone, today)}"


def points(got: Points) -> str:
    open_ones = f", {got.open} điểm chưa có số liệu" if got.open else ""
    return f"Điểm: <b>{got.won}/{got.total}</b>{open_ones}"


def grade(worst: Grade, best: Grade) -> str:
    if worst == best:
        return f"Xếp loại: <b>{esc(worst.name)}</b>"
    return f"Xếp loại: chưa đủ số liệu, từ {esc(worst.name)} đến {esc(best.name)}"


def ends(before: date | None, *, over: bool, today: date) -> str | None:
    if before is None:
        return None
    if over:
        return f"Thời gian khiếu nại đã hết, chậm nhất là hết ngày {say.day(last_day(before), today)}."
    return f"Khiếu nại: {say.until(last_day(before), today)}."


def is_over(before: date, whom: str | None, above: str, today: date) -> str:
    """`whom`: somebody of the level above."""
    person = f"đồng chí {esc(whom)}, {esc(above)}" if whom else esc(above)
    return (
        f"Thời gian khiếu nại đã hết, chậm nhất là hết ngày {say.day(last_day(before), today)}."
        f" Có điều chưa đúng, đồng chí gọi {person}."
    )


# -- why


def held(day: date, before: date, today: date) -> str:
    return f"{say.day(day, today)}, kế hoạch {say.until(last_day(before), today)}"


def reported(arrived: date, last: date | None, today: date) -> str:
    told = f"báo cáo {say.day(arrived, today)}"
    return f"{told}, hạn {say.day(last, today)}" if last is not None else told


def so_many(some: int, of: int) -> str:
    return f"{some}/{of}"


def essays_told(received: int, owed: int) -> str:
    return f"{received}/{owed} bài" if received else f"chưa có bài nào trong {owed} bài"


NOT_INSPECTED = "chưa có đợt kiểm tra"


def visited(inspection_id: int, day: date, today: date) -> str:
    return f"đợt kiểm tra số {inspection_id}, {say.day(day, today)}"


def report_line(sent: Current, zone: ZoneInfo) -> str:
    return f"Báo cáo mã {say.code(sent.id)}, nhận {say.moment(sent.first_arrived, zone)}"


def line(one: Line, first: bool, host: str | None, place: str | None, today: date) -> str:
    """Of a participation; `host`: whose session it was, where it is recorded."""
    where = f", hội nghị của {esc(host)}" if host else ""
    where += f", {esc(place)}" if host and place else ""
    cadres = "chưa ghi" if one.cadres is None else f"{one.cadres}/{one.cadres_expected or 0}"
    absent = ", ".join(
        esc(gone.name) + (f" ({esc(gone.reason)})" if gone.reason else "") for gone in one.absent
    )
    return lines(
        f"{'Học' if first else 'Học bù'} {say.day(one.held_on, today)}{where}",
        f"Đoàn viên {one.members}/{one.members_expected}, cán bộ {cadres}",
        f"Cán bộ vắng: {absent}" if absent else None,
    )


def session_line(held_on: date, place: str | None, today: date) -> str:
    return f"Hội nghị {say.day(held_on, today)}" + (f", {esc(place)}" if place else "")


def essay_lines(people: Sequence[tuple[str, datetime | None, bool]], zone: ZoneInfo) -> list[str]:
    """(author, when it arrived, whether its reader asked for more)."""
    told = [
        f"▸ {esc(name)}: {_essay(arrived, again, zone)}" for name, arrived, again in people[:ESSAYS_SHOWN]
    ]
    rest = len(people) - ESSAYS_SHOWN
    return [*told, *([f"và {rest} đồng chí khác"] if rest > 0 else [])]


def _essay(arrived: datetime | None, again: bool, zone: ZoneInfo) -> str:
    if arrived is not None:
        return f"đã nộp {say.day(arrived.astimezone(zone).date())}"
    return "cần bổ sung" if again else "chưa nộp"


def photos_label(count: int) -> str:
    return f"Xem ảnh, tệp ({count})"


def evidence(unit: str, title: str) -> str:
    """Under the files."""
    return f"{esc(unit)} · {esc(title)}"


def fact_card(
    opening: str | None, unit: str, fact: RatingFact, told: str, why: Iterable[str], contest: str | None
) -> str:
    return lines(opening, f"{bold(unit)} · {esc(fact.title)}", say.upper_first(told), *why, contest)


def contest_part(contest: Contest, above: str, zone: ZoneInfo, today: date) -> str:
    """`above`: the unit that decides."""
    said = f"Khiếu nại ({say.moment(contest.at, zone)}): “{esc(contest.note)}”"
    if contest.verdict is None:
        return lines(said, f"Đang chờ {esc(above)} quyết định.")
    return lines(
        said,
        f"{esc(contest.decided_by or above)} {VERDICTS[contest.verdict]}"
        f" ({_decided_on(contest, zone, today)}): “{esc(contest.reason or '')}”",
    )


def _decided_on(contest: Contest, zone: ZoneInfo, today: date) -> str:
    assert contest.decided_at is not None
    return say.day(contest.decided_at.astimezone(zone).date(), today)


# -- contesting and deciding


def contest_title(unit: str) -> str:
    return f"Khiếu nại của {unit}"


def decision_title(unit: str) -> str:
    return f"Quyết định khiếu nại của {unit}"


def which_note(title: str) -> str:
    return f"Mục “{esc(title)}” chưa đúng ở điểm nào? Đồng chí gõ ngắn gọn, cấp trên đọc và quyết định."


def mend_note(title: str, note: str) -> str:
    return lines(
        f"Khiếu nại mục “{esc(title)}” đang ghi: “{esc(note)}”", "Đồng chí gõ lại nội dung thay cho phần này."
    )


def mended(above: str, *, reached: bool) -> str:
    rest = f"Hệ thống đã báo {bold(above)}." if reached else f"{bold(above)} chưa ai kết nối."
    return f"Đã sửa khiếu nại. {rest}"


def withdraw(title: str, before: date | None, *, over: bool, today: date) -> str:
    """The question; what it means for contesting again."""
    asked = f"Đồng chí rút khiếu nại mục “{esc(title)}”?"
    if over:
        return f"{asked} Thời gian khiếu nại đã hết, rút rồi thì không gửi lại được."
    until = f" {say.until(last_day(before), today)}" if before is not None else ""
    return f"{asked} Cần gửi lại thì gửi được{until}."


def mended_above(unit: str, title: str, note: str) -> str:
    return f"{bold(unit)} sửa khiếu nại mục {esc(title)}: “{esc(note)}”"


def withdrawn_above(unit: str, title: str) -> str:
    return f"{bold(unit)} rút khiếu nại mục {esc(title)}. Không cần quyết định nữa."


def which_reason(verdict: Verdict, unit: str, note: str) -> str:
    what = "chấp nhận" if verdict is Verdict.ACCEPTED else "giữ nguyên số liệu"
    return lines(
        f"{esc(unit)} khiếu nại: “{esc(note)}”",
        f"Vì sao đồng chí {what}? Gõ ngắn gọn, lý do được gửi tới đơn vị.",
    )


def sent(above: str, whom: str | None, reached: bool) -> str:
    """`whom`: somebody to ring, where nobody there could be written to."""
    if reached:
        return f"Đã gửi khiếu nại tới {bold(above)}. Có quyết định, hệ thống báo ngay."
    ring = f" Đồng chí gọi đồng chí {esc(whom)} giúp." if whom else ""
    return f"Đã ghi khiếu nại. {esc(above)} chưa ai kết nối.{ring}"


def told_above(unit: str, title: str, told: str, note: str) -> str:
    return f"{bold(unit)} khiếu nại mục {esc(title)} ({told}): “{esc(note)}”"


def told_unit(above: str, title: str, verdict: Verdict, reason: str) -> str:
    what = "chấp nhận khiếu nại, mục này tính là đạt" if verdict is Verdict.ACCEPTED else "giữ nguyên số liệu"
    return f"{bold(above)} đã xem khiếu nại mục {esc(title)}: {what}. “{esc(reason)}”"


def was_decided(unit: str, verdict: Verdict, *, told: bool) -> str:
    rest = "đã báo đơn vị." if told else "đơn vị chưa ai kết nối, đồng chí báo giúp."
    return f"Đã ghi quyết định ({VERDICTS[verdict]}) về {bold(unit)}; {rest}"


# -- a sheet of the export


SHEET = "Bình xét"
SHEET_TITLE = "DANH SÁCH BÌNH XÉT THI ĐUA"


def cell(kind: FactKind, figures: Standing, contest: Contest | None) -> str:
    """ "đạt (quyết định; số liệu: chưa đạt)"."""
    told = word(kind, figures)
    if contest is not None and contest.verdict is Verdict.ACCEPTED:
        return f"đạt (quyết định; số liệu: {told})"
    return told


def contest_cell(title: str, contest: Contest) -> str:
    return f"{title}: {contest.note}"


def decision_cell(title: str, contest: Contest, zone: ZoneInfo) -> str:
    if contest.verdict is None or contest.decided_at is None:
        return f"{title}: chờ quyết định"
    day = contest.decided_at.astimezone(zone)
    return f"{title}: {VERDICTS[contest.verdict]} ({contest.decided_by}, {day:%d/%m/%Y}): {contest.reason}"
