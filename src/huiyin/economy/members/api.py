"""The door of members."""

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
from huiyin.economy.members.values import CARD, IDENTITY, STANDINGS, MemberIdentity, PayCard

__all__ = [
    "CARD",
    "IDENTITY",
    "STANDINGS",
    "Household",
    "Member",
    "MemberIdentity",
    "NewMember",
    "PayCard",
    "count_capable",
    "digest_id",
    "find_by_link",
    "list_capable",
    "list_members",
    "make_link",
    "make_member",
    "open_card",
    "open_identity",
    "seal_card",
]
