"""The sentences of the official report, drafted from figures. Read by the office, which may change them.

Plain text. What nobody recorded is said to be so, or left out: it is never a 0.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.texts import say
from bot.texts.official_form import full_day
from bot.texts.progress import so_many
from bot.texts.speakers import grade_counts
from rules.contradictions import Kind
from rules.duties import HELD
from rules.plan import Duty, Plan
from rules.proposals import likeness
from storage import activities
from storage.figures import Essays, Figures, Halls, Inspected
from storage.media import Tally
from storage.missing import MissingUnit
from storage.relays import Counts
from storage.report_facts import Proposal, Sessions
from storage.speaker_quality import Quality

NAMES_SHOWN = 10
MISSING_SHOWN = 20
PROPOSALS_SHOWN = 20
EXAMPLES_SHOWN = 3

SECTIONS = {
    "direction": "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI",
    "results": "II. KẾT QUẢ",
    "assessment": "III. ĐÁNH GIÁ CHUNG",
    "requests": "IV. ĐỀ XUẤT, KIẾN NGHỊ",
}
MEDIA = "Công tác tuyên truyền"
SESSIONS = "Hội nghị học tập, quán triệt từng cấp"
SPEAKERS = "Báo cáo viên, tài liệu"
ESSAYS = "Bài thu hoạch"
ACTIVITIES = "Hoạt động thiết thực"
INSPECTION = "Kiểm tra, giám sát"
STRENGTHS = "Ưu điểm"
LIMITS = "Hạn chế, nguyên nhân"

NO_MEDIA = "Tin, bài tuyên truyền: chưa ghi nhận số liệu."
NO_TRAINING = "Tập huấn báo cáo viên: chưa ghi nhận số liệu."
NO_INSPECTION = "Kết quả kiểm tra, giám sát: chưa ghi nhận số liệu."
NO_ESSAYS = "Bài thu hoạch: chưa ghi nhận số liệu."
NO_ACTIVITIES = "Hoạt động thiết thực: chưa ghi nhận số liệu."
NO_SESSIONS = "Hội nghị: chưa ghi nhận số liệu."
NO_SPEAKERS = "Báo cáo viên: chưa ghi nhận số liệu."
NO_REPORTS = "Chưa ghi nhận báo cáo nào, nên chưa đủ số liệu để đánh giá."
NO_STRENGTHS = "Chưa đủ số liệu để đánh giá."
NO_LIMITS = "Trong các báo cáo đã nhận, chưa ghi nhận đơn vị nào thiếu báo cáo hoặc có điểm cần làm rõ."
NO_CAUSES = "Nguyên nhân: chưa ghi nhận."
NO_PROPOSALS = "Chưa ghi nhận đề xuất, kiến nghị."


def _share(part: int, whole: int, what: str) -> str:
    return f"{so_many(part, whole)} {what} ({say.percent(part, whole)})"


def _names(names: Sequence[str], most: int = NAMES_SHOWN) -> str:
    more = len(names) - most
    shown = ", ".join(names[:most])
    return f"{shown} và {say.number(more)} đơn vị khác" if more > 0 else shown


def named_with(name: str, above: str | None) -> str:
    """A branch's name alone tells nobody where it is."""
    return f"{name} ({above})" if above else name


# -- I


def extent(counts: Iterable[tuple[str, int]]) -> str:
    """(level, units that owe something at it)"""
    return f"Phạm vi thực hiện: {', '.join(f'{say.number(many)} {_units(name)}' for name, many in counts)}."


def _units(level: str) -> str:
    """ "đơn vị cấp huyện", "chi đoàn"."""
    return f"đơn vị {level}" if level.startswith("cấp ") else level


