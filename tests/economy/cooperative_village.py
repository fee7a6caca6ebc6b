"""A co-operative to try things on: twenty-four farmers and the collective that leads them."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from huiyin.economy.cooperatives.api import (
    Identity,
    NewAccount,
    NewContribution,
    NewCooperative,
    NewTrade,
    Valuation,
    confirm_contributions,
    contribute,
    enrol,
    found_cooperative,
    list_accounts,
    record_trades,
)
from huiyin.people.api import take_in_hand

YEAR = 2025
JOINED = date(YEAR, 1, 5)
VALUED = Valuation("members", "全体成员", "2025年第一次成员大会决议")


def found(village, rural, code="93999001TEST"):
    """A co-operative of the village, without members."""
    new = NewCooperative(village, code, "上坝蔬菜专业合作社", "land", date(2024, 3, 1), "支部会议纪要")
    return found_cooperative(new, rural, timezone.now())


def name_members(farmers):
    """Farmers and, last, the collective."""
    rows = [
        NewAccount(Identity(f"农户{at}", f"99900119700101{at:04d}"), "farmer", JOINED)
        for at in range(farmers)
    ]
    return [*rows, NewAccount(Identity("上坝村股份经济合作社", "N2999"), "collective", JOINED)]


def again(account):
    """The account in hand anew: with the posts that founding gave it."""
    fresh = take_in_hand(account.id, timezone.localdate())
    assert fresh is not None
    return fresh


def fill(organisation, bookkeeper, director):
    """Members, contributions and the year's trades."""
    now = timezone.now()
    enrol(organisation, name_members(24), bookkeeper, now)
    accounts = list(list_accounts(organisation.pk))
    new = [
        NewContribution(one.pk, "land", f"{at} 亩", 100_000 * at, JOINED, VALUED)
        for at, one in enumerate(accounts[:-1], 1)
    ]
    new.append(NewContribution(accounts[-1].pk, "fund", "集体资金", 10_000_000, JOINED))
    contribute(organisation, new, bookkeeper, now)
    confirm_contributions(organisation, None, director, now)
    trades = [
        NewTrade(one.pk, date(YEAR, 7, 1), "交售蔬菜", 50_000 * at) for at, one in enumerate(accounts[:20], 1)
    ]
    record_trades(organisation, trades, bookkeeper, now)
    return accounts
