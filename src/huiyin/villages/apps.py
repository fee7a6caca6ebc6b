"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class VillagesConfig(AppConfig):
    """The staff's pages of the village economy."""

    name = "huiyin.villages"

    def ready(self) -> None:
        """Cases have pages of their own; what floors apart ask of each other is tied."""
        from huiyin.console.api import register_own_page
        from huiyin.villages.assets.ties import tie_assets
        from huiyin.villages.contracts.ties import tie_contracts
        from huiyin.villages.meetings.matters import register_matters
        from huiyin.villages.own_pages import OWN_PAGES

        for process, route, title in OWN_PAGES:
            register_own_page(process, route, title)
        tie_assets()
        tie_contracts()
        register_matters()
