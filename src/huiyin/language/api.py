"""The door of the reading of texts."""

from huiyin.language.clusters import Cluster, Text, count_people, find_clusters, weigh
from huiyin.language.likeness import compare, cut_pieces, is_repeat, join_text, make_marks
from huiyin.language.profiles import Profile, mark, read_features
from huiyin.language.words import cut_words

__all__ = [
    "Cluster",
    "Profile",
    "Text",
    "compare",
    "count_people",
    "cut_pieces",
    "cut_words",
    "find_clusters",
    "is_repeat",
    "join_text",
    "make_marks",
    "mark",
    "read_features",
    "weigh",
]
