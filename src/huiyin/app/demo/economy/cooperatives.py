"""Twelve co-operatives of the demo county: members, contributions, surplus in every step, promises."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Prefetch
from django.utils import timezone

from huiyin.app.demo.economy.surplus import walk_plan
from huiyin.economy.cooperatives.api import (
    MODELS,
    Grant,
    Identity,
    MemberAccount,
    NewAccount,
    NewContract,
    NewContribution,
    NewCooperative,
    NewPart,
    NewPayment,
    NewTrade,
    Valuation,
    add_grant,
    confirm_contributions,
    contribute,
    enrol,
    file_contracts,
    found_cooperative,
    list_accounts,
    make_contracts,
    pay_benefits,
    record_trades,
    set_extra_votes,
)
from huiyin.economy.members.api import Household, Member, open_identity
from huiyin.economy.organisations.api import Organisation, OrganisationKind

NAMES = (
    ("绿源蔬菜", "Lvyuan Vegetables"),
    ("丰禾粮油", "Fenghe Grain and Oil"),
    ("清水稻虾", "Qingshui Rice and Crayfish"),
    ("向阳果业", "Xiangyang Fruit"),
    ("惠民农机", "Huimin Machinery"),
    ("青山药材", "Qingshan Herbs"),
    ("金穗种植", "Jinsui Planting"),
    ("牧歌养殖", "Muge Livestock"),
    ("石桥茶叶", "Shiqiao Tea"),
    ("连心劳务", "Lianxin Services"),
    ("沃土托管", "Wotu Land Care"),
    ("林下菌业", "Linxia Mushrooms"),
)
FORMS = (
    ("land", "水田 {n} 亩经营权", 400_000),
    ("money", "现金", 500_000),
    ("forest", "林地 {n} 亩", 300_000),
    ("machine", "农机 {n} 台", 900_000),
    ("house", "闲置农房 {n} 间租用权", 250_000),
    ("livestock", "牛 {n} 头", 600_000),
)
COLLECTIVE_FORMS = ("fund", "asset", "resource")
VALUED = Valuation("members", "全体成员", "成立大会作价决议")
STEPS = (
    "distributed", "drafting", "reviewing", "open-to-members", "meeting", "posting", "paying", "distributed",
    "withdrawn", "distributed", "paying", "none",
)  # fmt: skip


def fill_cooperatives(now: datetime) -> None:
    """Found them beside every fifth collective, when there is none yet."""
    if Organisation.objects.filter(kind=OrganisationKind.COOPERATIVE).exists():
        return
    leaders = list(Organisation.objects.select_related("area", "township").order_by("code"))
    for at, name in enumerate(NAMES):
        leader = leaders[at * len(leaders) // len(NAMES)]
        _fill_one(at, name, leader, now)


def _fill_one(at: int, name: tuple[str, str], leader: Organisation, now: datetime) -> None:
    rng = random.Random(f"cooperative {leader.code}")  # noqa: S311  # invented
    long_ago = now - timedelta(days=900)
    model = list(MODELS)[at % len(MODELS)]
    place = leader.area.name.removesuffix("村").removesuffix("社区")
    organisation = found_cooperative(
        NewCooperative(
            leader, f"93999{leader.code[2:14]}{at:02d}", f"{place}{name[0]}专业合作社", model,
            timezone.localdate(long_ago), "党组织会议和成员大会决议", timezone.localdate(long_ago),
            f"{name[1]} Co-operative",
        ),
        None,
        long_ago,
    )  # fmt: skip
    accounts = _enrol(organisation, leader, long_ago)
    if not accounts:
        return
    _contribute(organisation, accounts, rng, long_ago)
    _trade(organisation, accounts, rng, now)
    set_extra_votes(organisation, {accounts[-1].pk: len(accounts) // 10}, None, long_ago)
    _promise(organisation, accounts, rng, now, at)
    if STEPS[at] != "none":
        walk_plan(organisation, now.year - 1, STEPS[at], rng.randint(120, 400) * 100_000, now)


def _enrol(organisation: Organisation, leader: Organisation, now: datetime) -> list[MemberAccount]:
    joined = timezone.localdate(now)
    heads = Prefetch("members", Member.objects.filter(relation="户主"), to_attr="heads")
    households = Household.objects.filter(organisation=leader).prefetch_related(heads).order_by("number")
    new = [
        NewAccount(Identity(**_open(head)), "farmer", joined, household.pk)
        for household in households
        for head in household.heads
    ]
    if not new:
        return []
    enrol(organisation, new, None, now)
    enrol(organisation, [NewAccount(Identity(leader.name, leader.code), "collective", joined)], None, now)
    return list(list_accounts(organisation.pk))


def _open(head: Member) -> dict[str, str]:
    identity = open_identity(head)
    return {"name": identity.name, "id_number": identity.id_number, "phone": identity.phone}


def _contribute(
    organisation: Organisation, accounts: Sequence[MemberAccount], rng: random.Random, now: datetime
) -> None:
    made_on = timezone.localdate(now)
    new = []
    for account in accounts[:-1]:
        form, what, fen = rng.choice(FORMS)
        many = rng.randint(1, 9)
        new.append(NewContribution(account.pk, form, what.format(n=many), fen * many, made_on, VALUED))
    for form in COLLECTIVE_FORMS[: rng.randint(1, 3)]:
        fen = rng.randint(20, 90) * 1_000_000
        new.append(NewContribution(accounts[-1].pk, form, "村集体出资", fen, made_on, VALUED))
    contribute(organisation, new, None, now)
    confirm_contributions(organisation, None, None, now)
    late = NewContribution(accounts[0].pk, "money", "追加现金", 100_000, made_on + timedelta(days=600))
    contribute(organisation, [late], None, now + timedelta(days=600))
    grant = Grant(source="县农业农村局", what="冷库建设补助", fen=30_000_000, got_on=made_on)
    add_grant(organisation, grant, None, now)


def _trade(
    organisation: Organisation, accounts: Sequence[MemberAccount], rng: random.Random, now: datetime
) -> None:
    new = [
        NewTrade(account.pk, date(year, month, rng.randint(1, 28)), "交售农产品", rng.randint(3, 90) * 10_000)
        for year in (now.year - 1, now.year)
        for account in accounts[:-1]
        if rng.random() < 0.85
        for month in (6, 9)
    ]
    record_trades(organisation, new, None, now)


def _promise(
    organisation: Organisation, accounts: Sequence[MemberAccount], rng: random.Random, now: datetime, at: int
) -> None:
    """Contracts of the three patterns; most filed and paid, a few late, the last two not filed."""
    start = date(now.year - 1, 1, 1)
    new = [_make_contract(account, start, rng, turn) for turn, account in enumerate(accounts[:9])]
    made = make_contracts(organisation, new, None, now)
    file_contracts(organisation, [one.pk for one in made[:7]], start, None, now)
    payments = [
        payment
        for one, contract in zip(made[:7], new, strict=False)
        for payment in _list_payments(one.number, contract, timezone.localdate(now), late=rng.random() < 0.3)
    ]
    if at != len(NAMES) - 1:  # the last has paid nothing yet
        pay_benefits(organisation, payments, None, now)


def _make_contract(account: MemberAccount, start: date, rng: random.Random, turn: int) -> NewContract:
    rent = NewPart("rent", rng.randint(10, 40) * 10_000, "yearly", start.replace(month=11, day=30))
    wage = NewPart("wage", rng.randint(8, 25) * 10_000, "monthly", start.replace(day=28), "季节工、管护")
    parts = {
        "guaranteed-dividend": (
            NewPart("guaranteed", rng.randint(5, 20) * 10_000, "yearly", start.replace(month=10, day=31)),
            NewPart("dividend"),
        ),
        "rent-job-pension": (
            rent, wage, NewPart("pension", 60_000, "half-yearly", start.replace(month=6, day=30)),
        ),
        "rent-wage-rebate": (rent, wage, NewPart("rebate"), NewPart("dividend")),
    }  # fmt: skip
    pattern = list(parts)[turn % 3]
    end = start.replace(year=start.year + 4, month=12, day=31)
    own = tuple(part for part in parts[pattern])
    return NewContract(pattern, start, start, end, own, account.pk, account.household_id)


def _list_payments(number: int, contract: NewContract, today: date, *, late: bool) -> Iterator[NewPayment]:
    """What fell due until today, but for the last when somebody is late."""
    months = {"yearly": 12, "half-yearly": 6, "monthly": 1}
    for part in contract.parts:
        if part.fen is None or part.first_due_on is None:
            continue
        gone = (today.year - part.first_due_on.year) * 12 + today.month - part.first_due_on.month
        gone -= today.day < part.first_due_on.day
        many = gone // months[part.schedule] + 1 - late
        if many > 0:
            yield NewPayment(number, part.kind, part.fen * many, today, "银行转账")
