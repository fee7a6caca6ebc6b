"""The package as Django knows it: it tells the journal which columns hold seals."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Units, areas, places, accounts, sessions, persons, companies."""

    name = "huiyin.people"

    def ready(self) -> None:
        """Seals of persons and second factors are renewed when the keys are rotated."""
        from huiyin.journal.api import register_sealed
        from huiyin.people import persons, second_factor

        register_sealed("people_person", "id", "sealed", persons.PURPOSE)
        register_sealed("people_secondfactor", "account_id", "sealed", second_factor.PURPOSE)
