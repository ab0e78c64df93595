"""The queue, its verdicts, and what is gathered about many reports at once."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Connection, event, select, update

from rules.contradictions import Facts, Hall
from storage import review_facts, reviews, submitting, uploads
from storage.database import Database
from storage.models import audit, file, report, review, unit, upload
from storage.plans import load_plan
from storage.reports import Held, Line, Sender, Speaker
from storage.reviews import Reviewer
from tests import roster
from tests.people import at

PLAN = load_plan("ke-hoach-66")
NOW = at(14, 11)
TODAY = date(2018, 11, 14)
NOV_12 = date(2018, 11, 12)
DUTIES = ["participation", "session"]


class Desk:
    """A commune's queue, and shorthands to fill it."""

    def __init__(self, conn: Connection) -> None:
        self.conn = conn
        self.ids = roster.build(conn, NOW)
        roster.link(conn, 203, self.ids["Vũ Văn Xã"], NOW)
        self.by = Reviewer(self.ids["Vũ Văn Xã"], 1, NOW)

    def sender(self, minutes: int = 0, *, on_behalf: bool = False) -> Sender:
        return Sender(self.ids["Vũ Văn Xã"], 1, NOW + timedelta(minutes=minutes), on_behalf)

    def participation(
        self, key: str, members: int = 45, *, minutes: int = 0, session: int | None = None
    ) -> int:
        line = Line(NOV_12, members, 50, session, 50, 3, 3)
        sender = self.sender(minutes)
        done = submitting.submit_participation(
            self.conn, PLAN.code, "participation", self.ids[key], [line], sender
        )
        return done.report_id

    def session(
        self, key: str, *, hall: int | None = 120, place: str = "nhà văn hoá", speaker: Speaker | None = None
    ) -> tuple[int, int]:
        """(report, session)."""
        held = Held("grassroots", NOV_12, place, hall, speakers=(speaker,) if speaker else ())
        slot = submitting.next_slot(self.conn, PLAN.code, "session", self.ids[key])
        done, session = submitting.submit_session(
            self.conn, PLAN.code, "session", self.ids[key], slot, held, self.sender()
        )
        return done.report_id, session

    def photo(self, report_id: int, unique: str, file_id: int | None = None) -> None:
        made = uploads.record(
            self.conn, account_id=1, conversation_id=None, remote_id=f"id-{unique}", unique_id=unique,
            photo=True, name=None, size=1, arrived=NOW, wall=NOW,
        )  # fmt: skip
        if made is None:  # the same one again, in another conversation
            made = self.conn.execute(
                upload.insert().values(
                    account_id=1, remote_id=f"id-{unique}", remote_unique_id=unique, photo=True,
                    state="waiting", attempts=0, next_at=NOW, arrived_at=NOW,
                ).returning(upload.c.id)
            ).scalar_one()  # fmt: skip
        self.conn.execute(update(upload).where(upload.c.id == made).values(file_id=file_id))
        uploads.attach(self.conn, [made], "report", report_id)

    def waiting(self, key: str = "xa") -> list[reviews.Standing]:
        return reviews.waiting(self.conn, PLAN.code, [self.ids[key]], DUTIES)

    def facts(self, key: str = "xa") -> dict[int, Facts]:
        return review_facts.gather(self.conn, PLAN, self.waiting(key), TODAY)


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    with database.writing() as conn:
        yield Desk(conn)


def test_the_queue_is_of_what_stands_directly_below_oldest_first(desk: Desk) -> None:
    late, early = desk.participation("thon1", minutes=5), desk.participation("thon2")
    hosted, _ = desk.session("xa")
    assert [one.id for one in desk.waiting()] == [early, late]
    assert [one.id for one in desk.waiting("huyen")] == [hosted]
    assert desk.waiting("tinh") == []
    assert reviews.waiting(desk.conn, PLAN.code, [], DUTIES) == []
    first = desk.waiting()[0]
    assert (first.unit_name, first.members, first.revision, first.state) == ("Chi đoàn thôn 2", 50, 1, "sent")


