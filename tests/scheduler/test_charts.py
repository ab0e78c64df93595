"""The chart that follows /tiendo: whose, what its caption says, and that it is a picture for a phone."""

import subprocess
import sys
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PIL import Image
from sqlalchemy import update

from bot.engine.replies import Reply
from scheduler.errands import make_one
from scheduler.job import Desk
from storage import errands
from storage.models import position, unit
from tests.conftest import Province
from tests.people import Person


@pytest.fixture
def district(province: Province) -> Person:
    return province.linked("Ngô Văn Huyện", 303)


def draw(province: Province) -> Reply:
    """What the errand job would send."""
    stage = province.stage
    with stage.reading() as conn:
        (errand,) = errands.waiting(conn)
    parts: Any = SimpleNamespace(world=stage.world, database=stage.database, clock=province.clock)
    return make_one(cast(Desk, parts), errand)


def test_the_branches_of_a_commune(province: Province, mai: Person, xa: Person) -> None:
    mai.says("12/11 45/50").presses("Gửi báo cáo")
    xa.says("/tiendo")
    made = draw(province)
    assert made.text == (
        "<b>Đoàn xã Hoằng Quỳ</b> · tính đến 19 giờ 42 ngày 14/11\n"
        "Báo cáo: 1/4 chi đoàn. Đúng hạn 1, chậm hạn 0, chưa báo cáo 3."
    )
    assert made.picture is not None
    with Image.open(province.stage.world.data_dir / made.picture) as picture:
        assert picture.format == "PNG"
        assert picture.width == 1080
        assert picture.height < 1080


def test_the_communes_of_a_district_and_where_most_is_missing(province: Province, district: Person) -> None:
    with province.stage.database.writing() as conn:
        conn.execute(
            unit.insert().values(
                code="XA2",
                name="Đoàn xã <Hoằng Quý>",
                name_folded="doan xa hoang quy",
                level="grassroots",
                duty_level="grassroots",
                parent_id=province.ids["huyen"],
                path="/1/2/50/",
                id=50,
            )
        )
        path = f"/{province.ids['tinh']}/{province.ids['huyen']}/50/"
        conn.execute(update(unit).where(unit.c.id == 50).values(path=path))
        branch = province.ids["thon1"]
        conn.execute(update(unit).where(unit.c.id == branch).values(parent_id=50, path=f"{path}{branch}/"))
    district.says("/tiendo")
    made = draw(province)
    assert "0/4 chi đoàn. Đã báo cáo 0, chưa báo cáo 4." in made.text
    assert "Nơi còn nhiều chi đoàn chưa báo cáo: Đoàn xã Hoằng Quỳ 3" in made.text
    assert "<Hoằng" not in made.text


def test_whose_office_ended_meanwhile_gets_no_picture(province: Province, xa: Person) -> None:
    xa.says("/tiendo")
    with province.stage.database.writing() as conn:
        conn.execute(
            update(position).where(position.c.person_id == province.ids["Vũ Văn Xã"]).values(role="member")
        )
    made = draw(province)
    assert made == Reply("Đồng chí chưa được phân công đơn vị này.")


def test_the_bot_does_not_carry_the_library_of_pictures() -> None:
    """Some ten megabytes that most processes never need."""
    look = "import sys, bot.app, scheduler.run; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0
