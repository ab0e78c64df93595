"""Codes of a minute: what is read, for how long a code is good, and that halls are told apart."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import check_in
from rules.check_in import MINUTE, code, is_valid, minutes_shown, open_until, read_code, shown_at
from storage.invites import clean_token, new_token
from tests.clock import FrozenClock
from tests.rules.plans import plan_66


@dataclass(frozen=True)
class Held:
    path: str
    role: str
    duty_level: str

    @property
    def unit_id(self) -> int:
        return int(self.path.split("/")[-2])


NOON = datetime(2018, 11, 12, 5, 0, tzinfo=UTC)
SECRETS = st.binary(min_size=32, max_size=32).map(bytes.hex)
MOMENTS = st.datetimes(datetime(2018, 9, 25), datetime(2019, 1, 6)).map(lambda at: at.replace(tzinfo=UTC))


@given(SECRETS, MOMENTS)
def test_a_code_is_six_digits_for_one_minute_and_found_again(secret: str, at: datetime) -> None:
    minute = check_in.minute_of(at)
    shown = code(secret, at)
    assert read_code(shown) == shown == code(secret, minute) == code(secret, minute + timedelta(seconds=59))
    assert minute <= at < minute + MINUTE
    for late in range(3):
        assert is_valid(secret, shown, at + late * MINUTE)
    found = shown_at(secret, shown, at + timedelta(hours=5))
    assert found is not None
    assert code(secret, found) == shown


@given(SECRETS, MOMENTS, st.integers(3, 1000))
def test_it_is_good_for_no_longer(secret: str, at: datetime, minutes: int) -> None:
    near = {code(secret, at + (minutes - back) * MINUTE) for back in range(-1, 3)}
    shown = code(secret, at)
    assert is_valid(secret, shown, at + minutes * MINUTE) == (shown in near)


@given(SECRETS, SECRETS, MOMENTS)
def test_another_hall_has_another_code(one: str, other: str, at: datetime) -> None:
    there = {code(other, at + step * MINUTE) for step in range(-2, 2)}
    assert is_valid(other, code(one, at), at) == (code(one, at) in there)


def test_over_a_day_hardly_any_code_comes_twice() -> None:
    secret = "ab" * 32
    assert len({code(secret, NOON + step * MINUTE) for step in range(1440)}) > 1430


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("482913", "482913"),
        (" 482 913\n", "482913"),
        ("482-913", "482913"),
        ("000000", "000000"),
        ("48291", None),
        ("4829133", None),
        ("45/50", None),
        ("12/11 45/50", None),
        ("mã 482913", None),
        ("48 29 13", None),
        ("٤٨٢٩١٣", None),
        ("", None),
    ],
)
def test_what_is_a_code(typed: str, read: str | None) -> None:
    assert read_code(typed) == read


@pytest.mark.parametrize(
    "payload", ["", "dd", "dd1", "dd1-", "dd1-48291", "dd-482913", "dd1-482913x", "dd1-٤٨٢٩١٣"]
)
def test_what_is_no_link_of_a_hall(payload: str) -> None:
    assert check_in.read_payload(payload) is None


@given(st.integers(1, 10**15 - 1), st.integers(0, 999_999))
def test_a_link_is_read_back_and_is_no_invite(meeting: int, number: int) -> None:
    payload = check_in.start_payload(meeting, f"{number:06d}")
    assert check_in.read_payload(payload) == (meeting, f"{number:06d}")
    assert len(payload) <= 64
    assert clean_token(payload) is None
    assert check_in.read_payload(new_token()) is None


def test_many_halls_change_more_slowly_and_their_codes_are_good_for_longer() -> None:
    assert [minutes_shown(many) for many in (0, 1, 400, 401, 1200)] == [1, 1, 1, 2, 3]
    shown = code("ab" * 32, NOON)
    assert is_valid("ab" * 32, shown, NOON + 4 * MINUTE, shown_for=3)
    assert not is_valid("ab" * 32, shown, NOON + 4 * MINUTE, shown_for=1)


@pytest.mark.parametrize(
    ("opened", "until"), [((7, 45), (12, 10, 45)), ((21, 0), (13, 0, 0)), ((23, 59), (13, 0, 0))]
)
def test_open_for_three_hours_and_no_longer_than_the_day(
    opened: tuple[int, int], until: tuple[int, int, int]
) -> None:
    zone = FrozenClock.ZONE
    day, hour, minute = until
    assert open_until(datetime(2018, 11, 12, *opened, tzinfo=zone), zone) == datetime(
        2018, 11, day, hour, minute, tzinfo=zone
    )


@pytest.mark.parametrize(
    ("level", "host", "posts", "units", "convened"),
    [
        ("grassroots", "/1/2/3/", [("/1/2/3/4/", "secretary", "branch")], (4,), True),
        ("grassroots", "/1/2/3/", [("/1/2/3/4/", "member", "branch")], (4,), True),
        ("district", "/1/2/", [("/1/2/3/4/", "member", "branch")], (4,), False),
        (
            "district",
            "/1/2/",
            [("/1/2/3/4/", "member", "branch"), ("/1/2/3/", "deputy", "grassroots")],
            (3,),
            True,
        ),
        (
            "district",
            "/1/2/",
            [("/1/2/3/4/", "secretary", "branch"), ("/1/2/3/", "deputy", "grassroots")],
            (4, 3),
            True,
        ),
        ("grassroots", "/1/2/3/", [("/1/2/30/4/", "secretary", "branch")], (), False),
        ("grassroots", "/1/2/3/", [("/1/2/", "secretary", "district")], (), False),
    ],
)
def test_by_which_unit_somebody_came(
    level: str, host: str, posts: list[tuple[str, str, str]], units: tuple[int, ...], convened: bool
) -> None:
    held = [Held(path, role, duty_level) for path, role, duty_level in posts]
    assert check_in.came_from(plan_66(), level, host, held) == (units, convened)
