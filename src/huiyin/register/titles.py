"""Titles that no two entries of a list may share."""

from __future__ import annotations

from typing import Any

from django.db.models import Manager

from huiyin.people.api import refuse_taken

_NEW = 0
"""The holder of a title that is not written yet."""


class Titles:
    """The titles of a list by who has them, as they are and as the cards of one call change them."""

    def __init__(self, entries: Manager[Any]) -> None:
        self._titles: dict[int, str] = dict(entries.values_list("pk", "title"))
        self._held = {title: pk for pk, title in self._titles.items()}

    def check(self, title: str, pk: int | None) -> None:
        """Refuses `key-taken`: another entry has this title."""
        if title in self._held and self._held[title] != pk:
            raise refuse_taken("title")

    def take(self, title: str, pk: int | None) -> None:
        """From now on the entry has this title, and no other."""
        if pk:
            self._held.pop(self._titles[pk], None)
            self._titles[pk] = title
        self._held[title] = pk or _NEW
