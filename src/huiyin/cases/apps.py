"""Tells the journal that cases hold their headers against it."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Anything that must be closed."""

    name = "huiyin.cases"

    def ready(self) -> None:
        """Take part in `huiyin journal verify`."""
        from huiyin.cases.witness import find_differences
        from huiyin.journal.api import register_witness

        register_witness("cases", find_differences)
