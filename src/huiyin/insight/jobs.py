"""What the worker does for hot issues: the nightly look, looks on demand, arrivals, groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from huiyin.insight import clustering, grouping, joining


@app.task(name="join-issue", queue="insight", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def join_issue(name: str, body: Mapping[str, Any]) -> None:
    """After a case was opened: it joins the live issue that it is about."""
    del name
    joining.join(body["case_id"], timezone.now())


# Cron runs in UTC: 18:10 is 2:10 in China.
@app.periodic(cron="10 18 * * *")
@app.task(name="cluster-cases", queue="insight", queueing_lock="cluster-cases", pass_context=False)
def cluster_cases(timestamp: int) -> None:
    """Each night: look for issues among the cases of the last ninety days."""
    del timestamp
    now = timezone.now()
    run = clustering.start_run(now - clustering.LOOK_BACK, now, None, None, now)
    clustering.carry_out(run.pk, now)


@app.task(name="cluster-cases-now", queue="insight", queueing_lock="cluster-cases-now")
def cluster_cases_now(run_id: int) -> None:
    """The look that somebody asked for."""
    clustering.carry_out(run_id, timezone.now())


@app.task(name="group-issue", queue="insight", retry=RetryStrategy(max_attempts=3, exponential_wait=4))
def group_issue(grouping_id: int) -> None:
    """Merge the members of a large issue."""
    grouping.carry_out(grouping_id, timezone.now())
