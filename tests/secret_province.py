"""A random small province in which every name gives away whose it is: "Đơn vị <BÍ-MẬT-107>".

Whatever is shown to anybody can then be traced back to the unit that it is about; and a name that was put
into a message without being escaped is seen at once.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Connection, insert

from rules.links import read_link
from rules.names import fold
from rules.numbered import Numbered
from rules.rating import Standing, Verdict
from rules.reviewing import Field
from storage import (
    activities,
    check_ins,
    essay_reviews,
    essay_texts,
    essays,
    materials,
    media,
    meeting_guests,
    meetings,
    proposals,
    rating,
    relays,
    reviews,
    speaker_quality,
    speakers,
    submitting,
    trainings,
    units,
    uploads,
)
from storage.database import new_id
from storage.essay_files import Found
from storage.figures import Figures, Halls, Overall
from storage.media import Content
from storage.meetings import Planned
from storage.models import (
    EssayState,
    EssayVerdict,
    Grade,
    HalfDay,
    ProposalStep,
    broadcast,
    meeting_guest,
    person,
    planned_day,
    position,
    review,
    unit,
)
from storage.plans import load_plan
from storage.rating import Rated
from storage.relays import Relay
from storage.reports import Absent, Held, Line, Sender, Speaker
from storage.reviews import Reviewer
from tests import roster
from tests.rules.plans import plan_66

TODAY = date(2018, 11, 14)
PLAN = "ke-hoach-66"
ACTING = ("secretary", "deputy", "committee_member", "officer")
LEVELS = ("province", "district", "grassroots", "branch")
SECRET = re.compile(r"BÍ-MẬT-(\d+)(…?)")
PHONE = re.compile(r"(?:\+84|0)(9000\d{5})")

# How a position or a unit may stand to today: (first day, last day).
SPANS = {
    "always": (None, None),
    "until today": (date(2018, 1, 1), TODAY),
    "over": (None, TODAY - timedelta(days=1)),
    "not yet": (TODAY + timedelta(days=1), None),
}


@dataclass(frozen=True)
class Position:
    person: int  # its place in `people`, from 0
    unit: int  # its place in `parents`, from 0
    role: str
    span: str


@dataclass(frozen=True)
class Shape:
    """`parents[n]` is where the parent of the n-th unit stands; `closed` are those that are no more."""

    parents: tuple[int | None, ...]
    levels: tuple[str, ...]
    closed: frozenset[int]
    positions: tuple[Position, ...]


@st.composite
def shapes(draw: st.DrawFn) -> Shape:
    """A province, some districts, some communes, some branches, one of which may stand under a district."""
    parents: list[int | None] = [None]
    levels = ["province"]
    for depth, most in ((1, 2), (2, 3), (3, 5)):
        above = [place for place, level in enumerate(levels) if level == LEVELS[depth - 1]]
        for _ in range(draw(st.integers(1, most))):
            parents.append(draw(st.sampled_from(above)))
            levels.append(LEVELS[depth])
    if draw(st.booleans()):
        parents.append(1)
        levels.append("branch")
    places = range(len(parents))
    closed = draw(
        st.sets(st.sampled_from([place for place in places if levels[place] == "branch"]), max_size=1)
    )
    one_each = [Position(place, place, "secretary", "always") for place in places]
    others = draw(
        st.lists(
            st.builds(
                Position,
                st.sampled_from(places) | st.just(len(parents)),
                st.sampled_from(places),
                st.sampled_from([*ACTING, "member"]),
                st.sampled_from(sorted(SPANS)),
            ),
            min_size=2,
            max_size=6,
        )
    )
    return Shape(tuple(parents), tuple(levels), frozenset(closed), (*one_each, *others))


@dataclass
class SecretProvince:
    """Ids are the database's; a secret is the number in a name."""

    shape: Shape
    units: list[int] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    of_unit: dict[int, int] = field(default_factory=dict)  # secret of a unit's own name -> unit
    of_person: dict[int, int] = field(default_factory=dict)  # secret of a person's name -> person
    written: dict[int, int] = field(default_factory=dict)  # secret of something reported -> unit
    spread: dict[int, int] = field(default_factory=dict)  # of what is for the whole subtree -> unit
    sessions: dict[int, int] = field(default_factory=dict)  # of a recorded session -> its host
    typed: dict[int, int] = field(default_factory=dict)  # of an essay's author -> who handed it in
    phones: dict[str, int] = field(default_factory=dict)  # last digits -> person

    # -- what the tree says, by walking parents

    def chain(self, unit_id: int) -> list[int]:
        """The unit, its parent, that one's, to the top."""
        place: int | None = self.units.index(unit_id)
        found = []
        while place is not None:
            found.append(self.units[place])
            place = self.shape.parents[place]
        return found

    def parent(self, unit_id: int) -> int | None:
        return next(iter(self.chain(unit_id)[1:]), None)

    def posts(self, person_id: int, *, ever: bool = False) -> list[tuple[int, str]]:
        """(unit, role) held today, or at any time."""
        return [
            (self.units[one.unit], one.role)
            for one in self.shape.positions
            if self.people[one.person] == person_id
            and (ever or (one.span in ("always", "until today") and one.unit not in self.shape.closed))
        ]

    def acts_for(self, person_id: int) -> set[int]:
        return {unit_id for unit_id, role in self.posts(person_id) if role in ACTING}

    def subtree(self, person_id: int) -> set[int]:
        """The units that the person acts for and everything below them."""
        acts = self.acts_for(person_id)
        return {unit_id for unit_id in self.units if acts & set(self.chain(unit_id))}

    def may_write(self, person_id: int) -> set[int]:
        """Their subtree, and the unit of a plain member, for the own essay."""
        return self.subtree(person_id) | {unit_id for unit_id, _role in self.posts(person_id)}

    def people_of(self, units: set[int], besides: int | None) -> set[int]:
        """Who holds or held something in one of the units, and this person."""
        held = {
            one
            for one in self.people
            if any(unit_id in units for unit_id, _role in self.posts(one, ever=True))
        }
        return held | ({besides} if besides is not None else set())

    def may_read(self, reader: int | None) -> "Readable":
        """None: a stranger, who learns nothing."""
        if reader is None:
            return Readable(set(), set())
        own = {unit_id for unit_id, _role in self.posts(reader)}
        above = {unit_id for one in own for unit_id in self.chain(one)}
        hosts = {parent for one in self.acts_for(reader) if (parent := self.parent(one)) is not None}
        subtree = self.subtree(reader)
        people = self.people_of(subtree | hosts, reader)
        secrets = {secret for secret, unit_id in self.of_unit.items() if unit_id in subtree | above}
        secrets |= {secret for secret, one in self.of_person.items() if one in people}
        secrets |= {secret for secret, unit_id in self.written.items() if unit_id in subtree}
        secrets |= {secret for secret, one in self.typed.items() if one == reader}
        secrets |= {secret for secret, unit_id in self.spread.items() if unit_id in subtree | above}
        secrets |= {secret for secret, unit_id in self.sessions.items() if unit_id in subtree | hosts}
        reachable = self.people_of(subtree, reader)
        return Readable(secrets, {phone for phone, one in self.phones.items() if one in reachable})


