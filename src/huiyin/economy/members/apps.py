"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Households and members of an organisation."""

    name = "huiyin.economy.members"

    def ready(self) -> None:
        """Seals of members and households are renewed when the keys are rotated."""
        from huiyin.economy.members.values import CARD, IDENTITY
        from huiyin.journal.api import register_sealed

        register_sealed("members_member", "id", "sealed", IDENTITY)
        register_sealed("members_household", "id", "sealed_card", CARD)
