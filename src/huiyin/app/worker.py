"""The process that runs the jobs, and carries events from the outbox to those who listen."""

from __future__ import annotations

import logging
import threading
from collections.abc import Awaitable, Callable
from typing import Any

from django.db import Error, connection
from procrastinate import App, JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from psycopg import Error as DriverError

from huiyin.app.listeners import ASKED_FIRST, LISTENERS
from huiyin.app.logs.context import JOB
from huiyin.journal.api import Event, drain_outbox

log = logging.getLogger(__name__)
PUMP_EVERY = 1.0  # seconds between two looks at an empty outbox
AT_ONCE = 200  # events carried in one transaction
GRACE = 8.0  # seconds that running jobs are given at the end
AGAIN = 2.0  # seconds until a database that is away is tried again


def run_worker(concurrency: int) -> None:
    """Until SIGINT or SIGTERM. Jobs put into the queue by a job stay in that job's transaction."""
    stopped = threading.Event()
    pump = threading.Thread(target=carry_events, args=(stopped,), name="outbox", daemon=True)
    pump.start()
    try:
        while not _work(concurrency):
            stopped.wait(AGAIN)
    finally:
        stopped.set()
        pump.join(timeout=GRACE)


def _work(concurrency: int) -> bool:
    """Whether the worker was told to end; False when its database went away, which is waited for."""
    try:
        # A second app on the same tasks: the first keeps Django's connection, and `defer` joins transactions.
        with app.with_connector(app.connector.get_worker_connector()) as worker_app:  # type: ignore[attr-defined]
            _run(worker_app, concurrency)
    except (ConnectorException, DriverError, Error) as error:
        log.warning("the database is away, trying again: %s", str(error.__cause__ or error).strip())
        return False
    return True


async def name_job(call_next: Callable[[], Awaitable[Any]], context: JobContext, _worker: Any) -> Any:
    """Every log line within a job names it."""
    held = JOB.set(f"{context.job.task_name} {context.job.id}")
    try:
        return await call_next()
    finally:
        JOB.reset(held)


def _run(worker_app: App, concurrency: int) -> None:
    worker_app.run_worker(
        concurrency=concurrency,
        shutdown_graceful_timeout=GRACE,
        fetch_job_polling_interval=5.0,
        install_signal_handlers=True,
        worker_middleware=[name_job],
    )


def carry_events(stopped: threading.Event) -> None:
    """Until `stopped`: all that stands in the outbox, then a pause. A database that is away is waited for."""
    while not stopped.is_set():
        try:
            carried = drain_outbox(hear, AT_ONCE)
        except Error as error:
            log.warning("the outbox could not be read, trying again: %s", str(error).strip())
            connection.close()
            carried = 0
        if carried < AT_ONCE:
            stopped.wait(PUMP_EVERY)
    connection.close()


def hear(event: Event) -> None:
    """Put the jobs that listen into the queue, in the transaction that takes `event` from the outbox."""
    listening = LISTENERS.get(event.name)
    if listening is None:
        log.info("nobody listens for %s", event.name)
        return
    for job in listening:
        if job in ASKED_FIRST and not ASKED_FIRST[job](event):
            continue
        app.configure_task(job, allow_unknown=False).defer(name=event.name, body=dict(event.body))
