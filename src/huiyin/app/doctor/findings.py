"""What an examination finds: in order, worth a look, or wrong; and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from huiyin.kernel.words import Words

NOTHING = Words("")


class Level(StrEnum):
    """How bad it is."""

    GOOD = "good"
    LOOK = "look"
    WRONG = "wrong"


SIGNS = {Level.GOOD: "✓", Level.LOOK: "!", Level.WRONG: "✗"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `mend` says what to do when it is not in order."""

    key: str
    level: Level
    told: Words
    mend: Words = NOTHING


def judge(
    key: str, good: bool, told: Words, wrong: Words, mend: Words, level: Level = Level.WRONG
) -> Finding:
    """`told` when it is `good`; otherwise `wrong`, at `level`, with what to do."""
    return Finding(key, Level.GOOD, told) if good else Finding(key, level, wrong, mend)
