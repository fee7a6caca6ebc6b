"""Adding, changing and closing categories. Every change is written to the journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import Keeper, check_filled, check_key, put_under_parents
from huiyin.register.models import Category, FrequentMatter, Grade
from huiyin.register.store import set_category_paths

DEEPEST = 3


@dataclass(frozen=True, slots=True)
class CategoryCard:
    """What is kept of a category; `parent` is the code of the one above, empty for the first level."""

    code: str
    name: str
    parent: str = ""
    name_en: str = ""
    grade: str = "ordinary"
    keywords: tuple[str, ...] = ()
    icon: str = ""
    sort: int = 0
    active: bool = True


def _describe(category: Category) -> CategoryCard:
    return CategoryCard(
        code=category.code,
        name=category.name,
        parent=category.parent.code if category.parent else "",
        name_en=category.name_en,
        grade=category.grade,
        keywords=tuple(category.keywords),
        icon=category.icon,
        sort=category.sort,
        active=category.active,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """Every category by its code, and how many frequent matters are shown of each."""

    categories: dict[str, Category]
    tiles: Mapping[int, int]


def map_categories_by_code(held: Sequence[Category] = ()) -> dict[str, Category]:
    """Every category, closed ones too, as `held` where it is held. One statement."""
    return {category.code: category for category in (*Category.objects.all(), *held)}


def _know(_cards: Sequence[CategoryCard], held: Sequence[Category], _now: datetime) -> _Known:
    tiles = FrequentMatter.objects.filter(active=True).values_list("category_id", flat=True)
    return _Known(map_categories_by_code(held), Counter(tiles))


def _settle(category: Category, card: CategoryCard, known: _Known) -> dict[str, Any]:
    place: dict[str, Any] = {}
    if category.pk is None:
        place = _choose_place(card.parent, known.categories)
    else:
        _refuse_move(category, card)
    if category.pk and category.active and not card.active:
        _refuse_in_use(category, known)
    check_filled(name=card.name)
    if card.grade not in Grade.values:
        raise Refusal("grade-unknown", Words("没有这个等级。", "There is no such grade."), field="grade")
    known.categories[card.code] = category
    return {
        "name": card.name,
        "name_en": card.name_en,
        "grade": card.grade,
        "keywords": list(card.keywords),
        "icon": card.icon,
        "sort": card.sort,
        "active": card.active,
        **place,
    }


def _choose_place(code: str, categories: Mapping[str, Category]) -> dict[str, Any]:
    parent = categories.get(code) if code else None
    if code and (parent is None or parent.pk is None or not parent.active):
        words = Words("没有代码是 {code} 的在用类别。", "No active category has the code {code}.")
        raise Refusal("parent-not-found", words.fill(code=code), field="parent")
    if parent is not None and parent.level >= DEEPEST:
        raise Refusal("too-deep", Words("类别最多三级。", "There are three levels at most."), field="parent")
    return {"parent": parent, "level": parent.level + 1 if parent else 1}


def _refuse_move(category: Category, card: CategoryCard) -> None:
    if card.parent != (category.parent.code if category.parent else ""):
        words = Words(
            "类别不能换上级：职责和工单都按它的位置归属。请停用它，在新上级下另建一个。",
            "A category cannot be moved: duties and cases rest on its place. Close it and add a new one.",
        )
        raise Refusal("category-moved", words, field="parent")


def _refuse_in_use(category: Category, known: _Known) -> None:
    below = sum(one.active and one.parent_id == category.pk for one in known.categories.values())
    tiles = known.tiles.get(category.pk, 0)
    if below or tiles:
        words = Words(
            "这个类别下面还有 {below} 个在用类别、{tiles} 个高频事项，先停用它们。",
            "It still has {below} active categories below it and {tiles} frequent matters: close them first.",
        )
        raise Refusal("category-in-use", words.fill(below=below, tiles=tiles), field="active")


CATEGORY_KEEPER = Keeper(
    entries=Category.objects,
    blank=CategoryCard("", "", grade=""),
    key="code",
    chain="category",
    noun="category",
    describe=_describe,
    know=_know,
    settle=_settle,
    check_key=lambda code: check_key(code, 20, "code"),
    related=("parent",),
    order=("sort", "code"),
    arrange=put_under_parents,
    rest=set_category_paths,
)
"""Refuses `bad-key`, `key-taken`, `entry-not-found`, `words-needed`, `grade-unknown`, `parent-not-found`,
`too-deep` (below the third level), `category-moved` (its duties and cases rest on its place), and
`category-in-use` when one with parts below it or with frequent matters is closed."""
