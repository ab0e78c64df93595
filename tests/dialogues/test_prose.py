"""What is typed into a broadcast or a note is its text, even where it reads like a report in one line."""

import pytest
from sqlalchemy import insert

from storage.models import position
from tests.conftest import Province
from tests.people import Person

LIKE_A_REPORT = "12/11 45/50, đủ tài liệu"


@pytest.fixture
def both(province: Province, xa: Person) -> Person:
    """The commune's secretary, of a branch too."""
    with province.stage.database.writing() as conn:
        conn.execute(
            insert(position).values(
                person_id=province.ids["Vũ Văn Xã"], unit_id=province.ids["thon1"], role="secretary"
            )
        )
    return xa


def test_of_a_broadcast(both: Person) -> None:
    both.says("/thongbao").presses("Chi đoàn").says(LIKE_A_REPORT)
    assert both.new[0].text == LIKE_A_REPORT
    both.says("12/11 44/50")
    assert both.new[0].text == "12/11 44/50"


def test_of_a_note(province: Province, both: Person, mai: Person) -> None:
    mai.says("12/11 45/50").presses("Gửi báo cáo")
    both.says("/duyet").presses("Xem từng báo cáo").presses("Đề nghị bổ sung").presses("Đoàn viên")
    both.says(LIKE_A_REPORT)
    assert LIKE_A_REPORT in mai.messages[-1].text
