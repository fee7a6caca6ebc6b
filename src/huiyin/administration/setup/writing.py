"""Carries a plan out, all of it or nothing, or tries it and takes it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import IntegrityError, transaction

from huiyin.administration.setup.listings import Acts, Listing
from huiyin.administration.setup.plans import Plan, Step
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import Order

AT_ONCE = 2_000
"""Rows that are checked and written together; between two lots somebody may be told how far it is."""


def rehearse(listing: Listing, plan: Plan, acts: Acts) -> None:
    """Try every row and take it back, so that each refusal stands beside its row before any is written."""
    with transaction.atomic():
        for step, refusal in _save_all(listing, plan.effective, acts):
            step.refuse(refusal.field, refusal.words)
        transaction.set_rollback(True)


def write(listing: Listing, plan: Plan, acts: Acts) -> None:
    """Write every row of the plan, or none. Raises the `Refusal` of the first row that cannot be written."""
    with transaction.atomic():
        for _step, refusal in _save_all(listing, plan.effective, acts):
            raise refusal


def _save_all(listing: Listing, steps: Sequence[Step], acts: Acts) -> list[tuple[Step, Refusal]]:
    """Those that cannot be written, when all others are.

    Rows that need one another (a category below one that the same file adds) may stand in any order: what was
    refused is tried again as long as anything else could be written.
    """
    waiting, written = list(steps), 0
    while waiting:
        refused: list[tuple[Step, Refusal]] = []
        for lot in _lots(waiting):
            acts.tell(written, len(steps))
            refused += _save(listing, lot, acts)
            written += len(lot)
        written = len(steps) - len(refused)
        if len(refused) == len(waiting):
            return refused
        waiting = [step for step, _refusal in refused]
    return []


def _lots(steps: Sequence[Step]) -> Iterator[Sequence[Step]]:
    return (steps[at : at + AT_ONCE] for at in range(0, len(steps), AT_ONCE))


def _save(listing: Listing, steps: Sequence[Step], acts: Acts) -> list[tuple[Step, Refusal]]:
    orders = [Order(step.act == "add", step.row) for step in steps]
    try:
        with transaction.atomic():
            done = listing.save(orders, acts)
    except IntegrityError:
        return [(step, Refusal("changed-meanwhile", _MEANWHILE)) for step in steps]
    return [(step, refusal) for step, refusal in zip(steps, done, strict=True) if refusal is not None]


_MEANWHILE = Words(
    "同一条刚刚被别人改过，请刷新后再试。", "Somebody has just changed it: load the page again."
)
