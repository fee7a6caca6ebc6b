"""Lets a new case join the live issue that it is about: a few look-ups, no corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db.models import F
from django.db.models.functions import Greatest

from huiyin.insight import store
from huiyin.insight.models import Issue
from huiyin.language.api import mark, read_features

STAYS_LIVE = timedelta(days=180)
LATE = timedelta(days=7)
"""A case whose time lies further back was brought by an import: the nightly look takes it."""

Marked = tuple[int, Mapping[str, int], int]


def is_join_wanted(at: datetime, now: datetime) -> bool:
    """Whether a case opened at that time may join anything live: asked before a job is made."""
    if now - at > LATE:
        return False
    return Issue.objects.filter(last_at__gte=now - STAYS_LIVE).exclude(profile={}).exists()


def join(case_id: int, now: datetime) -> int | None:
    """Let the case join the issue that it is most surely about; the issue's id, None when it joins none."""
    rows = store.fetch("read_case", {"case_id": case_id})
    if not rows:
        return None
    title, words, opened_at = rows[0]
    issue_id = find_issue_for(title, words, now)
    if issue_id is None or not store.add_members([(issue_id, case_id)], now):
        return None
    Issue.objects.filter(pk=issue_id).update(last_at=Greatest(F("last_at"), opened_at))
    return issue_id


def find_issue_for(title: str, words: str, now: datetime) -> int | None:
    """The live issue that a text is most surely about."""
    features = read_features(title, words)
    best, chosen = 0, None
    for issue_id, profile, joins_from in _list_profiles(now):
        sure = mark(profile, features) - joins_from
        if sure >= 0 and (chosen is None or sure > best):
            best, chosen = sure, issue_id
    return chosen


def _list_profiles(now: datetime) -> Sequence[Marked]:
    """The profiles in force; kept as long as no issue was changed."""
    stamp, count = store.fetch("stamp_profiles", {})[0]
    return _read_profiles(f"{stamp} {count}", (now - STAYS_LIVE).date())


@lru_cache(maxsize=1)
def _read_profiles(_stamp: str, since: date) -> Sequence[Marked]:
    rows = store.fetch("read_profiles", {"since": since})
    return [(issue_id, store.load_json(profile), joins_from) for issue_id, profile, joins_from in rows]
