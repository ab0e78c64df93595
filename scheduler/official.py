"""Makes the Word file of the official report."""

from bot.engine.replies import Reply
from bot.texts import official as texts
from scheduler.job import Desk
from storage.errands import Errand
from storage.made_files import new_file
from storage.units import Unit
from storage.whole_files import written_whole


def make(desk: Desk, errand: Errand, unit: Unit) -> Reply:
    """`errand.args` beside the unit: `number`, `title` and `name` of whoever signs, `changed` parts."""
    # Heavy to import, and rarely needed.
    from reports.official.letterhead import Signatory
    from reports.official.report import Wishes, content_of, file_name, write_report

    world, now, args = desk.world, desk.clock.now(), errand.args
    wishes = Wishes(args["number"], Signatory(args["title"], args["name"]), args["changed"])
    relative, path = new_file(world.data_dir, ".docx")
    with written_whole(path) as temporary, desk.database.reading() as conn:
        content = content_of(conn, world.plan, world.zone, now, unit)
        write_report(conn, content, world.office, wishes, temporary)
    return Reply(
        texts.caption(unit.name, now, world.zone),
        document=relative,
        document_name=file_name(unit.name, now, world.zone),
    )
