"""Has work done: at once where it is little, by a job where it is much."""

from __future__ import annotations

from datetime import datetime

from procrastinate.exceptions import AlreadyEnqueued

from huiyin.insight import clustering, grouping
from huiyin.insight.jobs import cluster_cases_now, group_issue
from huiyin.insight.models import Grouping, Run
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand


def ask_run(
    since: datetime, until: datetime, township_id: int | None, *, by: AccountInHand, now: datetime
) -> Run:
    """Have the cases of a period looked through by a job. Refuses while another such look waits."""
    busy = Run.objects.filter(ended_at__isnull=True, started_at__gt=now - clustering.TAKES_AT_MOST).exists()
    if busy:
        words = Words("后台正在聚类，请等它做完。", "A look is under way; wait until it has ended.")
        raise Refusal("run-busy", words)
    run = clustering.start_run(since, until, township_id, by, now)
    try:
        cluster_cases_now.defer(run_id=run.pk)
    except AlreadyEnqueued:
        raise Refusal("run-busy", Words("后台正在聚类，请等它做完。", "A look is under way.")) from None
    return run


def ask_grouping(issue_id: int, lead: str, *, by: AccountInHand, now: datetime) -> Grouping:
    """Merge an issue's members into one lead: a few at once, many by a job that tells how far it is."""
    wanted = grouping.start_grouping(issue_id, lead, by=by, now=now)
    if wanted.total <= grouping.QUICK:
        return grouping.carry_out(wanted.pk, now)
    group_issue.defer(grouping_id=wanted.pk)
    return wanted
