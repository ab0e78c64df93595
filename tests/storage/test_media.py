"""Media items as they are counted: by kind, unit and level, against what the plan asks for."""

from datetime import date

import pytest
from sqlalchemy import Connection, update

from rules.links import read_link
from rules.plan import MediaTarget
from storage import media
from storage.media import Content
from storage.models import unit
from storage.reports import Sender
from tests.conftest import Province
from tests.dialogues.desk import add_commune
from tests.people import at

PLAN = "ke-hoach-66"
TODAY = date(2018, 11, 14)


@pytest.fixture
def reported(province: Province) -> Province:
    """The commune has two items, one of them withdrawn, another commune none, the district one."""
    add_commune(province)
    province.linked("Vũ Văn Xã", 1)
    sender = Sender(province.ids["Vũ Văn Xã"], 1, at(14, 11))
    with province.stage.database.writing() as conn:
        for number, (name, kind) in enumerate((("xa", "bulletin"), ("huyen", "press"), ("xa", "bulletin"))):
            content = Content(kind, f"Tin {number}", TODAY, read_link(f"https://a.vn/{number}"))
            media.report(conn, PLAN, province.ids[name], content, [], sender)
        third = media.get(conn, 3)
        assert third is not None
        assert media.withdraw(conn, third, sender)
        assert not media.withdraw(conn, third, sender)
    return province


def found(province: Province, conn: Connection) -> list[media.UnitItems]:
    return media.by_unit(conn, province.stage.world.plan, "/", TODAY)


def test_by_unit_and_level(reported: Province) -> None:
    ids, plan = reported.ids, reported.stage.world.plan
    with reported.stage.reading() as conn:
        units = found(reported, conn)
    assert [(one.id, one.items) for one in units] == [
        (ids["tinh"], {}),
        (ids["huyen"], {"press": 1}),
        (ids["xa"], {"bulletin": 1}),
        (ids["kim"], {}),
    ]
    assert media.tally(units) == media.Tally(items=2, units=4, told=2)
    assert [(level.code, counted.told, counted.units) for level, counted in media.by_level(units, plan)] == [
        ("province", 0, 1),
        ("district", 1, 1),
        ("grassroots", 1, 2),
    ]


@pytest.mark.parametrize(
    ("target", "units", "told"),
    [
        (MediaTarget(kind="bulletin", name="", least=0), 0, 0),
        (MediaTarget(kind="bulletin", name="", least=1), 4, 1),
        (MediaTarget(kind="bulletin", name="", least=2), 4, 0),
        (MediaTarget(kind="bulletin", name="", least=1, levels=("province",)), 1, 0),
    ],
)
def test_how_many_units_have_enough(reported: Province, target: MediaTarget, units: int, told: int) -> None:
    with reported.stage.reading() as conn:
        found_units = found(reported, conn)
    assert media.of_kind(found_units, target) == media.Tally(items=1, units=units, told=told)


def test_a_closed_unit_owes_nothing_but_keeps_its_items(reported: Province) -> None:
    with reported.stage.database.writing() as conn:
        for name in ("xa", "kim"):
            conn.execute(
                update(unit).where(unit.c.id == reported.ids[name]).values(valid_to=date(2018, 11, 13))
            )
        units = found(reported, conn)
    assert [(one.id, one.owes) for one in units][2:] == [(reported.ids["xa"], False)]
    assert media.tally(units) == media.Tally(items=2, units=2, told=1)


def test_another_plan_is_another_matter(reported: Province) -> None:
    link = read_link("https://a.vn/0")
    assert link is not None
    with reported.stage.reading() as conn:
        assert media.same_page(conn, PLAN, link) is not None
        assert media.same_page(conn, "khac", link) is None
        assert media.how_many(conn, "khac", "/", below=True) == 0


def test_a_withdrawn_link_is_free(reported: Province) -> None:
    link = read_link("https://a.vn/2")
    assert link is not None
    with reported.stage.reading() as conn:
        assert media.same_page(conn, PLAN, link) is None
