"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Organisations of the village economy: their kinds, officers, charters, limits, and who sees them."""

    name = "huiyin.economy.organisations"
