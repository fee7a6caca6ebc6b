"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class MembershipConfig(AppConfig):
    """Rounds of confirmation, and appeals."""

    name = "huiyin.economy.membership"

    def ready(self) -> None:
        """What is demanded of the moves of a round and of an appeal, whichever door they come by."""
        from huiyin.cases.api import register_gate
        from huiyin.economy.assemblies.api import register_matter
        from huiyin.economy.membership.appeal_gate import guard_appeal
        from huiyin.economy.membership.appealing import list_appeal_items
        from huiyin.economy.membership.round_gate import guard_round
        from huiyin.economy.membership.rounds import list_round_items
        from huiyin.economy.membership.values import APPEAL, ROUND

        register_gate(ROUND, guard_round)
        register_gate(APPEAL, guard_appeal)
        register_matter(ROUND, "membership", list_round_items)
        register_matter(APPEAL, "membership", list_appeal_items)
