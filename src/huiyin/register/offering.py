"""What filters offer of the county's registers, kept as long as it reads the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from huiyin.kernel.words import Words
from huiyin.register import store

Option = tuple[str, Words]


@dataclass(frozen=True, slots=True, eq=False)
class Offered:
    """Townships, categories of the first level, units and channels, each as a key and its name, in order.

    Compared by identity: what reads the same is the same.
    """

    townships: tuple[Option, ...]
    categories: tuple[Option, ...]
    units: tuple[Option, ...]
    channels: tuple[Option, ...]


OFFERED_SQL = store.QUERIES["read_offered"]
"""A query of one text, the argument of `read_offered`, for a statement that is made anyway."""


@lru_cache(maxsize=8)
def read_offered(text: str) -> Offered:
    """Equal texts offer the same, so that what was read from them may be kept."""
    told = json.loads(text)
    return Offered(**{
        name: tuple((str(key), Words(zh, en)) for key, zh, en in options) for name, options in told.items()
    })  # fmt: skip
