"""Carries a plan out, all of it or nothing, or tries it and takes it back."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from huiyin.administration.setup.listings import Acts, Listing
from huiyin.administration.setup.plans import Plan, Step
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


def rehearse(listing: Listing, plan: Plan, acts: Acts) -> None:
    """Try every row and take it back, so that each refusal stands beside its row before anything is written.

    Rows that need one another (a category below one that the same file adds) may stand in any order.
    """
    with transaction.atomic():
        waiting = plan.effective
        while waiting:
            refused = [(step, refusal) for step in waiting if (refusal := _try(listing, step, acts))]
            if len(refused) == len(waiting):
                for step, refusal in refused:
                    step.refuse(refusal.field, refusal.words)
                break
            waiting = [step for step, _refusal in refused]
        transaction.set_rollback(True)


def write(listing: Listing, plan: Plan, acts: Acts) -> None:
    """Write every row of the plan, or none. Raises the `Refusal` of the first row that cannot be written."""
    with transaction.atomic():
        if listing.write_all is not None:
            listing.write_all([step.row for step in plan.effective], acts)
            return
        waiting = plan.effective
        while waiting:
            refused = [(step, refusal) for step in waiting if (refusal := _try(listing, step, acts))]
            if len(refused) == len(waiting):
                raise refused[0][1]
            waiting = [step for step, _refusal in refused]


def _try(listing: Listing, step: Step, acts: Acts) -> Refusal | None:
    """Why the row cannot be written now, or None when it was."""
    try:
        with transaction.atomic():
            if step.act == "add":
                assert listing.add is not None  # noqa: S101 -- a plan adds only where entries can be added
                listing.add(step.row, acts)
            else:
                listing.change(step.row, acts)
    except Refusal as refusal:
        return refusal
    except IntegrityError:
        words = Words(
            "同一条刚刚被别人改过，请刷新后再试。", "Somebody has just changed it: load the page again."
        )
        return Refusal("changed-meanwhile", words)
    return None
