"""A holder's phone: read by its mask everywhere, compared and sealed whole."""

from __future__ import annotations

from typing import Self

from huiyin.journal.api import open_seal, seal
from huiyin.kernel.masks import mask_phone

PURPOSE = "grid-holder-phone"


class Phone(str):
    """Its text is the mask; `plain` is the number, or empty where only the mask is known.

    Two are equal by their numbers, or by their masks when one of them is known by its mask alone.
    """

    __slots__ = ("plain",)
    plain: str

    def __new__(cls, given: str, shown: str | None = None) -> Self:
        """Of a number that somebody wrote; a text with stars is a mask that was read before."""
        masked = "*" in given
        made = super().__new__(cls, shown if shown is not None else given if masked else mask_phone(given))
        made.plain = "" if masked else given
        return made

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Phone) and self.plain and other.plain:
            return self.plain == other.plain
        return str.__eq__(self, str(other)) is True

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


def seal_phone(phone: Phone) -> bytes:
    """The number as it is kept."""
    return seal(phone.plain, PURPOSE)


def open_phone(sealed: bytes | memoryview) -> str:
    """The number that was sealed; empty when there is none."""
    return str(open_seal(sealed, PURPOSE))
