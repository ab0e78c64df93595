"""The sheet of invites: who is on it, what a card says, and that each code opens the right door."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pypdf import PdfReader
from sqlalchemy import insert, select
from telegram.error import NetworkError

from bot.channels.telegram import TelegramClient
from reports import invite_sheet
from scheduler import errands, invite_sheets
from scheduler.job import Desk
from storage import invites
from storage.audit import Action
from storage.errands import Errand
from storage.models import audit, position
from storage.writer import Writer
from tests.conftest import Province


class Telegram:
    """Answers getMe, or is not there."""

    def __init__(self, name: str | None) -> None:
        self.name = name

    def call_from_thread(self, method: str, **_params: Any) -> dict[str, Any]:
        assert method == "getMe"
        if self.name is None:
            raise NetworkError("down")
        return {"id": 1, "username": self.name}


@pytest.fixture
def writer(province: Province) -> Iterator[Writer]:
    made = Writer(province.stage.database)
    made.start()
    yield made
    made.stop()


def make(province: Province, writer: Writer, by: str, unit: str, bot: str | None = "chidoan_bot") -> Any:
    stage = province.stage
    desk = SimpleNamespace(
        world=stage.world, database=stage.database, writer=writer, clock=stage.clock, client=Telegram(bot)
    )
    errand = Errand(1, "invite_sheet", {"unit": province.ids[unit]}, 1, province.ids[by], 0)
    return errands.make_one(cast(Desk, desk), errand)


def text_of(province: Province, reply: Any) -> str:
    assert reply.document is not None, reply.text
    reader = PdfReader(province.stage.world.data_dir / reply.document)
    return "\n".join(page.extract_text() for page in reader.pages)


def codes(text: str) -> list[str]:
    return [line.removeprefix("Mã: ") for line in text.splitlines() if line.startswith("Mã: ")]


def test_a_commune_prints_what_is_below_it(province: Province, writer: Writer) -> None:
    province.linked("Lê Thị Mai", 103)
    reply = make(province, writer, "Vũ Văn Xã", "xa")
    assert "11 thẻ, 2 trang A4" in reply.text
    assert reply.document_name == "the-moi-XA.pdf"
    text = text_of(province, reply)
    for part in ("Thẻ mời vào hệ thống báo cáo · Đoàn xã Hoằng Quỳ", "Trang 1/2", "Trang 2/2", "Ủy viên BCH"):
        assert part in text
    # In the order of the tree, without whoever is connected; the commune's own people are the district's.
    assert "Lê Thị Mai" not in text
    assert "Bùi Thị Xuân" not in text
    names = ["Bí Thư Thôn 1", "Phó Bí Thư 1", "Ủy Viên 1", "Trần Văn Hùng", "Phạm Thu Hà", "Ủy Viên 4"]
    places = [text.index(name) for name in names]
    assert places == sorted(places)
    assert "@chidoan_bot" in text
    with province.stage.reading() as conn:
        opened = [invites.find(conn, code, province.clock.now()) for code in codes(text)]
        entry = conn.execute(select(audit).where(audit.c.action == Action.INVITES_ISSUED)).one()
    assert [one.full_name for one in opened if one][:3] == names[:3]
    assert len(opened) == 11
    assert (entry.person_id, entry.unit_id) == (province.ids["Vũ Văn Xã"], province.ids["xa"])
    assert entry.facts == {"count": 11}


def test_the_district_prints_the_commune_too(province: Province, writer: Writer) -> None:
    text = text_of(province, make(province, writer, "Ngô Văn Huyện", "xa"))
    assert text.index("Vũ Văn Xã") < text.index("Bùi Thị Xuân") < text.index("Bí Thư Thôn 1")


def test_without_the_bots_name_the_code_stays(province: Province, writer: Writer) -> None:
    text = text_of(province, make(province, writer, "Vũ Văn Xã", "xa", bot=None))
    assert "@" not in text
    assert len(codes(text)) == 12


def test_no_card_opens_a_superior(province: Province, writer: Writer) -> None:
    with province.stage.database.writing() as conn:
        conn.execute(
            insert(position).values(
                person_id=province.ids["Trần Văn Hùng"], unit_id=province.ids["huyen"], role="officer"
            )
        )
    assert "Trần Văn Hùng" not in text_of(province, make(province, writer, "Vũ Văn Xã", "xa"))
    assert "Trần Văn Hùng" in text_of(province, make(province, writer, "Đỗ Thị Tỉnh", "tinh"))


@pytest.mark.parametrize(
    ("by", "unit"), [("Vũ Văn Xã", "huyen"), ("Lê Thị Mai", "xa"), ("Vũ Văn Xã", "tinh")]
)
def test_rights_are_asked_again(province: Province, writer: Writer, by: str, unit: str) -> None:
    reply = make(province, writer, by, unit)
    assert reply.document is None
    assert reply.text == "Đồng chí chưa được phân công đơn vị này."
    with province.stage.reading() as conn:
        assert not list(conn.execute(select(audit)))


def test_nobody_left(province: Province, writer: Writer) -> None:
    for number, name in enumerate(name for name in province.ids if name[0].isupper()):
        province.linked(name, 500 + number)
    reply = make(province, writer, "Vũ Văn Xã", "xa")
    assert reply.document is None
    assert "không còn thẻ nào để in" in reply.text


def test_too_many(province: Province, writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invite_sheets, "MOST", 11)
    reply = make(province, writer, "Vũ Văn Xã", "xa")
    assert reply.document is None
    assert "Còn 12 đồng chí chưa kết nối, nhiều hơn 11 thẻ" in reply.text


def test_all_vietnamese_letters_are_in_the_fonts(tmp_path: Path) -> None:
    letters = "".join(
        "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
    )
    card = invite_sheet.Card(letters, letters.upper(), letters, "a" * 26)
    pages = invite_sheet.write(tmp_path / "one.pdf", "Đơn vị", [card], None, date(2019, 1, 13))
    assert pages == 1
    text = PdfReader(tmp_path / "one.pdf").pages[0].extract_text()
    missing = [letter for letter in letters.upper() if letter not in text]
    assert missing == []


def test_long_names_stay_on_their_card(tmp_path: Path) -> None:
    card = invite_sheet.Card("Chi đoàn " + "Trung tâm " * 19, "Nguyễn " * 8, "Bí thư", "a" * 26)
    invite_sheet.write(tmp_path / "long.pdf", "Đoàn " * 40, [card] * 9, "b" * 32, date(2019, 1, 13))
    assert len(PdfReader(tmp_path / "long.pdf").pages) == 2


def test_a_call_from_a_thread_reaches_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> tuple[str, bool]:
        client = TelegramClient("4242:" + "A" * 35, "http://127.0.0.1:9")
        await client.open()
        there = threading.current_thread()

        async def call(method: str, read_timeout: float | None = None, **_params: Any) -> str:
            return f"{method} {read_timeout} {threading.current_thread() is there}"

        monkeypatch.setattr(TelegramClient, "call", lambda _self, *args, **params: call(*args, **params))
        try:
            told = await asyncio.to_thread(client.call_from_thread, "getMe", read_timeout=3.0)
        finally:
            await client.shut()
        return told, True

    assert asyncio.run(story())[0] == "getMe 3.0 True"
