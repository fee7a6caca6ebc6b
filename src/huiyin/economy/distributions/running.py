"""Pays many plans in one run, in batches that commit by themselves, and writes the banks' files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from huiyin.cases.api import SYSTEM, move_within
from huiyin.economy.distributions import store
from huiyin.economy.distributions.bankfile import digest_file, name_file, write_files
from huiyin.economy.distributions.models import PayFile, Plan
from huiyin.economy.distributions.parallel import deal, do_parts
from huiyin.economy.distributions.paying import approve_plans, lock_plans, pay_plans
from huiyin.economy.distributions.values import Paying

BATCH = 32
"""Plans that are paid in one transaction."""


def list_payable() -> list[tuple[int, int]]:
    """Plans that may be paid by a run, or were, with their shares: those whose turn it is, and trials."""
    ready = Q(case__isnull=True) | Q(case__stage="paying") | Q(paid_at__isnull=False)
    found = Plan.objects.filter(ready, withdrawn=False).order_by("pk")
    return list(found.values_list("pk", "held_units"))


def distribute(plans: Sequence[tuple[int, int]], folder: Path, processes: int = 2) -> Paying:
    """Compute, post and pay the plans (id and weight), and write a file for each into `folder`.

    What was done before is not done again: its file is written as it was. Killed and run again, it goes on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    batches = deal(plans, processes, BATCH)
    done = Paying()
    for one in do_parts(partial(_pay_batch, folder=folder, now=timezone.now()), batches, processes):
        done = done.plus(one)
    return done


def _pay_batch(ids: list[int], folder: Path, now: datetime) -> Paying:
    with transaction.atomic():
        store.run("make_room", {})
        plans = lock_plans(ids)
        trials = [plan for plan in plans if plan.case_id is None and plan.paid_at is None]
        approve_plans(trials, None, now)
        made = dict(pay_plans(trials, None, now))
        _move_cases(plans, now)
    for file, content in made.items():
        _write(folder / name_file(file), content)
    ids_made = [file.pk for file in made]
    rest = list(
        PayFile.objects.filter(plan__in=ids, turn=1)
        .exclude(pk__in=ids_made)
        .select_related("plan__organisation")
    )
    for pk, content in write_files(rest).items():
        _write(folder / name_file(next(one for one in rest if one.pk == pk)), content)
    return _count(plans, [*made, *rest])


def _move_cases(plans: Sequence[Plan], now: datetime) -> None:
    """Those that have a case are paid by its move, as from its page: the gate pays."""
    for plan in plans:
        if plan.case is not None and plan.case.stage == "paying":
            move_within(plan.case.number, "pay", {}, SYSTEM, now)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, readable by its owner alone: it holds names and accounts."""
    if path.exists() and digest_file(path.read_bytes()) == digest_file(content):
        return
    fresh = path.with_suffix(".new")
    fresh.touch(0o600)
    fresh.write_bytes(content)
    fresh.replace(path)


def _count(plans: Sequence[Plan], files: Sequence[PayFile]) -> Paying:
    return Paying(
        members=sum(plan.lines for plan in plans),
        collectives=len(plans),
        total_fen=sum(plan.members_fen for plan in plans),
        paid_fen=sum(file.fen for file in files),
    )
