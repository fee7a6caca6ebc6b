"""The door of the reading of texts."""

from huiyin.language.places import Gazetteer, Mention, find_places
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
    "Finding",
    "Gazetteer",
    "Lines",
    "Mention",
    "ReplyCheck",
    "check_reply",
    "cut_words",
    "find_places",
    "join_matter",
]
