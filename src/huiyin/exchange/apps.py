"""Tells the journal which columns of the exchange are sealed, so that a new key reaches them."""

from __future__ import annotations

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Webhooks and peers."""

    name = "huiyin.exchange"

    def ready(self) -> None:
        """Register the sealed columns for the rotation of keys."""
        from huiyin.journal.api import register_sealed

        register_sealed("exchange_subscription", "id", "secret_sealed", "webhook")
        register_sealed("exchange_subscription", "id", "former_sealed", "webhook")
        register_sealed("exchange_peer", "id", "key_sealed", "peer")
