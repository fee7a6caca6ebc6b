"""Adding, changing and closing lawful ways. Every change is written to the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from huiyin.people.api import Keeper, check_filled, check_key, know_nothing
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


def _describe(way: LawfulWay) -> WayCard:
    return WayCard(way.key, way.title, way.words, way.basis, way.title_en, way.words_en, way.sort, way.active)


def _settle(_way: LawfulWay, card: WayCard, _known: None) -> dict[str, Any]:
    check_filled(title=card.title, words=card.words, basis=card.basis)
    return {
        "title": card.title,
        "title_en": card.title_en,
        "basis": card.basis,
        "words": card.words,
        "words_en": card.words_en,
        "sort": card.sort,
        "active": card.active,
    }


WAY_KEEPER = Keeper(
    entries=LawfulWay.objects,
    blank=WayCard("", "", "", ""),
    key="key",
    chain="lawful-way",
    noun="way",
    describe=_describe,
    know=know_nothing,
    settle=_settle,
    check_key=check_key,
    order=("sort", "key"),
)
"""Refuses `bad-key`, `key-taken`, `entry-not-found` and `words-needed`: title, words and basis are due."""
