"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AssembliesConfig(AppConfig):
    """Assemblies of the members, and what they resolved."""

    name = "huiyin.economy.assemblies"
