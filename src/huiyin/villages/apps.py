"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class VillagesConfig(AppConfig):
    """The staff's pages of the village economy."""

    name = "huiyin.villages"

    def ready(self) -> None:
        """Cases of the village economy have pages of their own."""
        from huiyin.console.api import register_own_page
        from huiyin.kernel.words import Words

        register_own_page("inventory", "villages:inventory", Words("清产核资", "Inventory"))
