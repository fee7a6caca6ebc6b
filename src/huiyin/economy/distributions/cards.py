"""A household's card, mended after a payment came back: sealed, journalled by its mask alone."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction

from huiyin.economy.members.api import Household, PayCard, seal_card
from huiyin.economy.organisations.api import Organisation, demand, note
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

_ACCOUNT = re.compile(r"\d{8,30}")


def mask_account(account: str) -> str:
    """The last four digits."""
    return f"****{account[-4:]}"


@transaction.atomic
def correct_card(
    organisation: Organisation, household_id: int, card: PayCard, by: AccountInHand, now: datetime
) -> Household:
    """Keep a household's payee, account and bank anew. The bookkeeper does it, who pays nobody.

    Refuses `household-not-found`, `payee-missing`, `bad-account`.
    """
    demand(by, organisation, "bookkeeper")
    held = Household.objects.select_for_update().filter(pk=household_id, organisation=organisation).first()
    if held is None:
        raise Refusal("household-not-found", Words("没有这一户。", "There is no such household."))
    payee, account, bank = clean(card.payee), re.sub(r"\s", "", card.account), clean(card.bank)
    if not payee:
        raise Refusal("payee-missing", Words("请填写收款人。", "Fill in the payee."), field="payee")
    if not _ACCOUNT.fullmatch(account):
        words = Words("银行账号是 8 到 30 位数字，请核对。", "An account has 8 to 30 digits; check it.")
        raise Refusal("bad-account", words, field="account")
    held.sealed_card = seal_card(PayCard(payee[:60], account, bank[:60]))
    held.save(update_fields=["sealed_card"])
    note(organisation, "correct-card", by, now, household=held.number, account=mask_account(account))
    return held
