"""Makes the Excel file of /xuat."""

from bot.engine.replies import Reply
from bot.texts import export as texts
from scheduler.apart import run_apart
from scheduler.job import Desk
from storage.errands import Errand
from storage.made_files import new_file
from storage.units import Unit


def make(desk: Desk, _errand: Errand, unit: Unit) -> Reply:
    """Of the unit and everything below it."""
    # Heavy to import, and rarely needed.
    from reports.export import file_name, write_file

    world, now = desk.world, desk.clock.now()
    relative, path = new_file(world.data_dir, ".xlsx")
    run_apart(write_file, desk.database.url, world.plan, world.zone, now, path, unit.path)
    return Reply(
        texts.caption(unit.name, texts.as_of(now, world.zone)),
        document=relative,
        document_name=file_name(unit.name, now, world.zone),
    )
