"""/docbai: essays are read by whoever receives them, one at a time, and their authors are told."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import select, update

from rules.rights import may_read_essay
from scheduler import essay_texts as work
from scheduler import files
from scheduler.job import Desk
from storage import (
    accounts,
    essay_reviews,
    essay_texts,
    essays,
    exporting_people,
    own_data,
    reminders,
    uploads,
)
from storage.audit import Action
from storage.content import Stored, keep
from storage.models import EssayState, account, audit, essay, essay_review, essay_text, outbox, upload
from storage.plans import text_of
from tests import samples
from tests.conftest import Province
from tests.dialogues.desk import NOT_YOURS, lock, pressed
from tests.essay_papers import ESSAY, docx, pdf
from tests.people import Person, at


class Writer:
    """Runs a job's work at once."""

    def __init__(self, province: Province) -> None:
        self.database = province.stage.database

    async def run(self, _priority: Any, piece: Any) -> Any:
        with self.database.writing() as conn:
            return piece(conn)


def hand_in(who: Person, unique: str, name: str = "Bài của tôi", file_name: str = "bai.docx") -> Person:
    who.uploads(unique, file_name)
    if name in who.buttons:
        return who.presses(name).presses("Xong")
    if "Đồng chí khác" in who.buttons:
        who.presses("Đồng chí khác").says(name)
    return who.presses("Xong")


def stores(province: Province, content: bytes | None = None) -> None:
    """As the job does that fetches files: what was handed in is on the disk."""
    with province.stage.database.writing() as conn:
        for one in conn.execute(select(upload.c.id).where(upload.c.state == "waiting")).all():
            temporary = province.stage.world.data_dir / "incoming"
            temporary.write_bytes(content or docx((ESSAY, None)))
            stored = keep(temporary, province.stage.world.data_dir)
            assert isinstance(stored, Stored), stored
            uploads.mark_stored(conn, one.id, stored, province.clock.now())
        for essay_id in uploads.unsettled_essays(conn):
            essays.settle(conn, essay_id, EssayState.STORED, province.clock.now())


def fetches(province: Province, content: bytes, *who: Person) -> dict[str, int]:
    """The job that fetches what was handed in, as the messenger gives it."""
    stage = province.stage

    class Download:
        async def __aenter__(self) -> "Download":
            return self

        async def __aexit__(self, *_: object) -> None: ...

        async def iter_chunked(self, _size: int) -> AsyncIterator[bytes]:
            yield content

    for one in who:
        one.new = []
    desk = SimpleNamespace(
        world=stage.world,
        writer=Writer(province),
        clock=stage.clock,
        sender=SimpleNamespace(offer=stage.deliver),
        client=SimpleNamespace(download=lambda _remote_id: Download()),
    )
    return asyncio.run(files.run(cast(Desk, desk)))


def looks(province: Province, *who: Person) -> dict[str, int]:
    """The job that takes the texts out; people see what it says."""
    stage = province.stage
    sender = SimpleNamespace(offer=stage.deliver)
    for one in who:
        one.new = []
    desk = SimpleNamespace(world=stage.world, writer=Writer(province), clock=stage.clock, sender=sender)
    return asyncio.run(work.run(cast(Desk, desk)))


def actions(province: Province, *wanted: Action) -> list[tuple[Any, ...]]:
    with province.stage.reading() as conn:
        rows = conn.execute(select(audit).where(audit.c.action.in_(wanted)).order_by(audit.c.id))
        return [(row.action, row.person_id, row.unit_id, row.subject, row.subject_id) for row in rows]


@pytest.fixture
def huyen(province: Province) -> Person:
    return province.linked("Ngô Văn Huyện", 303)


@pytest.fixture
def tinh(province: Province) -> Person:
    return province.linked("Đỗ Thị Tỉnh", 403)


# -- the queue, and who has one


