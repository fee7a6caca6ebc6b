"""Households, members and shares of the demo county's organisations; all invented, the same each time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Count

from huiyin.app.demo.economy.shares import UNQUANTIFIED
from huiyin.economy.members.api import (
    Household,
    Member,
    MemberIdentity,
    NewMember,
    PayCard,
    make_member,
    seal_card,
)
from huiyin.economy.organisations.api import Organisation
from huiyin.economy.shares.api import Share, ShareBook

SURNAMES = "陈李周赵吴郑孙马朱胡林郭何高罗梁宋谢唐许邓冯韩曹彭萧蔡潘田董袁于余叶蒋杜苏魏程丁沈"
MEN = (
    "建国",
    "志强",
    "大勇",
    "春生",
    "水根",
    "永康",
    "学文",
    "德顺",
    "长河",
    "海峰",
    "守田",
    "满仓",
    "小军",
    "子豪",
)
WOMEN = (
    "桂兰",
    "秀英",
    "小梅",
    "月娥",
    "丽华",
    "素芬",
    "玉珍",
    "红霞",
    "巧云",
    "爱莲",
    "雪琴",
    "雨桐",
    "欣怡",
    "佳宁",
)
HOUSEHOLDS = (26, 44)
UNITS_EACH = 10
"""Shares of every member in the demo county: ten of a basic class."""


def fill_people(now: datetime) -> None:
    """Fill the roster of each organisation that has none, confirm it, and fix its shares where they are."""
    del now
    empty = Organisation.objects.annotate(many=Count("members")).filter(many=0).exclude(kind="cooperative")
    for organisation in empty.order_by("code"):
        rng = random.Random(organisation.code)  # noqa: S311  # invented people
        households = _add_households(organisation, rng)
        members = Member.objects.bulk_create(
            make_member(organisation.pk, new) for new in _invent(households, rng, organisation)
        )
        if organisation.code not in UNQUANTIFIED:
            _fix_shares(organisation, members)


def _add_households(organisation: Organisation, rng: random.Random) -> list[Household]:
    return Household.objects.bulk_create(
        Household(organisation=organisation, number=at, group_name=f"第{at % 4 + 1}村民小组")
        for at in range(1, rng.randint(*HOUSEHOLDS) + 1)
    )


def _invent(
    households: list[Household], rng: random.Random, organisation: Organisation
) -> Iterator[NewMember]:
    number = 0
    for household in households:
        surname = rng.choice(SURNAMES)
        for relation, drawn, year in _make_family(rng):
            sex = {"子": "male", "女": "female"}.get(relation, drawn)
            number += 1
            name = (surname if relation != "配偶" else rng.choice(SURNAMES)) + rng.choice(
                MEN if sex == "male" else WOMEN
            )
            born = date(year, rng.randint(1, 12), rng.randint(1, 28))
            if relation == "户主":
                household.masked_head = f"{name[0]}*"
                card = PayCard(name, f"6217{rng.randrange(10**15):015d}", "禾川农村商业银行")
                household.sealed_card = seal_card(card)
            yield NewMember(
                household_id=household.pk,
                number=number,
                identity=MemberIdentity(
                    name,
                    f"999001{born:%Y%m%d}{organisation.pk % 10}{number:03d}",
                    f"101{rng.randrange(10**8):08d}",
                ),
                sex=sex,
                born_on=born,
                relation=relation,
                standing="confirmed",
                ground="original",
                article="农村集体经济组织法 第11条",
                since_on=organisation.founded_on,
            )
    Household.objects.bulk_update(households, ["masked_head", "sealed_card"])


def _make_family(rng: random.Random) -> Iterator[tuple[str, str, int]]:
    """Relation, sex and year of birth of each member of a household."""
    year = rng.randint(1948, 1985)
    yield "户主", "male" if rng.random() < 0.8 else "female", year
    if rng.random() < 0.85:
        yield "配偶", "female", year + rng.randint(-2, 4)
    for at in range(rng.randint(0, 2)):
        yield "子" if rng.random() < 0.5 else "女", rng.choice(("male", "female")), year + 24 + at * 3
    if year < 1965 and rng.random() < 0.6:
        yield "孙", rng.choice(("male", "female")), year + 48


def _fix_shares(organisation: Organisation, members: list[Member]) -> None:
    held = len(members) * UNITS_EACH
    charter = organisation.charters.order_by("-version").first()
    part = charter.collective_per_mille if charter else 0
    collective = held * part // (1000 - part) if part else 0
    book = ShareBook.objects.create(
        organisation=organisation,
        fixed_on=organisation.founded_on or date(2020, 1, 1),
        total_units=held + collective,
        held_units=held,
        collective_units=collective,
    )
    Share.objects.bulk_create(
        Share(book=book, household_id=member.household_id, member=member, units=UNITS_EACH)
        for member in members
    )