def document(duty: Duty, level: str, figures: Figures, before: date | None = None) -> str:
    """`before`: where its time is not over."""
    limit = f"; hạn nộp: trước ngày {full_day(before)}" if before is not None and figures.missing else ""
    head = f"{duty.title}, {level}"
    if not figures.received:
        return f"{head}: {say.number(figures.due)} đơn vị phải nộp, chưa ghi nhận đơn vị nào nộp{limit}."
    told = f"{head}: {so_many(figures.received, figures.due)} đơn vị đã nộp"
    return f"{told}{_times(', trong đó đúng hạn', figures.on_time, 'chậm hạn', figures.late)}{limit}."


def accepted_documents(duty: Duty, level: str, figures: Figures) -> str:
    return f"{duty.title}, {level}: cấp trên đã tiếp nhận {so_many(figures.accepted, figures.received)}."


def quick_reports(duty: Duty, sent: Counts) -> str:
    if not sent.reports:
        return f"{duty.title}: chưa ghi nhận số liệu."
    return (
        f"{duty.title}: {say.number(sent.units)} đơn vị đã gửi {say.number(sent.reports)} báo cáo, cấp trên đã"
        f" tiếp nhận {so_many(sent.accepted, sent.reports)}."
    )


def _times(kept: str, on_time: int, broken: str, late: int) -> str:
    told = f"{kept} {say.number(on_time)}" if on_time else ""
    return f"{told}, {broken} {say.number(late)}" if late else told


# -- II


def media(whole: Tally, kinds: Sequence[tuple[str, int]]) -> str:
    """`kinds`: (name, how many items of it)."""
    if not whole.items:
        return NO_MEDIA
    named = "; ".join(f"{name}: {say.number(many)}" for name, many in kinds if many)
    return f"{say.number(whole.told)}/{say.number(whole.units)} đơn vị báo {say.number(whole.items)} tin, bài ({named})."


def media_asked(asked: Sequence[tuple[str, int]]) -> str | None:
    """`asked`: (name, how many at least of each unit; 0: as many as there are)."""
    if not asked:
        return None
    named = "; ".join(f"{name} (ít nhất {least:02d})" if least else name for name, least in asked)
    return f"Kế hoạch yêu cầu: {named}."


def session(duty: Duty, level_code: str, level: str, figures: Figures) -> str:
    """One level's sessions. A host reports once the session is over."""
    before = duty.held_before.get(level_code)
    limit = f" (kế hoạch: trước ngày {full_day(before)})" if before is not None else ""
    if not figures.received:
        return f"{duty.title}, {level}{limit}: chưa ghi nhận số liệu ({say.number(figures.due)} đơn vị phải tổ chức)."
    told = f"{duty.title}, {level}{limit}: {_share(figures.received, figures.due, 'đơn vị đã tổ chức')}"
    times = _told_times("đúng thời hạn", figures.held_on_time, "sau thời hạn", figures.held_late)
    held = f", trong đó {times}" if times else ""
    left = f"; {say.number(figures.missing)} đơn vị chưa báo cáo" if figures.missing else ""
    return f"{told}{held}{left}."


def convened(level: str, held: Sessions) -> str | None:
    """What hosts counted; people of several levels attend several times, so levels are not added up."""
    if not held.groups_told:
        return None
    return (
        f"Thành phần triệu tập, {level}: {_share(held.attended, held.convened, 'lượt người dự')}, theo"
        f" {say.number(held.groups_told)} hội nghị có ghi."
    )


def received(as_of: str, noun: str, figures: Figures) -> str:
    told = f"Tính đến {as_of}, {_share(figures.received, figures.due, f'{noun} đã báo cáo')}"
    return f"{told}; {say.number(figures.missing)} {noun} chưa báo cáo." if figures.missing else f"{told}."


def none_received(as_of: str, noun: str, due: int) -> str:
    return f"Tính đến {as_of}, chưa ghi nhận báo cáo nào của {say.number(due)} {noun} phải báo cáo."


def times(noun: str, figures: Figures) -> str | None:
    reported = _told_times("báo cáo đúng hạn", figures.on_time, "báo cáo chậm hạn", figures.late)
    held = _told_times("học đúng thời hạn", figures.held_on_time, "học sau thời hạn", figures.held_late)
    told = "; ".join(part for part in (reported, held) if part)
    return f"Trong số {noun} đã báo cáo: {told}." if told else None