def test_read_one_and_pass_it(province: Province, mai: Person, xa: Person) -> None:
    hand_in(mai, "one")
    stores(province)
    assert looks(province)["text"] == 1
    xa.says("/docbai")
    assert xa.sees("1 bài thu hoạch chờ đồng chí đọc", "19 giờ 42 ngày 14/11")
    assert xa.buttons == ["Đọc bài", "Theo đơn vị"]
    xa.presses("Đọc bài")
    assert xa.sees("Lê Thị Mai", "Chi đoàn thôn 3", "1 tệp, khoảng 94 chữ, gửi 19 giờ 42 ngày 14/11")
    assert "Chưa thấy phần" not in xa.last.text
    assert xa.buttons[:4] == ["Xem bài", "Đạt", "Cần bổ sung", "Để sau"]
    xa.presses("Xem bài")
    assert [message.media for message in xa.new if message.media] == [[["id-one", False]]]
    mai.new = []
    xa.presses("Đạt", on=xa.messages[-1])
    assert xa.sees("bài của đồng chí", "đạt", "Đã đọc hết")
    assert mai.sees("Bài thu hoạch của đồng chí đã được đọc và đánh giá", "đạt")
    with province.stage.reading() as conn:
        row = conn.execute(select(essay_review)).one()
        assert (row.verdict, row.note, row.by_person_id) == ("passed", None, province.ids["Vũ Văn Xã"])
    assert actions(province, Action.ESSAY_PASSED) == [
        ("essay_passed", province.ids["Vũ Văn Xã"], province.ids["thon3"], "essay", row.essay_id)
    ]
    xa.says("/docbai")
    assert xa.sees("Không có bài thu hoạch nào chờ")
    mai.says("/thuhoach")
    assert "Bài của tôi" not in mai.buttons


def test_returned_with_a_note_and_handed_in_again(province: Province, mai: Person, xa: Person) -> None:
    hand_in(mai, "one")
    stores(province)
    xa.says("/docbai").presses("Đọc bài").presses("Cần bổ sung")
    assert xa.sees("Bài cần bổ sung gì?")
    xa.says("x" * 501)
    assert xa.sees("trong 500 chữ")
    mai.new = []
    xa.says("12/11 45/50: <b>thêm</b> phần liên hệ")
    assert xa.sees("Đã đề nghị đồng chí", "Lê Thị Mai", "Đã đọc hết")
    assert mai.sees("Người đọc đề nghị bổ sung", "&lt;b&gt;thêm&lt;/b&gt; phần liên hệ")
    assert mai.buttons == ["Nộp lại"]
    assert [row[:3] for row in actions(province, Action.ESSAY_RETURNED)] == [
        ("essay_returned", province.ids["Vũ Văn Xã"], province.ids["thon3"])
    ]
    mai.says("/trangthai")
    assert mai.sees("Bài thu hoạch của đồng chí", "đề nghị bổ sung bài của: Lê Thị Mai")
    assert owes_by_reminder(province, "Lê Thị Mai")
    again = next(message for message in mai.messages if message.labels == ["Nộp lại"])
    mai.presses("Nộp lại", on=again)
    assert mai.sees("Bài thu hoạch của đồng chí: đồng chí gửi tệp")
    mai.uploads("two", "bai.docx").presses("Xong")
    assert not owes_by_reminder(province, "Lê Thị Mai")
    mai.presses("Nộp lại", on=again)
    assert mai.sees("không còn tính")
    stores(province)
    looks(province)
    xa.says("/docbai").presses("Đọc bài")
    assert xa.sees("Bài nộp lại.", "Lần trước đề nghị: 12/11", "Giống 100% bài nộp trước")
    mai.says("/trangthai")
    assert "bổ sung" not in mai.last.text


def owes_by_reminder(province: Province, name: str) -> bool:
    ask = reminders.Asking("ke-hoach-66", ["secretary"], at(14, 11).date(), province.clock.now())
    with province.stage.reading() as conn:
        found = reminders.owing_essay(conn, ask, "branch", at(30, 12).date(), "week")
    return province.ids[name] in [one.person_id for one in found]


