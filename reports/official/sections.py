"""The sections of the official report: what stands in each, drafted or as somebody changed it.

A part is what can be read and changed by itself. Its paragraphs are plain text.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.texts import official_form as form
from bot.texts import official_sections as texts
from bot.texts.make_ups import in_report
from bot.texts.progress import ANY_UNIT
from reports.official.content import Content
from rules.deadlines import remind_deadline
from rules.duties import has_duty, relays_in
from rules.plan import Duty, DutyKind, Plan
from storage import media, trainings
from storage.relays import Counts
from storage.report_facts import Proposal


class Part(StrEnum):
    DIRECTION = "direction"
    MEDIA = "media"
    SESSIONS = "sessions"
    SPEAKERS = "speakers"
    ESSAYS = "essays"
    ACTIVITIES = "activities"
    INSPECTION = "inspection"
    STRENGTHS = "strengths"
    LIMITS = "limits"
    REQUESTS = "requests"


@dataclass(frozen=True, slots=True)
class Drafted:
    """`section` is its heading, `title` the part's own with its number; empty: the section has no parts."""

    part: Part
    section: str
    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


def drafted(content: Content, changed: Mapping[str, str]) -> list[Drafted]:
    """In order. `changed`: by part, what somebody wrote instead."""
    found = []
    asked = parts_of(content.plan, content.unit.duty_level)
    for section, parts in _SECTIONS:
        present = [part for part in parts if part in asked]
        for number, part in enumerate(present, 1):
            own = changed.get(part)
            found.append(
                Drafted(
                    part,
                    texts.SECTIONS[section],
                    f"{number}. {_TITLES[part]}" if part in _TITLES else "",
                    tuple(_lines(own)) if own is not None else _listed(_DRAFT[part](content)),
                )
            )
    return found


