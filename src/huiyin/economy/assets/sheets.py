"""The sheets of an inventory: totals by register, and what hangs on the three postings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from huiyin.economy.assets.models import CountLine, Difference, Inventory
from huiyin.economy.assets.rules import tell_mu
from huiyin.economy.assets.values import CHECKS, FAULTS, LAND, REGISTERS, SEEN, TREATMENTS, USES
from huiyin.economy.organisations.api import get_limit
from huiyin.economy.postings.api import Field, NewPosting, Posting, put_up
from huiyin.kernel.masks import mask_name
from huiyin.kernel.words import Words
from huiyin.people.api import take_in_hand

TURNS = ("一榜", "二榜", "三榜")
COLUMNS = (
    Field("register", Words("类别", "Register")),
    Field("code", Words("编号", "Code")),
    Field("name", Words("名称", "Name")),
    Field("place", Words("位置", "Place")),
    Field("use", Words("使用情况", "Use")),
    Field("book", Words("账面价值", "Book value"), "balance"),
    Field("counted", Words("核实价值", "Counted"), "balance"),
    Field("area", Words("面积（亩）", "Area (mu)")),
    Field("seen", Words("状况", "State")),
    Field("remark", Words("差异说明", "Differences")),
)
"""What hangs of every line: no name of a person stands in full."""


def subject_of(inventory: Inventory) -> str:
    """Of what its postings are; another count is posted as another subject."""
    number = f"case:{inventory.case.number}"
    return number if inventory.turn == 1 else f"{number}/{inventory.turn}"


def put_up_turn(inventory: Inventory, turn: int, account_id: int | None, now: datetime) -> Posting:
    """Put up 一榜, 二榜 or 三榜: every line, with its differences and how they are explained."""
    organisation = inventory.organisation
    lines = inventory.lines.select_related("asset").order_by("asset__register", "asset__code")
    by_line: dict[int | None, list[Difference]] = {}
    for row in inventory.differences.order_by("id"):
        by_line.setdefault(row.line_id, []).append(row)
    rows = [(f"asset:{line.asset.code}", _tell_line(line, by_line.get(line.pk, []))) for line in _sort(lines)]
    rows += [(f"difference:{row.pk}", _tell_ledger(row)) for row in by_line.get(None, [])]
    today = timezone.localdate(now)
    new = NewPosting(
        organisation.pk,
        "inventory",
        f"{organisation.name}{inventory.year}年度清产核资结果（{TURNS[turn - 1]}）",
        subject_of(inventory),
        COLUMNS,
        rows,
        today,
        get_limit("posting-days", organisation.township_id),
        turn,
        "对公示内容有异议的，可在每一行下提出，须得到答复。",
    )
    return put_up(new, take_in_hand(account_id or 0, today), now)


def _sort(lines: Iterable[CountLine]) -> list[CountLine]:
    order = {key: at for at, key in enumerate(REGISTERS)}
    return sorted(lines, key=lambda line: (order[line.asset.register], line.asset.code))


def _tell_line(line: CountLine, found: Sequence[Difference]) -> dict[str, Any]:
    asset = line.asset
    register = REGISTERS[asset.register]
    land = register.kind == LAND
    named = asset.party and register.kind in {"claim", "debt"}
    return {
        "register": register.title.zh,
        "code": asset.code,
        "name": f"{asset.name}（{mask_name(asset.party)}）" if named else asset.name,
        "place": asset.place,
        "use": USES[asset.use].zh,
        "book": None if land else line.book_fen,
        "counted": None if land else line.counted_fen,
        "area": tell_mu(line.counted_mu),
        "seen": SEEN[line.seen].zh if line.seen in SEEN else "",
        "remark": "；".join(_tell(row) for row in found),
    }


def _tell_ledger(row: Difference) -> dict[str, Any]:
    return {
        "register": CHECKS[row.kind].zh,
        "code": row.account,
        "name": FAULTS[row.fault].zh,
        "place": "",
        "use": "",
        "book": row.book_fen,
        "counted": row.counted_fen,
        "area": "",
        "seen": "",
        "remark": _tell(row),
    }


def _tell(row: Difference) -> str:
    how = TREATMENTS[row.treatment].zh if row.treatment in TREATMENTS else ""
    return f"{FAULTS[row.fault].zh}：{row.explanation}（{how}）"


def sum_registers(lines: Iterable[CountLine]) -> dict[str, dict[str, Any]]:
    """Entries, book value, counted value, what differs so far and area by register; areas as exact text."""
    totals: dict[str, dict[str, Any]] = {}
    areas: dict[str, Decimal] = {}
    for line in lines:
        key = line.asset.register
        one = totals.setdefault(
            key, {"lines": 0, "counted_lines": 0, "book_fen": 0, "counted_fen": 0, "gap_fen": 0, "area": ""}
        )
        one["lines"] += 1
        one["counted_lines"] += line.counted_at is not None
        one["book_fen"] += line.book_fen
        one["counted_fen"] += line.counted_fen or 0
        one["gap_fen"] += 0 if line.counted_fen is None else line.counted_fen - line.book_fen
        area = line.counted_mu if line.counted_at else line.book_mu
        areas[key] = areas.get(key, Decimal(0)) + (area or Decimal(0))
    for key, area in areas.items():
        totals[key]["area"] = tell_mu(area) if area else ""
    return {key: totals[key] for key in REGISTERS if key in totals}
