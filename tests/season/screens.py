"""Figures as they stand on a screen or in a report, read back by their words."""

import re
from collections.abc import Sequence

from tests.season.counting import FACTS, LEVELS, Figures

_N = r"([\d.]+)"
# (what stands there, the names of the numbers in it)
Pattern = tuple[str, Sequence[str]]
_PROGRESS: Sequence[Pattern] = (
    (rf"Báo cáo: <b>{_N}/{_N} chi đoàn</b>", ("received", "due")),
    (rf"chưa báo cáo {_N}", ("missing",)),
    (rf"^Đúng hạn {_N} · chậm hạn {_N}", ("on time", "late")),
    (rf"^Học đúng thời hạn {_N} · sau thời hạn {_N}", ("held on time", "held late")),
    (rf"^Đoàn viên: {_N}/{_N}", ("members", "members of")),
    (rf"trong đó cán bộ {_N}/{_N}", ("cadres", "cadres of")),
    (rf"\({_N} nơi chưa ghi\)", ("cadres not told",)),
    (rf"^Hội trường: {_N} người, {_N}/{_N} hội nghị", ("hall people", "halls counted", "halls")),
    (rf"; điểm danh {_N} ở {_N} hội nghị", ("checked in", "halls checked")),
    (rf"^Bài thu hoạch: {_N}/{_N}", ("essays", "essays owed")),
    (rf"báo bằng số {_N}/{_N}", ("members' essays", "members' essays of")),
    (rf"báo hộ {_N}", ("on behalf",)),
    (rf"tiếp nhận {_N}", ("accepted",)),
    (rf"tiếp nhận {_N} \({_N}/{_N}\)", ("accepted", "accepted members", "accepted members of")),
    (rf"[Kk]iểm tra {_N} đơn vị", ("inspected",)),
    (
        rf"[Kk]iểm tra {_N} đơn vị \({_N}/{_N} ở {_N} đơn vị\)",
        ("inspected", "inspected members", "inspected members of", "inspected counted"),
    ),
    (rf"[Kk]iểm tra {_N} đơn vị \({_N}/{_N}\)", ("inspected", "inspected members", "inspected members of")),
)
_FROZEN: Sequence[Pattern] = (
    (rf"{_N}/{_N} chi đoàn", ("received", "due")),
    (rf"đúng hạn {_N} · chậm hạn {_N}", ("on time", "late")),
    (rf"đoàn viên {_N}/{_N}", ("members", "members of")),
    (rf"bài thu hoạch {_N}/{_N}", ("essays", "essays owed")),
)
IN_WHAT_IS_FROZEN = [name for _pattern, names in _FROZEN for name in names]
# A line of each duty: its levels one after the other, each with how many of how many.
_LINE = re.compile(rf"^▸ (.+?): ((?:cấp .+? )?{_N}/{_N}.*)$", re.MULTILINE)
_PART = re.compile(rf"(?:(cấp [^\d]+?) )?{_N}/{_N}(?: \(đúng hạn {_N} · (?:chậm|sau) hạn {_N}\))?(?:, |$)")
_GRADES = (
    ("tốt", "spoke, best"),
    ("khá", "spoke, well"),
    ("trung bình", "spoke, fairly"),
    ("yếu", "spoke, badly"),
)
_SPEAKING: Sequence[Pattern] = (
    (rf"^Danh sách: {_N} đồng chí", ("registered",)),
    (rf"^Đã tập huấn: {_N} đồng chí", ("registered and trained",)),
    (rf"^Đã báo cáo: {_N} lượt", ("spoke",)),
    *((rf"^Chất lượng: .*?{grade} {_N}", (name,)) for grade, name in _GRADES),
)
_ACTIVITIES: Sequence[Pattern] = (
    (rf"^▸ Hoạt động thiết thực: {_N} hoạt động", ("activities",)),
    (
        rf"^▸ Hoạt động thiết thực: .*\({_N}/{_N} đơn vị đã ghi\)",
        ("units with activities", "units to have activities"),
    ),
)
_REPORT: Sequence[Pattern] = (
    (rf"^-? ?Tính đến .*?, {_N}/{_N} chi đoàn đã báo cáo", ("received", "due")),
    (rf"; {_N} chi đoàn chưa báo cáo", ("missing",)),
    (rf"{_N} báo cáo đúng hạn", ("on time",)),
    (rf"{_N} báo cáo chậm hạn", ("late",)),
    (rf"{_N} học đúng thời hạn", ("held on time",)),
    (rf"{_N} học sau thời hạn", ("held late",)),
    (rf"tự báo cáo: {_N}/{_N} đoàn viên tham dự", ("members", "members of")),
    (rf"trong đó cán bộ {_N}/{_N}", ("cadres", "cadres of")),
    (rf"{_N} chi đoàn chưa ghi số cán bộ", ("cadres not told",)),
    (
        rf"tiếp nhận báo cáo của {_N} chi đoàn, ghi {_N}/{_N}",
        ("accepted", "accepted members", "accepted members of"),
    ),
    (rf"Báo cáo của {_N} chi đoàn do cấp trên báo hộ", ("on behalf",)),
    (rf"{_N} buổi do đơn vị tự tổ chức riêng", ("own sessions",)),
    (rf"đếm tại hội trường: {_N}, ở {_N}/{_N}", ("hall people", "halls counted", "halls")),
    (rf"{_N}/{_N} người phải nộp bài đã nộp", ("essays", "essays owed")),
    (rf"báo bằng số: {_N}/{_N} bài", ("members' essays", "members' essays of")),
    (rf"giám sát {_N} đơn vị", ("inspected",)),
    (
        rf"theo tổ đếm ở {_N} đơn vị: {_N}/{_N}",
        ("inspected counted", "inspected members", "inspected members of"),
    ),
    (rf"đơn vị báo {_N} tin, bài", ("media items",)),
    (
        rf"Báo cáo nhanh: {_N} đơn vị đã gửi {_N} báo cáo, cấp trên đã tiếp nhận {_N}/",
        ("quick reports from", "quick reports", "quick reports accepted"),
    ),
    (rf"Danh sách báo cáo viên: {_N} đồng chí", ("registered",)),
    (rf"Danh sách báo cáo viên:.*?; {_N}/", ("registered and trained",)),
    (rf"Đã ghi nhận {_N} hoạt động", ("activities",)),
    (
        rf"Đã ghi nhận [\d.]+ hoạt động; {_N}/{_N} .*? có hoạt động",
        ("units with activities", "units to have activities"),
    ),
    (rf"Số người tham gia: {_N} lượt", ("activities' people",)),
    (rf"Số người tham gia: .*?, ở {_N}/", ("activities counted",)),
    (rf"Đã tổ chức {_N} lớp tập huấn", ("trainings",)),
    (rf"Đã tổ chức .*?; {_N} lượt người dự", ("trained",)),
    *((rf"^-? ?Chất lượng: .*?: .*?{grade} {_N}", (name,)) for grade, name in _GRADES),
    *(
        pattern
        for name in LEVELS.values()
        for pattern in (
            (rf"Hội nghị {name}: {_N} lượt báo cáo viên", (f"speakers, {name}",)),
            (
                rf"Hội nghị {name}: [\d.]+ lượt báo cáo viên, trong đó {_N} lượt",
                (f"speakers outside, {name}",),
            ),
            (rf"Tài liệu, {name}: {_N} hội nghị đủ", (f"enough materials, {name}",)),
            (rf"Tài liệu, {name}: .*?{_N} hội nghị thiếu", (f"too few materials, {name}",)),
            (rf"triệu tập, {name}: {_N}/{_N} lượt", (f"convened present, {name}", f"convened, {name}")),
            (
                rf"Hội nghị học tập, quán triệt, {name}[^:]*(?:\(.*?\))?: {_N}/{_N} đơn vị đã tổ chức",
                (f"hosts, {name}", f"hosts due, {name}"),
            ),
        )
    ),
)

