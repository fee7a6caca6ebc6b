"""Ties contracts to what stands above them: resolutions of the assembly, differences of an inventory."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from huiyin.economy.assemblies.api import demand_resolution
from huiyin.economy.assets.api import Difference
from huiyin.economy.books.api import CASH, NewVoucher
from huiyin.economy.contracts.api import Contract, register_demand, register_filed_source


def demand_resolved(contract: Contract, now: datetime) -> None:
    """A contract from the line on needs a valid resolution on it (`contract:<id>`)."""
    demand_resolution(contract.organisation_id, f"contract:{contract.pk}", now)


def is_missing(voucher: NewVoucher) -> bool:
    """Whether it writes off exactly the money that an inventory found missing and the assembly passed."""
    source, _, row = (voucher.key or "").rpartition(":")
    inventory = source.partition(":")[2]
    if source != voucher.source or not row.isdecimal() or not inventory.isdecimal():
        return False
    out = -sum(line.fen for line in voucher.lines if line.account.partition("-")[0] in CASH)
    return Difference.objects.filter(
        pk=int(row),
        inventory__id=int(inventory),
        inventory__organisation=voucher.organisation_id,
        voucher__isnull=True,
        book_fen=F("counted_fen") + out,
    ).exists()


def tie_contracts() -> None:
    """Called once, when the application is ready."""
    register_demand(demand_resolved)
    register_filed_source("inventory", is_missing)