def test_oldest_first_and_put_off(province: Province, mai: Person, xa: Person) -> None:
    for number, name in enumerate(("Bài của tôi", "Trần Văn Hùng", "Phạm Thu Hà")):
        province.clock.jump(at(14, 11, 20, number))
        hand_in(mai, f"f{number}", name)
    stores(province)
    xa.says("/docbai")
    assert xa.sees("3 bài thu hoạch")
    xa.presses("Đọc bài")
    assert xa.sees("Lê Thị Mai", "Còn 2 bài", "Hệ thống chưa xem chữ trong bài")
    xa.presses("Để sau")
    assert xa.sees("Trần Văn Hùng", "Còn 1 bài")
    xa.presses("Đạt")
    assert xa.sees("Phạm Thu Hà")
    xa.presses("Để sau")
    assert xa.sees("Còn 2 bài để sau")
    xa.presses("Đọc bài")
    assert xa.sees("Lê Thị Mai")


def test_an_author_without_an_account_is_told_by_whoever_handed_it_in(
    province: Province, mai: Person, xa: Person
) -> None:
    hand_in(mai, "one", "Trần Văn Hùng")
    stores(province)
    mai.new = []
    xa.says("/docbai").presses("Đọc bài").presses("Cần bổ sung").says("Viết thêm.")
    assert mai.sees("Bài thu hoạch của đồng chí", "Trần Văn Hùng", "Viết thêm.")
    mai.presses("Nộp lại")
    assert mai.sees("của đồng chí", "Trần Văn Hùng", "gửi tệp")


def test_where_nobody_can_be_told_the_reader_is(province: Province, mai: Person, xa: Person) -> None:
    hand_in(mai, "one")
    stores(province)
    with province.stage.database.writing() as conn:
        conn.execute(update(account).where(account.c.address == "103").values(reachable=False))
    xa.says("/docbai").presses("Đọc bài").presses("Cần bổ sung").says("Viết thêm.")
    assert xa.sees("Chưa báo được cho người viết", "0900 000 013")


def test_after_the_plan_is_closed_nothing_is_asked_for(province: Province, mai: Person, xa: Person) -> None:
    hand_in(mai, "one")
    stores(province)
    lock(province)
    xa.says("/docbai").presses("Đọc bài").presses("Cần bổ sung")
    assert xa.sees("Kế hoạch đã khoá")
    xa.presses("Đạt")
    assert xa.sees("Đã ghi")


# -- whose it is to read


def test_by_the_way_of_the_plan(
    province: Province, mai: Person, xa: Person, huyen: Person, tinh: Person
) -> None:
    hand_in(mai, "branch")
    hand_in(xa, "commune")
    hand_in(huyen, "district")
    stores(province)
    for reader, author in ((xa, "Lê Thị Mai"), (huyen, "Vũ Văn Xã"), (tinh, "Ngô Văn Huyện")):
        reader.says("/docbai")
        assert reader.sees("1 bài thu hoạch chờ")
        reader.presses("Đọc bài")
        assert reader.sees(author)
    mai.says("/docbai")
    assert mai.sees("dành cho cán bộ Đoàn")


def test_nobody_else_opens_it(
    province: Province, mai: Person, xa: Person, huyen: Person, tinh: Person
) -> None:
    hand_in(mai, "branch")
    stores(province)
    for person in (mai, huyen, tinh):
        for number in ("1", "2", "999999", "9" * 40, "x", "-1"):
            assert pressed(person, f"s.readessay.{number}").sees(NOT_YOURS)
    assert pressed(xa, "s.readessay.1").sees("Lê Thị Mai")
    assert pressed(xa, "s.readessay.2").sees(NOT_YOURS)


def test_nobody_reads_their_own(province: Province, xa: Person, huyen: Person) -> None:
    hand_in(xa, "one")
    stores(province)
    with province.stage.database.writing() as conn:  # as if the commune's secretary led the district too
        conn.execute(update(essay).values(unit_id=province.ids["thon1"], person_id=province.ids["Vũ Văn Xã"]))
    xa.says("/docbai")
    assert xa.sees("Không có bài thu hoạch nào chờ")
    assert pressed(xa, "s.readessay.1").sees(NOT_YOURS)


