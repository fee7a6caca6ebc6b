"""The door of the reading of texts."""

from huiyin.language.clusters import Cluster, Text, count_people, find_clusters, weigh
from huiyin.language.likeness import compare, cut_pieces, is_repeat, join_text, make_marks
from huiyin.language.places import Gazetteer, Mention, find_places
from huiyin.language.profiles import Profile, mark, read_features
from huiyin.language.replying import (
    GOOD,
    LINES,
    POOR,
    WEAK,
    Lines,
    ReplyCheck,
    check_reply,
    join_matter,
)
from huiyin.language.replying_findings import FINDINGS, POINTS, SIDES, VERSION, Finding
from huiyin.language.words import cut_words

__all__ = [
    "FINDINGS",
    "GOOD",
    "LINES",
    "POINTS",
    "POOR",
    "SIDES",
    "VERSION",
    "WEAK",
    "Cluster",
    "Finding",
    "Gazetteer",
    "Lines",
    "Mention",
    "Profile",
    "ReplyCheck",
    "Text",
    "check_reply",
    "compare",
    "count_people",
    "cut_pieces",
    "cut_words",
    "find_clusters",
    "find_places",
    "is_repeat",
    "join_matter",
    "join_text",
    "make_marks",
    "mark",
    "read_features",
    "weigh",
]