@dataclass(frozen=True)
class Readable:
    secrets: set[int]
    phones: set[str]

    def betrayed_in(self, shown: str) -> Iterator[str]:
        """What stands in it that this reader must never see."""
        yield from (found[0] for found in SECRET.finditer(shown) if not self._may_be_read(found[1], found[2]))
        digits = shown.replace(" ", "").replace(".", "")
        yield from (found[0] for found in PHONE.finditer(digits) if found[1] not in self.phones)

    def _may_be_read(self, number: str, cut: str) -> bool:
        """`cut`: the text was shortened within the number."""
        if not cut:
            return int(number) in self.secrets
        return any(str(secret).startswith(number) for secret in self.secrets)


def build(conn: Connection, shape: Shape, now: datetime) -> SecretProvince:
    """Everybody is linked, chat = 1000 + person id; every open unit has reported, and more."""
    made = SecretProvince(shape)
    for place, level in enumerate(shape.levels):
        _add_unit(conn, made, place, level)
    for place in range(max(one.person for one in shape.positions) + 1):
        name = f"Người <BÍ-MẬT-{301 + place}>"
        phone = f"9000{10301 + place}"
        values = {"full_name": name, "name_folded": fold(name), "phone": f"+84{phone}", "created_at": now}
        made.people.append(new_id(conn.execute(insert(person).values(values))))
        made.of_person[301 + place] = made.phones[phone] = made.people[-1]
        roster.link(conn, 1000 + made.people[-1], made.people[-1], now)
    for one in shape.positions:
        first, last = SPANS[one.span]
        values = {"person_id": made.people[one.person], "unit_id": made.units[one.unit], "role": one.role}
        again = position.select().where(*(position.c[name] == value for name, value in values.items()))
        if conn.execute(again).first() is None:
            conn.execute(insert(position).values(valid_from=first, valid_to=last, **values))
    for place in range(len(shape.parents)):
        _report(conn, made, place, now)
        _check_in(conn, made, place, now)
    for place, level in enumerate(shape.levels):
        if level in ("district", "grassroots"):
            _add_relay(conn, made, place, level, now)
        _act(conn, made, place, now)
    _plan_meetings(conn, made, now)
    for place in range(1, len(shape.parents)):
        _contest(conn, made, place, now)
    _pass_proposals_on(conn, made, now)
    return made


