"""Units and people are found as people type them, and only below where one may look."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Connection

from rules.names import Match
from storage.database import Database
from storage.search import find_people, find_units
from tests import roster
from tests.people import at

TODAY = date(2018, 11, 14)


@pytest.fixture
def conn(database: Database) -> Iterator[Connection]:
    with database.writing() as conn:
        roster.build(conn, at(14, 11))
        yield conn


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("thôn 3", "Chi đoàn thôn 3"),
        ("cđ thon 3", "Chi đoàn thôn 3"),
        ("THON3", "Chi đoàn thôn 3"),
        ("thon 3 hoang quy", "Chi đoàn thôn 3"),
        ("x. hoằng quỳ", "Đoàn xã Hoằng Quỳ"),
        ("hoang hoa", "Huyện đoàn Hoằng Hóa"),
        ("huyện Hoằng Hoá", "Huyện đoàn Hoằng Hóa"),
    ],
)
def test_one_unit_is_meant(conn: Connection, query: str, name: str) -> None:
    found = find_units(conn, "/1/", query, TODAY)
    assert found.exact is not None, found.offers
    assert found.exact.name == name


def test_a_near_name_is_offered_and_never_decides(conn: Connection) -> None:
    found = find_units(conn, "/1/", "Hoằng Quý", TODAY)
    assert found.exact is None
    assert [one.name for one in found.offers] == ["Đoàn xã Hoằng Quỳ"]


def test_what_is_merely_alike_is_only_offered_where_it_is_wanted(conn: Connection) -> None:
    assert find_units(conn, "/1/", "thom 3", TODAY).offers
    assert find_units(conn, "/1/", "thom 3", TODAY, alike=False) == Match()
    assert find_units(conn, "/1/", "thôn 3", TODAY, alike=False).exact is not None


def test_nothing_outside_the_subtree_is_found(conn: Connection) -> None:
    assert find_units(conn, "/1/2/3/4/", "thôn 3", TODAY).exact is None
    assert {one.path for one in find_units(conn, "/1/2/3/4/", "thôn 3", TODAY).offers} <= {"/1/2/3/4/"}
    assert not find_units(conn, "/1/2/3/4/", "Hoằng Hóa", TODAY).offers
    assert find_units(conn, "/1/2/3/", "%", TODAY).exact is None


def test_people_by_name_or_number(conn: Connection) -> None:
    by_name = find_people(conn, "/1/", "le thi mai", TODAY).exact
    by_number = find_people(conn, "/1/", "0900 000 013", TODAY).exact
    assert by_name is not None
    assert by_number is not None
    assert by_name.full_name == by_number.full_name == "Lê Thị Mai"
    assert by_name.unit == "Chi đoàn thôn 3"
    assert find_people(conn, "/1/2/3/4/", "le thi mai", TODAY).exact is None


def test_a_near_place_is_offered_and_never_decides(conn: Connection) -> None:
    """Hoằng Quý is not Hoằng Quỳ; without diacritics it may be either."""
    found = find_units(conn, "/1/", "thôn 3 Hoằng Quý", TODAY, alike=False)
    assert found.exact is None
    assert [one.name for one in found.offers] == ["Chi đoàn thôn 3"]
    ids = {"huyen": 2}
    roster.add_unit(conn, ids, "quy", "Đoàn xã Hoằng Quý", "grassroots", "huyen")
    roster.add_unit(conn, ids, "quy3", "Chi đoàn thôn 3", "branch", "quy")
    either = find_units(conn, "/1/", "thon 3 hoang quy", TODAY)
    assert either.exact is None
    assert {one.parent for one in either.offers} == {"Đoàn xã Hoằng Quỳ", "Đoàn xã Hoằng Quý"}
    said = find_units(conn, "/1/", "thôn 3 Hoằng Quý", TODAY).exact
    assert said is not None
    assert said.id == ids["quy3"]
