"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class BooksConfig(AppConfig):
    """Double-entry books of an organisation: vouchers that balance, months that close."""

    name = "huiyin.economy.books"

    def ready(self) -> None:
        """Have the sweep of stray files leave the papers of vouchers alone."""
        from huiyin.cases.api import register_file_owner
        from huiyin.economy.books.files import list_used

        register_file_owner(list_used)
