"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SharesConfig(AppConfig):
    """Shares: quantified to persons, fixed to households, frozen in total."""

    name = "huiyin.economy.shares"
