"""The door of distributions."""

from huiyin.economy.distributions.allocating import Part, allocate, divide
from huiyin.economy.distributions.bankfile import (
    ENCODINGS,
    FORMATS,
    digest_file,
    name_file,
    write_file,
    write_files,
)
from huiyin.economy.distributions.cards import correct_card, mask_account
from huiyin.economy.distributions.grounds import read_ground
from huiyin.economy.distributions.listing import (
    Progress,
    count_progress,
    find_line,
    list_account,
    list_files,
    list_lines,
    list_returned,
)
from huiyin.economy.distributions.models import Entry, Line, PayFile, Payment, Plan, SetAside
from huiyin.economy.distributions.parallel import do_parts
from huiyin.economy.distributions.planning import (
    Draft,
    change_plan,
    find_plan,
    get_plan,
    get_plan_of_case,
    list_asides,
    list_plans,
    make_plans,
    open_plan,
    propose,
    set_aside,
)
from huiyin.economy.distributions.returning import list_owed, read_failures, sum_entries, take_back
from huiyin.economy.distributions.rules import check_source, reckon
from huiyin.economy.distributions.running import distribute
from huiyin.economy.distributions.sheets import name_subject
from huiyin.economy.distributions.telling import explain, explain_line, tell_share
from huiyin.economy.distributions.values import (
    ASIDES,
    COMPENSATION,
    ENTRIES,
    PROCESS,
    SPREAD,
    Explained,
    Failed,
    Ground,
    Paying,
    Step,
    Waterfall,
)

__all__ = [
    "ASIDES",
    "COMPENSATION",
    "ENCODINGS",
    "ENTRIES",
    "FORMATS",
    "PROCESS",
    "SPREAD",
    "Draft",
    "Entry",
    "Explained",
    "Failed",
    "Ground",
    "Line",
    "Part",
    "PayFile",
    "Paying",
    "Payment",
    "Plan",
    "Progress",
    "SetAside",
    "Step",
    "Waterfall",
    "allocate",
    "change_plan",
    "check_source",
    "correct_card",
    "count_progress",
    "digest_file",
    "distribute",
    "divide",
    "do_parts",
    "explain",
    "explain_line",
    "find_line",
    "find_plan",
    "get_plan",
    "get_plan_of_case",
    "list_account",
    "list_asides",
    "list_files",
    "list_lines",
    "list_owed",
    "list_plans",
    "list_returned",
    "make_plans",
    "mask_account",
    "name_file",
    "name_subject",
    "open_plan",
    "propose",
    "read_failures",
    "read_ground",
    "reckon",
    "set_aside",
    "sum_entries",
    "take_back",
    "tell_share",
    "write_file",
    "write_files",
]