def _told_times(kept: str, on_time: int, broken: str, late: int) -> str:
    parts = [(kept, on_time), (broken, late)]
    return ", ".join(f"{say.number(many)} {what}" for what, many in parts if many)


def attendance(noun: str, figures: Figures) -> str | None:
    """As the units themselves say."""
    if not figures.members_expected:
        return None
    told = f"Theo các {noun} tự báo cáo: {_share(figures.members, figures.members_expected, 'đoàn viên tham dự')}"
    if not figures.cadres_told:
        return f"{told}; chưa ghi nhận số cán bộ."
    silent = figures.received - figures.cadres_told
    share = _share(figures.cadres, figures.cadres_expected, "đồng chí")
    unsaid = f"; {say.number(silent)} {noun} chưa ghi số cán bộ" if silent else ""
    return f"{told}, trong đó cán bộ {share}{unsaid}."


def accepted(noun: str, figures: Figures) -> str | None:
    """Beside what the units say, never merged with it."""
    if not figures.accepted:
        return "Chưa ghi nhận báo cáo nào được cấp trên tiếp nhận."
    people = ""
    if figures.members_accepted_expected:
        share = _share(figures.members_accepted, figures.members_accepted_expected, "đoàn viên tham dự")
        people = f", ghi {share}"
    return f"Trong đó cấp trên đã tiếp nhận báo cáo của {say.number(figures.accepted)} {noun}{people}."


def on_behalf(noun: str, figures: Figures) -> str | None:
    if not figures.on_behalf:
        return None
    return f"Báo cáo của {say.number(figures.on_behalf)} {noun} do cấp trên báo hộ."


def own_sessions(many: int) -> str | None:
    return f"{say.number(many)} buổi do đơn vị tự tổ chức riêng." if many else None


def halls(halls: Halls) -> str | None:
    if not halls.counted:
        return None
    return (
        f"Số người đếm tại hội trường: {say.number(halls.people)}, ở"
        f" {so_many(halls.counted, halls.sessions)} hội nghị có ghi; là số để đối chiếu, không cộng vào số trên."
    )


def speakers(level: str, held: Sessions) -> str | None:
    if not held.speakers:
        return None
    told = f"Hội nghị {level}: {say.number(held.speakers)} lượt báo cáo viên"
    if not held.speakers_outside:
        return f"{told}."
    return f"{told}, trong đó {say.number(held.speakers_outside)} lượt ngoài thành phần kế hoạch nêu."


def registered(levels: Sequence[tuple[str, Quality]], whole: Quality) -> str | None:
    """Of the registers of speakers."""
    if not whole.registered:
        return None
    each = ", ".join(f"{name} {say.number(one.registered)}" for name, one in levels if one.registered)
    told = f"Danh sách báo cáo viên: {say.number(whole.registered)} đồng chí ({each})"
    if not whole.registered_trained:
        return f"{told}; chưa ghi nhận số đã tập huấn."
    return f"{told}; {_share(whole.registered_trained, whole.registered, 'đồng chí đã tập huấn')}."


def trainings(days: Sequence[date], holders: Sequence[str], people: int | None) -> str:
    """`people`: who attended, where anybody said so."""
    if not days:
        return NO_TRAINING
    first, last = min(days), max(days)
    when = (
        f"ngày {full_day(first)}" if first == last else f"từ ngày {full_day(first)} đến ngày {full_day(last)}"
    )
    by = f"; đơn vị tổ chức: {', '.join(holders)}" if holders else ""
    came = f"{say.number(people)} lượt người dự" if people is not None else "chưa ghi nhận số người dự"
    return f"Đã tổ chức {say.number(len(days))} lớp tập huấn báo cáo viên, {when}{by}; {came}."


