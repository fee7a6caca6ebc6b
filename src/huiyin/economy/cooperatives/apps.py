"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CooperativesConfig(AppConfig):
    """Co-operatives: contributions, member accounts, votes, surplus; benefit contracts."""

    name = "huiyin.economy.cooperatives"

    def ready(self) -> None:
        """Its process asks its gate, the township's file knows its payments, its seals are renewed."""
        from huiyin.cases.api import register_gate
        from huiyin.economy.contracts.api import register_filed_source
        from huiyin.economy.cooperatives import booking
        from huiyin.economy.cooperatives.gates import pass_surplus
        from huiyin.economy.cooperatives.values import IDENTITY, PROCESS
        from huiyin.journal.api import register_sealed

        register_gate(PROCESS, pass_surplus)
        register_filed_source(booking.BENEFIT, booking.is_benefit_filed)
        register_filed_source(booking.SURPLUS, booking.is_surplus_resolved)
        register_sealed("cooperatives_memberaccount", "id", "sealed", IDENTITY)
