"""What a report that sums up the units below is drafted from, and how it is shown; nothing is counted here."""

from bot.engine.turn import Turn
from bot.texts import official_sections as sentences
from bot.texts import relays as texts
from bot.texts.progress import ANY_UNIT
from handlers.progress import called, scope_of
from reports.official import sections
from reports.official.content import Content, gather
from rules.duties import main_duty, noun, relays_below
from rules.plan import Duty, DutyKind
from rules.reviewing import Field
from storage import missing, progress, relays, report_facts
from storage.relays import Relay
from storage.reviews import Standing
from storage.units import Unit


def drawn_up(turn: Turn, unit: Unit) -> Relay:
    """As of now, nothing in the officer's own words yet."""
    content = gather(turn.conn, scope_of(turn, unit), turn.now, with_doubts=True)
    return Relay(
        overall=content.overall,
        at=turn.now,
        recorded={
            Field.RESULTS: tuple(_results(turn, content)),
            Field.SPEAKER: tuple(sections.speakers(content)),
            Field.MATERIALS: tuple(sections.materials(content)),
            Field.PROPOSALS: tuple(_proposals(turn, content)),
        },
        missing={code: relays.units_named(names) for code, names in _missing(turn, content).items() if names},
        doubts={kind: relays.units_named(names) for kind, names in content.doubts.items()},
    )


def has_figures(turn: Turn, unit: Unit) -> bool:
    """Whether anything below the unit owes what progress is measured by."""
    main = main_duty(turn.plan)
    return main is not None and progress.of_duty(turn.conn, scope_of(turn, unit), main).total.due > 0


def _results(turn: Turn, content: Content) -> list[str]:
    units, people = report_facts.made_up(turn.conn, turn.plan.code, content.unit.path)
    return [
        *([texts.made_up(units, people)] if units else []),
        *(sentences.essays(content.overall.essays) if content.overall.essays is not None else []),
        *(
            sentences.document(duty, content.level_name(level), figures)
            for duty, level, figures in content.others
            if duty.kind is DutyKind.DOCUMENT and duty.relay is None and figures.received
        ),
    ]


def _proposals(turn: Turn, content: Content) -> list[str]:
    """Of units below that have summed up theirs, as they did; of the others, as they wrote them."""
    level = content.unit.duty_level
    codes = [one.code for one in relays_below(turn.plan, level)]
    summed = relays.below(turn.conn, turn.plan.code, content.unit.id, codes)
    own = [
        sentences.proposed(one.unit_name, text)
        for one in summed
        if (text := texts.part_text(one.relay, Field.PROPOSALS))
    ]
    covered = tuple(one.unit_path for one in summed)
    rest = [one for one in content.proposals if not one.path.startswith(covered)]
    return texts.that_fit([*own, *sections.proposals(content, rest)])


def _missing(turn: Turn, content: Content) -> dict[str, list[str]]:
    """By duty: who has not reported, and which units below have not summed up theirs."""
    unit, found = content.unit, {}
    if content.main is not None:
        found[content.main.code] = [sentences.named_with(one.name, one.above) for one in content.missing]
    for duty in relays_below(turn.plan, unit.duty_level):
        if duty.kind is DutyKind.DOCUMENT:
            late = missing.unreported(turn.conn, turn.plan, duty, unit.path, turn.today)
            found[duty.code] = [one.name for one in late]
    return found


# -- how it is shown


def figures(turn: Turn, unit: Unit, relay: Relay, *, compared: bool) -> str:
    """As /tiendo shows them, with their hour; `compared`: with what they have become."""
    main = main_duty(turn.plan)
    assert main is not None  # without one nothing is drafted
    now = progress.overall(turn.conn, scope_of(turn, unit))[0] if compared else None
    return texts.figures_of(unit.name, main, called(turn), relay, turn.world.zone, now)


def gaps(turn: Turn, relay: Relay) -> list[str]:
    return texts.gaps(relay, _duties(turn), _nouns(turn))


def all_gaps(turn: Turn, relay: Relay) -> str:
    return texts.all_gaps(relay, _duties(turn), _nouns(turn))


def figures_page(turn: Turn, duty: Duty, standing: Standing, relay: Relay, returned: str | None) -> str:
    """A sent one: its figures beside what they have become."""
    return texts.figures_page(
        texts.name(duty, standing.slot),
        standing,
        figures(turn, turn.unit(standing.unit_id), relay, compared=True),
        relay,
        gaps(turn, relay),
        zone=turn.world.zone,
        returned=returned,
    )


def _duties(turn: Turn) -> dict[str, Duty]:
    return {one.code: one for one in turn.plan.duties}


def _nouns(turn: Turn) -> dict[str, str]:
    return {one.code: noun(turn.plan, one.levels) or ANY_UNIT for one in turn.plan.duties}
