"""What the worklist stands on beside the cases: processes, what filters offer, own views, the bell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.appeals.api import UNREAD_SQL
from huiyin.cases.api import PROCESSES_SQL, VIEWS_SQL, ViewInHand, read_processes, read_views
from huiyin.console.menu import list_bell_units
from huiyin.journal.api import open_cursor
from huiyin.people.api import AccountInHand
from huiyin.process.api import Process
from huiyin.register.api import OFFERED_SQL, Offered, read_offered

_SQL = f"SELECT ({PROCESSES_SQL}), ({OFFERED_SQL}), ({VIEWS_SQL}), ({UNREAD_SQL})"


@dataclass(frozen=True, slots=True)
class Grounds:
    """Every process by key and version, what filters offer, the account's views, its unread lines.

    Whatever reads the same as before is the same object.
    """

    processes: tuple[Process, ...]
    offered: Offered
    views: Sequence[ViewInHand]
    unread: int


def read_grounds(account: AccountInHand) -> Grounds:
    """All of it as it stands now; one statement."""
    with open_cursor() as cursor:
        cursor.execute(_SQL, {"account_id": account.id, "unit_ids": sorted(list_bell_units(account))})
        processes, offered, views, unread = cursor.fetchone()
    return Grounds(read_processes(processes), read_offered(offered), read_views(views), unread)
