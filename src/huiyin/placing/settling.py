"""What persons say of the place of a case: which area it lies in, what the holder of its cell saw there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from huiyin.cases.api import Acting, Case, get_seen_case, relocate_case
from huiyin.grid.api import list_held_cells
from huiyin.journal.api import NewEntry, append, find_by_key
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import Area, find_area, list_area_path
from huiyin.placing.models import Placing
from huiyin.placing.store import CellCase, list_cell_cases

SETTLES = frozenset(
    {"intake", "dispatcher", "window", "centre", "handler", "unit-head", "visitor", "steward"}
)
"""Roles that may say where a case lies that they see."""
LONGEST_NOTE = 1_000


def may_settle(acting: Acting) -> bool:
    """Whether any post of the account may say where a case lies."""
    return any(post.role in SETTLES for post in acting.posts)


@transaction.atomic
def settle_place(number: str, code: str, acting: Acting, now: datetime) -> Placing:
    """The case lies in the area of that code: its header and journal say so.

    Refuses `case-not-found`, `not-your-duty`, `case-closed` and `area-not-found`.
    Said twice, it is said once.
    """
    case = get_seen_case(number, acting)
    if not may_settle(acting):
        words = Words("您的岗位不能改工单的地点。", "Your post cannot change where a case lies.")
        raise Refusal("not-your-duty", words, rule="岗位职责分离")
    if case.closed_at is not None:
        raise Refusal("case-closed", Words("工单已经办结，地点不再改。", "The case is closed."))
    area = find_area(code)
    if area is None or area.level == "county":
        words = Words("请选择村社区或网格。", "Choose a village or a cell.")
        raise Refusal("area-not-found", words, field="area")
    placing = _keep(case, area, acting, now)
    path = list_area_path(area.pk)
    relocate_case(case.number, area, path[1].pk, acting, now, name="".join(one.name for one in path[1:]))
    return placing


def _keep(case: Case, area: Area, acting: Acting, now: datetime) -> Placing:
    said: dict[str, object] = {
        "area_id": area.pk,
        "cell_id": area.pk if area.level == "cell" else None,
        "how": "person",
        "candidates": [],
        "sure": True,
        "placed_at": now,
        "confirmed_at": now,
        "confirmed_by_id": acting.account_id,
    }
    return Placing.objects.update_or_create(case_id=case.pk, defaults=said)[0]


def get_cell_case(number: str, account_id: int, now: datetime) -> CellCase:
    """A case of a cell that the account holds on that day; refuses `case-not-found` for any other."""
    cells = list_held_cells(account_id, now.date())
    found = list_cell_cases(cells, closed=True, number=clean(number), limit=1) if cells and number else []
    if not found:
        words = Words(
            "您的网格里没有这个工单。请核对编号。", "There is no such case in a cell that you hold."
        )
        raise Refusal("case-not-found", words)
    return found[0]


def note_from_cell(number: str, note: str, acting: Acting, now: datetime, *, key: str) -> None:
    """What the holder of the cell saw or did; it stands in the case's journal, for the units to read.

    Refuses `case-not-found`, `case-closed` and `words-needed`. The same `key` writes once.
    """
    case = get_cell_case(number, acting.account_id or 0, now)
    told = clean(note)[:LONGEST_NOTE]
    if not told:
        words = Words("请写上看到什么、做了什么。", "Say what you saw or did.")
        raise Refusal("words-needed", words, field="note")
    if case.closed_at is not None:
        raise Refusal("case-closed", Words("工单已经办结，不能再补充。", "The case is closed."))
    body = {"words": told, "cell": case.cell_code}
    subject = f"case:{case.number}"
    if find_by_key(subject, key) is not None:
        return
    append([NewEntry(subject, "cell-noted", now, acting.account_id, acting.name, body, key=key)])
