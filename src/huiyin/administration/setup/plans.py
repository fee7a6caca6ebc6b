"""What would come of a file or a form: row by row what is added, changed, closed, or wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from huiyin.administration.setup.fields import YES, Field, Misread, Row
from huiyin.administration.setup.listings import Listing, blank_row
from huiyin.kernel.canonical import canonical
from huiyin.kernel.words import Words

Given = tuple[int, Mapping[str, str]]
"""A line number and the texts that stand there, by field; fields that a file has no column for are absent."""


@dataclass(slots=True)
class Step:
    """One row: `act` is add, change, close, reopen, same or wrong; `faults` are (field key, words)."""

    line: int
    act: str
    row: Row
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    faults: list[tuple[str, Words]] = field(default_factory=list)

    def refuse(self, key: str, words: Words) -> None:
        """Mark the row as wrong."""
        self.act = "wrong"
        self.faults.append((key, words))


@dataclass(slots=True)
class Plan:
    """Every row of a file in its order."""

    steps: list[Step]

    @property
    def effective(self) -> list[Step]:
        """Those that change something."""
        return [step for step in self.steps if step.act not in {"same", "wrong"}]

    @property
    def wrong(self) -> list[Step]:
        """Those that cannot be."""
        return [step for step in self.steps if step.act == "wrong"]

    def count(self, act: str) -> int:
        """How many rows there are of an act."""
        return sum(step.act == act for step in self.steps)

    @property
    def fingerprint(self) -> str:
        """Equal for plans that would do the same to the same entries."""
        told: list[Any] = [
            [step.line, step.row, {key: list(pair) for key, pair in step.changes.items()}]
            for step in self.effective
        ]
        return hashlib.sha256(canonical(told)).hexdigest()


def make_plan(listing: Listing, given: Sequence[Given]) -> Plan:
    """Compare the given rows with the list as it stands. What the owning package refuses is not tried."""
    listing = listing.with_options_read()
    known = listing.map_rows()
    seen: dict[str, int] = {}
    steps = [_make_step(listing, line, texts, known, seen) for line, texts in given]
    plan = Plan(steps)
    fresh = [step for step in steps if step.act == "add"]
    for step in fresh[listing.most_new :]:
        step.refuse(listing.identity, _TOO_MANY_NEW.fill(count=listing.most_new))
    for step in plan.effective[listing.most :]:
        step.refuse(listing.identity, _TOO_MANY.fill(count=listing.most))
    return plan


def _make_step(
    listing: Listing, line: int, texts: Mapping[str, str], known: dict[str, Row], seen: dict[str, int]
) -> Step:
    step = Step(line, "add", blank_row(listing))
    identity = _read(listing.get_field(listing.identity), texts, step)
    before = known.get(identity) if identity else None
    if before is not None:
        step.row = dict(before)
        step.act = "change"
    for one in listing.writable:
        if one.key in texts or before is None:
            _read(one, {one.key: texts.get(one.key, one.default)}, step)
    if identity:
        first = seen.setdefault(identity, line)
        if first != line:
            step.refuse(listing.identity, _TWICE.fill(line=first))
    _compare(listing, step, before, identity)
    return step


def _read(one: Field, texts: Mapping[str, str], step: Step) -> str:
    try:
        step.row[one.key] = one.read(texts.get(one.key, ""))
    except Misread as error:
        if all(key != one.key for key, _words in step.faults):
            step.refuse(one.key, error.words)
        return ""
    return step.row[one.key]


def _compare(listing: Listing, step: Step, before: Row | None, identity: str) -> None:
    if before is None:
        if step.act == "add" and (not listing.adds or _names_nothing(listing, identity)):
            step.refuse(listing.identity, _UNKNOWN)
        blank = blank_row(listing)
        before = blank if step.act == "add" else step.row
    pairs = {one.key: (before[one.key], step.row[one.key]) for one in listing.writable}
    step.changes = {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}
    if step.act != "change":
        return
    for key in step.changes:
        if listing.get_field(key).fixed:
            step.refuse(key, _FIXED)
    if step.act == "change":
        step.act = _name_change(step.changes)


def _names_nothing(listing: Listing, identity: str) -> bool:
    """Whether an id is given that the database never gave."""
    return bool(identity) and listing.get_field(listing.identity).kind == "id"


def _name_change(changes: Mapping[str, tuple[str, str]]) -> str:
    if not changes:
        return "same"
    if set(changes) == {"active"}:
        return "reopen" if changes["active"][1] == YES else "close"
    return "change"


_TWICE = Words("和第 {line} 行是同一条。", "The same entry as in row {line}.")
_UNKNOWN = Words("没有这一条，也不能在这里新增。", "There is no such entry, and none can be added here.")
_FIXED = Words(
    "这一项定了就不能改。请停用或结束它，另加一条。", "This cannot be changed: end it and add another."
)
_TOO_MANY_NEW = Words("一次最多新增 {count} 条。", "At most {count} are added at a time.")
_TOO_MANY = Words(
    "一次最多改动 {count} 条，请分几次上传。", "At most {count} are changed at a time: split the sheet."
)
