"""Rulings as precedents: finding those that fit a matter, listing them, withdrawing one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from huiyin.journal.api import load_queries
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import bigrams, clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, note_thing
from huiyin.rulings.models import Ruling
from huiyin.rulings.rules import share_of, weigh
from huiyin.rulings.values import Precedent

QUERIES = load_queries(__package__)
LOOKED_AT = 400
"""Rulings whose words are compared: those of the category first, then the newest."""

NEAR_ENOUGH = 150
"""In thousandths: what is less near is not shown as a precedent."""


def find_precedents(
    category_id: int | None,
    area_id: int | None,
    text: str,
    on: date | None = None,
    *,
    case_id: int | None = None,
    most: int = 3,
) -> list[Precedent]:
    """The rulings in force on that day that fit a matter, nearest first; one statement.

    They are on the same category, one above it or beside it, or speak of the same in other words; a ruling on
    the case `case_id` itself is left out.
    """
    given = {"category_id": category_id, "area_id": area_id, "on": on, "case_id": case_id, "most": LOOKED_AT}
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["find_precedents"], given)
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    pairs = frozenset(bigrams(text))
    found = [_weigh(row, pairs) for row in rows]
    likely = [one for one in found if one.nearness >= NEAR_ENOUGH and _speaks_of_it(one)]
    return sorted(likely, key=lambda one: (-one.nearness, -one.decided_at.timestamp()))[:most]


def _speaks_of_it(one: Precedent) -> bool:
    """The place alone makes no precedent."""
    return any("类别" in words.zh or "事" in words.zh for words in one.why)


def _weigh(row: dict[str, Any], pairs: frozenset[str]) -> Precedent:
    share = share_of(pairs, frozenset(bigrams(f"{row['title']} {row['reason']}")))
    nearness, why = weigh(row["kinship"], row["ground"], share)
    return Precedent(
        number=row["number"],
        case_number=row["case_number"],
        title=row["title"],
        category=Words(row["category"], row["category_en"]),
        area=Words(row["area"], row["area_en"]),
        lead_id=row["lead_id"],
        lead=Words(row["lead"], row["lead_en"]),
        assisting=tuple(unit["name"] for unit in json.loads(row["assisting"])),
        clause=row["clause"],
        reason=row["reason"],
        decided_at=row["decided_at"],
        nearness=nearness,
        why=why,
    )


@dataclass(frozen=True, slots=True)
class RulingFilters:
    """Which rulings a list holds. `state`: open, withdrawn, or empty for all; categories with all below."""

    text: str = ""
    category_id: int | None = None
    unit_id: int | None = None
    state: str = "open"


def list_rulings(asked: RulingFilters, limit: int, offset: int) -> tuple[list[Ruling], int]:
    """Rulings, newest first, with how many there are in all."""
    found = _select(asked)
    related = found.select_related("case", "category", "area", "lead", "duty")
    return list(related.order_by("-decided_at", "-id")[offset : offset + limit]), found.count()


def _select(asked: RulingFilters) -> QuerySet[Ruling]:
    found = Ruling.objects.all()
    if asked.state:
        found = found.filter(withdrawn_at__isnull=asked.state == "open")
    for word in clean(asked.text).split():
        found = found.filter(
            Q(number__icontains=word) | Q(title__icontains=word) | Q(reason__icontains=word)
            | Q(clause__icontains=word) | Q(case__number__iexact=word)
        )  # fmt: skip
    if asked.category_id is not None:
        step = str(asked.category_id)
        found = found.filter(
            Q(category__path__startswith=f"{step}/") | Q(category__path__contains=f"/{step}/")
        )
    if asked.unit_id is not None:
        found = found.filter(Q(lead_id=asked.unit_id) | Q(assisting__contains=[{"id": asked.unit_id}]))
    return found


def get_ruling(pk: int) -> Ruling:
    """One ruling; refuses `ruling-not-found`."""
    found = Ruling.objects.select_related("case", "category", "area", "lead", "duty").filter(pk=pk).first()
    if found is None:
        raise Refusal("ruling-not-found", Words("没有这个裁定。", "There is no such ruling."))
    return found


@transaction.atomic
def withdraw_ruling(pk: int, reason: str, *, by: AccountInHand, now: datetime) -> Ruling:
    """It is no precedent any more; the case that it decided stays decided. Journalled.

    Refuses `reason-missing` and `withdrawn-already`.
    """
    ruling = Ruling.objects.select_for_update().filter(pk=pk).first() or get_ruling(pk)
    if ruling.withdrawn_at is not None:
        words = Words("这个先例已经撤销过了。", "This precedent was withdrawn already.")
        raise Refusal("withdrawn-already", words)
    if not clean(reason):
        words = Words("请写明为什么撤销这个先例。", "Say why this precedent is withdrawn.")
        raise Refusal("reason-missing", words, rule="国办函〔2025〕66号：派单目录动态更新", field="reason")
    ruling.withdrawn_at, ruling.withdrawn_by = now, by.signature
    ruling.withdrawn_reason = clean(reason)
    ruling.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    note_thing(f"ruling:{ruling.number}", "ruling-withdrawn", by, now, reason=ruling.withdrawn_reason)
    return ruling


@transaction.atomic
def restore_ruling(pk: int, *, by: AccountInHand, now: datetime) -> Ruling:
    """It serves as a precedent again. Journalled. Refuses `not-withdrawn`."""
    ruling = Ruling.objects.select_for_update().filter(pk=pk).first() or get_ruling(pk)
    if ruling.withdrawn_at is None:
        raise Refusal("not-withdrawn", Words("这个先例没有撤销过。", "This precedent was not withdrawn."))
    ruling.withdrawn_at, ruling.withdrawn_by, ruling.withdrawn_reason = None, "", ""
    ruling.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    note_thing(f"ruling:{ruling.number}", "ruling-restored", by, now)
    return ruling