def _pass_proposals_on(conn: Connection, made: SecretProvince, now: datetime) -> None:
    """Every second goes one level up, and what the unit says that passes it is its own."""
    plan = load_plan(PLAN)
    for one in proposals.below(conn, plan, [f"/{made.units[0]}/"])[::2]:
        if one.higher is not None:
            number = 8001 + len(made.written)
            made.written[number] = one.owner.id
            place = made.units.index(one.owner.id)
            holder = next(made.people[held.person] for held in made.shape.positions if held.unit == place)
            sender = Sender(holder, made.people.index(holder) + 1, now)
            opinion = f"<BÍ-MẬT-{number}>"
            proposals.pass_on(conn, one, ProposalStep.UP, one.higher, opinion, sender)


def _add_unit(conn: Connection, made: SecretProvince, place: int, level: str) -> None:
    name = f"Đơn vị <BÍ-MẬT-{101 + place}>"
    parent = made.shape.parents[place]
    under_district = level == "branch" and parent is not None and made.shape.levels[parent] == "district"
    unit_id = new_id(
        conn.execute(
            insert(unit).values(
                code=f"U{place}",
                name=name,
                name_folded=fold(name),
                level=level,
                duty_level="grassroots" if under_district else level,
                parent_id=made.units[parent] if parent is not None else None,
                path="",
                cadres=1,
                members=20,
                valid_to=TODAY - timedelta(days=1) if place in made.shape.closed else None,
            )
        )
    )
    made.units.append(unit_id)
    made.of_unit[101 + place] = unit_id
    path = "/".join(str(one) for one in reversed(made.chain(unit_id)))
    conn.execute(unit.update().where(unit.c.id == unit_id).values(path=f"/{path}/"))


def _report(conn: Connection, made: SecretProvince, place: int, now: datetime) -> None:
    """What a unit may have on record: each piece with a secret of its own."""
    unit_id, level = made.units[place], made.shape.levels[place]
    holder = next(made.people[one.person] for one in made.shape.positions if one.unit == place)
    account = made.people.index(holder) + 1
    sender = Sender(holder, account, now)

    def secret(kind: dict[int, int]) -> str:
        number = 1001 + len(made.written) + len(made.spread) + len(made.sessions)
        kind[number] = unit_id
        return f"<BÍ-MẬT-{number}>"

    if level == "branch":
        line = Line(
            TODAY, 10, 20, cadres=0, cadres_expected=1, proposal=secret(made.written),
            absent=(Absent(f"Vắng {secret(made.written)}", None, secret(made.written)),),
        )  # fmt: skip
        receipt = submitting.submit_participation(conn, PLAN, "participation", unit_id, [line], sender)
        conn.execute(
            insert(review).values(
                report_id=receipt.report_id,
                revision=1,
                verdict="returned",
                field="members",
                note=secret(made.written),
                at=now,
            )
        )
    else:
        held = Held(
            level,
            TODAY,
            place=secret(made.sessions),
            hall_count=9,
            speakers=(Speaker(secret(made.sessions)),),
        )
        submitting.submit_session(conn, PLAN, "session", unit_id, 0, held, sender)
        _speakers(conn, made, place, secret, sender)
        materials.add(
            conn,
            plan=PLAN,
            unit_id=unit_id,
            title=secret(made.spread),
            levels=[],
            files=[_file(conn, account, secret(made.spread), now)],
            replaces=None,
            sender=sender,
        )
        item = Content("press", secret(made.written), TODAY, read_link(f"https://a.vn/{unit_id}"))
        media.report(conn, PLAN, unit_id, item, [_file(conn, account, secret(made.written), now)], sender)
        content: dict[str, Any] = {"text": secret(made.spread)}
        conn.execute(
            insert(broadcast).values(
                plan=PLAN,
                unit_id=unit_id,
                by_person_id=holder,
                by_account_id=account,
                audience={},
                content=content,
                state="done",
                send_at=now,
                created_at=now,
            )
        )
    if place % 2:
        author = secret(made.written)
        made.typed[max(made.written)] = holder
        essay_id = essays.hand_in(
            conn,
            plan=PLAN,
            unit_id=unit_id,
            person_id=None,
            author=f"Người viết {author}",
            route="superior",
            uploads=[],
            by_person_id=holder,
            by_account_id=account,
            arrived=now,
        )
        essays.settle(conn, essay_id, EssayState.STORED, now)
        essay_texts.begin(conn, essay_id, now)
        essay_texts.keep(
            conn, essay_id, Found(f"Bài viết chép của nhau, của {'rất nhiều người ' * 9}"), (), now
        )
        if place % 4 == 3:
            essay_reviews.judge(
                conn, essay_id, unit_id, EssayVerdict.PASSED, None, sender, secret(made.written)
            )
        conn.execute(insert(planned_day).values(plan=PLAN, duty="summary", unit_id=unit_id, recorded_at=now))