def quality(whole: Quality) -> str | None:
    """As the level above each host judges."""
    if not whole.to_judge:
        return None
    if not whole.judged:
        return "Chất lượng báo cáo viên: chưa ghi nhận đánh giá."
    judged = f"{so_many(whole.judged, whole.to_judge)} lượt báo cáo viên được cấp trên trực tiếp đánh giá"
    return f"Chất lượng: {judged}: {grade_counts(whole)}."


def materials(level: str, held: Sessions) -> str | None:
    if not held.materials_told:
        return None
    short = held.materials_told - held.materials_enough
    told = [f"{say.number(held.materials_enough)} hội nghị đủ tài liệu"] if held.materials_enough else []
    told += [f"{say.number(short)} hội nghị thiếu tài liệu"] if short else []
    return f"Tài liệu, {level}: {', '.join(told)} (theo {so_many(held.materials_told, held.held)} hội nghị có ghi)."


def materials_offered(many: int) -> str | None:
    return f"Đã đăng {say.number(many)} tài liệu học tập trên hệ thống." if many else None


def essays(essays: Essays) -> list[str]:
    told = []
    if essays.owed and essays.received:
        left = essays.owed - essays.received
        told.append(
            f"{_share(essays.received, essays.owed, 'người phải nộp bài đã nộp')}"
            + (f"; {say.number(left)} người chưa nộp." if left else ".")
        )
    elif essays.owed:
        told.append(f"Bài nộp của {say.number(essays.owed)} người phải nộp: chưa ghi nhận số liệu.")
    if essays.told:
        told.append(
            f"Bài của đoàn viên, do {say.number(essays.told)} đơn vị báo bằng số:"
            f" {_share(essays.counted, essays.counted_of, 'bài')}."
        )
    return told


def activities_held(counts: activities.Counts, level: str | None) -> list[str]:
    """`level`: whose units owe some; None: it is of several."""
    if not counts.activities:
        return [NO_ACTIVITIES]
    units = _units(level) if level is not None else "đơn vị"
    told = f"Đã ghi nhận {say.number(counts.activities)} hoạt động"
    if counts.units:
        told += f"; {so_many(counts.told, counts.units)} {units} có hoạt động"
    if not counts.counted:
        return [f"{told}; chưa ghi nhận số người tham gia."]
    of_some = f", ở {so_many(counts.counted, counts.activities)} hoạt động có ghi"
    where = of_some if counts.counted < counts.activities else ""
    return [f"{told}.", f"Số người tham gia: {say.number(counts.people)} lượt{where}."]


def activities_named(some: Sequence[activities.Activity]) -> str | None:
    """A few, to show what they are like: nobody is ranked by them."""
    named = "; ".join(
        f"{say.beginning(one.title, 100)} ({one.unit_name}, ngày {full_day(one.held_on)})" for one in some
    )
    return f"Một số hoạt động: {named}." if named else None


def inspected(seen: Inspected) -> str:
    """What teams counted stands by itself, beside what the units say."""
    if not seen.units:
        return NO_INSPECTION
    told = f"Các tổ đã kiểm tra, giám sát {say.number(seen.units)} đơn vị"
    if not seen.counted:
        return f"{told}; chưa ghi nhận số người do tổ đếm."
    share = _share(seen.members, seen.members_expected, "đoàn viên đã học")
    return f"{told}; theo tổ đếm ở {say.number(seen.counted)} đơn vị: {share}."


def checklist(plan: Plan) -> str | None:
    if not plan.inspection_checklist:
        return None
    named = "; ".join(say.lower_first(one) for one in plan.inspection_checklist)
    return f"Nội dung kiểm tra, giám sát theo Kế hoạch: {named}."


# -- III


def complete(noun: str, names: Sequence[str]) -> str | None:
    if not names:
        return None
    return f"{say.number(len(names))} đơn vị có 100% {noun} đã báo cáo: {_names(names)}."


