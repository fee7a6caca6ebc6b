"""The door of postings."""

from huiyin.economy.postings.models import Posting, PostingLine, Question
from huiyin.economy.postings.putting_up import (
    correct_line,
    count_unanswered,
    demand_over,
    digest_sheet,
    find_posting,
    is_running,
    put_up,
)
from huiyin.economy.postings.values import KINDS, QUESTION, Field, NewPosting

__all__ = [
    "KINDS",
    "QUESTION",
    "Field",
    "NewPosting",
    "Posting",
    "PostingLine",
    "Question",
    "correct_line",
    "count_unanswered",
    "demand_over",
    "digest_sheet",
    "find_posting",
    "is_running",
    "put_up",
]
