"""The same bot on PostgreSQL: a few whole paths."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from storage.models import essay, report
from tests import postgres, samples
from tests.end_to_end.conftest import Running


@pytest.mark.postgres
def test_a_report_and_an_essay(play: Callable[..., None]) -> None:
    async def story(stage: Running) -> None:
        mai = stage.person("Lê Thị Mai", 103)
        await mai.says("12/11 45/50, đủ tài liệu")
        await mai.waits_for("45/50")
        await mai.presses("Gửi báo cáo")
        await mai.waits_for("Đã nhận báo cáo, mã 0001")
        await mai.sends_photo(samples.jpeg())
        await mai.waits_for("Đây là bài thu hoạch của ai?")
        await mai.presses("Bài của tôi")
        await mai.waits_for("Đã thêm trang 1")
        await mai.presses("Xong")
        await mai.waits_for("Đã nhận bài thu hoạch của đồng chí Lê Thị Mai")
        with stage.app.database.reading() as conn:
            assert conn.scalar(select(report.c.id)) == 1
            assert conn.scalar(select(essay.c.state)) == "stored"

    with postgres.cluster() as running, running.fresh() as url:
        play(story, database_url=url)
