"""What the map shows of a cell: open cases in one hue, what is overdue in red, who is missing in amber."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from huiyin.grid.api import Cell
from huiyin.kernel.words import Words

SHOWS: dict[str, Words] = {
    "open": Words("在办", "Open"),
    "overdue": Words("超时", "Overdue"),
    "vacant": Words("没人在岗", "Nobody on duty"),
}
"""What the map may be coloured by."""

STEPS = (0, 1, 3, 6)
"""From how many cases on a shade begins."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What stands against a cell, or all cells of a township together."""

    open: int = 0
    overdue: int = 0
    vacant: int = 0
    cells: int = 1

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.open + other.open,
            self.overdue + other.overdue,
            self.vacant + other.vacant,
            self.cells + other.cells,
        )


NOTHING = Tally(cells=0)


def count_cell(cell: Cell, counts: Mapping[int, tuple[int, int]]) -> Tally:
    """The tally of one cell."""
    opened, overdue = counts.get(cell.row.id, (0, 0))
    return Tally(opened, overdue, int(cell.acting is None))


def shade(tally: Tally, show: str) -> str:
    """The class of a piece of the map."""
    if show == "vacant":
        return "vacant" if tally.vacant else "shade-0"
    count = tally.overdue if show == "overdue" else tally.open
    step = sum(count >= start for start in STEPS) - 1
    return f"{'late' if show == 'overdue' and count else 'shade'}-{step}"


def list_legend(show: str) -> list[tuple[str, Words]]:
    """Class and meaning of each shade."""
    if show == "vacant":
        return [
            ("vacant", Words("今天没有人在岗", "Nobody on duty today")),
            ("shade-0", Words("有人", "Somebody")),
        ]
    kind = "late" if show == "overdue" else "shade"
    ends = [*(f"{low}–{high - 1}" if high - low > 1 else str(low) for low, high in _list_ranges()), "6+"]
    return [
        ("shade-0" if not at else f"{kind}-{at}", Words("{n} 件", "{n}").fill(n=ends[at]))
        for at in range(len(STEPS))
    ]


def _list_ranges() -> Sequence[tuple[int, int]]:
    return list(pairwise(STEPS))


def tell_piece(name: Words, tally: Tally) -> Words:
    """What is said of a piece when it is pointed at or read aloud."""
    told = Words("{name}：在办 {open} 件，超时 {overdue} 件", "{name}: {open} open, {overdue} overdue")
    words = told.fill(name=name, open=tally.open, overdue=tally.overdue)
    if tally.vacant and tally.cells == 1:
        return Words(f"{words.zh}，没有人在岗", f"{words.en}, nobody on duty")
    if tally.vacant:
        missing = Words("，{count} 个网格没有人在岗", ", {count} cells with nobody on duty").fill(
            count=tally.vacant
        )
        return Words(words.zh + missing.zh, words.en + missing.en)
    return words
