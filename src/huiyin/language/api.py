"""The door of the reading of texts."""

from huiyin.language.words import cut_words

__all__ = ["cut_words"]
