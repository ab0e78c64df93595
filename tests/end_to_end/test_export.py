"""/xuat over HTTP: the job picks the errand up and the file arrives."""

from collections.abc import Callable

from tests.end_to_end.conftest import Running


def test_the_file_arrives(play: Callable[..., None]) -> None:
    async def story(stage: Running) -> None:
        officer = stage.person("Đỗ Thị Tỉnh", 403)
        await officer.says("/xuat")
        await officer.waits_for("đồng chí lấy tệp nào?")
        await officer.presses("Excel")
        await officer.waits_for("Hệ thống đang tạo tệp")
        await officer.waits_for("Tỉnh đoàn Thanh Hóa", "tính đến 19 giờ 42 ngày 14/11/2018", timeout_s=30)
        document = officer.last["document"]
        assert document["file_name"] == "Thanh-Hoa_2018-11-14_19h42.xlsx"
        assert document["file_size"] > 5000

    play(story)
