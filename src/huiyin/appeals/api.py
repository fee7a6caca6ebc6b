"""The door of requests."""

from huiyin.appeals.alike import find_alike, list_earlier
from huiyin.appeals.hearing import hear_now
from huiyin.appeals.intake import Tally, intake_file
from huiyin.appeals.messages import link_of
from huiyin.appeals.models import Appeal, Message, Notice
from huiyin.appeals.notices import KINDS as NOTICE_KINDS
from huiyin.appeals.notices import count_unread, list_notices, read_notices
from huiyin.appeals.outgoing import STATES as MESSAGE_STATES
from huiyin.appeals.outgoing import list_messages, retry_message
from huiyin.appeals.reporting import MAX_WORDS, report, report_many
from huiyin.appeals.rules import demand_reason_if_unsolved
from huiyin.appeals.tracking import Tracked, TrackStep, find_tracked
from huiyin.appeals.values import IdentityMode, Likeness, NewAppeal, Reported

__all__ = [
    "MAX_WORDS",
    "MESSAGE_STATES",
    "NOTICE_KINDS",
    "Appeal",
    "IdentityMode",
    "Likeness",
    "Message",
    "NewAppeal",
    "Notice",
    "Reported",
    "Tally",
    "TrackStep",
    "Tracked",
    "count_unread",
    "demand_reason_if_unsolved",
    "find_alike",
    "find_tracked",
    "hear_now",
    "intake_file",
    "link_of",
    "list_earlier",
    "list_messages",
    "list_notices",
    "read_notices",
    "report",
    "report_many",
    "retry_message",
]
