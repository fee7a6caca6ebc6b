"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class BooksConfig(AppConfig):
    """Double-entry books of an organisation: vouchers that balance, months that close."""

    name = "huiyin.economy.books"
