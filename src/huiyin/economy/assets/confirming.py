"""Confirms an inventory: vouchers for what differs, registers that follow the count, totals that stand."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from huiyin.cases.api import Case, Passing
from huiyin.economy.assemblies.api import Item, Resolution
from huiyin.economy.assets.comparing import list_differences, read_found
from huiyin.economy.assets.keeping import name_asset
from huiyin.economy.assets.models import Asset, CountLine, Difference, Inventory
from huiyin.economy.assets.rules import make_lines, tell_mu
from huiyin.economy.assets.sheets import sum_registers
from huiyin.economy.assets.values import FAULTS, REGISTERS
from huiyin.economy.books.api import NewVoucher, post_vouchers
from huiyin.economy.organisations.api import note
from huiyin.journal.api import append
from huiyin.kernel.canonical import canonical
from huiyin.people.api import AccountInHand, make_entry, take_in_hand

POSTED = frozenset({"first", "second", "third"})


def list_items(case: Case) -> list[Item]:
    """What an assembly may resolve on: the result, once it hangs."""
    if case.stage not in POSTED:
        return []
    return [Item(f"case:{case.number}", f"{case.title}结果")]


def settle(inventory: Inventory, resolution: Resolution, passing: Passing) -> None:
    """Post what the differences come to, have the registers follow, and freeze the totals.

    Refused as `post_vouchers` refuses: the month is closed.
    """
    by = take_in_hand(passing.acting.account_id or 0, timezone.localdate(passing.now))
    _post_differences(inventory, by, passing)
    lines = list(inventory.lines.select_related("asset").order_by("id"))
    _follow_count(lines, by, passing)
    inventory.resolution, inventory.confirmed_at = resolution, passing.now
    inventory.totals = sum_registers(lines)
    inventory.digest = digest_inventory(inventory)
    inventory.save(update_fields=["resolution", "confirmed_at", "totals", "digest"])
    told = {"case": passing.number, "digest": inventory.digest, "totals": inventory.totals}
    note(inventory.organisation, "confirm-inventory", by, passing.now, **told)


def _post_differences(inventory: Inventory, by: AccountInHand | None, passing: Passing) -> None:
    rows = [(row, make_lines(read_found(row), row.treatment)) for row in list_differences(inventory)]
    rows = [(row, lines) for row, lines in rows if lines]
    vouchers = post_vouchers(
        [
            NewVoucher(
                inventory.organisation_id,
                timezone.localdate(passing.now),
                f"清产核资{FAULTS[row.fault].zh}：{row.line.asset.name if row.line else row.account}",
                lines,
                source=f"inventory:{inventory.pk}",
                key=f"inventory:{inventory.pk}:{row.pk}",
                reviewed_by_id=by.id if by else None,
            )
            for row, lines in rows
        ],
        by,
        passing.now,
    )
    for (row, _), voucher in zip(rows, vouchers, strict=True):
        row.voucher = voucher
    Difference.objects.bulk_update([row for row, _ in rows], ["voucher"])


def _follow_count(lines: Sequence[CountLine], by: AccountInHand | None, passing: Passing) -> None:
    """Each entry takes the value and area that were counted; what is gone ends."""
    changed = [line for line in lines if _take(line, passing)]
    Asset.objects.bulk_update(
        [line.asset for line in changed], ["value_fen", "area_mu", "ended_on", "ended_reason", "ended_basis"]
    )
    append(
        [
            make_entry(
                name_asset(line.asset), "follow-inventory", by, passing.now, case=passing.number,
                fen=line.counted_fen, area=tell_mu(line.counted_mu), seen=line.seen,
            )
            for line in changed
        ]
    )  # fmt: skip


def _take(line: CountLine, passing: Passing) -> bool:
    asset = line.asset
    if line.seen == "missing":
        asset.ended_on = timezone.localdate(passing.now)
        asset.ended_reason, asset.ended_basis = "清产核资盘亏", passing.number
        return True
    land = not REGISTERS[asset.register].accounts
    value, area = asset.value_fen if land else line.counted_fen, line.counted_mu if land else None
    if (asset.value_fen, asset.area_mu) == (value, area):
        return False
    asset.value_fen, asset.area_mu = value, area
    return True


def digest_inventory(inventory: Inventory) -> str:
    """SHA-256 of every line and difference: what was confirmed and may not be altered after."""
    lines = [
        [line.asset.code, line.book_fen, line.counted_fen, tell_mu(line.counted_mu), line.seen]
        for line in inventory.lines.select_related("asset").order_by("asset__code")
    ]
    said: dict[str, Any] = {
        "year": inventory.year,
        "as_of": inventory.as_of.isoformat(),
        "lines": lines,
        "differences": [
            [row.kind, row.fault, row.account, row.gap_fen, row.treatment, row.explanation]
            for row in list_differences(inventory)
        ],
    }
    return hashlib.sha256(canonical(said)).hexdigest()
