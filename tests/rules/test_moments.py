from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from rules.moments import read_moment
from rules.reasons import Reason, ReasonCode

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2018, 11, 14, 15, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("7h30 15/11", (15, 7, 30)),
        ("7h 15/11", (15, 7, 0)),
        ("21h 15/11", (15, 21, 0)),
        ("15/11 lúc 19 giờ 05", (15, 19, 5)),
        ("19 giờ hôm nay", (14, 19, 0)),
        ("mai 7h rưỡi", (15, 7, 30)),
        ("2h chiều mai", (15, 14, 0)),
        ("7 giờ tối ngày 15 tháng 11", (15, 19, 0)),
        ("16:45", (14, 16, 45)),
        ("8h", (15, 8, 0)),
        ("ngày mai, 08h15", (15, 8, 15)),
    ],
)
def test_read(text: str, moment: tuple[int, int, int]) -> None:
    day, hour, minute = moment
    assert read_moment(text, NOW) == datetime(2018, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("7h30 14/11", ReasonCode.DATE_IN_PAST),
        ("10h 13/11", ReasonCode.DATE_IN_PAST),
        ("25h 15/11", ReasonCode.UNREADABLE_DATE),
        ("15/11", ReasonCode.UNREADABLE_DATE),
        ("sớm nhất có thể", ReasonCode.UNREADABLE_DATE),
        ("8h ngày nào đó", ReasonCode.UNREADABLE_DATE),
        ("", ReasonCode.UNREADABLE_DATE),
    ],
)
def test_not_read(text: str, code: ReasonCode) -> None:
    read = read_moment(text, NOW)
    assert isinstance(read, Reason)
    assert read.code is code
