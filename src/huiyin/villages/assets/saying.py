"""Says what the journal keeps of an entry of a register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.economy.assets.api import (
    LAND_CLASSES,
    USES,
)
from huiyin.journal.api import StoredEntry
from huiyin.kernel.money import tell_yuan
from huiyin.kernel.words import Words
from huiyin.villages.assets.rows import REGISTER_COLUMNS

VERBS: dict[str, Words] = {
    "add-asset": Words("登记", "Entered"),
    "change-asset": Words("修改", "Changed"),
    "end-asset": Words("注销", "Ended"),
    "value-asset": Words("评估", "Valued"),
    "file-valuation": Words("评估备案", "Valuation filed"),
    "return-valuation": Words("评估退回", "Valuation returned"),
    "follow-inventory": Words("按清产核资更新", "Follows the inventory"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened: what, by whom, when, with what changed and why."""

    title: Words
    actor: str
    at: datetime
    changes: list[tuple[Words, str | Words, str | Words]]
    reason: str


def tell_entry(entry: StoredEntry) -> Told:
    """An entry of the journal in plain words."""
    body = entry.body
    changes = [
        (REGISTER_COLUMNS.get(key, Words(key)), _tell(key, before), _tell(key, after))
        for key, (before, after) in body.get("changed", {}).items()
    ]
    return Told(VERBS.get(entry.verb, Words(entry.verb)), entry.actor, entry.at, changes, _why(body))


def _why(body: dict[str, Any]) -> str:
    parts = [body.get("reason"), body.get("basis"), body.get("resolution"), body.get("case")]
    if body.get("area"):
        parts.append(f"{body['area']} 亩")
    elif isinstance(body.get("fen"), int):
        parts.append(f"{tell_yuan(body['fen'])} 元")
    return " · ".join(str(part) for part in parts if part)


def _tell(key: str, value: Any) -> str | Words:
    if value is None or value == "":
        return Words("（空）", "(nothing)")
    if key == "value_fen":
        return tell_yuan(value)
    return {"use": USES, "land_class": LAND_CLASSES}.get(key, {}).get(str(value), str(value))