def test_two_readers_at_once(province: Province, mai: Person, xa: Person) -> None:
    xuan = province.linked("Bùi Thị Xuân", 204)
    hand_in(mai, "one")
    stores(province)
    for reader in (xa, xuan):
        reader.says("/docbai").presses("Đọc bài")
    xa.presses("Đạt")
    xuan.presses("Đạt")
    assert xuan.sees("không còn chờ đọc")
    assert xuan.buttons[0] == "Bài tiếp"
    with province.stage.reading() as conn:
        assert len(conn.execute(select(essay_review)).all()) == 1
    assert pressed(xuan, "s.readessay.1").sees("không còn chờ đọc")


def test_replaced_while_it_is_on_the_card(province: Province, mai: Person, xa: Person) -> None:
    hand_in(mai, "one")
    stores(province)
    xa.says("/docbai").presses("Đọc bài").presses("Cần bổ sung")
    pressed(mai, "s.essayagain.1").uploads("two", "bai.docx").presses("Xong")
    xa.says("Viết thêm.")
    assert xa.sees("không còn chờ đọc")
    with province.stage.reading() as conn:
        assert conn.execute(select(essay_review)).all() == []


@pytest.mark.parametrize("note", [None, "Viết thêm."], ids=["pass", "return"])
def test_moved_to_another_person_while_it_is_read(
    province: Province, mai: Person, xa: Person, note: str | None
) -> None:
    """Nobody is judged under a name that the reader did not see."""
    hand_in(mai, "one")
    stores(province)
    xa.says("/docbai").presses("Đọc bài")
    assert xa.sees("Lê Thị Mai")
    pressed(mai, "s.essaymove.1").presses("Phạm Thu Hà")
    if note is None:
        xa.presses("Đạt")
    else:
        xa.presses("Cần bổ sung").says(note)
    assert xa.sees("vừa được chuyển sang đúng người viết", "Phạm Thu Hà")
    assert actions(province, Action.ESSAY_PASSED, Action.ESSAY_RETURNED) == []
    xa.presses("Đạt")
    assert xa.sees("bài của đồng chí <b>Phạm Thu Hà</b> đạt")


def test_returned_while_it_is_moved(province: Province, mai: Person, xa: Person) -> None:
    """The essay of whom it was meant for still counts."""
    hand_in(mai, "hers", "Phạm Thu Hà")
    stores(province)
    hand_in(mai, "one")
    stores(province)
    pressed(mai, "s.essaymove.2")
    pressed(xa, "s.readessay.2").presses("Cần bổ sung").says("Viết thêm.")
    mai.presses("Đồng chí khác").says("Phạm Thu Hà")
    assert mai.sees("có bài khác thay")
    with province.stage.reading() as conn:
        found = essays.of_person(conn, "ke-hoach-66", province.ids["Phạm Thu Hà"])
        assert found is not None
        assert found.id == 1
    assert actions(province, Action.ESSAY_MOVED) == []


def test_only_the_author_and_the_unit_hand_in_again(province: Province, mai: Person, xa: Person) -> None:
    hand_in(mai, "one", "Trần Văn Hùng")
    stores(province)
    hung = province.linked("Trần Văn Hùng", 113)
    thon4 = province.linked("Bí Thư Thôn 4", 104)
    assert pressed(hung, "s.essayagain.1").sees("Bài thu hoạch của đồng chí: đồng chí gửi tệp")
    for person in (thon4, xa):
        assert pressed(person, "s.essayagain.1").sees(NOT_YOURS)
    for number in ("", "7", "9" * 40):
        assert pressed(mai, f"s.essayagain.{number}").sees(NOT_YOURS)


# -- what the job finds


def test_the_sender_is_told_what_is_not_seen(province: Province, mai: Person, xa: Person) -> None:
    hand_in(mai, "one")
    stores(province, docx(("Thực trạng. Mục tiêu. Kiến nghị mở lớp.", None)))
    looks(province, mai)
    assert mai.sees("hệ thống chưa thấy phần: Liên hệ địa phương, đơn vị, cá nhân.", "xem lại nếu cần")
    assert mai.buttons == ["Nộp lại"]
    xa.says("/docbai").presses("Đọc bài")
    assert xa.sees("Bài rất ngắn", "Chưa thấy phần: Liên hệ địa phương, đơn vị, cá nhân.")


