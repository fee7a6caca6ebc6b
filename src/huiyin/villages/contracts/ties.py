"""Ties contracts to what stands above them: the resolutions of the assembly."""

from __future__ import annotations

from datetime import datetime

from huiyin.economy.assemblies.api import demand_resolution
from huiyin.economy.contracts.api import Contract, register_demand


def demand_resolved(contract: Contract, now: datetime) -> None:
    """A contract from the line on needs a valid resolution on it (`contract:<id>`)."""
    demand_resolution(contract.organisation_id, f"contract:{contract.pk}", now)


def tie_contracts() -> None:
    """Called once, when the application is ready."""
    register_demand(demand_resolved)
