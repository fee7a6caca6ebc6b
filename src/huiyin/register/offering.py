"""What filters offer of the county's registers: read in one statement, kept as long as it reads the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from huiyin.kernel.words import Words
from huiyin.register import store

Option = tuple[str, Words]


@dataclass(frozen=True, slots=True)
class Offered:
    """Townships, categories of the first level, units and channels, each as a key and its name, in order."""

    townships: tuple[Option, ...]
    categories: tuple[Option, ...]
    units: tuple[Option, ...]
    channels: tuple[Option, ...]


def list_offered() -> Offered:
    """What is active now; one statement."""
    return _read(store.read_offered())


@lru_cache(maxsize=8)
def _read(text: str) -> Offered:
    """Equal texts offer the same, so that what was read from them may be kept."""
    told = json.loads(text)
    return Offered(**{
        name: tuple((str(key), Words(zh, en)) for key, zh, en in options) for name, options in told.items()
    })  # fmt: skip
