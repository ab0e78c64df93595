"""What the official report is made of, read once, by the same functions as /tiendo and /duyet."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.texts.official_sections import EXAMPLES_SHOWN, named_with
from rules.contradictions import Kind, findings
from rules.duties import main_duty, noun
from rules.names import fold
from rules.plan import Duty, DutyKind, Plan
from storage import (
    activities,
    documents,
    make_ups,
    media,
    missing,
    progress,
    relays,
    report_facts,
    review_facts,
    reviews,
    speaker_quality,
    trainings,
    units,
)
from storage.activities import Activity
from storage.documents import Listed
from storage.figures import Figures, Overall, Progress
from storage.make_ups import Left
from storage.media import UnitItems
from storage.missing import MissingUnit
from storage.progress import Scope
from storage.relays import Counts
from storage.report_facts import Proposal, Sessions
from storage.reviews import Standing
from storage.speaker_quality import Quality
from storage.trainings import Training
from storage.units import Unit

# Found in reports that have come, and worth telling the level above; a hall is told by its host.
_TOLD = (
    Kind.OVER_ROSTER,
    Kind.HALL_DIFFERS,
    Kind.CADRES_BELOW,
    Kind.SPEAKER_ELSEWHERE,
    Kind.SPEAKER_OUTSIDE,
    Kind.PHOTO_BEFORE,
)
_LOOKED_AT = 50  # activities, for a few that are unlike each other
_CHUNK = 5000  # reports looked into at once


@dataclass(frozen=True)
class Content:
    """`main` None: nothing is reported under this plan. `doubts`: units by what does not fit."""

    plan: Plan
    scope: Scope
    now: datetime
    parent: Unit | None
    main: Duty | None
    noun: str | None  # what a unit that owes the main report is called
    overall: Overall
    parts: Progress
    below: Sequence[tuple[Unit, Figures]]
    others: Sequence[tuple[Duty, str, Figures]]
    sessions: Mapping[str, Sessions]
    own_sessions: int
    materials: int
    missing: Sequence[MissingUnit]
    doubts: Mapping[Kind, Sequence[str]]
    proposals: Sequence[Proposal]
    media: Sequence[UnitItems]
    activities: activities.Counts
    examples: Sequence[Activity]
    documents: Sequence[Listed]  # of those whose number the plan has asked for
    sent: Mapping[str, Counts]  # by duty
    make_ups: Left  # cadres who have not attended
    quality: Quality
    quality_by_level: Mapping[str, Quality]
    trainings: Sequence[Training]

    @property
    def unit(self) -> Unit:
        return self.scope.top

    def level_name(self, code: str) -> str:
        return next((level.name for level in self.plan.levels if level.code == code), code)


def gather(conn: Connection, scope: Scope, now: datetime, *, with_doubts: bool) -> Content:
    """`with_doubts`: every report is looked into, which takes a second or two for 10,000 of them."""
    plan, top = scope.plan, scope.top
    main = main_duty(plan)
    overall, parts = progress.overall(conn, scope)
    speakers = speaker_quality.look(conn, plan.code, top.path)
    return Content(
        plan=plan,
        scope=scope,
        now=now,
        parent=units.parent(conn, top),
        main=main,
        noun=noun(plan, main.levels) if main is not None else None,
        overall=overall,
        parts=parts,
        below=progress.below(conn, scope, parts),
        others=[one for one in progress.others(conn, scope) if not _is_this_report(top, *one)],
        sessions=report_facts.sessions_by_level(conn, plan.code, top.path),
        own_sessions=report_facts.own_sessions(conn, plan.code, top.path),
        materials=report_facts.materials_offered(conn, plan.code, top.path),
        missing=missing.unreported(conn, plan, main, top.path, scope.today) if main is not None else (),
        doubts=_doubts(conn, scope) if with_doubts else {},
        proposals=report_facts.proposals(conn, plan, top),
        media=media.by_unit(conn, plan, top.path, scope.today) if plan.media else (),
        activities=_activities(conn, scope),
        examples=_examples(conn, scope),
        documents=documents.sent_within(
            conn, plan.code, top.path, [one.code for one in plan.duties if one.numbered]
        ),
        sent=relays.counts(conn, plan.code, top.path),
        make_ups=make_ups.left_below(conn, plan, top.path, scope.today),
        quality=speaker_quality.summed(speakers),
        quality_by_level={level.code: speaker_quality.summed(speakers, level.code) for level in plan.levels},
        trainings=trainings.within(conn, plan.code, top.path),
    )


def _is_this_report(top: Unit, duty: Duty, level: str, _figures: Figures) -> bool:
    """What a unit is writing is not missing in it."""
    return duty.kind is DutyKind.DOCUMENT and duty.report_before is not None and level == top.duty_level


def _activities(conn: Connection, scope: Scope) -> activities.Counts:
    below = activities.by_child(conn, scope.plan, scope.top, scope.today)
    return activities.own(conn, scope.plan, scope.top.id) + activities.total(below.values())


def _examples(conn: Connection, scope: Scope) -> list[Activity]:
    """The last recorded, of different units and names."""
    found: list[Activity] = []
    for one in activities.newest(conn, scope.plan.code, scope.top.path, below=True, most=_LOOKED_AT):
        if all(one.unit_id != other.unit_id and fold(one.title) != fold(other.title) for other in found):
            found.append(one)
    return found[:EXAMPLES_SHOWN]


def _doubts(conn: Connection, scope: Scope) -> dict[Kind, list[str]]:
    """Units in whose reports something does not fit, each once, as /duyet would show it."""
    plan = scope.plan
    kinds = {duty.code: duty.kind for duty in plan.duties}
    looked_into = [code for code, kind in kinds.items() if kind in (DutyKind.PARTICIPATION, DutyKind.SESSION)]
    found: dict[Kind, dict[int, Standing]] = defaultdict(dict)
    standing = reviews.within(conn, plan.code, scope.top.path, looked_into)
    for start in range(0, len(standing), _CHUNK):
        chunk = standing[start : start + _CHUNK]
        facts = review_facts.gather(conn, plan, chunk, scope.today)
        for one in chunk:
            hosted = kinds[one.duty] is DutyKind.SESSION
            for each in findings(
                facts[one.id], plan.code, cadre_target=plan.cadre_target_percent, sampled_share=0
            ):
                if each.kind in _TOLD and (hosted or each.kind is not Kind.HALL_DIFFERS):
                    found[each.kind].setdefault(one.unit_id, one)
    return {kind: _named(conn, scope, list(found[kind].values())) for kind in _TOLD if kind in found}


def _named(conn: Connection, scope: Scope, these: Sequence[Standing]) -> list[str]:
    """With the unit above, where that is not the reader's own."""
    above = {one.parent_id for one in these if one.parent_id is not None} - {scope.top.id}
    names = units.names(conn, above)
    return [named_with(one.unit_name, names.get(one.parent_id or 0)) for one in these]
