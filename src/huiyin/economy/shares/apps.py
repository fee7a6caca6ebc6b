"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SharesConfig(AppConfig):
    """Shares: quantified to persons, fixed to households, frozen in total."""

    name = "huiyin.economy.shares"

    def ready(self) -> None:
        """The two processes of shares ask this package before each move; charters ask the assembly."""
        from huiyin.cases.api import register_gate
        from huiyin.economy.assemblies.api import register_matter
        from huiyin.economy.organisations.api import register_resolution_gate
        from huiyin.economy.shares.charters import demand_charter, demand_closing
        from huiyin.economy.shares.gates import guard_plan, guard_transfer, list_plan_items
        from huiyin.economy.shares.values import PLAN, PRINTED, TRANSFER
        from huiyin.journal.api import register_sealed

        register_matter(PLAN, "quantification", list_plan_items)
        register_gate(PLAN, guard_plan)
        register_gate(TRANSFER, guard_transfer)
        register_resolution_gate("charter", demand_charter)
        register_resolution_gate("merger", demand_closing)
        register_sealed("shares_printing", "id", "sealed", PRINTED)
