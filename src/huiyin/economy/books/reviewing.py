"""Another person reviews a draft; where money moves, a third confirms it; then it is on the books."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huiyin.economy.books.drafting import check_ready, lock_draft, lock_drafts, make_voucher, save_draft
from huiyin.economy.books.models import DraftKind, DraftState, VoucherDraft
from huiyin.economy.books.opening import close_before
from huiyin.economy.books.posting import post_vouchers
from huiyin.economy.books.rules import APART, first_of, moves_cash
from huiyin.economy.organisations.api import Organisation, demand, note_all
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

RETURNERS = {DraftState.REVIEW: "reviewer", DraftState.CASH: "cashier"}
"""Whose turn it is in a state, and who may send it back."""


@transaction.atomic
def pass_drafts(
    draft_ids: Sequence[int], organisation: Organisation, by: AccountInHand, now: datetime
) -> list[VoucherDraft]:
    """The reviewer finds them right: where money moves they go to the cashier, else onto the books.

    All or none. Refuses `same-person` with its article, and whatever `send_draft` refuses.
    """
    demand(by, organisation, "reviewer")
    drafts = lock_drafts(organisation, draft_ids, DraftState.REVIEW)
    for draft in drafts:
        _refuse_same(by.id, draft.made_by_id)
        check_ready(organisation, draft, now)
        draft.reviewed_by_id = by.id
    note_all([(organisation, {"draft": one.pk}) for one in drafts], "pass-draft", by, now)
    waits = [one for one in drafts if _needs_cashier(one)]
    for one in waits:
        one.state = DraftState.CASH
        save_draft(one, now)
    _post([one for one in drafts if not _needs_cashier(one)], organisation, by, now)
    return drafts


@transaction.atomic
def confirm_drafts(
    draft_ids: Sequence[int], organisation: Organisation, by: AccountInHand, now: datetime
) -> list[VoucherDraft]:
    """The cashier confirms that the money moved: they go onto the books. All or none."""
    demand(by, organisation, "cashier")
    drafts = lock_drafts(organisation, draft_ids, DraftState.CASH)
    for draft in drafts:
        _refuse_same(by.id, draft.made_by_id, draft.reviewed_by_id)
        draft.paid_by_id = by.id
    _post(drafts, organisation, by, now)
    return drafts


@transaction.atomic
def return_draft(
    draft_id: int, organisation: Organisation, reason: str, by: AccountInHand, now: datetime
) -> VoucherDraft:
    """Whoever's turn it is sends it back to the bookkeeper, with the reason. Refuses `reason-needed`."""
    draft = lock_draft(organisation, draft_id, DraftState.REVIEW, DraftState.CASH)
    demand(by, organisation, RETURNERS[DraftState(draft.state)])
    if not clean(reason):
        raise Refusal("reason-needed", Words("请写明退回的理由。", "Give the reason."), field="reason")
    draft.reason, draft.reviewed_by_id = clean(reason)[:500], None
    draft.state = DraftState.DROPPED if draft.kind == DraftKind.REVERSAL else DraftState.DRAFT
    save_draft(draft, now)
    note_all([(organisation, {"draft": draft.pk, "reason": draft.reason})], "return-draft", by, now)
    return draft


def _needs_cashier(draft: VoucherDraft) -> bool:
    """Opening balances move no money."""
    return draft.kind != DraftKind.OPENING and moves_cash(draft.accounts)


def _post(
    drafts: Sequence[VoucherDraft], organisation: Organisation, by: AccountInHand, now: datetime
) -> None:
    for one in drafts:
        if one.kind == DraftKind.OPENING:
            Organisation.objects.select_for_update().get(pk=organisation.pk)  # no voucher comes before it
            check_ready(organisation, one, now)
            close_before([organisation.pk], first_of(one.made_on), by.id, now)
    posted = post_vouchers([make_voucher(one) for one in drafts], by, now)
    for one, voucher in zip(drafts, posted, strict=True):
        one.state, one.voucher = DraftState.POSTED, voucher
        save_draft(one, now)


def _refuse_same(by_id: int, *others: int | None) -> None:
    if by_id in others:
        words = Words(
            "制单、审核、出纳须是不同的人。请换一位办理。",
            "Whoever makes, reviews and pays must be different people. Have another do it.",
        )
        raise Refusal("same-person", words, APART)
