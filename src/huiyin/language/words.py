"""Cuts Chinese text into words."""

from __future__ import annotations

import rjieba


def cut_words(text: str) -> list[str]:
    """The words of a text in order, punctuation and spaces among them; joined they are the text again."""
    return rjieba.cut(text)
