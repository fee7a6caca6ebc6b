"""The door of postings."""

from huiyin.economy.postings.answering import settle_quiet
from huiyin.economy.postings.asking import MAX_WORDS, MOST_AGAIN, ask, ask_again
from huiyin.economy.postings.boards import (
    Board,
    get_question,
    list_asked,
    list_boards,
    list_postings,
)
from huiyin.economy.postings.cells import Column, list_columns, write_cells
from huiyin.economy.postings.due import DUE, LATE, POSTED, MonthState, list_months
from huiyin.economy.postings.limiting import demand_not_too_many
from huiyin.economy.postings.models import FollowUp, Posting, PostingLine, Question
from huiyin.economy.postings.monthly import (
    BOOKS,
    Preview,
    preview_month,
    preview_months,
    put_up_month,
    put_up_months,
)
from huiyin.economy.postings.putting_up import (
    correct_line,
    count_unanswered,
    demand_over,
    digest_sheet,
    find_posting,
    is_running,
    put_up,
    write_sheet,
)
from huiyin.economy.postings.rules import RULE, Period, find_period, list_periods
from huiyin.economy.postings.sheets import (
    Sheet,
    ShownLine,
    add_up,
    chain_lines,
    get_posting,
    list_first,
    list_questions,
    read_sheet,
    verify_postings,
)
from huiyin.economy.postings.telling import COLUMNS
from huiyin.economy.postings.values import (
    ADDED_UP,
    ASKED,
    KINDS,
    QUESTION,
    Fault,
    Field,
    NewPosting,
    NewQuestion,
)

__all__ = [
    "ADDED_UP",
    "ASKED",
    "BOOKS",
    "COLUMNS",
    "DUE",
    "KINDS",
    "LATE",
    "MAX_WORDS",
    "MOST_AGAIN",
    "POSTED",
    "QUESTION",
    "RULE",
    "Board",
    "Column",
    "Fault",
    "Field",
    "FollowUp",
    "MonthState",
    "NewPosting",
    "NewQuestion",
    "Period",
    "Posting",
    "PostingLine",
    "Preview",
    "Question",
    "Sheet",
    "ShownLine",
    "add_up",
    "ask",
    "ask_again",
    "chain_lines",
    "correct_line",
    "count_unanswered",
    "demand_not_too_many",
    "demand_over",
    "digest_sheet",
    "find_period",
    "find_posting",
    "get_posting",
    "get_question",
    "is_running",
    "list_asked",
    "list_boards",
    "list_columns",
    "list_first",
    "list_months",
    "list_periods",
    "list_postings",
    "list_questions",
    "preview_month",
    "preview_months",
    "put_up",
    "put_up_month",
    "put_up_months",
    "read_sheet",
    "settle_quiet",
    "verify_postings",
    "write_cells",
    "write_sheet",
]
