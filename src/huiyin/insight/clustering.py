"""Looks for issues among the cases of a period: what is found continues a known issue, or is a new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from huiyin.insight import store
from huiyin.insight.journalling import note_issue
from huiyin.insight.models import Issue, Member, Run
from huiyin.language.api import Cluster, Text, find_clusters
from huiyin.people.api import AccountInHand

LOOK_BACK = timedelta(days=90)
TAKES_AT_MOST = timedelta(hours=1)
MOST_CASES = 40_000
LEAST_CASES, LEAST_PEOPLE = 5, 3
"""From how many cases, by how many people, something is an issue: one person's letters are none."""
LEAST_COHESION = 90
Tell = Callable[[int], None]


def start_run(
    since: datetime, until: datetime, township_id: int | None, by: AccountInHand | None, now: datetime
) -> Run:
    """Note that a look is wanted; `carry_out` does it."""
    return Run.objects.create(
        since=since,
        until=until,
        township_id=township_id,
        started_at=now,
        started_by=by.signature if by else "",
    )


def carry_out(run_id: int, now: datetime) -> Run:
    """Look for issues as the run says. What fails leaves nothing but the note that it failed."""
    run = Run.objects.get(pk=run_id)
    try:
        with _telling(run.pk) as tell:
            _look(run, now, tell)
    except Exception:
        Run.objects.filter(pk=run.pk).update(failed=True, ended_at=now)
        raise
    return run


@contextmanager
def _telling(run_id: int) -> Iterator[Tell]:
    """Tells how far it is through a connection of its own: a transaction shows nothing until its end."""
    own = connection.copy()
    try:
        yield lambda percent: store.tell_progress(own, run_id, percent)
    finally:
        own.close()


@dataclass(frozen=True, slots=True)
class _Read:
    """The texts of the period, and by their ids where and about what the cases are."""

    texts: Sequence[Text]
    townships: Mapping[str, int | None]
    categories: Mapping[str, int | None]


def _look(run: Run, now: datetime, tell: Tell) -> None:
    tell(5)
    read = read_texts(run.since, run.until, run.township_id)
    tell(15)
    clusters = find_clusters(read.texts, LEAST_CASES, profiles=True)
    clusters = [one for one in clusters if one.people >= LEAST_PEOPLE and one.cohesion >= LEAST_COHESION]
    tell(80)
    with transaction.atomic():
        found, joined = _keep(clusters, read, now)
        run.cases, run.found, run.joined = len(read.texts), found, joined
        run.ended_at, run.percent = now, 100
        run.save()


def read_texts(since: datetime, until: datetime, township_id: int | None = None) -> _Read:
    """The newest texts of the period, at most `MOST_CASES`."""
    given = {"since": since, "until": until, "township_id": township_id, "limit": MOST_CASES}
    rows = store.fetch("read_texts", given)
    texts = [
        Text(str(case_id), title, words, opened_at, person, hurries)
        for case_id, title, words, opened_at, person, hurries, _, _ in rows
    ]
    return _Read(texts, {str(row[0]): row[6] for row in rows}, {str(row[0]): row[7] for row in rows})


def _keep(clusters: Sequence[Cluster], read: _Read, now: datetime) -> tuple[int, int]:
    """Write what was found; how many new issues there are, and how many cases joined one that was known."""
    held = dict(Member.objects.select_for_update().values_list("case_id", "issue_id"))
    issues = {issue.pk: issue for issue in Issue.objects.select_for_update()}
    found = joined = 0
    for cluster in clusters:
        ids = [int(member) for member in cluster.members]
        known = _find_known(ids, held, issues)
        free = [case_id for case_id in ids if case_id not in held]
        if known is None and len(free) < max(LEAST_CASES, len(ids) // 2):
            continue
        issue = known or _make(cluster, now)
        found += known is None
        _describe(issue, cluster, read, now)
        joined += store.add_members([(issue.pk, case_id) for case_id in free], now) if known else 0
        if known is None:
            store.add_members([(issue.pk, case_id) for case_id in free], now)
            note_issue("issue-found", issue.pk, None, now, title=issue.title, cases=len(free))
        held |= dict.fromkeys(free, issue.pk)
    return found, joined


def _find_known(ids: Sequence[int], held: Mapping[int, int], issues: Mapping[int, Issue]) -> Issue | None:
    """The issue that these cases continue: the one that most of those are about which are about any."""
    counts = Counter(held[case_id] for case_id in ids if case_id in held)
    if not counts:
        return None
    (best, count), *_ = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return issues[best] if count * 4 >= len(ids) else None


def _make(cluster: Cluster, now: datetime) -> Issue:
    return Issue.objects.create(
        title=cluster.title, first_at=cluster.first_at, last_at=cluster.last_at, made_at=now, changed_at=now
    )


def _describe(issue: Issue, cluster: Cluster, read: _Read, now: datetime) -> None:
    """What the cluster says of the issue; a name given by hand stays."""
    if issue.state == "open":
        issue.title = cluster.title
    issue.score, issue.places, issue.keywords = cluster.score, list(cluster.places), list(cluster.keywords)
    issue.first_at = min(issue.first_at, cluster.first_at)
    issue.last_at = max(issue.last_at, cluster.last_at)
    issue.township_id = _commonest(read.townships[member] for member in cluster.members)
    issue.category_id = _commonest(read.categories[member] for member in cluster.members)
    if cluster.profile is not None:
        issue.profile, issue.joins_from = dict(cluster.profile.weights), cluster.profile.joins_from
    issue.changed_at = now
    issue.save()


def _commonest(values: Any) -> int | None:
    """What at least half of them have."""
    listed = list(values)
    value, count = Counter(listed).most_common(1)[0]
    return value if 2 * count >= len(listed) else None
