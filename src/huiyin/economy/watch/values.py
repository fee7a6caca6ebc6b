"""The values of the watch: what was found, and what was read."""

from __future__ import annotations

from dataclasses import dataclass, field

from huiyin.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that does not hold: where (`voucher:12`, `plan:7`), and what."""

    subject: str
    words: Words


@dataclass(slots=True)
class Look:
    """What a look over everything read, by kind, and what it found."""

    read: dict[str, int] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Nothing was found."""
        return not self.found

    def add(self, subject: str, zh: str, en: str) -> None:
        """Note something that does not hold."""
        self.found.append(Found(subject, Words(zh, en)))
