"""What members trade with their co-operative: the volume by which surplus is returned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huiyin.economy.cooperatives.models import MemberAccount, SurplusPlan, Trade
from huiyin.economy.cooperatives.values import LAW, NewTrade
from huiyin.economy.organisations.api import Organisation, demand, note
from huiyin.kernel.money import MOST_FEN
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

RULE = f"{LAW} 第43条：成员账户记载与本社的交易量（额）"


@transaction.atomic
def record_trades(
    organisation: Organisation, new: Sequence[NewTrade], by: AccountInHand | None, now: datetime
) -> int:
    """Enter trades of members, all or none; answers how many.

    Refuses `member-not-found`, `what-missing`, `amount-missing`, `year-planned` (a plan stands on the year),
    `not-your-duty`.
    """
    if by is not None:
        demand(by, organisation, "bookkeeper")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    wanted = {one.account_id for one in new}
    known = set(
        MemberAccount.objects.filter(organisation=organisation, pk__in=wanted).values_list("pk", flat=True)
    )
    years = {one.traded_on.year for one in new}
    planned = SurplusPlan.objects.filter(organisation=organisation, year__in=years, dropped=False)
    shut = set(planned.exclude(case__stage="drafting").values_list("year", flat=True))
    for one in new:
        _check(one, known, shut)
    Trade.objects.bulk_create(
        Trade(
            account_id=one.account_id, traded_on=one.traded_on, what=clean(one.what),
            quantity=clean(one.quantity), fen=one.fen,
        )
        for one in new
    )  # fmt: skip
    if new:
        note(organisation, "record-trades", by, now, count=len(new), fen=sum(one.fen for one in new))
    return len(new)


def _check(one: NewTrade, known: set[int], shut: set[int]) -> None:
    if one.account_id not in known:
        raise Refusal("member-not-found", Words("没有这个成员。", "There is no such member."), RULE, "number")
    if not clean(one.what):
        raise Refusal("what-missing", Words("请写明交易了什么。", "Say what was traded."), RULE, "what")
    if not 0 < one.fen <= MOST_FEN:
        words = Words("交易额要大于零。", "The amount must be above nothing.")
        raise Refusal("amount-missing", words, RULE, "amount")
    if one.traded_on.year in shut:
        words = Words(
            "{year} 年的盈余分配方案已经提交，不能再改当年交易。要改请先把方案退回编制。",
            "The plan of {year} is submitted; its trades stand. To change them, draft the plan anew.",
        ).fill(year=one.traded_on.year)
        raise Refusal("year-planned", words, RULE, "day")
