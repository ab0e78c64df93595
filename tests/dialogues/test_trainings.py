"""The unit that owes a training of speakers records it: by names of the registers, or by counts."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from rules.plan import DutyKind
from storage import speakers, units
from storage.models import audit, report, training, training_count, training_speaker, upload
from storage.reports import Sender
from tests.conftest import Province
from tests.dialogues.desk import NOT_YOURS, add_unit, lock, pressed
from tests.people import Person

CENTRE = "Trung tâm hoạt động và bồi dưỡng cán bộ, thanh thiếu nhi tỉnh"


@pytest.fixture
def tinh(province: Province) -> Person:
    return province.linked("Đỗ Thị Tỉnh", 403)


def register(province: Province, key: str, *names: str) -> list[int]:
    sender = Sender(province.ids["Đỗ Thị Tỉnh"], 1, province.clock.now())
    plan = province.stage.world.plan
    with province.stage.database.writing() as conn:
        whose = units.get(conn, province.ids[key])
        made = [speakers.register(conn, plan, whose, name, None, None, sender) for name in names]
    return [one for one in made if one is not None]


def rows(province: Province, table: Any) -> list[Any]:
    with province.stage.reading() as conn:
        return [tuple(row) for row in conn.execute(select(table))]


def to_people(who: Person) -> Person:
    who.says("/baocaovien").presses("Tập huấn (0)").presses("Ghi tập huấn").says("10/11").says("Sầm Sơn")
    return who.says("Trung tâm").presses("Không ghi")


def test_a_training_with_names_and_counts(province: Province, tinh: Person) -> None:
    add_unit(province, "thi", "Thị đoàn Bỉm Sơn", "district", "tinh")
    ids = register(province, "huyen", "Lê Văn An", "Lê Văn Bình") + register(province, "xa", "Lê Văn Xã")
    tinh.says("/trangthai")
    assert tinh.sees("Tập huấn báo cáo viên")
    tinh.presses("Ghi tập huấn").says("31/12")
    assert tinh.sees("chưa đến", "Lớp tập huấn mở ngày nào?")
    tinh.says("10/11").says("...")
    assert tinh.sees("Đồng chí gõ bằng chữ giúp.")
    tinh.says("Sầm <Sơn>")
    assert tinh.sees(f"Đơn vị nào tổ chức lớp? {CENTRE}?")
    tinh.presses(tinh.buttons[0]).says("Kỹ năng báo cáo")
    assert tinh.buttons[:3] == [
        "Huyện đoàn Hoằng Hóa · 0/3",
        "Thị đoàn Bỉm Sơn · 0/0",
        "Tỉnh đoàn Thanh Hóa · 0/0",
    ]
    tinh.presses("Huyện đoàn Hoằng Hóa · 0/3")
    assert tinh.buttons[:4] == ["Lê Văn An", "Lê Văn Bình", "Lê Văn Xã", "Chọn tất cả"]
    tinh.presses("Lê Văn An").presses("Lê Văn Xã").presses("✓ Lê Văn An").presses("Lê Văn Bình")
    tinh.says("1")
    assert tinh.sees("Đã chọn tên 2 đồng chí; số người dự không ít hơn.")
    tinh.presses("Xong").says("đâu đó")
    assert tinh.sees("Hệ thống chưa tìm thấy đơn vị ấy.")
    tinh.says("tx bim son")
    assert tinh.sees("Danh sách chưa có ai; không rõ tên thì gõ số người dự.")
    tinh.says("15").presses("Xong")
    assert tinh.sees("Đã ghi: 17 người.")
    assert tinh.buttons[:2] == ["Huyện đoàn Hoằng Hóa · 2/3", "Thị đoàn Bỉm Sơn · 15"]
    tinh.presses("Xong").uploads("d1", "ds.exe")
    assert tinh.sees("Hệ thống nhận ảnh, PDF, Word hoặc Excel.")
    tinh.photographs("p1").presses("Xong")
    assert tinh.sees(
        "tập huấn báo cáo viên ngày 10/11",
        "Địa điểm: Sầm &lt;Sơn&gt;",
        f"Tổ chức: {CENTRE}",
        "Chuyên đề: Kỹ năng báo cáo",
        "Người dự: 17\nHuyện đoàn Hoằng Hóa 2, Thị đoàn Bỉm Sơn 15",
        "Tệp: 1",
    )
    press = tinh.press("Gửi báo cáo")
    tinh.stage.take(press)
    message = press["callback_query"]["message"]["message_id"]
    tinh.stage.take(tinh.pressed(press["callback_query"]["data"], message))
    assert rows(province, training.c.held_on) == [(date(2018, 11, 10),)]
    assert sorted(rows(province, training_speaker)) == [(1, ids[1]), (1, ids[2])]
    assert rows(province, training_count) == [(1, province.ids["thi"], 15)]
    with province.stage.reading() as conn:
        logged = conn.execute(select(audit.c.unit_id, audit.c.facts).where(audit.c.action == "report_sent"))
        assert [tuple(row) for row in logged] == [
            (province.ids["tinh"], {"duty": "speaker_training", "revision": 1, "on_behalf": False})
        ]
        assert conn.execute(select(upload.c.subject, upload.c.subject_id)).one() == ("report", 1)
    tinh.says("/trangthai")
    assert "Ghi tập huấn" not in tinh.buttons
    pressed(tinh, f"s.progress.{province.ids['tinh']}.other")
    assert tinh.sees("▸ Tập huấn báo cáo viên: 1/1")
    tinh.says("/baocaovien")
    assert tinh.sees("Đã tập huấn: 2 đồng chí")
    tinh.presses("Tập huấn (1)").presses("10/11 · 17 người dự").presses("Ảnh, danh sách")
    assert tinh.last.media == [["id-p1", True]]


def test_it_is_corrected_later(province: Province, tinh: Person) -> None:
    ids = register(province, "huyen", "Lê Văn An", "Lê Văn Bình")
    to_people(tinh).presses("Huyện đoàn Hoằng Hóa · 0/2").presses("Chọn tất cả").presses("Bỏ chọn")
    tinh.presses("Lê Văn An").presses("Xong").presses("Xong").presses("Không có").presses("Gửi báo cáo")
    tinh.says("/baocaovien").presses("Tập huấn (1)").presses("10/11 · 1 người dự").presses("Sửa")
    tinh.presses("Sửa").presses("Người dự").presses("Huyện đoàn Hoằng Hóa · 1/2").presses("Chọn tất cả")
    tinh.presses("Xong").presses("Xong")
    assert tinh.sees("Người dự: 2")
    tinh.presses("Sửa").presses("Ngày").says("11/11").presses("Gửi báo cáo")
    assert rows(province, training.c.held_on) == [(date(2018, 11, 11),)]
    assert sorted(rows(province, training_speaker)) == [(1, one) for one in ids]
    assert rows(province, report.c.revision) == [(2,)]
    with province.stage.reading() as conn:
        assert conn.scalar(select(audit.c.action).order_by(audit.c.id.desc())) == "report_corrected"
    tinh.says("/baocaovien").presses("Tập huấn (1)").presses("Ghi lớp khác").says("12/11")
    assert tinh.buttons[0] == "Sầm Sơn"
    tinh.presses("Sầm Sơn").presses("Trung tâm").presses("Không ghi").presses("Xong").presses("Không có")
    assert tinh.sees("Người dự: chưa ghi")
    tinh.presses("Gửi báo cáo")
    assert rows(province, report.c.slot) == [(0,), (1,)]
    pressed(tinh, f"s.progress.{province.ids['tinh']}.other")
    assert tinh.sees("▸ Tập huấn báo cáo viên: 1/1")


def test_only_whom_the_plan_names(province: Province, tinh: Person, xa: Person) -> None:
    huyen = province.linked("Ngô Văn Huyện", 303)
    assert all("Tập huấn" not in label for label in huyen.says("/baocaovien").buttons)
    ids = province.ids
    for who, key in ((huyen, "huyen"), (huyen, "tinh"), (xa, "xa"), (tinh, "huyen")):
        assert pressed(who, f"s.trainingnew.{ids[key]}").sees(NOT_YOURS)
    to_people(tinh).presses("Xong").presses("Không có").presses("Gửi báo cáo")
    for who in (huyen, xa):
        for data in ("training.1", "training.1.edit", "training.1.files", f"trainings.{ids['tinh']}.0"):
            assert pressed(who, f"s.{data}").sees(NOT_YOURS)


def test_a_plan_that_has_districts_train(province: Province) -> None:
    plan = province.stage.world.plan
    duties = tuple(
        one.model_copy(update={"levels": ("province", "district")}) if one.kind is DutyKind.TRAINING else one
        for one in plan.duties
    )
    world = replace(province.stage.world, plan=plan.model_copy(update={"duties": duties}))
    province.stage.runner._world = world
    huyen = province.linked("Ngô Văn Huyện", 303)
    register(province, "xa", "Lê Văn Xã")
    to_people(huyen).presses("Đoàn xã Hoằng Quỳ · 0/1").presses("Lê Văn Xã").presses("Xong").presses("Xong")
    huyen.presses("Không có").presses("Gửi báo cáo")
    assert rows(province, training.c.unit_id) == [(province.ids["huyen"],)]
    tinh = province.linked("Đỗ Thị Tỉnh", 403)
    pressed(tinh, "s.training.1")
    assert tinh.sees("<b>Huyện đoàn Hoằng Hóa</b> · tập huấn")
    assert "Sửa" not in tinh.buttons


def test_cancelled_files_are_dropped(province: Province, tinh: Person) -> None:
    to_people(tinh).presses("Xong").photographs("p1").presses("✖️ Huỷ")
    assert rows(province, upload.c.state) == [("dropped",)]
    assert rows(province, report.c.id) == []


def test_a_closed_plan(province: Province, tinh: Person) -> None:
    to_people(tinh).presses("Xong").presses("Không có")
    lock(province)
    tinh.presses("Gửi báo cáo")
    assert tinh.sees("đã khoá sổ")
    pressed(tinh, f"s.trainingnew.{province.ids['tinh']}")
    assert tinh.sees("đã khoá sổ")
    assert rows(province, training.c.id) == []
