"""The door of members."""

from huiyin.economy.members.importing import MOST_ROWS, Checked, RosterRow, check_rows, take_roster
from huiyin.economy.members.keeping import (
    KEEPERS,
    OPENERS,
    add_household,
    add_person,
    correct_member,
    get_household,
    get_member,
    move_member,
    refuse_elsewhere,
    reveal_member,
)
from huiyin.economy.members.models import Household, Member
from huiyin.economy.members.roster import (
    NewMember,
    count_capable,
    digest_id,
    find_by_link,
    list_capable,
    list_members,
    make_link,
    make_member,
    open_card,
    open_identity,
    seal_card,
)
from huiyin.economy.members.rules import SEXES, PersonEntry, check_entry
from huiyin.economy.members.searching import count_standings, find_elsewhere, list_households
from huiyin.economy.members.values import CARD, IDENTITY, STANDINGS, MemberIdentity, PayCard

__all__ = [
    "CARD",
    "IDENTITY",
    "KEEPERS",
    "MOST_ROWS",
    "OPENERS",
    "SEXES",
    "STANDINGS",
    "Checked",
    "Household",
    "Member",
    "MemberIdentity",
    "NewMember",
    "PayCard",
    "PersonEntry",
    "RosterRow",
    "add_household",
    "add_person",
    "check_entry",
    "check_rows",
    "correct_member",
    "count_capable",
    "count_standings",
    "digest_id",
    "find_by_link",
    "find_elsewhere",
    "get_household",
    "get_member",
    "list_capable",
    "list_households",
    "list_members",
    "make_link",
    "make_member",
    "move_member",
    "open_card",
    "open_identity",
    "refuse_elsewhere",
    "reveal_member",
    "seal_card",
    "take_roster",
]
