"""Reports that sum up the units below: who drafts one reads it, and the officers of the level above."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.texts import official_sections as drafted
from bot.texts import say
from bot.texts.freezing import differences
from bot.texts.markup import bold, esc, lines
from bot.texts.progress import overall, so_many
from rules.contradictions import Kind
from rules.plan import Duty, DutyKind
from rules.relays import RATE, REPLACED
from rules.reviewing import Field
from storage.figures import Overall
from storage.models import ReportState
from storage.relays import Relay, Units
from storage.reviews import Standing

DRAFT = "Soạn từ số liệu"
EXPLAIN = "Giải trình"
NOT_EXPLAINED = "Không giải trình"
CHANGE = "Sửa"
GAPS = "Thiếu, chưa khớp"
PHONES = "Gọi, đôn đốc"
OWN_DRAFT = "Bản của hệ thống"
NEW_FIGURES = "Lấy số mới"
READ_ALL = "Xem toàn văn"
WORDS = "Nội dung"
FIGURES = "Số liệu"
MEND = "Sửa báo cáo"
BACK = "Các báo cáo"
LONGEST = 700  # characters of one part: all of them are read in one message
LONGEST_EXPLANATION = 400
GLIMPSE = 32  # characters: a line
NAMES_SHOWN = 5
NOTHING_RECORDED = "chưa ghi nhận số liệu"

WHICH_UNIT = "Đồng chí xem báo cáo của đơn vị nào?"
NO_DESK = (
    "Báo cáo nhanh, báo cáo tổng hợp dành cho cán bộ phụ trách đơn vị có cấp dưới."
    " Việc của đơn vị mình có ở /trangthai."
)
NOTHING_YET = "Chưa có báo cáo nào từ cấp dưới gửi lên."
NUMBERS_STAND = (
    "Số liệu do hệ thống cộng từ báo cáo của cấp dưới nên không gõ thay được."
    " Đồng chí bấm Giải trình để nói rõ, hoặc bấm Sửa để viết nội dung."
)
TOO_LONG = f"Dài quá {LONGEST} ký tự, đồng chí rút ngắn rồi gửi lại."
EXPLANATION_TOO_LONG = f"Dài quá {LONGEST_EXPLANATION} ký tự, đồng chí rút ngắn rồi gửi lại."
SHEET_TITLE = "BÁO CÁO NHANH, BÁO CÁO TỔNG HỢP"
IN_A_FILE = "nộp bằng tệp"
WHICH_PART = "Đồng chí sửa phần nào?"

PARTS = {
    RATE: "Tỷ lệ tham gia",
    Field.RESULTS: "Kết quả sau buổi",
    Field.SPEAKER: "Báo cáo viên",
    Field.MATERIALS: "Tài liệu",
    Field.PROPOSALS: "Kiến nghị",
}


def name(duty: Duty, slot: int) -> str:
    """ "Báo cáo nhanh lần 2"."""
    if duty.kind is DutyKind.QUICK_REPORT:
        return f"{duty.title} lần {slot + 1}"
    return duty.relay or duty.title


# -- drafting


def nothing_to_sum(unit: str) -> str:
    return f"Dưới {bold(unit)} chưa có đơn vị nào phải báo cáo, nên chưa có số để cộng."


MEANWHILE = "Đồng chí khác của đơn vị vừa gửi một báo cáo. Đồng chí xem lại rồi bấm Gửi báo cáo nếu vẫn gửi."
FIGURES_CHANGED = "Số liệu vừa thay đổi. Đồng chí xem lại rồi bấm Gửi báo cáo."


def summary(notice: str, title: str, figures: str, relay: Relay) -> str:
    """What will be sent; `figures`: as /tiendo shows them."""
    return lines(
        notice or None,
        bold(title),
        figures,
        explanations_in_short(relay),
        *glimpses(relay),
        gaps_in_short(relay),
    )


def figures_of(unit: str, main: Duty, noun: str, relay: Relay, zone: ZoneInfo, now: Overall | None) -> str:
    """`now`: what the figures have become; None: nobody asks."""
    changed = differences(relay.overall, now) if now is not None else []
    since = f"<i>Nay: {', '.join(changed)}</i>" if changed else None
    head = f"{bold(unit)} · tính đến {say.as_of(relay.at, zone)}"
    return overall(head, main, noun, relay.overall, since)


def glimpses(relay: Relay) -> list[str]:
    """A line of a phone for each part in words, those without any together."""
    told = {part: " ".join(part_text(relay, part).split()) for part in PARTS if part is not RATE}
    empty = ", ".join(PARTS[part] for part, text in told.items() if not text)
    shown = [esc(say.beginning(f"▸ {PARTS[part]}: {text}", GLIMPSE)) for part, text in told.items() if text]
    return [*shown, f"{say.upper_first(empty.lower())}: chưa ghi"] if empty else shown


def explanations_in_short(relay: Relay) -> str | None:
    told = list(relay.explained.values())
    if len(told) > 1:
        return f"▸ Giải trình: {len(told)} điểm"
    return esc(say.beginning(f"▸ Giải trình: {told[0]}", GLIMPSE)) if told else None


def part_text(relay: Relay, part: Field) -> str:
    """What is recorded, and below it what the officer wrote; plain."""
    words = relay.words.get(part)
    if words is not None and part in REPLACED:
        return words
    return "\n".join([*relay.recorded.get(part, ()), *([words] if words else [])])


def made_up(units: int, people: int) -> str:
    return f"Học bù: {say.number(units)} đơn vị, {say.number(people)} lượt đoàn viên."


def that_fit(told: Sequence[str]) -> list[str]:
    """As many as a part holds, and how many more there are."""
    kept: list[str] = []
    for one in told:
        if sum(map(len, kept)) + len(one) > LONGEST:
            return [*kept, f"Còn {say.number(len(told) - len(kept))} kiến nghị khác, có ở /kiennghi."]
        kept.append(one)
    return kept


def gaps_in_short(relay: Relay) -> str | None:
    missing = sum(one.count for one in relay.missing.values())
    told = [f"còn thiếu {say.number(missing)} báo cáo"] if missing else []
    told += [f"{len(relay.doubts)} điểm cần làm rõ"] if relay.doubts else []
    return say.upper_first(", ".join(told)) + "." if told else None


def gaps(relay: Relay, duties: Mapping[str, Duty], nouns: Mapping[str, str]) -> list[str]:
    """Who is missing, and in whose reports something does not fit; `nouns`: what such a unit is called."""
    told = [
        f"▸ {esc(duties[code].title)}: {say.number(one.count)} {esc(nouns[code])} chưa gửi: {_names(one)}"
        for code, one in relay.missing.items()
        if code in duties
    ]
    return told + [f"▸ {esc(_doubt(kind, one))}" for kind, one in relay.doubts.items()]


def _names(units: Units) -> str:
    shown = units.names[:NAMES_SHOWN]
    more = units.count - len(shown)
    return esc(", ".join(shown)) + (f" và {say.number(more)} đơn vị khác" if more else "")


def _doubt(kind: Kind, units: Units) -> str:
    return drafted.doubt(kind, units.names).removeprefix("Cần làm rõ: ")


def all_gaps(relay: Relay, duties: Mapping[str, Duty], nouns: Mapping[str, str]) -> str:
    told = gaps(relay, duties, nouns)
    return lines("<b>Còn thiếu, chưa khớp.</b> Báo cáo vẫn gửi được, sẽ nêu rõ những nơi này.", *told)


def write(relay: Relay, part: Field) -> str:
    text = part_text(relay, part)
    how = (
        "Đồng chí gửi nội dung thay cho cả phần này, trong một tin."
        if part in REPLACED
        else "Đồng chí gửi nhận xét, đánh giá trong một tin. Số liệu hệ thống ghi vẫn giữ nguyên ở trên."
    )
    return lines(f"<b>{PARTS[part]}</b>", esc(text) or say.upper_first(NOTHING_RECORDED) + ".", how)


_ASKED = {
    Kind.CADRES_BELOW: "cán bộ tham dự dưới mức Kế hoạch yêu cầu",
    Kind.OVER_ROSTER: "số đoàn viên tham dự nhiều hơn danh sách",
    Kind.HALL_DIFFERS: "số đếm tại hội trường lệch với số các đơn vị báo",
    Kind.SPEAKER_ELSEWHERE: "báo cáo viên có tên ở hội nghị khác cùng ngày",
    Kind.SPEAKER_OUTSIDE: "báo cáo viên ngoài thành phần kế hoạch nêu",
    Kind.PHOTO_BEFORE: "ảnh đã có ở báo cáo khác",
}


def _about(asked: str) -> str:
    return "tỷ lệ tham gia" if asked == RATE else _ASKED[Kind(asked)]


def explain(asked: str, relay: Relay, target: int) -> str:
    """One question of what is to be explained, or of whatever the officer wants to."""
    figures = relay.overall.main
    if asked == RATE:
        told = relay.explained.get(RATE)
        return lines(
            "Đồng chí giải trình thêm gì về tỷ lệ tham gia? Số liệu hệ thống cộng vẫn giữ nguyên.",
            f"Đang có: {esc(told)}" if told else None,
        )
    units = relay.doubts.get(Kind(asked))
    named = f": {_names(units)}" if units is not None else ""
    if asked == Kind.CADRES_BELOW:
        share = (
            f"Cán bộ tham dự {so_many(figures.cadres, figures.cadres_expected)}, Kế hoạch yêu cầu {target}%"
        )
        return f"{share}{named}. Đồng chí giải trình giúp."
    many = say.number(units.count) if units is not None else ""
    return f"{many} đơn vị có {_about(asked)}{named}. Đồng chí giải trình giúp."


def _explained(asked: str, text: str) -> str:
    return f"Giải trình về {_about(asked)}: {esc(text)}"


def send_again(relay: Relay, part: Field) -> str:
    """What the answer to a return changes."""
    text = relay.explained.get(RATE, "") if part is RATE else part_text(relay, part)
    return lines(f"<b>{PARTS[part]}</b>", esc(text) or "Không giải trình.", "Gửi lại?")


def arrived(unit: str, title: str, code: int, relay: Relay, noun: str, zone: ZoneInfo) -> str:
    """To the officers of the level above."""
    figures = relay.overall.main
    return (
        f"{bold(unit)} gửi {say.lower_first(esc(title))}, mã {say.code(code)}, tính đến {say.as_of(relay.at, zone)}:"
        f" {so_many(figures.received, figures.due)} {esc(noun)} đã báo cáo."
    )


def told(superior: str) -> str:
    return f"Hệ thống đã báo {esc(superior)}."


# -- reading


_STATES = {
    ReportState.SENT: "chờ tiếp nhận",
    ReportState.ACCEPTED: "đã tiếp nhận",
    ReportState.RETURNED: "đề nghị bổ sung",
}


def state_of(standing: Standing) -> str:
    return _STATES[ReportState(standing.state)]


def own_label(duty: Duty, standing: Standing, zone: ZoneInfo) -> str:
    day = say.day(standing.arrived.astimezone(zone).date())
    return f"{name(duty, standing.slot)} · {day} · {state_of(standing)}"


def below_label(duty: Duty, standing: Standing) -> str:
    return f"{say.both_ends(standing.unit_name, 24)} · {say.lower_first(name(duty, standing.slot))}, {state_of(standing)}"


def below(count: int) -> str:
    return f"Cấp dưới gửi ({count} chờ)" if count else "Cấp dưới gửi"


def home(unit: str, sent: int, page: int, pages: int) -> str:
    return lines(
        f"{bold(unit)}: đồng chí lập báo cáo gửi cấp trên. Hệ thống soạn sẵn từ số liệu cấp dưới.",
        f"Đã gửi {sent} báo cáo; bấm để xem lại." if sent else None,
        f"Trang {page + 1}/{pages}" if pages > 1 else None,
    )


def from_below(unit: str, count: int, waiting: int, page: int, pages: int) -> str:
    return lines(
        f"{bold(unit)}: {count} báo cáo từ cấp dưới, {waiting} chờ tiếp nhận.",
        f"Trang {page + 1}/{pages}" if pages > 1 else None,
    )


def _head(title: str, standing: Standing) -> str:
    again = f", lần gửi {standing.revision}" if standing.revision > 1 else ""
    return f"{bold(title)} · mã {say.code(standing.id)}{again}"


def figures_page(
    title: str,
    standing: Standing,
    figures: str,
    relay: Relay,
    missing: Sequence[str],
    *,
    zone: ZoneInfo,
    returned: str | None,
) -> str:
    """`missing`: of `gaps`; `returned`: what the level above asks for."""
    return lines(
        _head(title, standing),
        figures,
        *(f"▸ {_explained(which, text)}" for which, text in relay.explained.items()),
        *missing,
        f"Gửi {say.moment(standing.arrived, zone)}, {state_of(standing)}",
        returned,
    )


def returned(phrase: str, note: str | None) -> str:
    said = f" “{esc(note)}”" if note else ""
    return f"Cấp trên đề nghị bổ sung: {phrase}.{said}"


def words_page(title: str, standing: Standing, relay: Relay) -> str:
    told = [
        f"<b>{PARTS[part]}.</b> {esc(part_text(relay, part)) or say.upper_first(NOTHING_RECORDED) + '.'}"
        for part in PARTS
        if part is not RATE
    ]
    return lines(f"{_head(title, standing)}, {bold(standing.unit_name)}", *told)


def as_file(title: str, standing: Standing, zone: ZoneInfo, returned: str | None) -> str:
    return lines(
        _head(title, standing),
        f"{bold(standing.unit_name)} nộp bằng tệp, {say.moment(standing.arrived, zone)}, {state_of(standing)}.",
        returned,
    )


def review_card(
    title: str, standing: Standing, figures: str, relay: Relay, found: Sequence[str], behind: int
) -> str:
    """In /duyet: `found`: what the level above asked for before, and what happened then."""
    return lines(
        _head(title, standing),
        figures,
        explanations_in_short(relay),
        *glimpses(relay),
        gaps_in_short(relay),
        *(f"▸ {one}" for one in found),
        f"(còn {behind} báo cáo sau báo cáo này)" if behind else None,
    )
