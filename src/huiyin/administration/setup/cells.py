"""What the pages of a list draw of it: cells, forms, changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huiyin.administration.setup.fields import Field, Row
from huiyin.administration.setup.listings import Listing
from huiyin.administration.setup.plans import Step
from huiyin.kernel.words import Words

ACTS: dict[str, tuple[str, Words]] = {
    "wrong": ("red", Words("有误", "Wrong")),
    "add": ("green", Words("新增", "Add")),
    "change": ("blue", Words("修改", "Change")),
    "close": ("amber", Words("停用", "Close")),
    "reopen": ("violet", Words("恢复", "Reopen")),
}
"""How each kind of row is shown, in the order in which a preview lists them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list on screen: where it leads, its cells, whether it is in use."""

    identity: str
    cells: Sequence[tuple[Field, Words]]
    active: bool


def make_lines(listing: Listing, rows: Sequence[Row]) -> list[Line]:
    """Rows as they are drawn."""
    listing = listing.with_options_read()
    listed = [one for one in listing.fields if one.listed]
    return [
        Line(
            row[listing.identity],
            [(one, one.title_of(row[one.key])) for one in listed],
            listing.is_active(row),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """One row of a preview: its act, what it is called, what changes from what to what, what is wrong."""

    line: int
    act: str
    name: str
    changes: Sequence[tuple[Words, Words, Words]]
    faults: Sequence[tuple[Words, Words]]


def tell_steps(listing: Listing, steps: Sequence[Step]) -> list[Told]:
    """The rows of a preview, as they stand."""
    listing = listing.with_options_read()
    return [_tell_step(listing, step) for step in steps]


def _tell_step(listing: Listing, step: Step) -> Told:
    titles = {one.key: one.title for one in listing.fields}
    name = step.row.get(listing.name) or step.row.get(listing.identity, "")
    changes = tell_changes(listing, step.changes) if step.act in {"add", "change"} else []
    faults = [(titles.get(key, Words("")), words) for key, words in step.faults]
    return Told(step.line, step.act, name, changes, faults)


def tell_changes(
    listing: Listing, changes: Mapping[str, tuple[str, str]]
) -> list[tuple[Words, Words, Words]]:
    """Field, before, after: each as people read it."""
    return [
        (one.title, one.title_of(changes[one.key][0]), one.title_of(changes[one.key][1]))
        for one in listing.fields
        if one.key in changes
    ]
