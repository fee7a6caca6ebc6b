"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class VillagesConfig(AppConfig):
    """The staff's pages of the village economy."""

    name = "huiyin.villages"

    def ready(self) -> None:
        """Cases of the village economy link to their own pages."""
        from huiyin.console.api import register_own_page
        from huiyin.kernel.words import Words

        register_own_page("share-plan", "villages:share-plan", Words("股权量化方案", "The plan of shares"))
        register_own_page(
            "share-transfer", "villages:share-transfer", Words("股权变更", "The change of shares")
        )