_PROPOSALS: Sequence[Pattern] = (
    (
        rf"{_N} chờ đồng chí trả lời, {_N} chờ nơi khác, {_N} đã trả lời",
        ("proposals waiting here", "proposals waiting elsewhere", "proposals answered"),
    ),
)


def number(shown: str) -> int:
    """ "12.450"."""
    return int(shown.rstrip(".").replace(".", ""))


def _read(text: str, patterns: Sequence[Pattern]) -> Figures:
    found: Figures = {}
    for pattern, names in patterns:
        match = re.search(pattern, text, re.MULTILINE)
        if match is not None:
            found |= {name: number(shown) for name, shown in zip(names, match.groups(), strict=True)}
    return found


def progress(text: str) -> Figures:
    """Of /tiendo. What is nought is not said."""
    found = _read(text, _PROGRESS)
    if "inspected members" in found and "inspected counted" not in found:
        found["inspected counted"] = found["inspected"]
    return found


def frozen(text: str) -> Figures:
    """Of what was frozen and passed upward."""
    return _read(text, _FROZEN)


def others(text: str) -> Figures:
    """Of [Việc khác]."""
    found: Figures = {}
    for title, line, *_numbers in _LINE.findall(text):
        for level, *numbers in _PART.findall(line):
            name = f"{title}, {level}" if level else title
            counts = zip(("received", "due", "on time", "late"), numbers, strict=True)
            found |= {f"{name}: {what}": number(shown or "0") for what, shown in counts}
    found |= _read(text, _ACTIVITIES)
    items = re.search(rf"^▸ Tin, bài tuyên truyền: {_N} tin, bài", text, re.MULTILINE)
    return found | ({"media items": number(items[1])} if items else {})


def proposals(text: str) -> Figures:
    return _read(text, _PROPOSALS)


def speaking(text: str) -> Figures:
    """Of /baocaovien."""
    return _read(text, _SPEAKING)


def rated(text: str) -> Figures:
    """Of /binhxet."""
    found = _read(text, [(rf"Khiếu nại chờ quyết định: {_N}", ("contests waiting",))])
    for title in FACTS:
        line = re.search(rf"^▸ {title}: (.*)$", text, re.MULTILINE)
        for counted in line[1].split(", ") if line else ():
            word, _, many = counted.rpartition(" ")
            found[f"{title}: {word}"] = number(many)
    return found


def official(text: str) -> Figures:
    return _read(text, _REPORT)
