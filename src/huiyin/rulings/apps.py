"""The application of returns, rulings and precedents."""

from __future__ import annotations

from django.apps import AppConfig


class RulingsConfig(AppConfig):
    """Returns in dispute."""

    name = "huiyin.rulings"
