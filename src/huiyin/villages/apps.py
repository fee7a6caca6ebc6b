"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class VillagesConfig(AppConfig):
    """The staff's pages of the village economy."""

    name = "huiyin.villages"

    def ready(self) -> None:
        """Tell the console which cases have a page of their own here."""
        from huiyin.console.api import register_own_page
        from huiyin.kernel.words import Words

        register_own_page("village-question", "villages:question", Words("公示里的提问", "The question"))
