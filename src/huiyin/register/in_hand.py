"""Categories and townships kept in hand: read anew only when their tables have changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from huiyin.kernel.texts import fold
from huiyin.people.api import Area, list_areas
from huiyin.register import store
from huiyin.register.models import Category


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The active categories and the townships at one moment, sorted as on screen; only to be read."""

    categories: tuple[Category, ...]
    townships: tuple[Area, ...]
    _signs: dict[str, list[Category]] = field(default_factory=dict)

    def list_categories(self, level: int) -> list[Category]:
        """Those of a level."""
        return [category for category in self.categories if category.level == level]

    def suggest(self, text: str, limit: int = 5) -> list[Category]:
        """Level-3 categories whose name or keywords occur in `text`: longest matches first, then by code."""
        told = fold(text)
        scores: dict[int, int] = {}
        found: dict[int, Category] = {}
        for sign, categories in self._signs.items():
            if sign in told:
                for category in categories:
                    scores[category.pk] = scores.get(category.pk, 0) + len(sign) ** 2
                    found[category.pk] = category
        likely = sorted(found.values(), key=lambda one: (-scores[one.pk], one.code, one.pk))
        return likely[:limit]


def load_catalogue() -> Catalogue:
    """The catalogue as it stands in the database now; one statement while nothing in it has changed."""
    return _read(store.stamp_catalogue())


@lru_cache(maxsize=4)
def _read(stamp: str) -> Catalogue:
    """Equal stamps come from equal rows, so that what was read may be kept."""
    del stamp
    categories = tuple(Category.objects.filter(active=True).order_by("sort", "code"))
    signs: dict[str, list[Category]] = {}
    for category in categories:
        if category.level == 3:
            for sign in {fold(sign) for sign in (category.name, *category.keywords)} - {""}:
                signs.setdefault(sign, []).append(category)
    return Catalogue(categories, tuple(list_areas("township")), signs)
