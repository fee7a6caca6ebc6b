"""The door of cases."""

from huiyin.cases.attachments import MAX_FILES, Kept, Upload, keep_files, path_of, record_files
from huiyin.cases.definitions import add_process, get_newest, get_process, list_newest, list_processes
from huiyin.cases.models import Assignment, Attachment, Case, CaseClock, Rating, SavedView
from huiyin.cases.moving import move_case
from huiyin.cases.opening import digest_words, open_cases
from huiyin.cases.saved import list_views, remove_view, save_view
from huiyin.cases.seeing import sees_all
from huiyin.cases.values import PERSON, SYSTEM, Acting, ActingPost, Moved, NewCase, Opened, make_acting
from huiyin.cases.viewing import (
    CaseView,
    explain_clock,
    find_attachment,
    find_public_attachment,
    list_open_moves,
    may_see,
    view_case,
)
from huiyin.cases.watching import free_members, recount_clocks, resume_hung, share_answer, watch_clocks
from huiyin.cases.worklist import (
    BOUND,
    ORDERS,
    TABS,
    CaseRow,
    Filters,
    count_cases,
    count_tabs,
    iterate_cases,
    list_cases,
)

__all__ = [
    "BOUND",
    "MAX_FILES",
    "ORDERS",
    "PERSON",
    "SYSTEM",
    "TABS",
    "Acting",
    "ActingPost",
    "Assignment",
    "Attachment",
    "Case",
    "CaseClock",
    "CaseRow",
    "CaseView",
    "Filters",
    "Kept",
    "Moved",
    "NewCase",
    "Opened",
    "Rating",
    "SavedView",
    "Upload",
    "add_process",
    "count_cases",
    "count_tabs",
    "digest_words",
    "explain_clock",
    "find_attachment",
    "find_public_attachment",
    "free_members",
    "get_newest",
    "get_process",
    "iterate_cases",
    "keep_files",
    "list_cases",
    "list_newest",
    "list_open_moves",
    "list_processes",
    "list_views",
    "make_acting",
    "may_see",
    "move_case",
    "open_cases",
    "path_of",
    "record_files",
    "recount_clocks",
    "remove_view",
    "resume_hung",
    "save_view",
    "sees_all",
    "share_answer",
    "view_case",
    "watch_clocks",
]
