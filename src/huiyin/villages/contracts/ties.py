"""Ties contracts to what stands above them: the pages of their cases, and the assembly's resolutions."""

from __future__ import annotations

from datetime import datetime

from huiyin.console.api import register_own_page
from huiyin.economy.assemblies.api import demand_resolution
from huiyin.economy.contracts.api import FILING, SPENDING, Contract, register_demand
from huiyin.kernel.words import Words


def demand_resolved(contract: Contract, now: datetime) -> None:
    """A contract from the line on needs a valid resolution on it (`contract:<id>`)."""
    demand_resolution(contract.organisation_id, f"contract:{contract.pk}", now)


def tie_contracts() -> None:
    """Called once, when the application is ready."""
    register_demand(demand_resolved)
    register_own_page(FILING, "villages:filing", Words("打开合同", "Open the contract"))
    register_own_page(SPENDING, "villages:filing", Words("打开支出", "Open the payment"))