def _add_relay(conn: Connection, made: SecretProvince, place: int, level: str, now: datetime) -> None:
    """What it sent upward as a sum of the units below: a district's waits, a commune's was returned."""
    unit_id = made.units[place]
    holder = next(made.people[one.person] for one in made.shape.positions if one.unit == place)
    sender = Sender(holder, made.people.index(holder) + 1, now)
    names = []
    for _ in range(4):
        number = 1001 + len(made.written) + len(made.spread) + len(made.sessions)
        made.written[number] = unit_id
        names.append(f"<BÍ-MẬT-{number}>")
    relay = Relay(
        overall=Overall(Figures(due=1), Halls(), None),
        at=now,
        recorded={Field.RESULTS: (names[0],)},
        missing={"participation": relays.units_named([names[1]])},
        words={Field.PROPOSALS: names[2]},
        explained={Field.RATE: names[3]},
    )
    duty = "quick_report" if level == "district" else "summary"
    done = submitting.submit_relay(conn, PLAN, duty, unit_id, 0, relay.as_json(), sender)
    if level == "grassroots":
        above = made.parent(unit_id)
        by = next(made.people[one.person] for one in made.shape.positions if made.units[one.unit] == above)
        reviews.send_back(
            conn, done.report_id, 1, Field.SPEAKER, names[3], Reviewer(by, sender.account_id, now)
        )


def _act(conn: Connection, made: SecretProvince, place: int, now: datetime) -> None:
    """An activity, and a document with its number, each with a secret of its own."""
    unit_id, level = made.units[place], made.shape.levels[place]
    if level == "province":
        return
    holder = next(made.people[one.person] for one in made.shape.positions if one.unit == place)
    account = made.people.index(holder) + 1
    sender = Sender(holder, account, now)
    secrets = [1001 + len(made.written) + len(made.spread) + len(made.sessions) + more for more in range(3)]
    made.written |= dict.fromkeys(secrets, unit_id)
    title, where, number = (f"<BÍ-MẬT-{one}>" for one in secrets)
    activity = activities.Content(title, TODAY, None, where)
    activities.record(conn, PLAN, unit_id, activity, [_file(conn, account, title, now)], sender)
    if level != "branch":
        numbered = Numbered(number, TODAY)
        submitting.submit_document(conn, PLAN, "implementation_plan", unit_id, [], sender, numbered)


def _check_in(conn: Connection, made: SecretProvince, place: int, now: datetime) -> None:
    """An open hall of every host, at a secret place, and one of its own people in it."""
    unit_id, level = made.units[place], made.shape.levels[place]
    if level == "branch" or place in made.shape.closed:
        return
    holder = next(made.people[one.person] for one in made.shape.positions if one.unit == place)
    by = Sender(holder, made.people.index(holder) + 1, now)
    number = 2001 + place
    made.sessions[number] = unit_id
    what = Planned(day=TODAY, half=HalfDay.EVENING, place=f"Hội trường <BÍ-MẬT-{number}>")
    hall = check_ins.hall(conn, meetings.create(conn, PLAN, unit_id, level, what, by), PLAN)
    assert hall is not None
    check_ins.open_hall(conn, hall, now + timedelta(hours=3), by)
    check_ins.add(conn, hall, unit_id, by, convened=True)


