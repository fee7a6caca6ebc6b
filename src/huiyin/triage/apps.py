"""The suggestions as a part of the product."""

from __future__ import annotations

from django.apps import AppConfig


class TriageConfig(AppConfig):
    """Models, predictions, thresholds, dispatch that goes by itself."""

    name = "huiyin.triage"
