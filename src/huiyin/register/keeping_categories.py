"""Adding, changing and closing categories. Every change is written to the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huiyin.kernel.changes import find_changes
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, check_filled, check_key, refuse_missing, refuse_taken
from huiyin.register.journalling import note_entry
from huiyin.register.models import Category, Grade

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


def list_category_cards() -> list[CategoryCard]:
    """Every category, closed ones too, each under the one above it. One statement."""
    kept = Category.objects.select_related("parent").order_by("sort", "code")
    below: dict[int | None, list[Category]] = {}
    for category in kept:
        below.setdefault(category.parent_id, []).append(category)
    return [_describe(category) for category in _walk(None, below)]


def _walk(parent_id: int | None, below: dict[int | None, list[Category]]) -> list[Category]:
    return [one for category in below.get(parent_id, []) for one in (category, *_walk(category.pk, below))]


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


@transaction.atomic
def add_category(card: CategoryCard, *, by: AccountInHand | None, now: datetime) -> Category:
    """Add a category below its parent, to the third level at most.

    Refuses `bad-key`, `key-taken`, `parent-not-found`, `too-deep` and what `change_category` refuses.
    """
    check_key(card.code, 20)
    if Category.objects.filter(code=card.code).exists():
        raise refuse_taken("code")
    parent = _find_parent(card.parent)
    category = Category(code=card.code, parent=parent, level=parent.level + 1 if parent else 1, path="")
    _write(category, card)
    category.path = f"{parent.path if parent else ''}{category.pk}/"
    category.save(update_fields=["path"])
    note_entry(f"category:{card.code}", "category-added", by, now, changes=find_changes(_BLANK, card))
    return category


def _find_parent(code: str) -> Category | None:
    parent = Category.objects.filter(code=code).first() if code else None
    if code and (parent is None or not parent.active):
        words = Words("没有代码是 {code} 的在用类别。", "No active category has the code {code}.")
        raise Refusal("parent-not-found", words.fill(code=code), field="parent")
    if parent is not None and parent.level >= DEEPEST:
        raise Refusal("too-deep", Words("类别最多三级。", "There are three levels at most."), field="parent")
    return parent


@transaction.atomic
def change_category(card: CategoryCard, *, by: AccountInHand | None, now: datetime) -> Category:
    """Change the category of that code; a card that changes nothing is let be.

    Refuses `entry-not-found`, `words-needed`, `grade-unknown`, `category-moved` (its duties and cases rest on
    its place), and `category-in-use` when one with parts below it or with frequent matters is closed.
    """
    category = Category.objects.select_for_update().filter(code=card.code).first()
    if category is None:
        raise refuse_missing("code")
    changes = find_changes(_describe(category), card)
    if not changes:
        return category
    if "parent" in changes:
        words = Words(
            "类别不能换上级：职责和工单都按它的位置归属。请停用它，在新上级下另建一个。",
            "A category cannot be moved: duties and cases rest on its place. Close it and add a new one.",
        )
        raise Refusal("category-moved", words, field="parent")
    if "active" in changes and not card.active:
        _refuse_in_use(category)
    _write(category, card)
    note_entry(f"category:{card.code}", "category-changed", by, now, changes=changes)
    return category


def _write(category: Category, card: CategoryCard) -> None:
    check_filled(name=card.name)
    if card.grade not in Grade.values:
        raise Refusal("grade-unknown", Words("没有这个等级。", "There is no such grade."), field="grade")
    category.name, category.name_en, category.grade = card.name, card.name_en, card.grade
    category.keywords, category.icon = list(card.keywords), card.icon
    category.sort, category.active = card.sort, card.active
    category.save()


def _refuse_in_use(category: Category) -> None:
    below = category.children.filter(active=True).count()
    tiles = category.frequent_matters.filter(active=True).count()
    if below or tiles:
        words = Words(
            "这个类别下面还有 {below} 个在用类别、{tiles} 个高频事项，先停用它们。",
            "It still has {below} active categories below it and {tiles} frequent matters: close them first.",
        )
        raise Refusal("category-in-use", words.fill(below=below, tiles=tiles), field="active")


_BLANK = CategoryCard("", "", grade="")
"""What a new category is compared with."""
