"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AssetsConfig(AppConfig):
    """Registers of assets, valuations and inventories; every move of an inventory passes its gate."""

    name = "huiyin.economy.assets"

    def ready(self) -> None:
        """Hold every door to what the steps of an inventory demand."""
        from huiyin.cases.api import register_gate
        from huiyin.economy.assets.gate import pass_inventory
        from huiyin.economy.assets.values import INVENTORY

        register_gate(INVENTORY, pass_inventory)