def _listed(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """With dashes, where there are several."""
    told = tuple(paragraphs)
    return tuple(form.item(one) for one in told) if len(told) > 1 else told


def _lines(text: str) -> Iterator[str]:
    yield from (line.strip() for line in text.splitlines() if line.strip())


_SECTIONS = (
    ("direction", (Part.DIRECTION,)),
    ("results", (Part.MEDIA, Part.SESSIONS, Part.SPEAKERS, Part.ESSAYS, Part.ACTIVITIES, Part.INSPECTION)),
    ("assessment", (Part.STRENGTHS, Part.LIMITS)),
    ("requests", (Part.REQUESTS,)),
)
_TITLES = {
    Part.MEDIA: texts.MEDIA,
    Part.SESSIONS: texts.SESSIONS,
    Part.SPEAKERS: texts.SPEAKERS,
    Part.ESSAYS: texts.ESSAYS,
    Part.ACTIVITIES: texts.ACTIVITIES,
    Part.INSPECTION: texts.INSPECTION,
    Part.STRENGTHS: texts.STRENGTHS,
    Part.LIMITS: texts.LIMITS,
}


def parts_of(plan: Plan, level: str) -> list[Part]:
    """In order, of a report by a unit of this level; what the plan does not name has no part."""
    return [part for _section, parts in _SECTIONS for part in parts if _asked(plan, level, part)]


def _asked(plan: Plan, level: str, part: Part) -> bool:
    match part:
        case Part.MEDIA:
            return has_duty(plan, level, DutyKind.MEDIA)
        case Part.ESSAYS:
            return plan.essays is not None
        case Part.ACTIVITIES:
            return has_duty(plan, level, DutyKind.ACTIVITY)
        case Part.INSPECTION:
            return has_duty(plan, level, DutyKind.INSPECTION)
    return True


def _some(*told: str | None) -> Iterator[str]:
    yield from (one for one in told if one)


def _noun(content: Content) -> str:
    return content.noun or ANY_UNIT


def _as_of(content: Content) -> str:
    return form.as_of(content.now, content.scope.zone)


def _direction(content: Content) -> Iterator[str]:
    due: dict[str, int] = {level: figures.due for level, figures in content.parts.by_level().items()}
    for _duty, level, figures in content.others:
        due[level] = max(due.get(level, 0), figures.due)
    counts = [(level.name, due[level.code]) for level in content.plan.levels if due.get(level.code)]
    if counts:
        yield texts.extent(counts)
    for duty, level, figures in content.others:
        if duty.kind is DutyKind.DOCUMENT:
            yield texts.document(duty, content.level_name(level), figures, _still_open(content, duty, level))
            if duty.relay is not None and figures.received:
                yield texts.accepted_documents(duty, content.level_name(level), figures)
    for duty in relays_in(content.plan, content.unit.duty_level):
        if duty.kind is DutyKind.QUICK_REPORT:
            yield texts.quick_reports(duty, content.sent.get(duty.code, Counts()))


def _media(content: Content) -> Iterator[str]:
    whole = media.tally(content.media)
    kinds = [(one.name, media.of_kind(content.media, one).items) for one in content.plan.media]
    yield from _some(texts.media(whole, kinds), texts.media_asked(_media_asked(content)))


def _media_asked(content: Content) -> list[tuple[str, int]]:
    """Of the unit or of those below it."""
    codes = [level.code for level in content.plan.levels]
    here = codes[codes.index(content.unit.duty_level) :]
    named = [(one, max(one.least_of(level) for level in here)) for one in content.plan.media]
    return [(one.name, least) for one, least in named if least or not one.least]


def _sessions(content: Content) -> Iterator[str]:
    told = list(_session_lines(content))
    yield from told or [texts.NO_SESSIONS]


def _session_lines(content: Content) -> Iterator[str]:
    held = [one for one in content.others if one[0].kind is DutyKind.SESSION]
    if content.main is not None and content.main.kind is DutyKind.SESSION:
        held += [(content.main, *each) for each in content.parts.by_level().items()]
    for duty, level, figures in held:
        name = content.level_name(level)
        yield texts.session(duty, level, name, figures)
        if level in content.sessions:
            yield from _some(texts.convened(name, content.sessions[level]))
    yield from _main_lines(content)


def _main_lines(content: Content) -> Iterator[str]:
    figures, noun = content.overall.main, _noun(content)
    if content.main is None or not figures.due:
        return
    if not figures.received:
        yield texts.none_received(_as_of(content), noun, figures.due)
        return
    yield texts.received(_as_of(content), noun, figures)
    yield from _some(
        texts.times(noun, figures),
        texts.attendance(noun, figures),
        texts.accepted(noun, figures),
        texts.on_behalf(noun, figures),
        texts.own_sessions(content.own_sessions),
        texts.halls(content.overall.halls),
    )


def speakers(content: Content) -> list[str]:
    """Who is registered, who spoke, how the level above judged it."""
    named = [(level.name, content.sessions.get(level.code)) for level in content.plan.levels]
    levels = [(level.name, content.quality_by_level[level.code]) for level in content.plan.levels]
    spoke = (texts.speakers(name, one) for name, one in named if one is not None)
    return list(_some(texts.registered(levels, content.quality), *spoke, texts.quality(content.quality)))


def _speakers(content: Content) -> Iterator[str]:
    yield from speakers(content) or [texts.NO_SPEAKERS]
    if content.trainings or has_duty(content.plan, content.unit.duty_level, DutyKind.TRAINING):
        days, people = trainings.days_and_people(content.trainings)
        holders = dict.fromkeys(one.content.held_by for one in content.trainings if one.content.held_by)
        yield texts.trainings(days, list(holders), people)
    yield from materials(content)


def materials(content: Content) -> list[str]:
    named = [(level.name, content.sessions.get(level.code)) for level in content.plan.levels]
    told = (texts.materials(name, one) for name, one in named if one is not None)
    return list(_some(*told, texts.materials_offered(content.materials)))


def _essays(content: Content) -> Iterable[str]:
    told = texts.essays(content.overall.essays) if content.overall.essays is not None else []
    return told or [texts.NO_ESSAYS]


def _activities(content: Content) -> Iterator[str]:
    owing = {level for duty in content.plan.duties if duty.kind is DutyKind.ACTIVITY for level in duty.levels}
    level = content.level_name(owing.pop()) if len(owing) == 1 else None
    yield from texts.activities_held(content.activities, level)
    yield from _some(texts.activities_named(content.examples))


def _inspection(content: Content) -> Iterator[str]:
    yield from _some(texts.inspected(content.overall.inspected), texts.checklist(content.plan))


def _strengths(content: Content) -> Iterator[str]:
    figures = content.overall.main
    if not figures.received:
        yield texts.NO_REPORTS
        return
    complete = [one.name for one, counts in content.below if counts.due > 1 and not counts.missing]
    told = list(_some(texts.complete(_noun(content), complete), texts.on_time(figures), texts.came(figures)))
    yield from told or [texts.NO_STRENGTHS]


def _limits(content: Content) -> Iterator[str]:
    told = list(_limit_lines(content))
    yield from [*told, texts.NO_CAUSES] if told else [texts.NO_LIMITS]


def _limit_lines(content: Content) -> Iterator[str]:
    figures, noun = content.overall.main, _noun(content)
    if content.missing and len(content.missing) <= texts.MISSING_SHOWN:
        yield texts.missing_named(noun, content.missing)
    elif figures.missing:
        where = [(one.name, counts.missing) for one, counts in content.below if counts.missing]
        yield texts.missing_counted(noun, figures.missing, where)
    yield from _some(
        *(
            texts.other_missing(duty, content.level_name(level), counts)
            for duty, level, counts in content.others
            if _still_open(content, duty, level) is None
        ),
        texts.late(figures),
        in_report(content.make_ups),
        texts.not_accepted(noun, figures),
        *(texts.doubt(kind, names) for kind, names in content.doubts.items()),
    )


def _still_open(content: Content, duty: Duty, level: str) -> date | None:
    before = remind_deadline(duty, level)
    return before if before is not None and content.scope.today < before else None


def _requests(content: Content) -> Iterable[str]:
    return proposals(content, content.proposals) or [texts.NO_PROPOSALS]


def proposals(content: Content, some: Iterable[Proposal]) -> list[str]:
    """By the level that they concern."""
    told = list(some)
    by_level = [
        (level.name, [one for one in told if one.level == level.code]) for level in content.plan.levels
    ]
    return texts.proposals([(name, found) for name, found in by_level if found])


_DRAFT: Mapping[Part, Callable[[Content], Iterable[str]]] = {
    Part.DIRECTION: _direction,
    Part.MEDIA: _media,
    Part.SESSIONS: _sessions,
    Part.SPEAKERS: _speakers,
    Part.ESSAYS: _essays,
    Part.ACTIVITIES: _activities,
    Part.INSPECTION: _inspection,
    Part.STRENGTHS: _strengths,
    Part.LIMITS: _limits,
    Part.REQUESTS: _requests,
}
