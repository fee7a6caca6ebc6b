"""Whom one sees of a cell's holders: whose turn it is, who is away, whom one may call; who writes leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.grid.api import Cell, Holder, OnDuty, tell_phone
from huiyin.kernel.texts import fold
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, get_area

CALLS = frozenset(
    {
        "intake",
        "dispatcher",
        "window",
        "centre",
        "callback",
        "supervisor",
        "handler",
        "unit-head",
        "visitor",
        "steward",
    }
)
"""Roles that work on matters and may call the holder of a cell; others read the mask."""
ON_SITE = frozenset({"handler", "unit-head", "visitor"})
"""Roles that, held at the unit of the township, may write down who is away."""


@dataclass(frozen=True, slots=True)
class Face:
    """A holder as a page shows it; `dial` is what a phone dials, empty for whoever may not call."""

    holder: OnDuty
    title: Words
    phone: str
    dial: str


def list_faces(holders: Iterable[OnDuty], account: AccountInHand) -> list[Face]:
    """The holders in their order, their numbers whole for whoever may call."""
    may = bool(account.roles & CALLS)
    return [_make_face(one, whole=may) for one in holders]


def _make_face(holder: OnDuty, *, whole: bool) -> Face:
    phone = tell_phone(holder) if whole else holder.phone
    dial = "".join(sign for sign in fold(phone) if sign in "0123456789+,") if whole else ""
    return Face(holder, name_rank(holder.rank), phone, dial)


def name_rank(rank: int) -> Words:
    """网格员, 替补 1, 替补 2."""
    return Words("替补 {n}", "Substitute {n}").fill(n=rank) if rank else Words("网格员", "Responsible")


def may_write_leave(cell: Cell, account: AccountInHand) -> bool:
    """Administrators, the staff of the township's unit, and whoever holds the cell."""
    if "admin" in account.roles or any(one.account_id == account.id for one in cell.holders):
        return True
    unit_id = get_area(cell.row.township_id).unit_id
    return unit_id is not None and any(account.holds(role, unit_id) for role in ON_SITE)


@dataclass(frozen=True, slots=True)
class Former:
    """Somebody who held the cell before, or will."""

    name: str
    title: Words
    since: date
    until: date | None


def list_others(holders: Sequence[Holder], today: date) -> list[Former]:
    """Of everybody who ever held the cell those who do not today."""
    return [
        Former(one.name, name_rank(one.rank), one.since_on, one.until_on)
        for one in holders
        if one.since_on > today or (one.until_on is not None and one.until_on < today)
    ]
