"""On one machine APScheduler ticks the jobs. It keeps no state: what is due is asked of the rows."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from scheduler import (
    broadcasts,
    check_ins,
    errands,
    escalations,
    essay_texts,
    files,
    make_ups,
    meetings,
    mending,
    mergers,
    proposals,
    reminders,
    upkeep,
)
from scheduler.job import Desk, Job

JOBS: Sequence[Job] = [
    files.job,
    *errands.jobs,
    broadcasts.job,
    reminders.job,
    escalations.job,
    mergers.job,
    mending.job,
    meetings.job,
    make_ups.job,
    essay_texts.job,
    check_ins.job,
    proposals.job,
    *upkeep.jobs,
]

FIRST_WITHIN = timedelta(minutes=2)

log = structlog.get_logger()


def start(desk: Desk) -> AsyncIOScheduler:
    scheduler = AsyncIOScheduler(
        timezone=desk.world.zone,
        job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
    )
    for job in JOBS:
        scheduler.add_job(
            _logged,
            IntervalTrigger(seconds=job.every.total_seconds()),
            [job, desk],
            id=job.name,
            # A process that is restarted every day must prune all the same.
            next_run_time=datetime.now(UTC) + min(job.every, FIRST_WITHIN),
        )
    scheduler.start()
    return scheduler


async def _logged(job: Job, desk: Desk) -> None:
    try:
        counts = await job.run(desk)
    except Exception as error:
        # The next tick finds the same rows.
        log.error("job failed", job=job.name, error=repr(error))
        return
    if any(counts.values()):
        log.info("job done", job=job.name, **counts)
