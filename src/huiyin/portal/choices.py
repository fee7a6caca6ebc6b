"""What a citizen chooses from (kinds, frequent matters, townships), and the category that follows."""

from __future__ import annotations

from itertools import groupby

from huiyin.kernel.words import Words
from huiyin.people.api import read_path
from huiyin.portal.values import KindTile, MatterGroup
from huiyin.register.api import (
    Catalogue,
    Category,
    FrequentMatter,
    list_frequent_matters,
    map_categories,
)

OTHER = "other"
FIRST_KINDS = 7
"""Kinds that are tiles at once; with `OTHER` they fill four rows of two. The rest are one tap further."""

_SUGGESTIONS = 20


def list_kinds(catalogue: Catalogue) -> tuple[list[KindTile], list[KindTile]]:
    """The first kinds with `OTHER` as the last of them, and the kinds that are shown on demand."""
    tops = catalogue.list_categories(1)
    tiles = [KindTile(str(top.pk), top.called, top.icon or "circle-dot") for top in tops]
    other = KindTile(OTHER, Words("其他", "Other"), "ellipsis")
    return [*tiles[:FIRST_KINDS], other], tiles[FIRST_KINDS:]


def list_groups() -> list[MatterGroup]:
    """The frequent matters under their kinds, kinds in the order in which their first matter stands."""
    matters = list_frequent_matters()
    tops = map_categories({_top_of(matter) for matter in matters})
    ordered = sorted(matters, key=lambda matter: (tops[_top_of(matter)].sort, tops[_top_of(matter)].code))
    return [
        MatterGroup(tops[top].called, tops[top].icon or "circle-dot", tuple(group))
        for top, group in groupby(ordered, key=_top_of)
    ]


def _top_of(matter: FrequentMatter) -> int:
    return read_path(matter.category.path)[0]


def choose_category(
    kind: str, matter: FrequentMatter | None, words: str, catalogue: Catalogue
) -> Category | None:
    """The frequent matter's category, else the likeliest one under the chosen kind, else the kind itself."""
    if matter is not None:
        return matter.category
    likely = catalogue.suggest(words, _SUGGESTIONS)
    if not kind.isdecimal():
        return likely[0] if likely else None
    top = int(kind)
    fitting = (one for one in likely if read_path(one.path)[0] == top)
    kinds = (one for one in catalogue.list_categories(1) if one.pk == top)
    return next(fitting, None) or next(kinds, None)
