"""The chart of progress that follows /tiendo as a picture."""

from collections.abc import Sequence

from bot.engine.replies import Reply
from bot.texts import progress as texts
from reports import bars
from reports.bars import Bar, Kind
from rules.deadlines import local_date
from rules.duties import main_duty, noun
from rules.plan import Duty
from scheduler.job import Desk
from storage import progress
from storage.errands import Errand
from storage.figures import Figures
from storage.made_files import new_file
from storage.progress import Scope
from storage.units import Unit

KIND = "chart"
NAMED = 5  # in the caption: where most is missing


def make(desk: Desk, _errand: Errand, unit: Unit) -> Reply:
    from reports import chart  # with a library that is large, and most of the time nobody draws

    plan, zone, now = desk.world.plan, desk.world.zone, desk.clock.now()
    today = local_date(now, zone)
    main = main_duty(plan)
    assert main is not None  # no chart is offered without
    with desk.database.reading() as conn:
        scope = Scope(plan, unit, today, zone)
        parts = progress.of_duty(conn, scope, main)
        owing = [(one, figures) for one, figures in progress.below(conn, scope, parts) if figures.due]
    called = noun(plan, main.levels) or texts.ANY_UNIT
    drawn = bars.shown([_bar(main, one, figures) for one, figures in owing], texts.REST_OF_CHART)
    words = bars.Words(
        unit.name,
        texts.chart_headline(called, parts.total),
        texts.chart_subtitle(main, now, zone),
        {
            Kind.DONE: texts.chart_done(main),
            Kind.LATE: texts.CHART_LATE if main.has_report_deadline else "",
            Kind.MISSING: texts.CHART_MISSING,
        },
        texts.chart_footer(called, alone=all(bar.alone for bar in drawn)),
    )
    picture, path = new_file(desk.world.data_dir, ".png")
    chart.draw(words, drawn, path)
    caption = texts.chart_caption(
        texts.heading(unit.name, now, zone), main, called, parts.total, _most_missing(owing)
    )
    return Reply(caption, picture=picture)


def _bar(main: Duty, unit: Unit, figures: Figures) -> Bar:
    counts = {
        Kind.DONE: figures.received - figures.late,
        Kind.LATE: figures.late,
        Kind.MISSING: figures.missing,
    }
    if progress.reports_alone(main, unit, figures):
        return Bar(unit.name, counts, texts.attendance(figures), alone=True)
    return Bar(unit.name, counts, bars.note(counts))


def _most_missing(owing: Sequence[tuple[Unit, Figures]]) -> list[tuple[str, int]]:
    """Of units that lead others: a branch that has not reported is one among the missing, no place to look at."""
    behind = [(unit.name, figures.missing) for unit, figures in owing if figures.missing and figures.due > 1]
    return sorted(behind, key=lambda one: -one[1])[:NAMED]
