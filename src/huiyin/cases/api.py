"""The door of cases."""

from huiyin.cases.attachments import MAX_FILES, Kept, Upload, keep_files, path_of, record_files
from huiyin.cases.definitions import add_process, get_newest, get_process, list_newest, list_processes
from huiyin.cases.ledger import (
    LedgerScope,
    add_up,
    ledger_by_category,
    ledger_by_channel,
    ledger_by_kind,
    ledger_by_officer,
    ledger_by_step,
    ledger_by_unit,
    ledger_results,
    ledger_rounds,
    ledger_total,
)
from huiyin.cases.models import Assignment, Attachment, Case, CaseClock, Rating, SavedView
from huiyin.cases.moving import move_case
from huiyin.cases.opening import digest_words, open_cases
from huiyin.cases.pictures import DRAWN
from huiyin.cases.saved import list_views, remove_view, save_view
from huiyin.cases.seeing import sees_all
from huiyin.cases.sharing import free_members, share_answer
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
from huiyin.cases.watching import recount_clocks, resume_hung, watch_clocks
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
    "DRAWN",
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
    "LedgerScope",
    "Moved",
    "NewCase",
    "Opened",
    "Rating",
    "SavedView",
    "Upload",
    "add_process",
    "add_up",
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
    "ledger_by_category",
    "ledger_by_channel",
    "ledger_by_kind",
    "ledger_by_officer",
    "ledger_by_step",
    "ledger_by_unit",
    "ledger_results",
    "ledger_rounds",
    "ledger_total",
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
