"""Tells the journal which columns of requests are sealed, so that a new key reaches them."""

from __future__ import annotations

from django.apps import AppConfig


class AppealsConfig(AppConfig):
    """Requests from any door."""

    name = "huiyin.appeals"

    def ready(self) -> None:
        """Register the sealed columns for the rotation of keys."""
        from huiyin.journal.api import register_sealed

        register_sealed("appeals_appeal", "case_id", "secret_sealed", "secret")
        register_sealed("appeals_message", "id", "to_sealed", "message")
