"""The door of the reading of texts."""

from huiyin.language.clusters import Cluster, Text, find_clusters
from huiyin.language.words import cut_words

__all__ = ["Cluster", "Text", "cut_words", "find_clusters"]
