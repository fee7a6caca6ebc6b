"""The door of the reading of texts."""

from huiyin.language.places import Gazetteer, Mention, find_places
from huiyin.language.words import cut_words

__all__ = ["Gazetteer", "Mention", "cut_words", "find_places"]
