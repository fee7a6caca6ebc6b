"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class VillagesConfig(AppConfig):
    """The staff's pages of the village economy."""

    name = "huiyin.villages"

    def ready(self) -> None:
        """The pages that cases of the village economy have of their own."""
        from huiyin.console.api import register_own_page
        from huiyin.economy.membership.api import APPEAL, ROUND
        from huiyin.kernel.words import Words

        register_own_page(ROUND, "villages:membership-round", Words("成员名单", "List of people"))
        register_own_page(APPEAL, "villages:membership-appeal", Words("复核申请", "The appeal"))
