"""Who spoke is found in the registers; sums over a subtree; how many attended a training."""

from datetime import date

import pytest
from sqlalchemy import Connection

from rules.names import name_key
from storage import speaker_quality, speakers, submitting, trainings, units
from storage.models import Grade
from storage.reports import Held, Sender, Speaker
from storage.speaker_quality import Quality
from tests.conftest import Province
from tests.dialogues.desk import add_commune

PLAN = "ke-hoach-66"


@pytest.fixture
def sender(province: Province) -> Sender:
    province.linked("Vũ Văn Xã", 1)
    return Sender(province.ids["Vũ Văn Xã"], 1, province.clock.now())


def held(conn: Connection, unit_id: int, level: str, sender: Sender, *names: Speaker, day: int = 12) -> None:
    said = Held(level, date(2018, 11, day), speakers=names)
    slot = submitting.next_slot(conn, PLAN, "session", unit_id)
    submitting.submit_session(conn, PLAN, "session", unit_id, slot, said, sender)


def test_sums_of_a_subtree(province: Province, sender: Sender) -> None:
    add_commune(province)
    ids, plan = province.ids, province.stage.world.plan
    huyen, xa = ids["Ngô Văn Huyện"], ids["Vũ Văn Xã"]
    with province.stage.database.writing() as conn:
        held(conn, ids["xa"], "grassroots", sender, Speaker("Ngô Văn Huyện", huyen), Speaker("Lê Hoà"))
        held(conn, ids["kim"], "grassroots", sender, Speaker("ngô văn huyện"), Speaker("Lê Hòa"), day=13)
        held(conn, ids["huyen"], "district", sender, Speaker("Ngô Văn Huyện", huyen))
        held(conn, ids["tinh"], "province", sender, Speaker("Thường Trực"))
        registered = [
            speakers.register(conn, plan, units.get(conn, ids[key]), name, person, None, sender)
            for key, name, person in (
                ("huyen", "Ngô Văn Huyện", huyen),
                ("xa", "Lê Hòa", None),
                ("xa", "Vũ Văn Xã", xa),
            )
        ]
        assert registered == [1, 2, 3]
        content = trainings.Content(date(2018, 11, 1), None, "Trung tâm", None, (1,))
        trainings.submit(conn, PLAN, "speaker_training", ids["tinh"], None, content, [], sender)
        for spoke, grade in zip(
            speaker_quality.to_judge(conn, PLAN, ids["huyen"], judged=False),
            (Grade.GOOD, Grade.FAIR, Grade.WEAK),
            strict=False,
        ):
            speaker_quality.judge(conn, spoke, grade, None, sender)
    with province.stage.reading() as conn:
        path = {key: units.get(conn, ids[key]).path for key in ("tinh", "huyen", "xa", "kim")}
        whole = Quality(
            spoken=6,
            to_judge=5,
            judged=3,
            good=1,
            fair=1,
            weak=1,
            trained=3,
            unregistered=2,  # the province's own, and Lê Hòa of another commune
            registered=3,
            registered_trained=1,
        )
        assert speaker_quality.tally(conn, PLAN, path["tinh"]) == whole
        levels = speaker_quality.by_level(conn, PLAN, path["tinh"])
        assert levels["district"] == Quality(1, 1, trained=1, registered=1, registered_trained=1)
        assert (levels["grassroots"].spoken, levels["grassroots"].registered) == (4, 2)
        # The district's speaker stands above the commune: known there, but not of its register.
        commune = speaker_quality.tally(conn, PLAN, path["xa"])
        assert commune == Quality(2, 2, 2, good=1, fair=1, trained=1, registered=2)
        assert speaker_quality.tally(conn, PLAN, path["kim"]).unregistered == 1


def test_another_person_of_the_same_name_is_not_meant(province: Province, sender: Sender) -> None:
    ids, plan = province.ids, province.stage.world.plan
    with province.stage.database.writing() as conn:
        held(conn, ids["xa"], "grassroots", sender, Speaker("Vũ Văn Xã", ids["Vũ Văn Xã"]))
        whose = units.get(conn, ids["huyen"])
        speakers.register(conn, plan, whose, "Vũ Văn Xã", ids["Phan Thị Huyền"], None, sender)
        assert speaker_quality.tally(conn, PLAN, "/").unregistered == 1


@pytest.mark.parametrize(
    ("named", "counted", "people"),
    [
        ([], [], None),
        (["/1/2/", "/1/2/5/"], [], 2),
        (["/1/2/", "/1/2/5/"], [("/1/2/", 10)], 10),
        (["/1/2/", "/1/2/5/"], [("/1/2/", 1)], 2),
        (["/1/2/", "/1/3/"], [("/1/2/", 10)], 11),
        (["/1/22/"], [("/1/2/", 10)], 11),
        ([], [("/1/2/", 10), ("/1/3/", 5)], 15),
    ],
)
def test_how_many_came(named: list[str], counted: list[tuple[str, int]], people: int | None) -> None:
    assert trainings.attended(named, counted) == people


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Trần Văn Hoà", "trần văn hòa", True),
        ("Lê  Thuý", "Lê Thúy", True),
        ("Lê Thu", "Lê Thù", False),
        ("Đỗ An", "Do An", False),
    ],
)
def test_one_name_however_it_is_typed(one: str, other: str, same: bool) -> None:
    assert (name_key(one) == name_key(other)) is same