def on_time(figures: Figures) -> str | None:
    """None: it was not most of them."""
    if figures.on_time <= figures.late:
        return None
    return f"{_share(figures.on_time, figures.on_time + figures.late, 'báo cáo gửi đúng hạn')}."


def came(figures: Figures) -> str | None:
    """None: it was not most of them."""
    if figures.members * 2 <= figures.members_expected:
        return None
    share = _share(figures.members, figures.members_expected, "đoàn viên tham dự")
    return f"{share}, theo các đơn vị đã báo cáo."


def missing_named(noun: str, units: Sequence[MissingUnit]) -> str:
    named = ", ".join(named_with(one.name, one.above) for one in units)
    return f"{say.number(len(units))} {noun} chưa báo cáo: {named}."


def missing_counted(noun: str, total: int, units: Sequence[tuple[str, int]]) -> str:
    named = ", ".join(f"{name} ({say.number(many)})" for name, many in units)
    return f"{say.number(total)} {noun} chưa báo cáo: {named}."


def late(figures: Figures) -> str | None:
    told = [f"{say.number(figures.late)} báo cáo gửi chậm hạn"] if figures.late else []
    if figures.held_late:
        told.append(f"{say.number(figures.held_late)} đơn vị học sau thời hạn của Kế hoạch")
    return f"{'; '.join(told)}." if told else None


def other_missing(duty: Duty, level: str, figures: Figures) -> str | None:
    """Another duty of the plan that not everybody has fulfilled in time."""
    if not figures.missing:
        return None
    what = "chưa báo cáo đã tổ chức" if duty.kind in HELD else "chưa nộp"
    return f"{say.number(figures.missing)} {_units(level)} {what}: {say.lower_first(duty.title)}."


def not_accepted(noun: str, figures: Figures) -> str | None:
    left = figures.received - figures.accepted
    return f"Báo cáo của {say.number(left)} {noun} chưa được cấp trên tiếp nhận." if left else None


_DOUBTS = {
    Kind.OVER_ROSTER: "báo số đoàn viên tham dự nhiều hơn danh sách",
    Kind.HALL_DIFFERS: "có số đếm tại hội trường lệch với tổng số các chi đoàn báo",
    Kind.CADRES_BELOW: "có cán bộ tham dự dưới mức Kế hoạch yêu cầu",
    Kind.SPEAKER_ELSEWHERE: "ghi báo cáo viên có tên ở hội nghị khác cùng ngày",
    Kind.SPEAKER_OUTSIDE: "ghi báo cáo viên ngoài thành phần kế hoạch nêu",
    Kind.PHOTO_BEFORE: "dùng ảnh đã có ở báo cáo khác",
}


def doubt(kind: Kind, names: Sequence[str]) -> str:
    return f"Cần làm rõ: {say.number(len(names))} đơn vị {_DOUBTS[kind]}: {_names(names)}."


# -- IV


def proposals(by_level: Sequence[tuple[str, Sequence[Proposal]]]) -> list[str]:
    """`by_level`: (the level that these concern, they themselves); those who say the same are told once."""
    told = []
    for level, found in by_level:
        done = sum(one.answered for one in found)
        answered = f"đã trả lời {so_many(done, len(found))}" if done else "chưa trả lời"
        told.append(f"Đối với {level}: {say.number(len(found))} đề xuất, kiến nghị; {answered}.")
        alike: dict[str, list[Proposal]] = {}
        for one in found:
            alike.setdefault(likeness(one.text), []).append(one)
        groups = list(alike.values())
        told += [_proposed(group) for group in groups[:PROPOSALS_SHOWN]]
        more = len(groups) - PROPOSALS_SHOWN
        if more > 0:
            told.append(f"Còn {say.number(more)} nội dung khác.")
    return told


def _proposed(alike: Sequence[Proposal]) -> str:
    return proposed(_names([named_with(one.unit, one.above) for one in alike]), alike[0].text)


def proposed(who: str, text: str) -> str:
    return f"{who}: {say.beginning(' '.join(text.split()), 300)}"
