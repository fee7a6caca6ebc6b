"""Adding, changing and closing reply templates. Every change is written to the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import Keeper, check_filled
from huiyin.register.keeping_categories import map_categories_by_code
from huiyin.register.models import Category, ReplyTemplate
from huiyin.register.titles import Titles


@dataclass(frozen=True, slots=True)
class ReplyCard:
    """What is kept of a reply template; `id` is None for a new one; no `category`: it serves all matters."""

    id: int | None
    title: str
    words: str
    category: str = ""
    sort: int = 0
    active: bool = True


def _describe(one: ReplyTemplate) -> ReplyCard:
    category = one.category.code if one.category else ""
    return ReplyCard(one.pk, one.title, one.words, category, one.sort, one.active)


@dataclass(frozen=True, slots=True)
class _Known:
    """Every category by its code, and the titles that templates have."""

    categories: dict[str, Category]
    titles: Titles


def _know(_cards: Sequence[ReplyCard], _held: Sequence[ReplyTemplate], _now: datetime) -> _Known:
    return _Known(map_categories_by_code(), Titles(ReplyTemplate.objects))


def _settle(reply: ReplyTemplate, card: ReplyCard, known: _Known) -> dict[str, Any]:
    check_filled(title=card.title, words=card.words)
    known.titles.check(card.title, reply.pk)
    category = known.categories.get(card.category)
    if card.category and category is None:
        words = Words("没有代码是 {code} 的类别。", "No category has the code {code}.")
        raise Refusal("category-not-found", words.fill(code=card.category), field="category")
    known.titles.take(card.title, reply.pk)
    return {
        "title": card.title,
        "words": card.words,
        "category": category,
        "sort": card.sort,
        "active": card.active,
    }


REPLY_KEEPER = Keeper(
    entries=ReplyTemplate.objects,
    blank=ReplyCard(None, "", ""),
    key="id",
    chain="reply",
    noun="reply",
    describe=_describe,
    know=_know,
    settle=_settle,
    related=("category",),
)
"""Refuses `entry-not-found`, `words-needed`, `key-taken` (its title) and `category-not-found`."""
