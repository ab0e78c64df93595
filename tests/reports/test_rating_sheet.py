"""The sheet "Bình xét" of an export: one row a unit, one column a fact, what was contested and decided."""

from pathlib import Path

from reports.export import write_export
from rules.plan import Plan
from rules.rating import Verdict
from storage import rating, units
from storage.progress import Scope
from storage.reports import Sender
from tests.conftest import Province
from tests.people import at
from tests.reports.book import Page, read_book


def written(province: Province, out: Path, top: str, plan: Plan | None = None) -> dict[str, Page]:
    world = province.stage.world
    with province.stage.reading() as conn:
        path = units.get(conn, province.ids[top]).path
        write_export(conn, plan or world.plan, world.zone, province.clock.now(), out, path)
    return read_book(out)


def test_facts_decisions_and_notes(province: Province, tmp_path: Path) -> None:
    world, ids = province.stage.world, province.ids
    mai = province.linked("Lê Thị Mai", 103)
    mai.says("12/11 26/50").presses("Gửi báo cáo")
    with province.stage.database.writing() as conn:
        day = province.clock.now().date()
        scope = Scope(world.plan, units.get(conn, ids["thon3"]), day, world.zone)
        one = rating.rate(conn, scope)[0]
        by = Sender(ids["Lê Thị Mai"], 1, at(14, 11))
        for code, note in (("essays", "=Đã nộp bản giấy"), ("cadres", "Đủ cả 3")):
            rating.contest(conn, world.plan.code, one, code, note, by)
        contest = rating.get(conn, world.plan, 1)
        assert contest is not None
        rating.decide(conn, contest, Verdict.ACCEPTED, "Đã nhận", ids["xa"], by)
    page = written(province, tmp_path / "out.xlsx", "huyen")["Bình xét"]
    row = page.row("Chi đoàn thôn 3")
    assert row["Cấp cơ sở"] == "Đoàn xã Hoằng Quỳ"
    assert [row[name] for name in ("Học đúng thời hạn", "Họp đúng thời hạn", "Cán bộ học đủ")] == [
        "đạt",
        None,
        "chưa ghi",
    ]
    assert row["Bài thu hoạch"] == "đạt (quyết định; số liệu: chưa đạt)"
    assert row["Khiếu nại"] == "Bài thu hoạch: =Đã nộp bản giấy; Cán bộ học đủ: Đủ cả 3"
    assert row["Quyết định"] == (
        "Bài thu hoạch: chấp nhận (Đoàn xã Hoằng Quỳ, 14/11/2018): Đã nhận; Cán bộ học đủ: chờ quyết định"
    )
    assert page.row("Chi đoàn thôn 1")["Học đúng thời hạn"] == "chưa báo cáo"
    assert page.row("Đoàn xã Hoằng Quỳ")["Họp đúng thời hạn"] == "chưa báo cáo"
    assert len(page.rows) == 6
    assert "Điểm đạt" not in row
    beside = written(province, tmp_path / "thon.xlsx", "thon1")["Bình xét"]
    assert [one["Đơn vị"] for one in beside.rows] == ["Chi đoàn thôn 1"]


def test_points_where_the_plan_gives_them(province: Province, tmp_path: Path) -> None:
    form = province.stage.world.plan.model_dump()
    for fact in form["rating"]["facts"]:
        fact["weight"] = 25
    form["rating"]["grades"] = [
        {"name": "Tốt", "least_percent": 50},
        {"name": "Trung bình", "least_percent": 0},
    ]
    plan = Plan.model_validate(form)
    row = written(province, tmp_path / "out.xlsx", "xa", plan)["Bình xét"].row("Chi đoàn thôn 3")
    assert [row[name] for name in ("Điểm đạt", "Điểm chưa đạt", "Chưa có số liệu", "Xếp loại")] == [
        0,
        25,
        50,
        "chưa đủ số liệu",
    ]


def test_a_plan_that_rates_nobody_has_no_such_sheet(province: Province, tmp_path: Path) -> None:
    plan = province.stage.world.plan.model_copy(update={"rating": None})
    assert "Bình xét" not in written(province, tmp_path / "out.xlsx", "tinh", plan)
