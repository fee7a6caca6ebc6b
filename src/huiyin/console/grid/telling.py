"""Says what the record holds of a cell: its shape, its counts, who holds it, who was away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.journal.api import StoredEntry
from huiyin.kernel.words import Words

VERBS = {
    "area-added": Words("新增网格", "Cell added"),
    "area-changed": Words("修改网格", "Cell changed"),
    "shape-set": Words("更新图形", "Shape set"),
    "counts-set": Words("更新户数人数", "Counts set"),
    "holder-added": Words("安排网格员", "Holder added"),
    "holder-changed": Words("修改网格员", "Holder changed"),
    "absence-begun": Words("请假", "Leave"),
    "absence-ended": Words("销假", "Back from leave"),
}
KEYS = {
    "name": Words("姓名", "name"),
    "login": Words("账号", "login"),
    "phone": Words("电话", "phone"),
    "rank": Words("顺序", "order"),
    "since": Words("从", "from"),
    "until": Words("到", "to"),
    "since_on": Words("从", "from"),
    "until_on": Words("到", "to"),
    "reason": Words("事由", "reason"),
    "households": Words("户数", "households"),
    "people": Words("人数", "people"),
    "points": Words("边界点", "points"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as a line."""

    at: datetime
    title: Words
    actor: str
    words: Words


def tell_history(entries: Iterable[StoredEntry]) -> list[Told]:
    """The entries as lines, newest first."""
    told = [
        Told(one.at, VERBS.get(one.verb, Words(one.verb)), one.actor, _tell_body(one.body)) for one in entries
    ]
    return told[::-1]


def _tell_body(body: Any) -> Words:
    changes = body.get("changes", {})
    pairs = [
        (key, f"{_say(before)} → {_say(after)}" if before else _say(after))
        for key, (before, after) in changes.items()
    ]
    pairs += [(key, _say(value)) for key, value in body.items()]
    known = [(KEYS[key], value) for key, value in pairs if key in KEYS and value]
    return Words(
        "，".join(f"{title.zh} {value}" for title, value in known),
        ", ".join(f"{title.en} {value}" for title, value in known),
    )


def _say(value: Any) -> str:
    return "" if value is None else str(value)
