"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class VillagesConfig(AppConfig):
    """The staff's pages of the village economy."""

    name = "huiyin.villages"
