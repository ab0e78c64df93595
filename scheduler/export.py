"""Makes the Excel file of /xuat."""

from bot.engine.replies import Reply
from bot.texts import export as texts
from scheduler.job import Desk
from storage.errands import Errand
from storage.made_files import new_file
from storage.units import Unit
from storage.whole_files import written_whole


def make(desk: Desk, _errand: Errand, unit: Unit) -> Reply:
    """Of the unit and everything below it."""
    # Heavy to import, and rarely needed.
    from reports.export import file_name, write_export

    world, now = desk.world, desk.clock.now()
    relative, path = new_file(world.data_dir, ".xlsx")
    with written_whole(path) as temporary, desk.database.reading() as conn:
        write_export(conn, world.plan, world.zone, now, temporary, unit.path)
    return Reply(
        texts.caption(unit.name, texts.as_of(now, world.zone)),
        document=relative,
        document_name=file_name(unit.name, now, world.zone),
    )
