"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DistributionsConfig(AppConfig):
    """Distribution of a year's income."""

    name = "huiyin.economy.distributions"

    def ready(self) -> None:
        """Moves and vouchers pass the gates; what a plan pays counts as filed; cards are resealed."""
        from huiyin.cases.api import register_gate
        from huiyin.economy.books.api import register_voucher_gate
        from huiyin.economy.contracts.api import register_filed_source
        from huiyin.economy.distributions.gates import pass_move
        from huiyin.economy.distributions.values import PROCESS
        from huiyin.economy.distributions.vouchers import SOURCE, is_filed, pass_vouchers
        from huiyin.economy.members.api import CARD
        from huiyin.journal.api import register_sealed

        register_gate(PROCESS, pass_move)
        register_voucher_gate(pass_vouchers)
        register_filed_source(SOURCE, is_filed)
        register_sealed("distributions_payment", "id", "sealed_card", CARD)
