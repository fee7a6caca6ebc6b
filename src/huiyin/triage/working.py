"""Takes up new matters: suggest, raise what is dangerous, let go what may go."""

from __future__ import annotations

from datetime import datetime

from huiyin.cases.api import Case
from huiyin.triage import store
from huiyin.triage.dispatching import dispatch_if_allowed, raise_danger
from huiyin.triage.suggesting import get_version_in_force, suggest

AT_ONCE = 200


def take_up(case_id: int, now: datetime) -> bool:
    """Suggest for a case that waits, and act on it as far as the county allows; whether there was any need.

    Asked again, it does nothing more: one suggestion of a case by a version is enough.
    """
    version = get_version_in_force()
    waiting = Case.objects.filter(pk=case_id, closed_at__isnull=True, lead__isnull=True)
    told = suggest(case_id, now, version) if waiting.exclude(predictions__version=version).exists() else None
    if told is None:
        return False
    raise_danger(told, now)
    dispatch_if_allowed(told, now)
    return True


def take_up_waiting(now: datetime, limit: int = AT_ONCE) -> int:
    """The same for cases that wait for a dispatch and that the version in force has not seen; how many."""
    waiting = store.find_waiting(get_version_in_force().pk, limit)
    return sum(take_up(case_id, now) for case_id in waiting)
