"""Fixes a plan to households: the frozen total, what each holds, and the first entries of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from huiyin.economy.organisations.api import Organisation, note
from huiyin.economy.shares import store
from huiyin.economy.shares.models import ShareBook, SharePlan
from huiyin.economy.shares.values import RULE_FROZEN
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand


@transaction.atomic
def fix_plan(plan: SharePlan, by: AccountInHand | None, now: datetime) -> ShareBook:
    """Write the share book of the plan; from now on the total never changes. Refuses `frozen-already`."""
    organisation = Organisation.objects.select_for_update().get(pk=plan.organisation_id)
    if ShareBook.objects.filter(organisation=organisation).exists():
        words = Words("股权已经固化，总数不再变动。", "Shares are fixed already: the total never changes.")
        raise Refusal("frozen-already", words, RULE_FROZEN)
    book = ShareBook.objects.create(
        organisation=organisation,
        plan=plan,
        fixed_on=timezone.localdate(now),
        total_units=plan.held_units + plan.collective_units,
        held_units=plan.held_units,
        collective_units=plan.collective_units,
    )
    store.fix_plan(book.pk, plan.pk)
    open_ledgers([book.pk], by, now)
    book.refresh_from_db()
    told = {
        "total": book.total_units,
        "collective": book.collective_units,
        "digest": store.digest_ledger(book.pk),
    }
    note(organisation, "fix-shares", by, now, case=plan.case.number, **told)
    return book


def open_ledgers(book_ids: Sequence[int] | None, by: AccountInHand | None, now: datetime) -> int:
    """Write the first entries of books that came from elsewhere (None: of all that have none); how many."""
    return store.open_ledger(book_ids, by.id if by else None, now)
