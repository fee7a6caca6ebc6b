"""Adding, changing and closing lawful ways. Every change is written to the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huiyin.kernel.changes import find_changes
from huiyin.people.api import AccountInHand, check_filled, check_key, refuse_missing, refuse_taken
from huiyin.register.journalling import note_entry
from huiyin.register.models import LawfulWay


@dataclass(frozen=True, slots=True)
class WayCard:
    """What is kept of a lawful way; `words` are told to the person, `basis` is the law."""

    key: str
    title: str
    words: str
    basis: str
    title_en: str = ""
    words_en: str = ""
    sort: int = 0
    active: bool = True


def list_way_cards() -> list[WayCard]:
    """Every lawful way, closed ones too, as they are sorted on screen."""
    return [_describe(way) for way in LawfulWay.objects.order_by("sort", "key")]


def _describe(way: LawfulWay) -> WayCard:
    return WayCard(way.key, way.title, way.words, way.basis, way.title_en, way.words_en, way.sort, way.active)


@transaction.atomic
def add_way(card: WayCard, *, by: AccountInHand | None, now: datetime) -> LawfulWay:
    """Add a lawful way. Refuses `bad-key`, `key-taken` and `words-needed`: title, words and basis are due."""
    check_key(card.key)
    if LawfulWay.objects.filter(key=card.key).exists():
        raise refuse_taken()
    way = _write(LawfulWay(key=card.key), card)
    note_entry(f"lawful-way:{card.key}", "way-added", by, now, changes=find_changes(_BLANK, card))
    return way


@transaction.atomic
def change_way(card: WayCard, *, by: AccountInHand | None, now: datetime) -> LawfulWay:
    """Change the lawful way of that key; a card that changes nothing is let be.

    Refuses `entry-not-found` and `words-needed`.
    """
    way = LawfulWay.objects.select_for_update().filter(key=card.key).first()
    if way is None:
        raise refuse_missing()
    changes = find_changes(_describe(way), card)
    if changes:
        _write(way, card)
        note_entry(f"lawful-way:{card.key}", "way-changed", by, now, changes=changes)
    return way


def _write(way: LawfulWay, card: WayCard) -> LawfulWay:
    check_filled(title=card.title, words=card.words, basis=card.basis)
    way.title, way.title_en, way.basis = card.title, card.title_en, card.basis
    way.words, way.words_en, way.sort, way.active = card.words, card.words_en, card.sort, card.active
    way.save()
    return way


_BLANK = WayCard("", "", "", "")
"""What a new way is compared with."""
