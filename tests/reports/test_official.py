"""The official report, read back as a word processor reads it: its form, its figures, its sentences."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from docx.document import Document as Doc
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlalchemy import Connection, insert, update

from bot.settings import Office
from bot.texts import say
from reports.official.content import Content
from reports.official.letterhead import Signatory
from reports.official.report import Wishes, content_of, file_name, write_report
from reports.official.sections import drafted
from rules.counting import Count
from rules.numbered import Numbered
from rules.plan import Plan
from storage import (
    activities,
    inspections,
    media,
    progress,
    proposals,
    speaker_quality,
    speakers,
    submitting,
    trainings,
    units,
)
from storage.database import Database
from storage.figures import Essays, Figures
from storage.models import EssayState, Grade, ReportState, essay, report, unit
from storage.progress import Scope
from storage.reports import Held, Line, Sender, Speaker
from tests import hypothesis_profile, roster
from tests.people import at
from tests.reports.words import words_of
from tests.rules.plans import plan_66, two_levels

hypothesis_profile.load()
PLAN = plan_66()
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW, FIRST = at(12, 12, 17, 0), at(14, 11)
LETTERS = (
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
)


@pytest.fixture
def ids(database: Database) -> dict[str, int]:
    with database.writing() as conn:
        ids = roster.build(conn, at(14, 11))
        for number in range(2):
            key = f"xa{number}"
            roster.add_unit(conn, ids, key, f"Đoàn xã Hoằng Kim {number + 1}", "grassroots", "huyen", 9)
            for branch in range(2):
                roster.add_unit(conn, ids, f"{key}{branch}", f"Chi đoàn {branch + 1}", "branch", key, 3, 50)
        roster.add_unit(conn, ids, "thi", "Thị đoàn Bỉm Sơn", "district", "tinh", 15)
        roster.link(conn, 103, ids["Lê Thị Mai"], at(14, 11))
    return ids


@pytest.fixture
def conn(database: Database, ids: dict[str, int]) -> Iterator[Connection]:
    with database.writing() as conn:
        yield conn


def sender(ids: dict[str, int], arrived: datetime = FIRST, *, on_behalf: bool = False) -> Sender:
    return Sender(ids["Lê Thị Mai"], 1, arrived, on_behalf)


def attends(conn: Connection, ids: dict[str, int], key: str, line: Line, by: Sender | None = None) -> int:
    receipt = submitting.submit_participation(
        conn, PLAN.code, "participation", ids[key], [line], by or sender(ids)
    )
    return receipt.report_id


def content(conn: Connection, unit_id: int, plan: Plan = PLAN) -> Content:
    return content_of(conn, plan, ZONE, NOW, units.get(conn, unit_id))


def written(
    conn: Connection, unit_id: int, out: Path, wishes: Wishes | None = None, plan: Plan = PLAN
) -> Doc:
    path = out / "report.docx"
    write_report(conn, content(conn, unit_id, plan), Office(), wishes or Wishes(), path)
    return Document(str(path))


def words_in(
    conn: Connection, unit_id: int, out: Path, wishes: Wishes | None = None, plan: Plan = PLAN
) -> str:
    written(conn, unit_id, out, wishes, plan)
    return words_of(out / "report.docx")


def sentences(conn: Connection, unit_id: int, changed: Mapping[str, str] | None = None) -> dict[str, str]:
    """By part."""
    return {one.part: one.text for one in drafted(content(conn, unit_id), changed or {})}


# -- the form


def in_mm(*lengths: Length | None) -> list[int]:
    return [round(one.mm) for one in lengths if one is not None]


def test_its_pages(conn: Connection, ids: dict[str, int], tmp_path: Path) -> None:
    document = written(conn, ids["tinh"], tmp_path)
    upright, lying = document.sections
    assert in_mm(upright.page_width, upright.page_height) == [210, 297]
    assert in_mm(lying.page_width, lying.page_height) == [297, 210]
    for section in (upright, lying):
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert in_mm(*margins) == [20, 20, 30, 20]
    assert upright.different_first_page_header_footer
    assert not lying.different_first_page_header_footer
    assert lying.header.is_linked_to_previous
    assert " PAGE " in upright.header._element.xml
    assert upright.first_page_header.paragraphs[0].text == ""


def test_its_letters(conn: Connection, ids: dict[str, int], tmp_path: Path) -> None:
    document = written(conn, ids["tinh"], tmp_path)
    normal = document.styles["Normal"]
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))
    fonts = normal.element.rPr.rFonts
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {
        "Times New Roman"
    }
    for paragraph in document.paragraphs:
        assert all(run.font.name is None for run in paragraph.runs)
    heading, signature = document.tables[:2]
    assert {
        run.font.size for cell in heading.rows[0].cells for one in cell.paragraphs for run in one.runs
    } == {Pt(13)}
    recipients = signature.rows[0].cells[0].paragraphs[1:]
    assert {run.font.size for one in recipients for run in one.runs} == {Pt(11)}
    union = heading.rows[0].cells[1].paragraphs[0]
    assert (union.text, union.runs[0].underline, union.runs[0].bold) == ("ĐOÀN TNCS HỒ CHÍ MINH", True, True)
    assert heading.rows[0].cells[1].paragraphs[-1].runs[0].italic


def test_its_heading_and_signature(conn: Connection, ids: dict[str, int], tmp_path: Path) -> None:
    wishes = Wishes("12", Signatory("Phó Bí thư", "Nguyễn Văn Ký"))
    document = written(conn, ids["tinh"], tmp_path, wishes)
    heading, signature = document.tables[:2]
    left, right = heading.rows[0].cells
    assert left.text == "BCH ĐOÀN TỈNH THANH HÓA\n***\nSố: 12-BC/TĐTN-BTG"
    assert right.text.split("\n") == ["ĐOÀN TNCS HỒ CHÍ MINH", "", "Thanh Hóa, ngày 12 tháng 12 năm 2018"]
    paragraphs = [one.text for one in document.paragraphs]
    assert "BÁO CÁO" in paragraphs
    assert any(one.startswith("Kết quả tổ chức học tập, tuyên truyền, triển khai") for one in paragraphs)
    for number in ("I", "II", "III", "IV"):
        assert sum(one.startswith(f"{number}. ") for one in paragraphs) == 1
    lines = signature.rows[0].cells[1].text.split("\n")
    assert (lines[:2], lines[-1]) == (["TM. BAN THƯỜNG VỤ TỈNH ĐOÀN", "PHÓ BÍ THƯ"], "Nguyễn Văn Ký")
    assert signature.rows[0].cells[0].text.endswith("- Lưu TCKT, VP.")
    body = [one for one in paragraphs if one]
    assert sum(one.endswith("./.") for one in body) == 1
    for table in (heading, signature):
        assert table.style is None or table.style.name == "Normal Table"


@pytest.mark.parametrize(
    ("name", "heading", "body", "place"),
    [
        ("Huyện đoàn Hoằng Hóa", "HUYỆN ĐOÀN HOẰNG HÓA", "HUYỆN ĐOÀN", "Hoằng Hóa, ngày 12"),
        ("Thị đoàn Bỉm Sơn", "THỊ ĐOÀN BỈM SƠN", "THỊ ĐOÀN", "Bỉm Sơn, ngày 12"),
        ("Thành đoàn Sầm Sơn", "THÀNH ĐOÀN SẦM SƠN", "THÀNH ĐOÀN", "Sầm Sơn, ngày 12"),
        ("Đoàn trường <Y> & Z", "ĐOÀN TRƯỜNG <Y> & Z", "TM. BAN THƯỜNG VỤ", "Ngày 12"),
    ],
)
def test_a_district_has_its_own_names(
    conn: Connection, ids: dict[str, int], tmp_path: Path, name: str, heading: str, body: str, place: str
) -> None:
    conn.execute(update(unit).where(unit.c.id == ids["thi"]).values(name=name))
    document = written(conn, ids["thi"], tmp_path)
    left, right = document.tables[0].rows[0].cells
    assert left.text.startswith(f"BCH ĐOÀN TỈNH THANH HÓA\n{heading}\n***\n")
    assert right.text.split("\n")[-1].startswith(place)
    signature = document.tables[1].rows[0].cells
    assert signature[1].text.split("\n")[0].endswith(body)
    assert "Ban Tuyên giáo Tỉnh đoàn" in signature[0].text


def test_table_heads_are_repeated(conn: Connection, ids: dict[str, int], tmp_path: Path) -> None:
    main, others = written(conn, ids["tinh"], tmp_path).tables[2:]
    for table, deep in ((main, 2), (others, 1)):
        repeated = [
            row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None
            for row in table.rows
        ]
        assert repeated == [True] * deep + [False] * (len(table.rows) - deep)


def test_nothing_is_left_to_be_filled_by_a_program(
    conn: Connection, ids: dict[str, int], tmp_path: Path
) -> None:
    text = words_in(conn, ids["tinh"], tmp_path)
    assert not re.search(r"[{}]|\bNone\b|nan|…/|\[\]|True|False", text)


def test_every_letter_arrives(conn: Connection, ids: dict[str, int], tmp_path: Path) -> None:
    assert len(LETTERS) == 134
    wishes = Wishes(changed={"media": f"{LETTERS}\nDòng hai."})
    assert LETTERS in words_in(conn, ids["tinh"], tmp_path, wishes)


def test_odd_characters(conn: Connection, ids: dict[str, int], tmp_path: Path) -> None:
    """Nothing that XML forbids, HTML as it was typed, decomposed letters put together."""
    conn.execute(update(unit).where(unit.c.id == ids["huyen"]).values(name="Huyện đoàn <b>H\x0b&\ufffe</b>"))
    wishes = Wishes(
        "1\x07",
        Signatory("Bí thư\ud800", "Lê\u200b <i>A</i>"),
        {"media": "a\x08b\uffff & <c>\nVie\u0323\u0302t"},
    )
    text = words_in(conn, ids["huyen"], tmp_path, wishes)
    assert "HUYỆN ĐOÀN <B>H &</B>" in text
    assert "ab & <c>" in text
    assert "Việt" in text
    assert "Lê <i>A</i>" in text
    with ZipFile(tmp_path / "report.docx") as archive:
        assert "\ufffe" not in archive.read("word/document.xml").decode()


def test_its_file_name() -> None:
    assert file_name("Huyện đoàn Hoằng Hóa", NOW, ZONE) == "Bao-cao_Hoang-Hoa_2018-12-12.docx"
    assert file_name("///", NOW, ZONE) == "Bao-cao_don-vi_2018-12-12.docx"


# -- the figures


def rows_of(document: Doc) -> list[list[str]]:
    """Of the first table of the appendix, without its head."""
    return [[cell.text for cell in row.cells] for row in document.tables[2].rows[2:]]


def expected(figures: Figures, essays: Essays) -> list[str]:
    """As /tiendo says it."""
    due = [say.number(figures.due), say.number(figures.received), say.percent(figures.received, figures.due)]
    none = ["–", "–"]
    times = [say.number(figures.on_time), say.number(figures.late)] if figures.received else none
    members = (
        [
            say.number(figures.members),
            say.number(figures.members_expected),
            say.percent(figures.members, figures.members_expected),
        ]
        if figures.received
        else ["chưa báo cáo", *none]
    )
    cadres = [say.number(figures.cadres), say.number(figures.cadres_expected)]
    if not figures.cadres_told:
        cadres = ["chưa ghi" if figures.received else "–", "–"]
    owed = [say.number(essays.owed), say.number(essays.received)] if essays.owed else none
    told = f"{say.number(essays.counted)}/{say.number(essays.counted_of)}" if essays.told else "chưa ghi"
    if not figures.due:
        due, members = ["–"] * 3, ["–"] * 3
    return [*due, *times, *members, *cadres, *owed, told]


counts = st.tuples(st.integers(0, 2000), st.integers(0, 2000)).map(sorted)
BRANCHES = ["thon1", "thon2", "thon3", "thon4", "xa00", "xa01", "xa10", "xa11"]


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
)
@given(data=st.data())
def test_the_appendix_says_what_progress_says(
    conn: Connection, ids: dict[str, int], tmp_path: Path, data: st.DataObject
) -> None:
    trial = conn.begin_nested()
    for key in BRANCHES:
        if not data.draw(st.booleans()):
            continue
        members, cadres = data.draw(counts), data.draw(st.none() | counts)
        line = Line(
            date(2018, 11, 12),
            members[0],
            members[1],
            cadres=cadres[0] if cadres else None,
            cadres_expected=cadres[1] if cadres else None,
        )
        arrived = datetime(2018, 11, 13, tzinfo=UTC) + timedelta(days=data.draw(st.integers(0, 5)))
        made = attends(conn, ids, key, line, sender(ids, arrived, on_behalf=data.draw(st.booleans())))
        state = data.draw(st.sampled_from(ReportState))
        conn.execute(update(report).where(report.c.id == made).values(state=state))
    for name in data.draw(st.sets(st.sampled_from(["Lê Thị Mai", "Vũ Văn Xã", "Trần Văn Hùng"]))):
        conn.execute(
            insert(essay).values(
                plan=PLAN.code,
                unit_id=ids["thon3"],
                person_id=ids[name],
                author=name,
                state=EssayState.STORED,
                route="superior",
                arrived_at=NOW,
            )
        )
    for top in ("tinh", "huyen"):
        scope = Scope(PLAN, units.get(conn, ids[top]), date(2018, 12, 12), ZONE)
        overall, parts = progress.overall(conn, scope)
        lines = []
        for one, figures in progress.below(conn, scope, parts):
            below = progress.essays(conn, Scope(PLAN, one, scope.today, ZONE))
            assert below is not None
            if figures.due or below.owed:
                lines.append([one.name, *expected(figures, below)])
        assert overall.essays is not None
        lines.append(["Cộng", *expected(overall.main, overall.essays)])
        document = written(conn, ids[top], tmp_path)
        assert [row[1:] for row in rows_of(document)] == lines
        told = sentences(conn, ids[top])["sessions"]
        main = overall.main
        if main.received:
            share = f"{main.received}/{main.due} chi đoàn đã báo cáo ({say.percent(main.received, main.due)})"
            assert f"Tính đến 17 giờ ngày 12/12/2018, {share}" in told
        others = [
            [duty.title, level, say.number(figures.due), say.number(figures.received)]
            for duty, level, figures in progress.others(conn, scope)
            if (duty.code, top) != ("final_report", "huyen")  # what is being written is not missing
        ]
        names = {level.name: level.code for level in PLAN.levels}
        shown = [[cell.text for cell in row.cells][1:5] for row in document.tables[3].rows[1:]]
        assert [[row[0], names[row[1]], *row[2:]] for row in shown] == others
    trial.rollback()


# -- the sentences


def test_what_nobody_recorded_is_never_a_naught(conn: Connection, ids: dict[str, int]) -> None:
    told = sentences(conn, ids["tinh"])
    assert "Tính đến 17 giờ ngày 12/12/2018, chưa ghi nhận báo cáo nào của 8 chi đoàn" in told["sessions"]
    for part in ("media", "speakers", "essays", "inspection", "requests"):
        assert "hưa ghi nhận" in told[part]
    assert "chưa đủ số liệu để đánh giá" in told["strengths"]
    whole = "\n".join(told.values())
    assert not re.search(r"(?<![\d/.,])0(?![\d/.,])", whole)
    assert not re.search(r"(?<!\d)0/", whole)


def test_what_was_reported(conn: Connection, ids: dict[str, int]) -> None:
    accepted = attends(conn, ids, "thon1", Line(date(2018, 11, 12), 45, 50, cadres=3, cadres_expected=3))
    conn.execute(update(report).where(report.c.id == accepted).values(state=ReportState.ACCEPTED))
    attends(conn, ids, "thon2", Line(date(2018, 11, 12), 40, 50, cadres=2, cadres_expected=3))
    attends(conn, ids, "thon3", Line(date(2018, 11, 12), 30, 50), sender(ids, at(25, 11), on_behalf=True))
    attends(conn, ids, "thon4", Line(date(2018, 11, 12), 60, 60, proposal="Cấp thêm\ntài liệu."))
    held = Held(
        "grassroots",
        date(2018, 11, 12),
        place="nhà văn hoá",
        speakers=(Speaker("Vũ Văn Xã"), Speaker("Lê Nói", outside_rule=True)),
        hall_count=100,
        materials=False,
    )
    submitting.submit_session(conn, PLAN.code, "session", ids["xa"], 0, held, sender(ids))
    told = sentences(conn, ids["huyen"])
    for part, wanted in {
        "sessions": (
            "cấp huyện (kế hoạch: trước ngày 15/11/2018): chưa ghi nhận số liệu (1 đơn vị phải tổ chức).",
            "cấp cơ sở (kế hoạch: trước ngày 30/12/2018): 1/3 đơn vị đã tổ chức (33,3%), trong đó 1 đúng thời hạn;"
            " 2 đơn vị chưa báo cáo.",
            "Tính đến 17 giờ ngày 12/12/2018, 4/8 chi đoàn đã báo cáo (50%); 4 chi đoàn chưa báo cáo.",
            "3 báo cáo đúng hạn, 1 báo cáo chậm hạn; 4 học đúng thời hạn.",
            "175/210 đoàn viên tham dự (83,3%), trong đó cán bộ 5/6 đồng chí (83,3%); 2 chi đoàn chưa ghi số",
            "cấp trên đã tiếp nhận báo cáo của 1 chi đoàn, ghi 45/50 đoàn viên tham dự (90%).",
            "1 chi đoàn do cấp trên báo hộ.",
            "Số người đếm tại hội trường: 100, ở 1/1 hội nghị có ghi",
        ),
        "speakers": (
            "Hội nghị cấp cơ sở: 2 lượt báo cáo viên, trong đó 1 lượt ngoài thành phần",
            "Tài liệu, cấp cơ sở: 1 hội nghị thiếu tài liệu (theo 1/1 hội nghị có ghi).",
        ),
        "inspection": ("Kết quả kiểm tra, giám sát: chưa ghi nhận số liệu.",),
        "strengths": ("1 đơn vị có 100% chi đoàn đã báo cáo: Đoàn xã Hoằng Quỳ.", "3/4 báo cáo gửi đúng hạn"),
        "limits": (
            "4 chi đoàn chưa báo cáo: Chi đoàn 1 (Đoàn xã Hoằng Kim 1), Chi đoàn 2 (Đoàn xã Hoằng Kim 1)",
            "1 báo cáo gửi chậm hạn.",
            "Báo cáo của 3 chi đoàn chưa được cấp trên tiếp nhận.",
            "Cần làm rõ: 1 đơn vị báo số đoàn viên tham dự nhiều hơn danh sách: Chi đoàn thôn 4 (Đoàn xã Hoằng Quỳ)",
            "Cần làm rõ: 1 đơn vị có cán bộ tham dự dưới mức",
            "Cần làm rõ: 1 đơn vị ghi báo cáo viên ngoài thành phần kế hoạch nêu: Đoàn xã Hoằng Quỳ.",
            "1 đơn vị cấp huyện chưa nộp: kế hoạch triển khai của đơn vị.",
        ),
        "requests": (
            "Đối với cấp cơ sở: 1 đề xuất, kiến nghị; chưa trả lời.",
            "Chi đoàn thôn 4 (Đoàn xã Hoằng Quỳ): Cấp thêm tài liệu.",
        ),
    }.items():
        for sentence in wanted:
            assert sentence in told[part]


def test_speakers(conn: Connection, ids: dict[str, int]) -> None:
    told = sentences(conn, ids["tinh"])["speakers"]
    assert "Tập huấn báo cáo viên: chưa ghi nhận số liệu." in told
    for number, key in enumerate(("xa", "xa0")):
        said = Held("grassroots", date(2018, 11, 12 + number), speakers=(Speaker("Lê Nói"),))
        submitting.submit_session(conn, PLAN.code, "session", ids[key], 0, said, sender(ids))
    told = sentences(conn, ids["huyen"])["speakers"]
    assert "Chất lượng báo cáo viên: chưa ghi nhận đánh giá." in told
    assert "ập huấn" not in told
    for key, name in (("huyen", "Lê Nói"), ("xa", "Vũ Văn Xã")):
        speakers.register(conn, PLAN, units.get(conn, ids[key]), name, None, None, sender(ids))
    told = sentences(conn, ids["huyen"])["speakers"]
    assert "2 đồng chí (cấp huyện 1, cấp cơ sở 1); chưa ghi nhận số đã tập huấn." in told
    for day in (10, 1):
        attended = trainings.Content(date(2018, 11, day), None, "Trung tâm", None, (1,), ((ids["thi"], 14),))
        trainings.submit(conn, PLAN.code, "speaker_training", ids["tinh"], None, attended, [], sender(ids))
    spoke = speaker_quality.to_judge(conn, PLAN.code, ids["huyen"], judged=False)
    speaker_quality.judge(conn, spoke[0], Grade.FAIR, None, sender(ids))
    told = sentences(conn, ids["tinh"])["speakers"]
    for sentence in (
        "Danh sách báo cáo viên: 2 đồng chí (cấp huyện 1, cấp cơ sở 1); 1/2 đồng chí đã tập huấn (50%).",
        "Hội nghị cấp cơ sở: 2 lượt báo cáo viên.",
        "Chất lượng: 1/2 lượt báo cáo viên được cấp trên trực tiếp đánh giá: khá 1.",
        "Đã tổ chức 2 lớp tập huấn báo cáo viên, từ ngày 01/11/2018 đến ngày 10/11/2018; đơn vị tổ chức: Trung tâm;"
        " 30 lượt người dự.",
    ):
        assert sentence in told
    assert "chưa ghi nhận" not in told


def test_what_few_did_is_no_strength(conn: Connection, ids: dict[str, int]) -> None:
    attends(conn, ids, "thon1", Line(date(2018, 11, 12), 20, 50), sender(ids, at(25, 11)))
    told = sentences(conn, ids["huyen"])
    assert told["strengths"] == "Chưa đủ số liệu để đánh giá."
    assert "1 báo cáo gửi chậm hạn." in told["limits"]


def test_many_missing_are_counted_by_where_they_are(conn: Connection, ids: dict[str, int]) -> None:
    for number in range(30):
        roster.add_unit(conn, ids, f"b{number}", f"Chi đoàn {number}", "branch", "xa1", 3, 50)
    told = sentences(conn, ids["huyen"])["limits"]
    assert (
        "38 chi đoàn chưa báo cáo: Đoàn xã Hoằng Quỳ (4), Đoàn xã Hoằng Kim 1 (2), Đoàn xã Hoằng Kim 2 (32)."
        in told
    )


def test_what_somebody_wrote_takes_the_place_of_the_draft(conn: Connection, ids: dict[str, int]) -> None:
    told = sentences(conn, ids["tinh"], {"media": "Một.\n\n  Hai. "})
    assert told["media"] == "Một.\nHai."
    assert told["essays"] == sentences(conn, ids["tinh"])["essays"]


def test_what_is_not_due_yet_is_no_weakness(conn: Connection, ids: dict[str, int]) -> None:
    told = sentences(conn, ids["tinh"])
    assert (
        "Báo cáo kết quả về Tỉnh đoàn, cấp huyện: 2 đơn vị phải nộp, chưa ghi nhận đơn vị nào nộp;"
        " hạn nộp: trước ngày 05/01/2019."
    ) in told["direction"]
    assert "áo cáo kết quả về Tỉnh đoàn" not in told["limits"]
    own = sentences(conn, ids["huyen"])
    assert "áo cáo kết quả về Tỉnh đoàn" not in own["direction"] + own["limits"]
    assert "Phạm vi thực hiện: 1 đơn vị cấp huyện, 3 đơn vị cấp cơ sở, 8 chi đoàn." in own["direction"]


def acts(conn: Connection, ids: dict[str, int], key: str, title: str, people: int | None) -> None:
    told = activities.Content(title, date(2018, 11, 12), people, None)
    activities.record(conn, PLAN.code, ids[key], told, [], sender(ids))


def test_activities_are_counted_and_a_few_named(conn: Connection, ids: dict[str, int]) -> None:
    assert sentences(conn, ids["huyen"])["activities"] == "Hoạt động thiết thực: chưa ghi nhận số liệu."
    acts(conn, ids, "xa", "Đường hoa", None)
    assert sentences(conn, ids["huyen"])["activities"] == (
        "- Đã ghi nhận 1 hoạt động; 1/3 đơn vị cấp cơ sở có hoạt động; chưa ghi nhận số người tham gia.\n"
        "- Một số hoạt động: Đường hoa (Đoàn xã Hoằng Quỳ, ngày 12/11/2018)."
    )
    acts(conn, ids, "xa0", "đường HOA", 1200)
    acts(conn, ids, "xa0", "Tặng quà", 30)
    acts(conn, ids, "huyen", "Ra quân", 40)
    told = sentences(conn, ids["huyen"])["activities"]
    assert "Đã ghi nhận 4 hoạt động; 2/3 đơn vị cấp cơ sở có hoạt động." in told
    assert "Số người tham gia: 1.270 lượt, ở 3/4 hoạt động có ghi." in told
    assert (
        "Ra quân (Huyện đoàn Hoằng Hóa, ngày 12/11/2018); Tặng quà (Đoàn xã Hoằng Kim 1, ngày 12/11/2018);"
        " Đường hoa (Đoàn xã Hoằng Quỳ, ngày 12/11/2018)."
    ) in told


def test_plans_stand_in_the_appendix_by_number_and_day(
    conn: Connection, ids: dict[str, int], tmp_path: Path
) -> None:
    written(conn, ids["tinh"], tmp_path)
    assert "Số, ngày văn bản" not in words_of(tmp_path / "report.docx")
    for key, numbered in (
        ("huyen", Numbered("12-KH/ĐTN", date(2018, 10, 5))),
        ("xa", Numbered()),
        ("xa0", None),
    ):
        submitting.submit_document(
            conn, PLAN.code, "implementation_plan", ids[key], [], sender(ids), numbered
        )
    document = written(conn, ids["huyen"], tmp_path)
    assert [[cell.text for cell in row.cells][1:] for row in document.tables[-1].rows[1:]] == [
        ["Huyện đoàn Hoằng Hóa", "12-KH/ĐTN, ngày 05/10/2018", "chưa nộp"],
        ["Đoàn xã Hoằng Quỳ", "đã nộp, chưa ghi số", "–"],
        ["Đoàn xã Hoằng Kim 1", "đã nộp, chưa ghi số", "–"],
        ["Đoàn xã Hoằng Kim 2", "chưa nộp", "–"],
    ]


def test_the_appendix_says_what_it_belongs_to(conn: Connection, ids: dict[str, int], tmp_path: Path) -> None:
    text = words_in(conn, ids["huyen"], tmp_path, Wishes(number="12"))
    line = "(Kèm theo Báo cáo số 12-BC/HĐTN ngày 12/12/2018 của Ban Thường vụ Huyện đoàn Hoằng Hóa)"
    assert f"PHỤ LỤC\n{line}" in text


def test_who_issues_it_is_bold(conn: Connection, ids: dict[str, int], tmp_path: Path) -> None:
    for key, lines in (
        ("tinh", [("BCH ĐOÀN TỈNH THANH HÓA", True)]),
        ("huyen", [("BCH ĐOÀN TỈNH THANH HÓA", None), ("HUYỆN ĐOÀN HOẰNG HÓA", True)]),
    ):
        left = written(conn, ids[key], tmp_path).tables[0].rows[0].cells[0].paragraphs
        assert [(one.text, one.runs[0].bold) for one in left[: len(lines)]] == lines
    assert "TM. BAN THƯỜNG VỤ TỈNH ĐOÀN" in words_in(conn, ids["tinh"], tmp_path)


def test_another_plan(conn: Connection, ids: dict[str, int], tmp_path: Path) -> None:
    """What it does not name has no part."""
    text = words_in(conn, ids["tinh"], tmp_path, plan=two_levels())
    assert "Kết quả sinh hoạt chi đoàn quý I" in text
    assert "-BC/TĐ" in text
    for part in ("1. Hội nghị học tập, quán triệt từng cấp", "2. Báo cáo viên, tài liệu", "1. Ưu điểm"):
        assert part in text
    for word in ("tuyên truyền", "thu hoạch", "Kiểm tra", "Đoàn viên"):
        assert word not in text


def test_an_empty_part_of_the_tree(conn: Connection, ids: dict[str, int], tmp_path: Path) -> None:
    """A đoàn trực thuộc, with nobody below it."""
    text = words_in(conn, ids["thi"], tmp_path)
    assert "Chưa ghi nhận báo cáo nào, nên chưa đủ số liệu để đánh giá." in text


# -- on paper


def _office() -> str | None:
    """LibreOffice with its word processor."""
    found = shutil.which("soffice")
    if found is None or not (Path(found).resolve().parent / "libswlo.so").exists():
        return None
    return found


@pytest.mark.skipif(
    _office() is None, reason="needs LibreOffice Writer: apt-get install libreoffice-writer-nogui"
)
def test_it_can_be_printed(conn: Connection, ids: dict[str, int], tmp_path: Path) -> None:
    written(conn, ids["huyen"], tmp_path, Wishes(changed={"media": LETTERS}))
    subprocess.run(
        [
            str(_office()),
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "report.docx"),
        ],
        check=True,
        capture_output=True,
    )
    pages = [page.extract_text() for page in PdfReader(tmp_path / "report.pdf").pages]
    assert len(pages) >= 3
    assert not pages[0].lstrip().startswith("1")
    assert pages[1].lstrip().startswith("2")
    # Only plain letters: of a font that stands in, the others may be read back in another order.
    assert re.match(rf"\s*{len(pages)}\s", pages[-1])
    assert "TT" in pages[-1]


def test_media_and_inspections_are_told_once_somebody_recorded_them(
    conn: Connection, ids: dict[str, int]
) -> None:
    first = PLAN.media[0]
    item = media.Content(first.kind, "Hội nghị ở Hoằng Quỳ", date(2018, 11, 13), None)
    media.report(conn, PLAN.code, ids["xa"], item, [], sender(ids))
    planned = inspections.plan_visit(
        conn, PLAN.code, ids["huyen"], ids["thon3"], date(2018, 11, 20), [], sender(ids)
    )
    visit = inspections.get(conn, planned)
    assert visit is not None
    came_home = inspections.Visit(date(2018, 11, 20), Count(38, 50), None, [], None, None, [])
    assert inspections.record_visit(conn, visit, came_home, sender(ids))
    told = sentences(conn, ids["huyen"])
    assert f"báo 1 tin, bài ({first.name}: 1)." in told["media"]
    assert "Các tổ đã kiểm tra, giám sát 1 đơn vị; theo tổ đếm ở 1 đơn vị: 38/50" in told["inspection"]
    assert "chưa ghi nhận số liệu" not in told["media"] + told["inspection"]


def test_proposals_by_the_level_that_they_concern(conn: Connection, ids: dict[str, int]) -> None:
    for key, text, level in (
        ("thon1", "Thêm kinh phí.", "province"),
        ("thon2", "thêm KINH PHÍ", "province"),
        ("thon3", "Thêm tài liệu", None),
    ):
        attends(conn, ids, key, Line(date(2018, 11, 12), 45, 50, proposal=text, proposal_level=level))
    one = proposals.below(conn, PLAN, [units.get(conn, ids["xa"]).path])[0]
    proposals.answer(conn, [one], "province", "Đã cấp.", sender(ids))
    assert (
        "- Đối với cấp tỉnh: 2 đề xuất, kiến nghị; đã trả lời 1/2.\n"
        "- Chi đoàn thôn 1 (Đoàn xã Hoằng Quỳ), Chi đoàn thôn 2 (Đoàn xã Hoằng Quỳ): Thêm kinh phí.\n"
        "- Đối với cấp cơ sở: 1 đề xuất, kiến nghị; chưa trả lời.\n"
        "- Chi đoàn thôn 3 (Đoàn xã Hoằng Quỳ): Thêm tài liệu"
    ) in sentences(conn, ids["huyen"])["requests"]
