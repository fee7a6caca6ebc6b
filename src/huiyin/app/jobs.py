"""Housekeeping of the queue: finished jobs are forgotten, jobs of a worker that died are done again."""

from __future__ import annotations

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

KEEP_HOURS = 7 * 24


# Cron runs in UTC: 19:20 is 3:20 in China, when the queue is quiet.
@app.periodic(cron="20 19 * * *")
@app.task(name="forget-finished-jobs", queueing_lock="forget-finished-jobs", pass_context=True)
async def forget_finished_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """Done and failed jobs older than a week leave the queue; what they did stands in the journal."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEEP_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


@app.periodic(cron="* * * * *")
@app.task(
    name="take-up-stalled-jobs",
    queueing_lock="take-up-stalled-jobs",
    pass_context=True,
    retry=RetryStrategy(max_attempts=3),
)
async def take_up_stalled_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001  Procrastinate passes it
    """A worker that gives no sign of life for half a minute has died: its jobs go back into the queue."""
    for job in await context.app.job_manager.get_stalled_jobs():
        await context.app.job_manager.retry_job(job)