def test_a_whole_essay_gets_no_second_message(province: Province, mai: Person) -> None:
    hand_in(mai, "one")
    stores(province)
    looks(province, mai)
    assert mai.new == []
    assert looks(province) == {"reading": 0, "text": 0, "scan": 0, "unreadable": 0}  # once is enough


def test_nobody_is_told_about_old_essays(province: Province, mai: Person) -> None:
    hand_in(mai, "one")
    stores(province, docx(("Một câu.", None)))
    province.clock.jump(at(16, 11))
    assert looks(province, mai)["text"] == 1
    assert mai.new == []


@pytest.mark.parametrize(
    ("content", "kind", "to_sender", "to_reader"),
    [
        (pdf(["", ""]), "unreadable", "không có chữ hay ảnh nào", "không có chữ hay ảnh nào"),
        (pdf(["words " * 40], password="x"), "unreadable", "có mật khẩu", "có mật khẩu"),
        (pdf([""], picture=True), "scan", None, "Ảnh chụp, đọc bằng mắt."),
        (b"%PDF-1.4 not one %%EOF", "unreadable", None, "không đọc được chữ"),
    ],
    ids=["empty", "locked", "scan", "broken"],
)
def test_files_without_text(
    province: Province,
    mai: Person,
    xa: Person,
    content: bytes,
    kind: str,
    to_sender: str | None,
    to_reader: str,
) -> None:
    hand_in(mai, "one", file_name="bai.pdf")
    stores(province, content)
    assert looks(province, mai)[kind] == 1
    assert mai.new == [] if to_sender is None else mai.sees(to_sender)
    xa.says("/docbai").presses("Đọc bài")
    assert xa.sees(to_reader)
    assert "Chưa thấy phần" not in xa.last.text


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("bai.docx", samples.docx(macro=True), "có mã lệnh"),
        (
            "bai.docx",
            samples.docx_of_parts("application/vnd.ms-word.document.macroEnabled.main+xml"),
            "có mã lệnh",
        ),
        ("bai.doc", samples.old_office("WordDocument", "_VBA_PROJECT"), "có mã lệnh"),
        ("bai.docx", samples.docx(bomb=True), "có mã lệnh hoặc không phải bài viết"),
        ("bai.docx", samples.old_office("EncryptedPackage"), "có mật khẩu"),
    ],
    ids=["macro", "macro-renamed", "macro-in-doc", "bomb", "locked-word"],
)
def test_what_never_becomes_an_essay(
    province: Province, mai: Person, xa: Person, name: str, content: bytes, told: str
) -> None:
    hand_in(mai, "one", file_name=name)
    assert fetches(province, content, mai) == {"stored": 0, "refused": 1, "later": 0}
    assert mai.sees("Bài thu hoạch của đồng chí", told)
    assert mai.buttons == ["Nộp lại"]
    assert actions(province, Action.ESSAY_REFUSED)[0][3:] == ("essay", 1)
    assert looks(province, mai) == {"reading": 0, "text": 0, "scan": 0, "unreadable": 0}
    assert xa.says("/docbai").sees("Không có bài thu hoạch nào chờ")
    with province.stage.reading() as conn:  # still owed
        assert essays.of_person(conn, "ke-hoach-66", province.ids["Lê Thị Mai"]) is None
    assert not list((province.stage.world.data_dir / "files" / "incoming").iterdir())


def test_a_document_with_macros_by_its_name(province: Province, mai: Person) -> None:
    mai.uploads("one", "bai.docm")
    assert mai.sees("PDF, Word")
    with province.stage.reading() as conn:
        assert conn.execute(select(upload)).all() == []


def test_the_plan_itself(province: Province, mai: Person, xa: Person) -> None:
    hand_in(mai, "one")
    stores(province, docx((text_of("ke-hoach-66") or "", None)))
    looks(province, mai)
    assert mai.sees("gần như nguyên văn Kế hoạch 66")
    xa.says("/docbai").presses("Đọc bài")
    assert xa.sees("văn bản Kế hoạch 66")


