"""The door of requests."""

from huiyin.appeals.alike import find_alike, list_earlier
from huiyin.appeals.hearing import hear_now, is_told
from huiyin.appeals.intake import Tally, intake_file
from huiyin.appeals.mapping import pick_field, read_time
from huiyin.appeals.messages import link_of
from huiyin.appeals.models import Appeal, Message, Notice
from huiyin.appeals.notices import KINDS as NOTICE_KINDS
from huiyin.appeals.notices import UNREAD_SQL, count_unread, list_notices, note_for_unit, read_notices
from huiyin.appeals.outgoing import STATES as MESSAGE_STATES
from huiyin.appeals.outgoing import list_messages, retry_message
from huiyin.appeals.reporting import MAX_WORDS, report, report_many
from huiyin.appeals.retention.rules import RULES, Rule, RuleInForce, is_nightly, set_rule, switch_nightly
from huiyin.appeals.retention.rules import list_rules as list_keeping_rules
from huiyin.appeals.retention.running import Planned
from huiyin.appeals.retention.running import list_runs as list_keeping_runs
from huiyin.appeals.retention.running import plan as plan_keeping
from huiyin.appeals.retention.running import start as start_keeping
from huiyin.appeals.rules import demand_reason_if_unsolved
from huiyin.appeals.sources import UnreadableFile, read_rows
from huiyin.appeals.tracking import Tracked, TrackStep, find_tracked
from huiyin.appeals.values import IdentityMode, Likeness, NewAppeal, Reported

__all__ = [
    "MAX_WORDS",
    "MESSAGE_STATES",
    "NOTICE_KINDS",
    "RULES",
    "UNREAD_SQL",
    "Appeal",
    "IdentityMode",
    "Likeness",
    "Message",
    "NewAppeal",
    "Notice",
    "Planned",
    "Reported",
    "Rule",
    "RuleInForce",
    "Tally",
    "TrackStep",
    "Tracked",
    "UnreadableFile",
    "count_unread",
    "demand_reason_if_unsolved",
    "find_alike",
    "find_tracked",
    "hear_now",
    "intake_file",
    "is_nightly",
    "is_told",
    "link_of",
    "list_earlier",
    "list_keeping_rules",
    "list_keeping_runs",
    "list_messages",
    "list_notices",
    "note_for_unit",
    "pick_field",
    "plan_keeping",
    "read_notices",
    "read_rows",
    "read_time",
    "report",
    "report_many",
    "retry_message",
    "set_rule",
    "start_keeping",
    "switch_nightly",
]
