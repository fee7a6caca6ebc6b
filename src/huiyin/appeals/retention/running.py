"""Plans what the rules would take away, and carries them out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from huiyin.appeals.models import KeepingRun
from huiyin.appeals.retention import identities, messages
from huiyin.appeals.retention.rules import RuleInForce, list_rules, note_keeping
from huiyin.cases.api import list_files_due, list_strays, remove_files, sweep_strays
from huiyin.journal.api import Sought, count_accesses, forget_accesses
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

EXAMPLES = 5
GIVEN_UP = timedelta(hours=6)
"""A run that has not ended after so long will not: its worker died. Another may begin."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What one rule would take away now: how many, and some of them by number."""

    rule: RuleInForce
    count: int
    examples: Sequence[str]


def plan(now: datetime) -> list[Planned]:
    """What a run would do now, rule by rule, inactive ones too. Changes nothing."""
    return [Planned(rule, *_LOOKS[rule.rule.key](rule.cutoff(now))) for rule in list_rules()]


def run(
    by: AccountInHand | None, now: datetime, progress: Callable[[str, int], None] | None = None
) -> KeepingRun:
    """Carry out the active rules in batches; each batch is whole by itself, and a second run goes on.

    `progress` hears the key and the count of each rule. Ends with one entry on the chain of retention.
    Refuses `keeping-runs` while another run is under way.
    """
    started = start(by, now)
    return carry_out(started.pk, by, now, progress)


@transaction.atomic
def start(by: AccountInHand | None, now: datetime) -> KeepingRun:
    """Note that a run begins. Refuses `keeping-runs` while another one is under way."""
    if KeepingRun.objects.filter(ended_at__isnull=True, started_at__gt=now - GIVEN_UP).exists():
        raise Refusal("keeping-runs", Words("正在清理，请等它结束。", "A run is under way: let it end."))
    return KeepingRun.objects.create(started_at=now, started_by=by.signature if by else "")


def carry_out(
    number: int, by: AccountInHand | None, now: datetime, progress: Callable[[str, int], None] | None = None
) -> KeepingRun:
    """The run that was started, to its end; what it did so far is on its row all the while."""
    noted = KeepingRun.objects.get(pk=number)
    for rule in list_rules():
        if not rule.active:
            continue
        noted.counts[rule.rule.key] = count = _ACTS[rule.rule.key](rule, now)
        noted.save(update_fields=["counts"])
        if progress:
            progress(rule.rule.key, count)
    with transaction.atomic():
        noted.ended_at = timezone.now()
        noted.save(update_fields=["ended_at"])
        note_keeping("keeping-run", by, now, run=noted.pk, counts=noted.counts)
    return noted


def list_runs(limit: int = 10) -> list[KeepingRun]:
    """The newest runs first."""
    return list(KeepingRun.objects.order_by("-id")[:limit])


def _look_at_identities(cutoff: datetime) -> tuple[int, list[str]]:
    return identities.count_due(cutoff), identities.name_examples(cutoff, EXAMPLES)


def _look_at_files(cutoff: datetime) -> tuple[int, list[str]]:
    due = list_files_due(cutoff)
    return due.count(), list(due.order_by("id").values_list("case__number", flat=True)[:EXAMPLES])


def _look_at_messages(cutoff: datetime) -> tuple[int, list[str]]:
    due = messages.list_due(cutoff)
    return due.count(), list(due.order_by("id").values_list("case__number", flat=True)[:EXAMPLES])


def _look_at_notices(cutoff: datetime) -> tuple[int, list[str]]:
    return messages.list_read_notices(cutoff).count(), []


def _look_at_accesses(cutoff: datetime) -> tuple[int, list[str]]:
    return count_accesses(Sought(until=cutoff)), []


def _look_at_strays(cutoff: datetime) -> tuple[int, list[str]]:
    found = [path.name[:12] for path, _ in list_strays(cutoff)]
    return len(found), found[:EXAMPLES]


def _forget_accesses(rule: RuleInForce, now: datetime) -> int:
    done = 0
    while count := forget_accesses(rule.cutoff(now), now):
        done += count
    return done


_LOOKS: Mapping[str, Callable[[datetime], tuple[int, list[str]]]] = {
    "identity": _look_at_identities,
    "files": _look_at_files,
    "messages": _look_at_messages,
    "notices": _look_at_notices,
    "accesses": _look_at_accesses,
    "uploads": _look_at_strays,
}
_ACTS: Mapping[str, Callable[[RuleInForce, datetime], int]] = {
    "identity": lambda rule, now: identities.carry_out(rule.cutoff(now), rule.days, now),
    "files": lambda rule, now: remove_files(rule.cutoff(now), rule.days, now),
    "messages": lambda rule, now: messages.carry_out(rule.cutoff(now)),
    "notices": lambda rule, now: messages.delete_notices(rule.cutoff(now)),
    "accesses": _forget_accesses,
    "uploads": lambda rule, now: sweep_strays(rule.cutoff(now)),
}
