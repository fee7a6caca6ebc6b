"""Makes a county for a trial at full size: invented people, each sealed, with books, shares, plans."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from huiyin.economy.books.api import Line, NewVoucher, post_vouchers
from huiyin.economy.distributions.api import do_parts, make_plans
from huiyin.economy.members.api import CARD, IDENTITY, digest_id
from huiyin.economy.organisations.api import Charter, Organisation
from huiyin.economy.postings.api import Field, NewPosting, put_up
from huiyin.economy.shares.api import ShareBook
from huiyin.journal.api import open_cursor, seal
from huiyin.kernel.masks import mask_id_number, mask_name
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import Area, Unit, UnitKind

SURNAMES = "陈李周赵吴郑孙马朱胡林郭何高罗梁宋谢唐许邓冯韩曹彭萧蔡潘田董袁于余叶蒋杜苏魏程丁沈"
GIVEN = "建国志强大勇春生水根永康学文德顺长河海峰守田满仓桂兰秀英小梅月娥丽华素芬玉珍红霞巧云爱莲雪琴"
TOWNSHIPS = 20
FOUNDED = date(2020, 12, 1)
HOUSEHOLD = (1, 2, 3, 3, 4, 5)
"""Members of households as they come round: three on the average."""
UNITS = (10, 10, 10, 10, 10, 5, 12, 10, 8, 15)
"""Shares of members as they come round."""


@dataclass(frozen=True, slots=True)
class Village:
    """What one child makes: an organisation, how many members, and from which ids on."""

    organisation_id: int
    members: int
    first_member: int
    first_household: int


def generate(members: int, collectives: int, now: datetime, processes: int = 2) -> dict[str, int]:
    """Fill an empty county; answers what was made. Refuses `county-not-empty` where there is one."""
    if Organisation.objects.exists():
        words = Words(
            "县里已经有集体经济组织，不能再造试算数据。",
            "The county has organisations; a trial needs it empty.",
        )
        raise Refusal("county-not-empty", words)
    with transaction.atomic():
        organisations = _add_organisations(collectives)
    villages = _lay_out(organisations, members)
    households = sum(do_parts(_fill_village, villages, processes))
    _settle_sequences()
    with transaction.atomic():
        _fix_shares(organisations)
    year = timezone.localdate(now).year - 1
    size = 25
    parts = [organisations[at : at + size] for at in range(0, len(organisations), size)]
    vouchers = sum(do_parts(partial(_keep_books, year=year, now=now), parts, processes))
    plans = make_plans(organisations, year, now)
    with open_cursor() as cursor:
        for table in ("members_household", "members_member", "shares_share", "books_voucher"):
            cursor.execute(f"ANALYZE {table}")
    return {
        "collectives": len(organisations),
        "members": members,
        "households": households,
        "vouchers": vouchers,
        "plans": len(plans),
    }


def _add_organisations(count: int) -> list[Organisation]:
    townships, villages = _add_areas(count)
    offices = Unit.objects.bulk_create(
        _make_unit(f"trial-t{at:02d}", area, UnitKind.TOWNSHIP) for at, area in enumerate(townships, 1)
    )
    units = Unit.objects.bulk_create(
        _make_unit(f"trial-v{at:04d}", area, UnitKind.COLLECTIVE) for at, area in enumerate(villages, 1)
    )
    made = Organisation.objects.bulk_create(
        Organisation(
            code=f"N9999{at:04d}",
            kind="stock",
            name=unit.name,
            unit=unit,
            area=villages[at - 1],
            township=offices[at % TOWNSHIPS],
            founded_on=FOUNDED,
        )
        for at, unit in enumerate(units, 1)
    )
    Charter.objects.bulk_create(
        Charter(
            organisation=one, version=1, adopted_on=FOUNDED, reserve_per_mille=300, collective_per_mille=200
        )
        for one in made
    )
    return made


def _add_areas(count: int) -> tuple[list[Area], list[Area]]:
    """Townships of the county, which is made if there is none, and their villages in turn."""
    county = Area.objects.filter(level="county").first() or Area.objects.create(
        code="999900", name="试算县", level="county", path="0/"
    )
    townships = Area.objects.bulk_create(
        Area(
            code=f"9999{at:02d}",
            name=f"试算{at:02d}乡",
            level="township",
            parent=county,
            path=f"{county.path}t{at}/",
        )
        for at in range(1, TOWNSHIPS + 1)
    )
    villages = Area.objects.bulk_create(
        Area(
            code=f"9999{at % TOWNSHIPS + 1:02d}{at:04d}",
            name=f"试算{at:03d}村",
            level="village",
            parent=townships[at % TOWNSHIPS],
            path=f"{townships[at % TOWNSHIPS].path}v{at}/",
        )
        for at in range(1, count + 1)
    )
    return townships, villages


def _make_unit(key: str, area: Area, kind: UnitKind) -> Unit:
    collective = kind == UnitKind.COLLECTIVE
    name = f"{area.name}股份经济合作社" if collective else area.name
    return Unit(key=key, name=name, short=name, kind=kind, area=area)


def _lay_out(organisations: Sequence[Organisation], members: int) -> list[Village]:
    rng = random.Random(members)  # noqa: S311  invented people
    weights = [rng.randint(40, 160) for _ in organisations]
    whole, given, villages = sum(weights), 0, []
    first_household = 1
    for at, (one, weight) in enumerate(zip(organisations, weights, strict=True), 1):
        many = members - given if at == len(organisations) else members * weight // whole
        villages.append(Village(one.pk, many, given + 1, first_household))
        given += many
        first_household += many  # more than there are: a gap between villages harms nobody
    return villages


def _fill_village(village: Village) -> int:
    """Households and members of one village, by COPY; how many households."""
    rng = random.Random(village.organisation_id)  # noqa: S311  invented people
    households, members = [], []
    for at, (first, many) in enumerate(_cut(village.members), 1):
        household = village.first_household + at - 1
        people = [_invent(village, household, first + one, one, rng) for one in range(many)]
        members += [row for row, _ in people]
        head = people[0][1]
        card = {"payee": head, "account": f"6217{rng.randrange(10**15):015d}", "bank": "试算农村商业银行"}
        households.append(
            (household, village.organisation_id, at, mask_name(head), seal(card, CARD), f"第{at % 8 + 1}组")
        )
    with transaction.atomic():
        _copy(
            "members_household",
            "id, organisation_id, number, masked_head, sealed_card, group_name",
            households,
        )
        _copy("members_member", _MEMBER, members)
    return len(households)


_MEMBER = (
    "id, organisation_id, household_id, number, sealed, id_digest, masked_name, masked_id, sex, born_on, "
    "relation, capable, standing, ground, article, since_on"
)


def _cut(members: int) -> Iterator[tuple[int, int]]:
    at, turn = 1, 0
    while at <= members:
        many = min(HOUSEHOLD[turn % len(HOUSEHOLD)], members - at + 1)
        yield at, many
        at, turn = at + many, turn + 1


def _invent(
    village: Village, household: int, number: int, place: int, rng: random.Random
) -> tuple[tuple[Any, ...], str]:
    name = rng.choice(SURNAMES) + rng.choice(GIVEN) + rng.choice(GIVEN)
    pk = village.first_member + number - 1
    born = date(1940 + pk % 68, pk % 12 + 1, pk % 28 + 1)
    id_number = f"9{pk:07d}{born:%m%d}{pk % 10**6:06d}"
    identity = {"name": name, "id_number": id_number, "phone": f"101{pk:08d}"}
    row = (
        pk,
        village.organisation_id,
        household,
        number,
        seal(identity, IDENTITY),
        digest_id(id_number),
        mask_name(name),
        mask_id_number(id_number),
        "female" if pk % 2 else "male",
        born,
        "户主" if place == 0 else "家庭成员",
        True,
        "confirmed",
        "original",
        "农村集体经济组织法 第11条",
        FOUNDED,
    )
    return row, name


def _copy(table: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _settle_sequences() -> None:
    with open_cursor() as cursor:
        for table in ("members_household", "members_member"):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608  # nosec B608
            )


def _fix_shares(organisations: Sequence[Organisation]) -> None:
    books = ShareBook.objects.bulk_create(
        ShareBook(organisation=one, fixed_on=FOUNDED, total_units=0, held_units=0) for one in organisations
    )
    given = {
        "books": [one.pk for one in books],
        "own": [one.organisation_id for one in books],
        "units": list(UNITS),
    }
    with open_cursor() as cursor:
        cursor.execute(
            "INSERT INTO shares_share (book_id, household_id, member_id, units) "
            "SELECT b.book, m.household_id, m.id, "
            "(%(units)s::int[])[m.number %% cardinality(%(units)s::int[]) + 1] "
            "FROM unnest(%(books)s::bigint[], %(own)s::bigint[]) AS b (book, own) "
            "JOIN members_member m ON m.organisation_id = b.own ORDER BY b.book, m.id",
            given,
        )
        cursor.execute(
            "UPDATE shares_sharebook b SET held_units = s.held, collective_units = s.held / 9, "
            "total_units = s.held + s.held / 9 "
            "FROM (SELECT book_id, sum(units)::bigint AS held FROM shares_share GROUP BY book_id) s "
            "WHERE s.book_id = b.id"
        )


def _keep_books(organisations: Sequence[Organisation], year: int, now: datetime) -> int:
    """Three vouchers a month, and the roster of households on the notice board."""
    new = [voucher for one in organisations for voucher in _make_vouchers(one, year)]
    posted = len(post_vouchers(new, None, now))
    for one in organisations:
        put_up(_make_sheet(one, timezone.localdate(now)), None, now)
    return posted


def _make_vouchers(organisation: Organisation, year: int) -> Iterator[NewVoucher]:
    rng = random.Random(organisation.code)  # noqa: S311  invented sums
    for month in range(1, 13):
        for at, (summary, account, least, most) in enumerate(_DEALINGS, 1):
            fen = rng.randint(least, most)
            lines = (
                (Line("102", fen), Line(account, -fen))
                if least > 0
                else (Line(account, -fen), Line("102", fen))
            )
            key = f"trial:{organisation.code}:{year}-{month}-{at}"
            yield NewVoucher(organisation.pk, date(year, month, 5 + at), summary, lines, key=key)


_DEALINGS = (
    ("收厂房租金", "501", 4_000_000, 26_000_001),
    ("收鱼塘承包费", "501", 1_000_000, 6_000_007),
    ("付办公费", "513", -480_000, -100_000),
)


def _make_sheet(organisation: Organisation, on: date) -> NewPosting:
    columns = (Field("head", Words("户主", "Head")), Field("people", Words("人数", "People"), "count"))
    with open_cursor() as cursor:
        cursor.execute(
            "SELECT h.number, h.masked_head, count(m.id) FROM members_household h "
            "JOIN members_member m ON m.household_id = h.id WHERE h.organisation_id = %s "
            "GROUP BY h.id ORDER BY h.number",
            [organisation.pk],
        )
        rows = [
            (f"household:{number}", {"head": head, "people": many})
            for number, head, many in cursor.fetchall()
        ]
    return NewPosting(organisation.pk, "roster", "成员名单公示", "trial:roster", columns, rows, on, 7)
