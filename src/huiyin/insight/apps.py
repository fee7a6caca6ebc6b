"""The application of hot issues."""

from __future__ import annotations

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Hot issues."""

    name = "huiyin.insight"
