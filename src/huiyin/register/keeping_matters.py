"""Adding, changing and closing frequent matters. Every change is written to the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import Keeper, check_filled
from huiyin.register.keeping_categories import map_categories_by_code
from huiyin.register.models import Category, FrequentMatter
from huiyin.register.titles import Titles


@dataclass(frozen=True, slots=True)
class MatterCard:
    """What is kept of a frequent matter; `id` is None for a new one, `category` is a category's code."""

    id: int | None
    title: str
    category: str
    title_en: str = ""
    icon: str = ""
    sort: int = 0
    active: bool = True


def _describe(one: FrequentMatter) -> MatterCard:
    return MatterCard(one.pk, one.title, one.category.code, one.title_en, one.icon, one.sort, one.active)


@dataclass(frozen=True, slots=True)
class _Known:
    """Every category by its code, and the titles that matters have."""

    categories: dict[str, Category]
    titles: Titles


def _know(_cards: Sequence[MatterCard], _held: Sequence[FrequentMatter], _now: datetime) -> _Known:
    return _Known(map_categories_by_code(), Titles(FrequentMatter.objects))


def _settle(matter: FrequentMatter, card: MatterCard, known: _Known) -> dict[str, Any]:
    check_filled(title=card.title)
    known.titles.check(card.title, matter.pk)
    category = known.categories.get(card.category)
    if category is None or (card.active and not category.active):
        words = Words("没有代码是 {code} 的在用类别。", "No active category has the code {code}.")
        raise Refusal("category-not-found", words.fill(code=card.category), field="category")
    known.titles.take(card.title, matter.pk)
    return {
        "title": card.title,
        "title_en": card.title_en,
        "category": category,
        "icon": card.icon,
        "sort": card.sort,
        "active": card.active,
    }


MATTER_KEEPER = Keeper(
    entries=FrequentMatter.objects,
    blank=MatterCard(None, "", ""),
    key="id",
    chain="matter",
    noun="matter",
    describe=_describe,
    know=_know,
    settle=_settle,
    related=("category",),
)
"""Refuses `entry-not-found`, `words-needed`, `key-taken` (its title) and `category-not-found`."""
