"""Takes a voucher back by another with red figures (红字冲销): once, into an open month, reviewed as any."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from huiyin.economy.books.drafting import MAKER, check_ready, is_reversed, save_once
from huiyin.economy.books.models import DraftKind, DraftState, Voucher, VoucherDraft
from huiyin.economy.books.rules import RULE
from huiyin.economy.books.summing import CARRIED
from huiyin.economy.organisations.api import Organisation, demand, note
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

FIXED = (CARRIED, "opening", "reversal")
"""Sources of vouchers that are not taken back: a year's end, the beginning, a reversal itself."""


@transaction.atomic
def reverse_voucher(
    voucher_id: int, organisation: Organisation, made_on: date, reason: str, by: AccountInHand, now: datetime
) -> VoucherDraft:
    """A draft that takes the voucher back, sent for review. Journalled.

    Refuses `voucher-not-found`, `not-reversible`, `reversed-already`, `reason-needed`, `reversal-early`,
    `month-closed`.
    """
    demand(by, organisation, MAKER)
    voucher = Voucher.objects.filter(pk=voucher_id, organisation=organisation).first()
    if voucher is None:
        raise Refusal("voucher-not-found", Words("没有这张凭证。", "There is no such voucher."))
    _check(voucher, made_on, reason)
    draft = VoucherDraft(
        organisation=organisation,
        kind=DraftKind.REVERSAL,
        state=DraftState.REVIEW,
        made_on=made_on,
        summary=f"冲销 {voucher.made_on:%Y-%m} 第 {voucher.number} 号：{clean(reason)}"[:300],
        accounts=voucher.accounts,
        fen=[-one for one in voucher.fen],
        notes=voucher.notes,
        payee=voucher.payee,
        reverses=voucher,
        made_by_id=by.id,
        changed_at=now,
    )
    check_ready(organisation, draft, now)
    save_once(draft)
    note(organisation, "ask-reversal", by, now, draft=draft.pk, voucher=voucher.pk, reason=clean(reason))
    return draft


def may_reverse(voucher: Voucher) -> bool:
    """Whether it is of a kind that can be taken back."""
    return not voucher.source.startswith(FIXED) and voucher.reverses_id is None


def _check(voucher: Voucher, made_on: date, reason: str) -> None:
    if not may_reverse(voucher):
        words = Words(
            "期初、年终结转和冲销凭证不能再冲销。请用新凭证更正。",
            "Opening, year-end and reversing vouchers are not reversed: correct by a new voucher.",
        )
        raise Refusal("not-reversible", words, RULE)
    if is_reversed(voucher):
        words = Words("这张凭证已有冲销凭证。", "This voucher has a reversal already.")
        raise Refusal("reversed-already", words, RULE)
    if not clean(reason):
        raise Refusal("reason-needed", Words("请写明冲销的理由。", "Give the reason."), field="reason")
    if made_on < voucher.made_on:
        words = Words("冲销日期不能早于原凭证。", "A reversal is not before its voucher.")
        raise Refusal("reversal-early", words, RULE, "made_on")