def test_a_verdict_is_about_one_revision(desk: Desk) -> None:
    one, other = desk.participation("thon1"), desk.participation("thon2")
    desk.participation("thon1", 44, minutes=1)
    assert reviews.accept(desk.conn, [(one, 1), (other, 1), (999, 1)], desk.by) == [other]
    assert reviews.accept(desk.conn, [(other, 1)], desk.by) == []
    assert reviews.accept(desk.conn, [], desk.by) == []
    assert not reviews.send_back(desk.conn, one, 1, "members", None, desk.by)
    assert reviews.send_back(desk.conn, one, 2, "members", "xem lại", desk.by)
    assert not reviews.keep(desk.conn, one, 1, "members", desk.by)
    rows = desk.conn.execute(
        select(review.c.report_id, review.c.revision, review.c.verdict, review.c.note)
    ).all()
    assert [tuple(row) for row in rows] == [(other, 1, "accepted", None), (one, 2, "returned", "xem lại")]
    entries = desk.conn.execute(
        select(audit.c.action, audit.c.subject_id, audit.c.unit_id, audit.c.person_id, audit.c.facts)
        .where(audit.c.action.in_(("report_accepted", "report_returned", "report_kept")))
        .order_by(audit.c.id)
    )
    who, ids = desk.by.person_id, desk.ids
    assert [tuple(entry) for entry in entries] == [
        ("report_accepted", other, ids["thon2"], who, {"revision": 1}),
        ("report_returned", one, ids["thon1"], who, {"revision": 2, "field": "members"}),
    ]


def test_returned_kept_returned_again_and_corrected(desk: Desk) -> None:
    one = desk.participation("thon1")
    assert reviews.returned_of(desk.conn, PLAN.code, desk.ids["thon1"]) == []
    reviews.send_back(desk.conn, one, 1, "members", None, desk.by)
    assert reviews.with_the_units(desk.conn, PLAN.code, [desk.ids["xa"]], DUTIES) == 1
    assert reviews.keep(desk.conn, one, 1, "members", desk.by)
    assert reviews.returned_of(desk.conn, PLAN.code, desk.ids["thon1"]) == []
    assert desk.facts()[one].asked == ("members", True)
    reviews.send_back(desk.conn, one, 1, "cadres", None, desk.by)
    (found,) = reviews.returned_of(desk.conn, PLAN.code, desk.ids["thon1"])
    assert (found.report_id, found.revision, found.field) == (one, 1, "cadres")
    desk.participation("thon1", 44, minutes=1)
    assert desk.facts()[one].asked == ("cadres", False)
    assert reviews.seen_before(desk.conn, one, 2) == 1
    desk.participation("thon1", 43, minutes=2)
    assert reviews.seen_before(desk.conn, one, 3) == 1  # the last that somebody gave a verdict on
    assert reviews.content(desk.conn, one, 1)["lines"][0]["members"] == 45
    assert reviews.content(desk.conn, one, 9) == {}


def test_the_numbers_of_a_report_and_of_the_one_before(desk: Desk) -> None:
    one = desk.participation("thon1")
    assert desk.facts()[one] == Facts(one, members=(45, 50), roster=50, cadres=(3, 3))
    desk.participation("thon1", 20, minutes=1)
    desk.conn.execute(update(unit).where(unit.c.id == desk.ids["thon1"]).values(members=52))
    found = desk.facts()[one]
    assert (found.members, found.members_before, found.roster) == ((20, 50), 45, 52)


def test_the_hall_beside_the_branches(desk: Desk) -> None:
    hosted, session = desk.session("xa")
    ids = [desk.participation(f"thon{number}", session=session) for number in (1, 2, 3)]
    assert desk.facts()[ids[0]].halls == (Hall(120, 135, False),)
    desk.participation("thon4", 10)  # of no session that is known: reported, and not in the sum
    assert desk.facts()[ids[0]].halls == (Hall(120, 135, True),)
    assert desk.facts("huyen")[hosted].halls == (Hall(120, 135, True),)
    assert desk.facts("huyen")[hosted].hall == 120


def test_one_speaker_at_two_places_on_one_day(desk: Desk) -> None:
    known = Speaker("Vũ Văn Xã", desk.ids["Vũ Văn Xã"])
    one, _ = desk.session("xa", speaker=known)
    assert desk.facts("huyen")[one].speakers_elsewhere == ()
    same_place, _ = desk.session("xa", place="Nhà văn hoá ", speaker=known)
    assert desk.facts("huyen")[one].speakers_elsewhere == ()
    desk.session("thon1", place="đình làng", speaker=known)
    found = desk.facts("huyen")
    assert found[one].speakers_elsewhere == (("Vũ Văn Xã", "Chi đoàn thôn 1"),)
    assert found[same_place].speakers_elsewhere == (("Vũ Văn Xã", "Chi đoàn thôn 1"),)
    assert found[one].speakers_outside == ()


def test_the_same_name_is_the_same_speaker_only_under_one_unit(desk: Desk) -> None:
    named = Speaker("Nguyễn Văn An", None, outside_rule=True)
    desk.session("xa", speaker=named)
    one, _ = desk.session("thon1", place="đình làng", speaker=named)
    assert desk.facts()[one].speakers_elsewhere == ()
    assert desk.facts()[one].speakers_outside == ("Nguyễn Văn An",)
    other, _ = desk.session("thon2", place="sân kho", speaker=named)
    assert desk.facts()[other].speakers_elsewhere == (("Nguyễn Văn An", "Chi đoàn thôn 1"),)


