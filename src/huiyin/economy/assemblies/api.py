"""The door of assemblies."""

from huiyin.economy.assemblies.attending import enter_attendance, list_delegate_ids, list_entitled, list_seats
from huiyin.economy.assemblies.calling import (
    CALLERS,
    call_meeting,
    call_off,
    get_bounds,
    get_meeting,
    list_meetings,
    name_subject,
)
from huiyin.economy.assemblies.deciding import CLOSERS, close_meeting, enter_votes, reckon_items
from huiyin.economy.assemblies.delegates import elect_delegate, end_delegate
from huiyin.economy.assemblies.models import Attendance, Delegate, Meeting, Resolution
from huiyin.economy.assemblies.resolving import demand_majority, demand_resolution, find_resolution
from huiyin.economy.assemblies.rules import check_matter, need_of, reckon
from huiyin.economy.assemblies.subjects import Item, Waiting, list_waiting, register_matter
from huiyin.economy.assemblies.values import (
    ASSEMBLY,
    ASSEMBLY_ALONE,
    DELEGATES,
    DEMANDS,
    MATTERS,
    MEETINGS,
    WAYS,
    Bounds,
    NewItem,
    NewMeeting,
    Seat,
    Tally,
    Turnout,
)

__all__ = [
    "ASSEMBLY",
    "ASSEMBLY_ALONE",
    "CALLERS",
    "CLOSERS",
    "DELEGATES",
    "DEMANDS",
    "MATTERS",
    "MEETINGS",
    "WAYS",
    "Attendance",
    "Bounds",
    "Delegate",
    "Item",
    "Meeting",
    "NewItem",
    "NewMeeting",
    "Resolution",
    "Seat",
    "Tally",
    "Turnout",
    "Waiting",
    "call_meeting",
    "call_off",
    "check_matter",
    "close_meeting",
    "demand_majority",
    "demand_resolution",
    "elect_delegate",
    "end_delegate",
    "enter_attendance",
    "enter_votes",
    "find_resolution",
    "get_bounds",
    "get_meeting",
    "list_delegate_ids",
    "list_entitled",
    "list_meetings",
    "list_seats",
    "list_waiting",
    "name_subject",
    "need_of",
    "reckon",
    "reckon_items",
    "register_matter",
]
