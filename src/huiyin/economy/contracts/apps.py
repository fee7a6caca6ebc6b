"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    """Contracts, payments, what the township files of both, and the hints that the books give."""

    name = "huiyin.economy.contracts"

    def ready(self) -> None:
        """Every voucher passes the file; every move of the two processes passes its gate."""
        from huiyin.cases.api import register_gate
        from huiyin.economy.books.api import register_voucher_gate
        from huiyin.economy.contracts.filing import pass_filing
        from huiyin.economy.contracts.gates import demand_filed
        from huiyin.economy.contracts.paying import pass_spending
        from huiyin.economy.contracts.values import FILING, SPENDING

        register_voucher_gate(demand_filed)
        register_gate(FILING, pass_filing)
        register_gate(SPENDING, pass_spending)