def test_where_a_speaker_was_seen_is_not_said_to_who_does_not_see_there(desk: Desk) -> None:
    known = Speaker("Vũ Văn Xã", desk.ids["Vũ Văn Xã"])
    desk.session("xa", speaker=known)
    one, _ = desk.session("thon1", place="đình làng", speaker=known)
    assert desk.facts()[one].speakers_elsewhere == (("Vũ Văn Xã", "Đoàn xã Hoằng Quỳ"),)
    elsewhere, _ = desk.session("tinh", speaker=known)
    assert elsewhere
    other, _ = desk.session("thon2", place="sân kho", speaker=Speaker("Đỗ Thị Tỉnh", desk.ids["Đỗ Thị Tỉnh"]))
    desk.session("huyen", place="hội trường", speaker=Speaker("Đỗ Thị Tỉnh", desk.ids["Đỗ Thị Tỉnh"]))
    assert desk.facts()[other].speakers_elsewhere == (("Đỗ Thị Tỉnh", None),)


def test_a_photo_of_an_older_report(desk: Desk) -> None:
    one, other = desk.participation("thon1"), desk.participation("thon2")
    desk.photo(one, "p1")
    desk.photo(other, "p2")
    assert (desk.facts()[one].photos, desk.facts()[other].photos_before) == (1, ())
    desk.photo(other, "p1")
    desk.photo(other, "p1")
    found = desk.facts()
    assert (found[other].photos, found[other].photos_before) == (3, ((one, "Chi đoàn thôn 1"),))
    assert found[one].photos_before == ()  # it was the first


def test_the_same_content_is_the_same_photo(desk: Desk) -> None:
    stored = desk.conn.execute(
        file.insert()
        .values(sha256="a" * 64, size=1, media_type="image/jpeg", path="x", stored_at=NOW)
        .returning(file.c.id)
    ).scalar_one()
    one, other = desk.participation("thon1"), desk.participation("thon2")
    desk.photo(one, "p1", stored)
    desk.photo(other, "p2", stored)
    assert desk.facts()[other].photos_before == ((one, "Chi đoàn thôn 1"),)
    desk.conn.execute(update(upload).where(upload.c.remote_unique_id == "p1").values(state="dropped"))
    assert desk.facts()[other].photos_before == ()


def test_on_behalf(desk: Desk) -> None:
    line = Line(NOV_12, 45, 50)
    submitting.submit_participation(
        desk.conn, PLAN.code, "participation", desk.ids["thon1"], [line], desk.sender(on_behalf=True)
    )
    ((_, found),) = desk.facts().items()
    assert found.on_behalf


def test_many_reports_are_gathered_in_as_many_queries_as_one(desk: Desk) -> None:
    def queries() -> int:
        asked = []
        count = lambda *_args: asked.append(1)  # noqa: E731
        event.listen(desk.conn, "before_cursor_execute", count)
        desk.facts()
        event.remove(desk.conn, "before_cursor_execute", count)
        return len(asked)

    _, session = desk.session("xa")
    desk.photo(desk.participation("thon1", session=session), "p1")
    one = queries()
    for number in (2, 3, 4):
        desk.photo(desk.participation(f"thon{number}", session=session), f"p{number}")
    assert len(desk.waiting()) == 4
    assert queries() == one <= 12


def test_an_empty_queue_asks_nothing(desk: Desk) -> None:
    assert review_facts.gather(desk.conn, PLAN, [], TODAY) == {}
    assert reviews.one(desk.conn, 1) is None
    assert reviews.last(desk.conn, 1) is None


def test_states_follow_the_verdicts(desk: Desk) -> None:
    def state() -> str:
        return desk.conn.scalar(select(report.c.state)) or ""

    one = desk.participation("thon1")
    reviews.send_back(desk.conn, one, 1, "members", None, desk.by)
    assert state() == "returned"
    reviews.keep(desk.conn, one, 1, "members", desk.by)
    assert state() == "sent"
    reviews.accept(desk.conn, [(one, 1)], desk.by)
    assert state() == "accepted"
    assert not reviews.keep(desk.conn, one, 1, "members", desk.by)
    desk.participation("thon1", 44, minutes=1)
    assert state() == "sent"
    assert isinstance(reviews.waiting(desk.conn, PLAN.code, [desk.ids["xa"]], DUTIES)[0].arrived, datetime)
