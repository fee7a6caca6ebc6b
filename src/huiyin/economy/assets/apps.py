"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AssetsConfig(AppConfig):
    """Registers of assets, valuations and inventories; every move of an inventory passes its gate."""

    name = "huiyin.economy.assets"

    def ready(self) -> None:
        """Hold every door to what the steps of an inventory demand; its result awaits the assembly."""
        from huiyin.cases.api import register_gate
        from huiyin.economy.assemblies.api import register_matter
        from huiyin.economy.assets.confirming import list_items
        from huiyin.economy.assets.gate import pass_inventory
        from huiyin.economy.assets.values import INVENTORY

        register_gate(INVENTORY, pass_inventory)
        register_matter(INVENTORY, "inventory", list_items)