def test_a_copy_is_named_where_the_reader_sees_the_other(
    province: Province, mai: Person, xa: Person, huyen: Person
) -> None:
    thon4 = province.linked("Bí Thư Thôn 4", 104)
    hand_in(mai, "one")
    stores(province)
    hand_in(thon4, "two")
    stores(province, docx((f"{ESSAY} Xin cảm ơn các đồng chí.", None)))
    looks(province, mai, thon4)
    assert mai.new == []
    assert thon4.new == []  # a hint for the reader alone
    pressed(xa, "s.readessay.1")
    assert "Giống" not in xa.last.text  # the first one is nobody's copy
    pressed(xa, "s.readessay.2")
    assert xa.sees("bài của Lê Thị Mai (Chi đoàn thôn 3)")


def test_a_copy_of_another_communes_is_not_named(province: Province, mai: Person, xa: Person) -> None:
    hand_in(mai, "one")
    stores(province)
    thon4 = province.linked("Bí Thư Thôn 4", 104)
    hand_in(thon4, "two")
    stores(province)
    looks(province)
    with province.stage.database.writing() as conn:  # the first one was written elsewhere
        conn.execute(update(essay).where(essay.c.id == 1).values(unit_id=province.ids["huyen"]))
    pressed(xa, "s.readessay.2")
    assert xa.sees("Giống 100% một bài của đơn vị khác")
    assert "Lê Thị Mai" not in xa.last.text


def test_what_kills_its_reader_is_given_up(province: Province, mai: Person, xa: Person) -> None:
    hand_in(mai, "one")
    stores(province)
    for _ in range(essay_texts.TRIES):
        with province.stage.database.writing() as conn:
            assert essay_texts.waiting(conn, 10) == [1]
            essay_texts.begin(conn, 1, province.clock.now())  # and then the process dies
    assert sum(looks(province).values()) == 0
    xa.says("/docbai").presses("Đọc bài")
    assert xa.sees("Hệ thống chưa xem chữ trong bài")


def test_a_lost_file_stops_nothing(province: Province, mai: Person) -> None:
    hand_in(mai, "one")
    stores(province)
    for path in province.stage.world.data_dir.glob("files/*/*"):
        path.unlink()
    hand_in(mai, "two", "Trần Văn Hùng")
    stores(province, docx((f"{ESSAY} Khác.", None)))
    assert looks(province) == {"reading": 0, "text": 1, "scan": 0, "unreadable": 1}
    with province.stage.reading() as conn:
        assert conn.scalar(select(essay_text.c.why).where(essay_text.c.essay_id == 1)) == "broken"


def test_an_essay_in_an_old_font(province: Province, mai: Person) -> None:
    from tests.rules.test_essay_fonts import in_tcvn3

    hand_in(mai, "one")
    stores(province, docx((in_tcvn3(ESSAY), ".VnTime")))
    looks(province, mai)
    assert mai.new == []
    with province.stage.reading() as conn:
        assert (conn.scalar(select(essay_text.c.text)) or "").startswith(ESSAY)


# -- the account per unit


def test_the_account_of_the_units(province: Province, mai: Person, xa: Person) -> None:
    for number, name in enumerate(("Bài của tôi", "Trần Văn Hùng", "Phạm Thu Hà")):
        hand_in(mai, f"f{number}", name)
    stores(province)
    xa.says("/docbai").presses("Đọc bài").presses("Đạt").presses("Cần bổ sung").says("Viết thêm.")
    xa.says("/huy")
    xa.says("/docbai").presses("Theo đơn vị")
    assert xa.sees("Đoàn xã Hoằng Quỳ", "▸ Chi đoàn thôn 3: đã nộp 2/3, chờ đọc 1, đạt 1, cần bổ sung 1")
    assert xa.sees("▸ Chi đoàn thôn 1: đã nộp 0/3")


