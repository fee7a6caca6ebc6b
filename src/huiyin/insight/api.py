"""The door of hot issues."""

from huiyin.insight.asking import ask_grouping, ask_run
from huiyin.insight.clustering import carry_out as carry_out_run
from huiyin.insight.clustering import start_run
from huiyin.insight.grouping import NEW, choose_lead, find_grouping, list_joinable, may_lead
from huiyin.insight.grouping import carry_out as carry_out_grouping
from huiyin.insight.hearing import is_arrival
from huiyin.insight.joining import find_issue_for, join
from huiyin.insight.keeping import dismiss_issue, merge_issues, name_issue, restore_issue, split_issue
from huiyin.insight.models import Grouping, Issue, Member, Run
from huiyin.insight.reading import (
    find_issue_of,
    find_last_run,
    get_issue,
    list_issues,
    list_live,
    list_members,
)
from huiyin.insight.values import LIVE, ORDERS, STATES, IssueOf, IssueRow, MemberRow, Sought

__all__ = [
    "LIVE",
    "NEW",
    "ORDERS",
    "STATES",
    "Grouping",
    "Issue",
    "IssueOf",
    "IssueRow",
    "Member",
    "MemberRow",
    "Run",
    "Sought",
    "ask_grouping",
    "ask_run",
    "carry_out_grouping",
    "carry_out_run",
    "choose_lead",
    "dismiss_issue",
    "find_grouping",
    "find_issue_for",
    "find_issue_of",
    "find_last_run",
    "get_issue",
    "is_arrival",
    "join",
    "list_issues",
    "list_joinable",
    "list_live",
    "list_members",
    "may_lead",
    "merge_issues",
    "name_issue",
    "restore_issue",
    "split_issue",
    "start_run",
]
