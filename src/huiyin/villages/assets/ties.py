"""Ties contracts to the registers: what changes hands under one is valued and filed first."""

from __future__ import annotations

import re
from datetime import datetime

from huiyin.economy.assets.api import Asset, demand_valuation
from huiyin.economy.contracts.api import Contract, register_demand

CODE = re.compile(r"[A-Z]{2}\d{4,}")
PURPOSES = {"lease": "lease", "investment": "contribution"}
"""For what an asset is valued, by the kind of the contract under which it changes hands."""


def demand_valued(contract: Contract, _now: datetime) -> None:
    """A contract from the line on that names entries of the registers (`TD0003`) waits for their valuations.

    Refuses `valuation-not-filed`.
    """
    purpose = PURPOSES.get(contract.kind)
    codes = CODE.findall(f"{contract.subject} {contract.title}")
    if purpose is None or not codes:
        return
    named = Asset.objects.filter(
        organisation_id=contract.organisation_id, code__in=codes, ended_on__isnull=True
    )
    for asset in named.order_by("code"):
        demand_valuation(asset, purpose)


def tie_assets() -> None:
    """Called once, when the application is ready."""
    register_demand(demand_valued)