def _contest(conn: Connection, made: SecretProvince, place: int, now: datetime) -> None:
    """What each unit says of its rating; every other one was answered by the unit above it."""
    unit_id = made.units[place]
    by, above = (
        next(made.people[one.person] for one in made.shape.positions if one.unit == where)
        for where in (place, made.shape.parents[place])
    )

    def secret() -> str:
        number = 7001 + len([one for one in made.written if one > 7000])
        made.written[number] = unit_id
        return f"<BÍ-MẬT-{number}>"

    stands = Rated(unit_id, "", "", {"essays": Standing.NOT_MET})
    sender = Sender(by, made.people.index(by) + 1, now)
    contest_id = rating.contest(conn, PLAN, stands, "essays", secret(), sender)
    contest = rating.get(conn, plan_66(), contest_id or 0)
    if contest is not None and place % 2:
        desk = made.parent(unit_id) or unit_id
        answers = Sender(above, made.people.index(above) + 1, now)
        rating.decide(conn, contest, Verdict.KEPT, secret(), desk, answers)


def _speakers(
    conn: Connection,
    made: SecretProvince,
    place: int,
    secret: Callable[[dict[int, int]], str],
    sender: Sender,
) -> None:
    """A register of two, one of whom attended a training, and what the level above says of who spoke."""
    whose = units.get(conn, made.units[place])
    named = []
    for person_id in (None, sender.person_id):
        name = f"Báo {secret(made.sessions)}"
        added = speakers.register(conn, load_plan(PLAN), whose, name, person_id, secret(made.written), sender)
        assert added is not None
        named.append(added)
    if whose.parent_id is None:
        where, holder, topic = (secret(made.written) for _ in range(3))
        told = trainings.Content(TODAY, where, holder, topic, (named[0],), ((whose.id, 3),))
        trainings.submit(conn, PLAN, "speaker_training", whose.id, None, told, [], sender)
        return
    for spoke in speaker_quality.to_judge(conn, PLAN, whose.parent_id, judged=False)[:1]:
        note = secret(made.written)
        made.written[max(made.written)] = whose.parent_id  # for those who judge alone
        speaker_quality.judge(conn, spoke, Grade.WEAK, note, sender)


def _file(conn: Connection, account_id: int, name: str, now: datetime) -> int:
    return uploads.record(
        conn,
        account_id=account_id,
        conversation_id=None,
        remote_id=f"id {name}",
        unique_id=name,
        photo=False,
        name="tai-lieu.pdf",
        size=1000,
        arrived=now,
        wall=now,
    )


def _plan_meetings(conn: Connection, made: SecretProvince, now: datetime) -> None:
    """Every host has planned one: place and speaker are for its whole subtree, an excuse for the guest's unit
    and those above it.
    """
    for place, level in enumerate(made.shape.levels):
        if level == "branch":
            continue
        host = made.units[place]
        holder = next(made.people[one.person] for one in made.shape.positions if one.unit == place)
        number = 5001 + 10 * place
        made.spread[number] = made.spread[number + 1] = host
        what = Planned(
            TODAY + timedelta(days=1),
            HalfDay.MORNING,
            f"<BÍ-MẬT-{number}>",
            speaker_name=f"<BÍ-MẬT-{number + 1}>",
        )
        sender = Sender(holder, made.people.index(holder) + 1, now)
        meeting_id = meetings.create(conn, PLAN, host, level, what, sender)
        for guest, unit_place in {(one.person, one.unit) for one in made.shape.positions}:
            person_id, unit_id = made.people[guest], made.units[unit_place]
            excuse = number + 100 * (unit_place + 1)
            if host in made.chain(unit_id) and meeting_guests.get(conn, meeting_id, person_id) is None:
                made.written[excuse] = unit_id
                conn.execute(
                    insert(meeting_guest).values(
                        meeting_id=meeting_id,
                        person_id=person_id,
                        unit_id=unit_id,
                        told_edition=1,
                        answer="excused" if guest % 2 else None,
                        reason=f"<BÍ-MẬT-{excuse}>" if guest % 2 else None,
                    )
                )
