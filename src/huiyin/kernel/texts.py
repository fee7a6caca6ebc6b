"""Chinese and Latin text as the product compares and searches it."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_SPACE = re.compile(r"\s+")
_UNSEARCHED = re.compile(r"[\W_]+")
_UNKEPT = frozenset({"Cc", "Cs"})
"""Control characters, and halves of characters that no UTF-8 can write."""


def clean(text: str) -> str:
    """`text` in NFC without control characters (line breaks and tabs stay), trimmed at both ends."""
    kept = (
        char
        for char in unicodedata.normalize("NFC", text)
        if char in "\n\t" or unicodedata.category(char) not in _UNKEPT
    )
    return "".join(kept).strip()


def fold(text: str) -> str:
    """`text` as it is compared: full-width forms narrowed, lower case, runs of white space as one blank."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip().lower()


def bigrams(text: str) -> list[str]:
    """Every pair of neighbouring letters or digits, once each, in order of first appearance.

    Pairs do not run across punctuation or space. A run of one sign counts as itself, so that it can be found.
    """
    found: dict[str, None] = {}
    for run in _UNSEARCHED.split(fold(text)):
        if len(run) == 1:
            found[run] = None
        for at in range(len(run) - 1):
            found[run[at : at + 2]] = None
    return list(found)


def index_signs(text: str) -> list[str]:
    """The pairs of `bigrams` and the last sign of every run: each sign of `text` begins one of them."""
    ends = (run[-1] for run in _UNSEARCHED.split(fold(text)) if run)
    return list(dict.fromkeys((*bigrams(text), *ends)))


def read_number(text: str, digits: int = 15) -> int | None:
    """The number that up to `digits` plain digits write; None for anything else, however long."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def digest(text: str) -> bytes:
    """SHA-256 of the folded text without blanks: equal for texts that differ only in spacing and width."""
    return hashlib.sha256(fold(text).replace(" ", "").encode()).digest()


def shorten(text: str, length: int) -> str:
    """The first line of `text`, cut to `length` signs with an ellipsis."""
    line = _SPACE.sub(" ", text).strip()
    return line if len(line) <= length else line[: length - 1] + "…"
