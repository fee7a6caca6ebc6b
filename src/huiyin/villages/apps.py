"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class VillagesConfig(AppConfig):
    """The staff's pages of the village economy."""

    name = "huiyin.villages"

    def ready(self) -> None:
        """Cases have pages of their own; what floors apart ask of each other is tied."""
        from huiyin.villages.contracts.ties import tie_contracts

        tie_contracts()
