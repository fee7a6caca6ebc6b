"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PlacingConfig(AppConfig):
    """The place of each case."""

    name = "huiyin.placing"