def test_the_account_goes_down_the_tree_and_never_sideways(
    province: Province, mai: Person, xa: Person, huyen: Person
) -> None:
    hand_in(huyen, "one")
    stores(province)
    huyen.says("/docbai").presses("Theo đơn vị")
    assert huyen.sees("Huyện đoàn Hoằng Hóa: đã nộp 1/2, chờ đọc 1, gửi tỉnh 1")
    huyen.presses("Đoàn xã Hoằng Quỳ")
    assert huyen.sees("Chi đoàn thôn 1")
    for person, unit in ((xa, "huyen"), (xa, "tinh"), (mai, "xa"), (mai, "thon3")):
        assert pressed(person, f"s.essayledger.{province.ids[unit]}").sees(NOT_YOURS)
    for argument in ("999999", "x.1", "p", "px", "9" * 40):
        assert pressed(xa, f"s.essayledger.{argument}").sees(NOT_YOURS)
    assert pressed(xa, f"s.essayledger.{province.ids['xa']}.99").sees("Đoàn xã Hoằng Quỳ")


def test_nothing_of_an_essay_is_in_the_outbox_of_others(
    province: Province, mai: Person, xa: Person, huyen: Person
) -> None:
    hand_in(mai, "one")
    stores(province)
    xa.says("/docbai").presses("Đọc bài").presses("Cần bổ sung").says("Một câu riêng.")
    with province.stage.reading() as conn:
        told = {
            row.address
            for row in conn.execute(select(outbox))
            if "Một câu riêng" in row.payload.get("text", "")
        }
    assert told == {"103"}


def test_readers_are_asked_for_as_the_rule_says(province: Province, mai: Person, xa: Person) -> None:
    """The queue's query and rules.rights.may_read_essay agree, for essays of every unit and way."""
    units = ("tinh", "huyen", "xa", "thon1")
    for number in range(2 * len(units)):
        hand_in(mai, f"f{number}", f"Người Viết {number}")
    stores(province)
    with province.stage.database.writing() as conn:
        for number in range(2 * len(units)):
            route = ("superior", "province")[number % 2]
            values = {"unit_id": province.ids[units[number // 2]], "route": route}
            conn.execute(update(essay).where(essay.c.id == number + 1).values(**values))
        plan = province.stage.world.plan
        for name in ("Đỗ Thị Tỉnh", "Ngô Văn Huyện", "Vũ Văn Xã", "Lê Thị Mai"):
            person = province.ids[name]
            posts = accounts.posts(conn, person, at(14, 11).date())
            queue = {one.id for one in essay_reviews.waiting(conn, plan.code, posts, person)}
            every = [essay_reviews.get(conn, number + 1) for number in range(2 * len(units))]
            allowed = {
                one.id for one in every if one and may_read_essay(plan, posts, one.route, one.unit_path)
            }
            assert queue == allowed, name


def test_the_verdicts_go_into_excel_and_to_the_person(province: Province, mai: Person, xa: Person) -> None:
    for number, name in enumerate(("Bài của tôi", "Trần Văn Hùng")):
        hand_in(mai, f"f{number}", name)
    stores(province)
    xa.says("/docbai").presses("Đọc bài").presses("Đạt").presses("Cần bổ sung").says("Viết thêm.")
    owing = [("branch", role) for role in ("secretary", "deputy", "committee_member")]
    with province.stage.reading() as conn:
        found = exporting_people.authors(conn, "ke-hoach-66", "/1/", owing, at(14, 11).date())
        told = {one.author: (one.essay_id, one.verdict) for one in found}
        kept = own_data.everything(conn, province.ids["Trần Văn Hùng"])
    assert told["Lê Thị Mai"] == (1, "passed")
    assert told["Trần Văn Hùng"] == (None, "returned")  # owed again
    assert told["Phạm Thu Hà"] == (None, None)
    assert [(one["verdict"], one["note"]) for one in kept["bai_thu_hoach"]] == [("returned", "Viết thêm.")]


def test_a_plan_without_essays(province: Province, xa: Person) -> None:
    world = province.stage.world
    plan = world.plan.model_copy(update={"essays": None})
    province.stage.runner._world = replace(world, plan=plan)
    xa.says("/docbai")
    assert xa.sees("không yêu cầu bài thu hoạch")
    assert pressed(xa, f"s.essayledger.{province.ids['xa']}").sees("không yêu cầu bài thu hoạch")
    assert pressed(xa, "s.readessay.").sees("không yêu cầu bài thu hoạch")
