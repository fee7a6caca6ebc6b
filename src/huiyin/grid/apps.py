"""The package as Django knows it: it tells the journal which columns hold seals."""

from __future__ import annotations

from django.apps import AppConfig


class GridConfig(AppConfig):
    """Shapes of areas, holders of cells and their absences, landmarks."""

    name = "huiyin.grid"

    def ready(self) -> None:
        """Seals of holders' phones are renewed when the keys are rotated."""
        from huiyin.grid.phones import PURPOSE
        from huiyin.journal.api import register_sealed

        register_sealed("grid_holder", "id", "sealed_phone", PURPOSE)
