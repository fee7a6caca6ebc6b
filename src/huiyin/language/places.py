"""Finds places in running text: given names by longest match, and what merely has the shape of an address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DIGITS = r"(?:\d{1,5}|[一二三四五六七八九十百]{1,4})"
_HAN = r"[\u4e00-\u9fff]"
_DETAIL = re.compile(
    rf"\s?(?:第?{_DIGITS}(?:村民小组|小组|号楼|单元|组|社|队|栋|幢|座|弄|号|期)|{_DIGITS}-{_DIGITS}(?:-{_DIGITS})?)+"
)
_ESTATES = "小区|花园|花苑|家园|新村|公寓"
_STOPS = r"[在住到从自往去于是的和与及跟我你他她它们这那有就把让请县市区镇乡道、，。：；！？\s]"
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("road", re.compile(rf"({_HAN}{{1,4}})(?:大道|公路|路|街|巷)\d{{1,5}}号(?:院|楼)?")),
    ("estate", re.compile(rf"({_HAN}{{2,5}})(?:{_ESTATES}){{1,2}}{_DIGITS}(?:号楼|栋|幢|座)")),
    ("estate", re.compile(rf"(?:^|(?<={_STOPS}))({_HAN}{{2}})(?:{_ESTATES})")),
    ("group", re.compile(rf"({_HAN}{{1,4}})村第?{_DIGITS}(?:村民小组|小组|组|社|队)")),
)
_BEFORE = re.compile(rf".*(?:街道办|街道|{_STOPS})")
"""What stands before the name of a place in a sentence, up to its last sign."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text speaks of a place: `text[start:end]`, the given keys that the name stands for.

    `shape` is `name` for a given name, else road, estate or group: it looks like an address, and no key is
    known. `detail` is what follows it: 3组, 5栋2单元.
    """

    start: int
    end: int
    text: str
    keys: tuple[int, ...] = ()
    shape: str = "name"
    detail: str = ""


class Gazetteer:
    """Names of places, each standing for one key or several; only to be read."""

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        keys: dict[str, dict[int, None]] = {}
        for name, key in names:
            folded = _fold(name.strip())
            if len(folded) >= 2:
                keys.setdefault(folded, {})[key] = None
        self._keys: Mapping[str, tuple[int, ...]] = {name: tuple(found) for name, found in keys.items()}
        lengths: dict[str, set[int]] = {}
        for name in self._keys:
            lengths.setdefault(name[:2], set()).add(len(name))
        self._lengths = {head: sorted(sizes, reverse=True) for head, sizes in lengths.items()}

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, text: str) -> list[Mention]:
        """Every given name in `text`, from left to right, the longest at each place; none overlap."""
        folded, found, at = _fold(text), [], 0
        while at < len(folded) - 1:
            end = self._match(folded, at)
            if end:
                found.append(Mention(at, end, text[at:end], self._keys[folded[at:end]]))
            at = end or at + 1
        return found

    def _match(self, folded: str, at: int) -> int:
        for size in self._lengths.get(folded[at : at + 2], ()):
            if folded[at : at + size] in self._keys:
                return at + size
        return 0


def find_places(text: str, gazetteer: Gazetteer) -> list[Mention]:
    """What `text` says of places, from left to right: known names with their details, then mere shapes.

    A shape that lies over a known name is dropped: the name says more.
    """
    folded = _fold(text)
    named = [_add_detail(one, folded, text) for one in gazetteer.find(text)]
    taken = [(one.start, one.end + len(one.detail)) for one in named]
    shaped: list[Mention] = []
    for shape, pattern in _SHAPES:
        for match in pattern.finditer(folded):
            start = match.start() + _count_before(match[1])
            apart = all(match.end() <= begin or start >= end for begin, end in taken)
            if apart and start < match.end(1):
                shaped.append(Mention(start, match.end(), text[start : match.end()], shape=shape))
                taken.append((start, match.end()))
    return sorted((*named, *shaped), key=lambda one: one.start)


def _add_detail(mention: Mention, folded: str, text: str) -> Mention:
    match = _DETAIL.match(folded, mention.end)
    return replace(mention, detail=text[mention.end : match.end()]) if match else mention


def _count_before(matched: str) -> int:
    """How many signs of a match belong to the sentence before the name: 住在 of 住在人民."""
    lead = _BEFORE.match(matched)
    return lead.end() if lead else 0


def _fold(text: str) -> str:
    """The text as it is compared, sign for sign: full-width forms narrowed, Latin letters small."""
    narrowed = text.translate(_NARROW)
    return "".join(sign.lower() if sign.isascii() else sign for sign in narrowed)
