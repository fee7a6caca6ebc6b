"""Adding, changing and closing frequent matters. Every change is written to the journal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from huiyin.kernel.changes import find_changes
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, check_filled, refuse_missing, refuse_taken
from huiyin.register.journalling import note_entry
from huiyin.register.models import Category, FrequentMatter


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


def list_matter_cards() -> list[MatterCard]:
    """Every frequent matter, closed ones too, as they are sorted on the phone page. One statement."""
    return [
        _describe(one) for one in FrequentMatter.objects.select_related("category").order_by("sort", "id")
    ]


def _describe(one: FrequentMatter) -> MatterCard:
    return MatterCard(one.pk, one.title, one.category.code, one.title_en, one.icon, one.sort, one.active)


@transaction.atomic
def add_matter(card: MatterCard, *, by: AccountInHand | None, now: datetime) -> FrequentMatter:
    """Add a frequent matter. Refuses `words-needed`, `key-taken` (its title) and `category-not-found`."""
    matter = _write(FrequentMatter(), card)
    kept = replace(card, id=matter.pk)
    note_entry(f"matter:{matter.pk}", "matter-added", by, now, changes=find_changes(_BLANK, kept))
    return matter


@transaction.atomic
def change_matter(card: MatterCard, *, by: AccountInHand | None, now: datetime) -> FrequentMatter:
    """Change the frequent matter of that id; a card that changes nothing is let be.

    Refuses `entry-not-found` and what `add_matter` refuses.
    """
    matter = FrequentMatter.objects.select_for_update().filter(pk=card.id or 0).first()
    if matter is None:
        raise refuse_missing("id")
    changes = find_changes(_describe(matter), card)
    if changes:
        _write(matter, card)
        note_entry(f"matter:{matter.pk}", "matter-changed", by, now, changes=changes)
    return matter


def _write(matter: FrequentMatter, card: MatterCard) -> FrequentMatter:
    check_filled(title=card.title)
    if FrequentMatter.objects.filter(title=card.title).exclude(pk=matter.pk).exists():
        raise refuse_taken("title")
    category = Category.objects.filter(code=card.category).first()
    if category is None or (card.active and not category.active):
        words = Words("没有代码是 {code} 的在用类别。", "No active category has the code {code}.")
        raise Refusal("category-not-found", words.fill(code=card.category), field="category")
    matter.title, matter.title_en, matter.category = card.title, card.title_en, category
    matter.icon, matter.sort, matter.active = card.icon, card.sort, card.active
    matter.save()
    return matter


_BLANK = MatterCard(None, "", "")
"""What a new matter is compared with."""
