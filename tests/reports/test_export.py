"""What an export says: the figures of a subtree, never a 0 for what is not known, nothing from beside or above."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, update

from bot.texts import export as texts
from reports.export import file_name, write_export
from rules.counting import Count
from rules.links import Link
from rules.names import fold
from storage import (
    activities,
    audit,
    check_ins,
    essays,
    inspections,
    media,
    meetings,
    proposals,
    speaker_quality,
    speakers,
    submitting,
    trainings,
    units,
    uploads,
)
from storage.audit import Action
from storage.inspections import Visit
from storage.media import Content
from storage.meetings import Planned
from storage.models import (
    Grade,
    HalfDay,
    RecipientState,
    ReportState,
    broadcast,
    broadcast_recipient,
    call,
    person,
    position,
    report,
    unit,
)
from storage.plans import load_plan
from storage.reports import GroupCount, Held, Line, Sender, Speaker
from tests.clock import FrozenClock
from tests.conftest import Province
from tests.people import at
from tests.reports.book import Page, Row, everything_in, read_book

PLAN = "ke-hoach-66"
SECRET = "Bí Mật"  # whatever lies beside the commune is called so
DAY = date(2018, 11, 12)


@dataclass
class Desk:
    province: Province
    out: Path

    def export(self, path: str | None = None, *, when: datetime | None = None) -> dict[str, Page]:
        self.write(path, when=when)
        return read_book(self.out)

    def write(self, path: str | None = None, *, when: datetime | None = None) -> int:
        stage = self.province.stage
        with stage.reading() as conn:
            now = when or self.province.clock.now()
            return write_export(conn, stage.world.plan, stage.world.zone, now, self.out, path)

    def path(self, name: str) -> str:
        line = {"tinh": ("tinh",), "huyen": ("tinh", "huyen"), "xa": ("tinh", "huyen", "xa")}[name]
        return "/" + "".join(f"{self.province.ids[one]}/" for one in line)


@pytest.fixture
def desk(province: Province, tmp_path: Path) -> Desk:
    """Thôn 1 reported with a make-up, thôn 2 by the district, thôn 3 not; thôn 4 reported and was closed."""
    ids = province.ids
    province.linked("Lê Thị Mai", 1)
    with province.stage.database.writing() as conn:
        beside = _neighbours(conn, ids)
        mai = Sender(ids["Lê Thị Mai"], 1, at(14, 11))
        above = Sender(ids["Ngô Văn Huyện"], 1, at(16, 11), on_behalf=True)
        held = Held(
            "grassroots",
            DAY,
            place="=nhà văn hoá",
            hall_count=120,
            speakers=(Speaker("Vũ Văn Xã"), Speaker("Lê Nói")),
        )
        _receipt, session_id = submitting.submit_session(conn, PLAN, "session", ids["xa"], 0, held, mai)
        lines = [
            Line(DAY, 40, 50, session_id=session_id, cadres=2, cadres_expected=3, youth=4),
            Line(date(2018, 11, 11), 5, 50, cadres=1, cadres_expected=1),
        ]
        for _ in range(2):
            submitting.submit_participation(conn, PLAN, "participation", ids["thon1"], lines, mai)
        for name, sender in (("thon2", above), ("thon4", mai)):
            submitting.submit_participation(
                conn, PLAN, "participation", ids[name], [Line(DAY, 30, 48, cadres_expected=3)], sender
            )
        conn.execute(
            update(report).where(report.c.unit_id == ids["thon2"]).values(state=ReportState.ACCEPTED)
        )
        conn.execute(update(unit).where(unit.c.id == ids["thon4"]).values(valid_to=date(2018, 11, 13)))
        submitting.record_planned(conn, PLAN, "participation", ids["thon3"], date(2018, 12, 20), mai)
        submitting.submit_document(conn, PLAN, "summary", ids["xa"], [], mai)
        _essays(conn, ids, beside)
        _broadcasts(conn, ids, beside)
        conn.execute(
            insert(call).values(
                plan=PLAN, unit_id=ids["thon3"], result="promised", day=date(2018, 12, 20), at=at(14, 11, 8)
            )
        )
    return Desk(province, tmp_path / "out.xlsx")


def _neighbours(conn: Connection, ids: dict[str, int]) -> tuple[int, int]:
    """Another commune and its branch, and somebody there who did all that there is to do: (unit, person)."""
    parent = f"/{ids['tinh']}/{ids['huyen']}/"
    commune = 900
    for unit_id, level, path in (
        (commune, "grassroots", f"{parent}900/"),
        (901, "branch", f"{parent}900/901/"),
    ):
        name = f"Đoàn {SECRET} {unit_id}"
        values = {"parent_id": ids["huyen"] if unit_id == commune else commune, "members": 70, "cadres": 3}
        conn.execute(
            insert(unit).values(
                id=unit_id,
                code=f"{SECRET}{unit_id}",
                name=name,
                name_folded=fold(name),
                level=level,
                duty_level=level,
                path=path,
                **values,
            )
        )
    conn.execute(
        insert(person).values(
            id=900, full_name=f"Người {SECRET}", name_folded="x", phone="+84911111111", created_at=at(1, 11)
        )
    )
    conn.execute(insert(position).values(person_id=900, unit_id=901, role="secretary"))
    sender = Sender(900, 1, at(14, 11))
    held = Held("grassroots", DAY, place=SECRET, hall_count=77)
    submitting.submit_session(conn, PLAN, "session", commune, 0, held, sender)
    submitting.submit_participation(conn, PLAN, "participation", 901, [Line(DAY, 61, 70)], sender)
    return 901, 900


def _essays(conn: Connection, ids: dict[str, int], beside: tuple[int, int]) -> None:
    def hand_in(unit_id: int, person_id: int | None, author: str, by: int) -> None:
        essays.hand_in(
            conn,
            plan=PLAN,
            unit_id=unit_id,
            person_id=person_id,
            author=author,
            route="superior",
            uploads=[],
            by_person_id=by,
            by_account_id=1,
            arrived=at(14, 11),
        )

    mai = ids["Lê Thị Mai"]
    hand_in(ids["thon3"], mai, "@Lê Thị Mai", mai)
    hand_in(ids["thon3"], None, "Người Ngoài Danh Sách", ids["Ngô Văn Huyện"])
    hand_in(beside[0], beside[1], f"Bài {SECRET}", beside[1])
    for unit_id, attended, expected in ((ids["thon1"], 30, 47), (beside[0], 11, 12)):
        essays.record_tally(
            conn,
            plan=PLAN,
            unit_id=unit_id,
            attended=attended,
            expected=expected,
            by_person_id=mai,
            by_account_id=1,
            arrived=at(14, 11),
        )


def _broadcasts(conn: Connection, ids: dict[str, int], beside: tuple[int, int]) -> None:
    def order(number: int, unit_id: int, by: int, text: str) -> None:
        conn.execute(
            insert(broadcast).values(
                id=number,
                plan=PLAN,
                unit_id=unit_id,
                by_person_id=by,
                by_account_id=1,
                audience={},
                content={"text": text},
                acknowledge=True,
                state="done",
                send_at=at(13, 11),
                created_at=at(13, 11),
                started_at=at(13, 11, 18, 2),
                finished_at=at(13, 11, 18, 29),
            )
        )
        audit.record(
            conn, at=at(13, 11), action=Action.BROADCAST_ORDERED, person_id=by, unit_id=unit_id,
            subject="broadcast", subject_id=number,
        )  # fmt: skip

    order(7, ids["xa"], ids["Vũ Văn Xã"], "<b>Mời họp</b> &amp; học tập")
    order(8, ids["huyen"], ids["Ngô Văn Huyện"], SECRET)
    order(9, beside[0], beside[1], SECRET)
    outcomes = [
        *[(f"Bí Thư Thôn {number}", RecipientState.SENT) for number in (1, 2)],
        ("Lê Thị Mai", RecipientState.REPORTED),
        ("Bí Thư Thôn 4", RecipientState.UNLINKED),
        ("Bùi Thị Xuân", RecipientState.UNKNOWN),
    ]
    for place, (name, state) in enumerate(outcomes):
        conn.execute(
            insert(broadcast_recipient).values(
                broadcast_id=7,
                person_id=ids[name],
                unit_id=ids["xa"],
                state=state,
                acknowledged_at=at(13, 11, 20) if place == 0 else None,
            )
        )


def cells(row: Row, *names: str) -> list[Any]:
    return [row[name] for name in names]


# -- the branches


def test_a_branch_with_a_make_up(desk: Desk) -> None:
    row = desk.export()["Chi đoàn"].row("Chi đoàn thôn 1")
    assert row == {
        "TT": 1,
        "Cấp huyện": "Huyện đoàn Hoằng Hóa",
        "Cấp cơ sở": "Đoàn xã Hoằng Quỳ",
        "Đơn vị": "Chi đoàn thôn 1",
        "Mã đơn vị": "THON1",
        "Đoàn viên: Theo danh sách": 50,
        "Đoàn viên: Có mặt": 45,
        "Đoàn viên: Tổng số": 50,
        "Đoàn viên: Tỷ lệ": 0.9,
        "Trong đó cán bộ: Có mặt": 3,
        "Trong đó cán bộ: Tổng số": 3,
        "Trong đó cán bộ: Tỷ lệ": 1,
        "Thanh niên": 4,
        "Buổi học: Ngày": datetime(2018, 11, 12),  # of the session, though the make-up was before it
        "Buổi học: Địa điểm": "=nhà văn hoá",
        "Buổi học: Hình thức": "dự hội nghị, học bù",
        "Buổi học: Tài liệu": "chưa ghi",
        "Buổi học: Đúng thời hạn": "đúng hạn",
        "Báo cáo: Nhận lúc": datetime(2018, 11, 14, 19, 42),
        "Báo cáo: Đúng hạn": "đúng hạn",
        "Báo cáo: Mã": 4,
        "Báo cáo: Lần": 2,
        "Báo cáo: Báo hộ": None,
        "Xác nhận: Tự báo cáo": "đã báo cáo",
        "Xác nhận: Cấp trên tiếp nhận": "chờ tiếp nhận",
        "Xác nhận: Kiểm tra": "chưa ghi",
    }


def test_what_a_team_counted_stands_beside_what_was_reported(desk: Desk) -> None:
    ids = desk.province.ids
    by = Sender(ids["Ngô Văn Huyện"], 1, at(14, 11))
    with desk.province.stage.database.writing() as conn:
        for name, members in (("thon1", Count(38, 50)), ("thon3", None), ("xa", Count(90, 150))):
            number = inspections.plan_visit(conn, PLAN, ids["huyen"], ids[name], DAY, [], by)
            one = inspections.get(conn, number)
            assert one is not None
            inspections.record_visit(conn, one, Visit(DAY, members, None, [], None, None, []), by)
    page = desk.export()["Chi đoàn"]
    row = page.row("Chi đoàn thôn 1")
    assert cells(row, "Đoàn viên: Có mặt", "Xác nhận: Kiểm tra") == [45, "38/50, 12/11"]
    assert page.row("Chi đoàn thôn 2")["Xác nhận: Kiểm tra"] == "chưa ghi"
    row = page.row("Chi đoàn thôn 3")
    assert cells(row, "Xác nhận: Tự báo cáo", "Xác nhận: Kiểm tra") == ["chưa báo cáo", "chưa ghi, 12/11"]
    assert desk.export()["Cấp cơ sở"].row("Đoàn xã Hoằng Quỳ")["Xác nhận: Kiểm tra"] == "90/150, 12/11"


def test_a_branch_reported_by_its_superior_late(desk: Desk) -> None:
    row = desk.export()["Chi đoàn"].row("Chi đoàn thôn 2")
    assert cells(row, "Đoàn viên: Có mặt", "Đoàn viên: Tổng số", "Đoàn viên: Tỷ lệ") == [30, 48, 0.625]
    assert cells(row, "Trong đó cán bộ: Có mặt", "Thanh niên", "Buổi học: Địa điểm") == ["chưa ghi"] * 3
    # How many cadres it has says nothing while nobody told how many came.
    assert cells(row, "Trong đó cán bộ: Tổng số", "Trong đó cán bộ: Tỷ lệ") == ["chưa ghi", None]
    assert cells(row, "Báo cáo: Đúng hạn", "Báo cáo: Báo hộ", "Xác nhận: Tự báo cáo") == [
        "chậm hạn",
        "có",
        "báo hộ",
    ]
    assert row["Xác nhận: Cấp trên tiếp nhận"] == "đã tiếp nhận"


def test_what_was_not_reported_is_never_0(desk: Desk) -> None:
    row = desk.export()["Chi đoàn"].row("Chi đoàn thôn 3")
    assert (
        cells(row, "Đoàn viên: Có mặt", "Trong đó cán bộ: Có mặt", "Xác nhận: Tự báo cáo")
        == ["chưa báo cáo"] * 3
    )
    assert cells(row, "Đoàn viên: Tổng số", "Đoàn viên: Tỷ lệ", "Báo cáo: Mã") == [None] * 3
    assert 0 not in row.values()


def test_a_closed_branch_stands_apart_and_is_not_added(desk: Desk) -> None:
    page = desk.export(desk.path("xa"))["Chi đoàn"]
    assert [row["Đơn vị"] for row in page.rows] == [f"Chi đoàn thôn {number}" for number in (1, 2, 3)]
    assert [row["Đơn vị"] for row in page.apart] == ["Chi đoàn thôn 4"]
    assert page.apart[0]["Đoàn viên: Có mặt"] == 30
    assert page.totals["Đoàn viên: Có mặt"] == 75
    assert page.totals["Đoàn viên: Tổng số"] == 98  # of those who reported
    assert page.totals["Báo cáo: Mã"] == 2


# -- hosts


def test_the_hall_stands_beside_the_sum_of_the_branches(desk: Desk) -> None:
    page = desk.export(desk.path("xa"))["Cấp cơ sở"]
    (row,) = page.rows
    # Thôn 2 and thôn 4 reported the day alone: the commune held one session on it.
    assert cells(row, "Đối chiếu: Hội trường (người)", "Đối chiếu: Đơn vị báo cáo dự") == [120, 3]
    assert row["Đối chiếu: Đoàn viên các đơn vị báo"] == 100
    assert cells(row, "Hội nghị: Địa điểm", "Hội nghị: Báo cáo viên", "Hội nghị: Tài liệu") == [
        "=nhà văn hoá",
        "Vũ Văn Xã, Lê Nói",
        "chưa ghi",
    ]
    assert row["Báo cáo tổng hợp của cơ sở: Nhận lúc"] == datetime(2018, 11, 14, 19, 42)
    assert row["Kế hoạch triển khai của đơn vị: Nhận lúc"] == "chưa báo cáo"
    assert page.totals["Báo cáo tổng hợp của cơ sở: Nhận lúc"] == 1


def test_the_check_in_stands_beside_them_where_it_was_used(desk: Desk) -> None:
    assert "Đối chiếu: Điểm danh (người)" not in desk.export(desk.path("xa"))["Cấp cơ sở"].rows[0]
    ids = desk.province.ids
    with desk.province.stage.database.writing() as conn:
        by = Sender(ids["Lê Thị Mai"], 1, at(12, 11, 8))
        what = Planned(day=DAY, half=HalfDay.MORNING, place="hội trường xã")
        number = meetings.create(conn, PLAN, ids["xa"], "grassroots", what, by)
        hall = check_ins.hall(conn, number, PLAN)
        assert hall is not None
        check_ins.open_hall(conn, hall, at(12, 11, 11), by)
        check_ins.add(conn, hall, ids["thon3"], by, convened=True)
    (row,) = desk.export(desk.path("xa"))["Cấp cơ sở"].rows
    assert cells(row, "Đối chiếu: Hội trường (người)", "Đối chiếu: Điểm danh (người)") == [120, 1]


def test_each_session_of_a_host_has_its_line(desk: Desk) -> None:
    ids = desk.province.ids
    with desk.province.stage.database.writing() as conn:
        held = Held(
            "district",
            date(2018, 11, 15),
            groups=(GroupCount("branch_leaders", 45, 50), GroupCount("youth_federation", 5, 50)),
        )
        sender = Sender(ids["Ngô Văn Huyện"], 1, at(15, 11))
        submitting.submit_session(conn, PLAN, "session", ids["huyen"], 0, held, sender)
        submitting.submit_session(
            conn, PLAN, "session", ids["huyen"], 1, Held("district", DAY, make_up=True), sender
        )
    page = desk.export(desk.path("huyen"))["Cấp huyện"]
    first, second = page.rows
    assert cells(first, "Hội nghị: Loại", "Hội nghị: Đúng thời hạn") == ["chính", "chậm hạn"]
    assert cells(second, "Hội nghị: Loại", "Hội nghị: Đúng thời hạn") == ["học bù", "đúng hạn"]
    group = "Thành phần triệu tập"
    assert cells(first, f"{group}: Có mặt", f"{group}: Triệu tập", f"{group}: Tỷ lệ") == [50, 100, 0.5]
    assert cells(second, f"{group}: Có mặt", "Hội trường (người)") == ["chưa ghi", "chưa ghi"]
    # Its documents are told once.
    assert second["Báo cáo kết quả về Tỉnh đoàn: Nhận lúc"] is None
    assert first["Báo cáo kết quả về Tỉnh đoàn: Nhận lúc"] == "chưa báo cáo"


# -- the summary


def test_the_summary_has_a_line_for_each_unit_directly_below(desk: Desk) -> None:
    page = desk.export(desk.path("huyen"))["Tổng hợp"]
    assert [row["Đơn vị"] for row in page.rows] == [
        "Huyện đoàn Hoằng Hóa (riêng đơn vị)",
        "Đoàn xã Hoằng Quỳ",
        f"Đoàn {SECRET} 900",
    ]
    own, commune, _other = page.rows
    duty = "Báo cáo kết quả học tập"
    assert cells(
        commune, *(f"{duty}: {name}" for name in ("Phải báo cáo", "Đã báo cáo", "Chưa báo cáo"))
    ) == [4, 3, 1], "with the branch that reported and was closed, as progress counts"
    assert cells(commune, "Thời hạn: Báo cáo đúng hạn", "Thời hạn: Báo cáo chậm hạn") == [2, 1]
    assert cells(commune, "Thời hạn: Học đúng hạn", "Thời hạn: Học chậm hạn") == [3, 0]
    assert cells(commune, "Đoàn viên: Có mặt", "Đoàn viên: Tổng số") == [105, 146]
    assert cells(commune, "Trong đó cán bộ: Có mặt", "Trong đó cán bộ: Tổng số") == [3, 3]
    assert cells(
        commune, "Hội nghị học tập, quán triệt: Phải tổ chức", "Văn bản: Phải nộp", "Văn bản: Đã nộp"
    ) == [1, 2, 1]
    assert own[f"{duty}: Phải báo cáo"] is None
    assert own["Hội nghị học tập, quán triệt: Chưa báo cáo"] == 1
    assert cells(page.totals, f"{duty}: Phải báo cáo", f"{duty}: Chưa báo cáo", "Đoàn viên: Có mặt") == [
        5,
        1,
        166,
    ]


def test_the_summary_agrees_with_the_sheets(desk: Desk) -> None:
    book = desk.export()
    totals = book["Tổng hợp"].totals
    branches = book["Chi đoàn"]
    duty = "Báo cáo kết quả học tập"
    (closed,) = branches.apart
    assert totals[f"{duty}: Phải báo cáo"] == len(branches.rows) + 1
    assert totals[f"{duty}: Đã báo cáo"] == branches.totals["Báo cáo: Mã"] + 1
    for name in ("Đoàn viên: Có mặt", "Đoàn viên: Tổng số"):
        assert totals[name] == branches.totals[name] + closed[name]
    assert totals["Trong đó cán bộ: Tổng số"] == branches.totals["Trong đó cán bộ: Tổng số"]
    missing = [row for row in book["Chưa báo cáo"].rows if duty in row["Việc còn thiếu"]]
    assert totals[f"{duty}: Chưa báo cáo"] == len(missing) == 1
    files = "Bài thu hoạch (nộp bài)"
    assert totals[f"{files}: Phải nộp"] == book["Bài thu hoạch"].totals["Nộp bài: Phải nộp"]
    assert totals[f"{files}: Đã nộp"] == book["Bài thu hoạch"].totals["Nộp bài: Đã nộp"] == 2
    assert (
        totals["Đoàn viên (báo số bài): Đã viết"] == book["Bài thu hoạch"].totals["Chỉ báo số: Đã viết"] == 41
    )


def test_nothing_reported_is_no_0_in_the_summary(desk: Desk) -> None:
    with desk.province.stage.database.writing() as conn:
        conn.execute(update(report).where(report.c.unit_id == 901).values(plan="khac"))
    row = desk.export(desk.path("huyen"))["Tổng hợp"].rows[2]
    assert cells(row, "Đoàn viên: Có mặt", "Trong đó cán bộ: Có mặt") == ["chưa báo cáo"] * 2
    assert cells(row, "Báo cáo kết quả học tập: Đã báo cáo", "Báo cáo kết quả học tập: Tỷ lệ") == [0, 0]


# -- essays, calls, broadcasts, the log


def test_essays_person_by_person(desk: Desk) -> None:
    page = desk.export(desk.path("xa"))["Bài thu hoạch"]
    by_author = {row["Người viết"]: row for row in page.rows}
    assert cells(
        by_author["Lê Thị Mai"], "Nộp bài: Phải nộp", "Nộp bài: Đã nộp", "Trạng thái", "Người nộp"
    ) == [
        1,
        1,
        "đang lưu",
        "Lê Thị Mai",
    ]
    assert cells(by_author["Trần Văn Hùng"], "Chức vụ", "Nộp bài: Đã nộp") == ["Phó Bí thư", "chưa nộp"]
    more = by_author["Người Ngoài Danh Sách"]
    assert cells(more, "Nộp bài: Phải nộp", "Nộp bài: Đã nộp", "Nộp bài: Nộp thêm", "Người nộp") == [
        None,
        None,
        1,
        "cấp trên",
    ]
    assert cells(by_author[None], "Đơn vị", "Chỉ báo số: Đã viết", "Chỉ báo số: Tổng số") == [
        "Chi đoàn thôn 1",
        30,
        47,
    ]
    # Two people of the commune, three of each branch that exists.
    assert cells(page.totals, "Nộp bài: Phải nộp", "Nộp bài: Đã nộp") == [11, 1]


def test_media_items_of_the_subtree(desk: Desk) -> None:
    sender = Sender(desk.province.ids["Ngô Văn Huyện"], 1, at(14, 11))
    with desk.province.stage.database.writing() as conn:
        for number, name in enumerate(("xa", "huyen", "xa")):
            link = Link(f"https://a.vn/{number}", f"a.vn/{number}") if number else None
            content = Content("bulletin", f"=Tin {number}", DAY, link)
            media.report(conn, PLAN, desk.province.ids[name], content, [], sender)
        beside = Content("press", SECRET, DAY, Link(f"https://a.vn/{SECRET}", SECRET))
        media.report(conn, PLAN, 900, beside, [], sender)
        withdrawn = media.get(conn, 3)
        assert withdrawn is not None
        media.withdraw(conn, withdrawn, sender)
    page = desk.export(desk.path("xa"))["Tuyên truyền"]
    assert page.rows == [
        {
            "TT": 1,
            "Đơn vị": "Đoàn xã Hoằng Quỳ",
            "Mã đơn vị": "XA",
            "Loại": "Bản tin nội bộ",
            "Tiêu đề": "=Tin 0",
            "Ngày đăng": datetime(2018, 11, 12),
            "Đường dẫn": "chưa ghi",
            "Số tệp": 0,
            "Tiêu biểu": None,
            "Gửi mọi người (thông báo số)": None,
            "Người báo": "cấp trên",
            "Báo lúc": datetime(2018, 11, 14, 19, 42),
        }
    ]
    assert len(desk.export()["Tuyên truyền"].rows) == 3


def test_speakers_of_the_subtree(desk: Desk) -> None:
    ids, plan = desk.province.ids, desk.province.stage.world.plan
    sender = Sender(ids["Ngô Văn Huyện"], 1, at(14, 11))
    with desk.province.stage.database.writing() as conn:
        for key, name, person, place in (
            ("huyen", "Lê Nói", None, "=Huyện uỷ"),
            ("xa", "Vũ Văn Xã", ids["Vũ Văn Xã"], None),
            ("xa", "Bùi Thị Xuân", ids["Bùi Thị Xuân"], None),
        ):
            speakers.register(conn, plan, units.get(conn, ids[key]), name, person, place, sender)
        told = trainings.Content(DAY, None, "Trung tâm", None, (2,))
        trainings.submit(conn, PLAN, "speaker_training", ids["tinh"], None, told, [], sender)
        spoke = speaker_quality.to_judge(conn, PLAN, ids["huyen"], judged=False)
        speaker_quality.judge(conn, spoke[0], Grade.GOOD, SECRET, sender)
    names = ("Đơn vị", "Họ và tên", "Chức vụ, nơi công tác", "Trong danh sách", "Tập huấn ngày")
    counts = ("Số lần báo cáo", "Cấp trên đánh giá: Tốt", "Cấp trên đánh giá: Chưa đánh giá")
    page = desk.export(desk.path("huyen"))["Báo cáo viên"]
    assert [cells(row, *names, *counts) for row in page.rows] == [
        ["Huyện đoàn Hoằng Hóa", "Lê Nói", "=Huyện uỷ", "có", "chưa ghi", 1, None, 1],
        ["Đoàn xã Hoằng Quỳ", "Vũ Văn Xã", "Bí thư", "có", datetime(2018, 11, 12), 1, 1, None],
        ["Đoàn xã Hoằng Quỳ", "Bùi Thị Xuân", "Phó Bí thư", "có", "chưa ghi", None, None, None],
    ]
    assert cells(page.totals, *counts) == [2, 1, 1]
    page = desk.export(desk.path("xa"))["Báo cáo viên"]
    assert cells(page.rows[-1], *names)[:4] == ["Đoàn xã Hoằng Quỳ", "Lê Nói", None, "của cấp trên"]


def test_one_essay_however_many_positions(desk: Desk) -> None:
    ids = desk.province.ids
    with desk.province.stage.database.writing() as conn:
        conn.execute(
            insert(position).values(person_id=ids["Vũ Văn Xã"], unit_id=ids["thon3"], role="secretary")
        )
    page = desk.export(desk.path("xa"))["Bài thu hoạch"]
    (row,) = (row for row in page.rows if row["Người viết"] == "Vũ Văn Xã")
    assert row["Đơn vị"] == "Đoàn xã Hoằng Quỳ"


def test_whom_to_call(desk: Desk) -> None:
    row = desk.export(desk.path("xa"))["Chưa báo cáo"].row("Chi đoàn thôn 3")
    assert row == {
        "TT": 2,
        "Đơn vị": "Chi đoàn thôn 3",
        "Mã đơn vị": "THON3",
        "Việc còn thiếu": "Báo cáo kết quả học tập",
        "Chậm nhất hết ngày": datetime(2018, 12, 29),
        "Dự kiến": datetime(2018, 12, 20),
        "Gọi trước: Họ tên": "Lê Thị Mai",
        "Gọi trước: Chức vụ": "Bí thư",
        "Gọi trước: Điện thoại": "0900 000 013",
        "Gọi tiếp: Họ tên": "Trần Văn Hùng",
        "Gọi tiếp: Chức vụ": "Phó Bí thư",
        "Gọi tiếp: Điện thoại": "chưa ghi",
        "Cấp trên trực tiếp: Họ tên": "Vũ Văn Xã",
        "Cấp trên trực tiếp: Chức vụ": "Bí thư",
        "Cấp trên trực tiếp: Điện thoại": "0900 000 003",
        "Gọi gần nhất": datetime(2018, 11, 14, 8, 42),
        "Kết quả": "đã hẹn ngày 20/12",
    }


def test_a_broadcast_adds_up(desk: Desk) -> None:
    (row,) = desk.export(desk.path("xa"))["Thông báo"].rows
    assert cells(row, "Số", "Nội dung", "Bắt đầu") == [7, "Mời họp & học tập", datetime(2018, 11, 13, 18, 2)]
    outcomes = {name: value for name, value in row.items() if name.startswith("Trong đó: ")}
    assert row["Đã chọn"] == 5 == sum(outcomes.values())
    assert outcomes["Trong đó: Đã gửi"] == 2
    assert cells(row, "Đã xác nhận đọc", "Trạng thái") == [1, "đã gửi xong"]


def test_the_log_in_words(desk: Desk) -> None:
    rows = desk.export(desk.path("xa"))["Nhật ký"].rows
    said = [cells(row, "Người làm", "Việc", "Đơn vị", "Cụ thể") for row in rows]
    assert [
        "Lê Thị Mai",
        "gửi lại báo cáo",
        "Chi đoàn thôn 1",
        "mã 0004, báo cáo kết quả học tập, lần 2",
    ] in said
    assert ["cấp trên", "gửi báo cáo", "Chi đoàn thôn 2", "mã 0005, báo cáo kết quả học tập, báo hộ"] in said
    assert rows[0]["Thời gian"] == datetime(2018, 11, 13, 19, 42)  # written last
    assert all(row["Đơn vị"] for row in rows)


def test_every_action_has_words() -> None:
    assert set(texts.ACTIONS) == set(Action)
    assert texts.action("something_newer") == "something_newer"


# -- only the subtree


def test_nothing_from_beside_or_above(desk: Desk) -> None:
    desk.write(desk.path("xa"))
    said = everything_in(desk.out)
    for foreign in (
        SECRET,
        "Ngô Văn Huyện",
        "Phan Thị Huyền",
        "Đỗ Thị Tỉnh",
        "0900 000 002",
        "0911",
        "Tỉnh đoàn Thanh",
    ):
        assert foreign not in said, foreign
    book = read_book(desk.out)
    assert "Cấp huyện" not in book
    assert "Cấp tỉnh" not in book
    assert book["Tổng hợp"].heading == [
        "HUYỆN ĐOÀN HOẰNG HÓA",
        "ĐOÀN XÃ HOẰNG QUỲ",
        "TỔNG HỢP KẾT QUẢ HỌC TẬP NGHỊ QUYẾT 01",
        "Kế hoạch số 66-KH/TĐTN-BTG ngày 25/9/2018. Tính đến 19 giờ 42 ngày 14/11/2018",
    ]
    desk.write(desk.path("huyen"))
    said = everything_in(desk.out)
    assert SECRET in said
    assert "Đỗ Thị Tỉnh" not in said


def test_a_unit_whose_number_begins_alike_is_not_below(desk: Desk) -> None:
    ids = desk.province.ids
    with desk.province.stage.database.writing() as conn:
        longer = int(f"{ids['xa']}0")
        path = f"{desk.path('huyen')}{longer}/"
        conn.execute(
            insert(unit).values(
                id=longer, code="L", name="Đoàn xã khác", name_folded="x", level="grassroots",
                duty_level="grassroots", parent_id=ids["huyen"], path=path,
            )
        )  # fmt: skip
    desk.write(desk.path("xa"))
    assert "Đoàn xã khác" not in everything_in(desk.out)


def test_the_whole_is_the_top_units(desk: Desk) -> None:
    units = desk.write()
    whole = everything_in(desk.out)
    assert units == desk.write(desk.path("tinh"))
    assert everything_in(desk.out) == whole
    assert SECRET in whole


def test_every_page_is_there_once(desk: Desk) -> None:
    assert list(desk.export(desk.path("tinh"))) == [
        "Tổng hợp",
        "Chi đoàn",
        "Cấp cơ sở",
        "Cấp huyện",
        "Cấp tỉnh",
        "Bài thu hoạch",
        "Tuyên truyền",
        "Báo cáo nhanh",
        "Hoạt động",
        "Báo cáo viên",
        "Bình xét",
        "Kiến nghị",
        "Chưa báo cáo",
        "Thông báo",
        "Nhật ký",
    ]


def test_days_decide_who_owes(desk: Desk) -> None:
    """On the day before it was closed thôn 4 still owed."""
    page = desk.export(desk.path("xa"), when=at(13, 11))["Chi đoàn"]
    assert len(page.rows) == 4
    assert page.apart == []


def test_two_levels(desk: Desk) -> None:
    """Another plan, with other levels and no essays: no line of code for it."""
    plan = load_plan(str(Path(__file__).parent.parent / "rules" / "two-levels.toml"))
    with desk.province.stage.reading() as conn:
        write_export(conn, plan, FrozenClock.ZONE, at(20, 3, year=2026), desk.out)
    book = read_book(desk.out)
    assert list(book) == [
        "Tổng hợp",
        "Chi đoàn",
        "Cấp tỉnh",
        "Kiến nghị",
        "Chưa báo cáo",
        "Thông báo",
        "Nhật ký",
    ]
    assert [row["Hội nghị: Ngày họp"] for row in book["Chi đoàn"].rows] == ["chưa báo cáo"] * 4
    assert book["Cấp tỉnh"].rows[0]["Báo cáo tổng hợp: Nhận lúc"] == "chưa báo cáo"
    assert book["Tổng hợp"].totals["Sinh hoạt chi đoàn: Phải tổ chức"] == 4


@pytest.mark.parametrize(
    ("unit_name", "expected"),
    [
        ("Huyện đoàn Hoằng Hóa", "Hoang-Hoa"),
        ("Chi đoàn thôn 3", "Thon-3"),
        ("Đoàn xã ../../Quỳ", "Quy"),
        ("Đoàn", "Doan"),
        ("!!!", "chidoan"),
    ],
)
def test_the_name_of_the_file(unit_name: str, expected: str) -> None:
    name = file_name(unit_name, at(12, 12, 17, 2), FrozenClock.ZONE)
    assert name == f"{expected}_2018-12-12_17h02.xlsx"


def test_proposals_of_the_subtree(desk: Desk) -> None:
    sender = Sender(desk.province.ids["Lê Thị Mai"], 1, at(14, 11))
    line = Line(DAY, 45, 50, proposal="=Thêm tài liệu", proposal_level="district")
    plan = load_plan(PLAN)
    with desk.province.stage.database.writing() as conn:
        for key in ("thon3", "thon4"):
            submitting.submit_participation(
                conn, PLAN, "participation", desk.province.ids[key], [line], sender
            )
        one = proposals.below(conn, plan, [desk.path("xa")])[0]
        proposals.answer(conn, [one], "district", "Đã gửi.", replace(sender, arrived=at(16, 11)))
    page = desk.export(desk.path("xa"))["Kiến nghị"]
    same = {
        "Ghi trong": "báo cáo",
        "Nội dung": "=Thêm tài liệu",
        "Gửi lúc": datetime(2018, 11, 14, 19, 42),
        "Cấp trả lời": "cấp huyện",
        "Chờ ở cấp ấy từ": datetime(2018, 11, 14, 19, 42),
    }
    assert page.rows == [
        {
            "TT": 1,
            "Đơn vị": "Chi đoàn thôn 3",
            "Mã đơn vị": "THON3",
            **same,
            "Trả lời lúc": datetime(2018, 11, 16, 19, 42),
            "Trả lời": "Đã gửi.",
        },
        {
            "TT": 2,
            "Đơn vị": "Chi đoàn thôn 4",
            "Mã đơn vị": "THON4",
            **same,
            "Trả lời lúc": "chưa trả lời",
            "Trả lời": None,
        },
    ]


def test_activities_with_their_photos_and_who_recorded_them(desk: Desk) -> None:
    ids = desk.province.ids
    with desk.province.stage.database.writing() as conn:
        photo = uploads.record(
            conn,
            account_id=1,
            conversation_id=None,
            remote_id="p1",
            unique_id="p1",
            photo=True,
            name="p1.jpg",
            size=1000,
            arrived=at(14, 11),
            wall=at(14, 11),
        )
        for name, people, files in (("Lê Thị Mai", None, [photo]), ("Ngô Văn Huyện", 40, [])):
            told = activities.Content(f"Của {name}", DAY, people, None)
            activities.record(conn, PLAN, ids["xa"], told, files, Sender(ids[name], 1, at(14, 11)))
    rows = desk.export(desk.path("xa"))["Hoạt động"].rows
    wanted = ("Tên hoạt động", "Số người", "Số ảnh", "Người ghi")
    assert [[row[one] for one in wanted] for row in rows] == [
        ["Của Ngô Văn Huyện", 40, 0, "cấp trên"],
        ["Của Lê Thị Mai", "chưa ghi", 1, "Lê Thị Mai"],
    ]
