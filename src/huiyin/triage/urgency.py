"""Reads a text for words of danger and for words of a lawful way; pure, the lists are shipped as TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from huiyin.kernel.texts import fold
from huiyin.triage.values import Read

_BEFORE = 6
"""A negation or a wish this many signs before a word takes its danger away."""
_STOPS = re.compile(r"[，。！？；,.!?;\n]")


@dataclass(frozen=True, slots=True)
class Lists:
    """The words of danger, the phrases without danger, and what turns a word around."""

    words: tuple[str, ...]
    phrases: tuple[str, ...]
    turns: tuple[str, ...]


@cache
def load_lists() -> Lists:
    """The shipped lists."""
    told = _load("urgent_words")
    words = {fold(word) for group in told["words"].values() for word in group}
    unless = told["unless"]
    return Lists(
        tuple(sorted(words, key=lambda word: (-len(word), word))),
        tuple(sorted(map(fold, unless["phrases"]), key=len, reverse=True)),
        tuple(map(fold, (*unless["negations"], *unless["wishes"]))),
    )


@cache
def _load(name: str) -> dict[str, Any]:
    text = (files("huiyin.triage") / "shipped" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def read_danger(text: str, added: Collection[str] = (), removed: Collection[str] = ()) -> Read:
    """The words of danger that a text says of now, longest first; a fear or a wish is none.

    `added` and `removed` are the county's own changes to the shipped list.
    """
    lists = load_lists()
    told = fold(text)
    for phrase in lists.phrases:
        told = told.replace(phrase, "　" * len(phrase))
    gone = set(map(fold, removed))
    words = [*(word for word in lists.words if word not in gone), *map(fold, added)]
    found: list[str] = []
    for word in words:
        if (
            word
            and word not in "".join(found)
            and any(_is_meant(told, at.start(), lists) for at in _find(word, told))
        ):
            found.append(word)
    return Read(tuple(found))


def _find(word: str, told: str) -> list[re.Match[str]]:
    return list(re.finditer(re.escape(word), told))


def _is_meant(told: str, at: int, lists: Lists) -> bool:
    """Whether nothing right before the word, within its clause, turns it around."""
    before = _STOPS.split(told[max(0, at - _BEFORE) : at])[-1]
    return not any(turn in before for turn in lists.turns)


def read_way(text: str) -> str:
    """The key of the lawful way that a text speaks of most, or "" when it speaks of none."""
    told = fold(text)
    counted = {way: _count(words, told) for way, words in load_ways().items()}
    way = max(counted, key=lambda key: counted[key])
    return way if counted[way] else ""


@cache
def load_ways() -> Mapping[str, tuple[str, ...]]:
    """The shipped words of each lawful way."""
    return {way: tuple(map(fold, words)) for way, words in _load("lawful_words").items()}


def _count(words: Collection[str], told: str) -> int:
    return sum(word in told for word in words)
