"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CooperativesConfig(AppConfig):
    """Co-operatives: contributions, member accounts, votes, surplus; benefit contracts."""

    name = "huiyin.economy.cooperatives"

    def ready(self) -> None:
        """Its process asks the gate of this package; its seals are renewed when the keys are rotated."""
        from huiyin.cases.api import register_gate
        from huiyin.economy.cooperatives.gates import pass_surplus
        from huiyin.economy.cooperatives.values import IDENTITY, PROCESS
        from huiyin.journal.api import register_sealed

        register_gate(PROCESS, pass_surplus)
        register_sealed("cooperatives_memberaccount", "id", "sealed", IDENTITY)
