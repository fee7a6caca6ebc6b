"""What differs between two values of one kind: field by field, before and after."""

from __future__ import annotations

from dataclasses import fields
from typing import Any


def find_changes(before: Any, after: Any) -> dict[str, list[Any]]:
    """Field → [before, after] of two instances of one dataclass, where they differ."""
    pairs = {
        field.name: [getattr(before, field.name), getattr(after, field.name)] for field in fields(before)
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
