"""Lists of cases: tabs with counts, filters, order, pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db import connection

from huiyin.cases import definitions
from huiyin.cases.search import Sought, make_condition
from huiyin.cases.seeing import in_hand_condition, knows_sources, seen_condition, sees_all, todo_condition
from huiyin.cases.store import QUERIES
from huiyin.cases.values import Acting
from huiyin.journal.api import open_cursor
from huiyin.kernel.words import Words
from huiyin.process.api import Process

TABS: dict[str, Words] = {
    "todo": Words("我的待办", "Mine to do"),
    "overdue": Words("已超时", "Overdue"),
    "soon": Words("即将到期", "Due soon"),
    "unassigned": Words("待派单", "To dispatch"),
    "review": Words("待审核", "In review"),
    "open": Words("在办", "Open"),
    "all": Words("全部", "All"),
}
"""The tabs of the worklist, in their order; all but the last hold open cases."""

ORDERS: dict[str, str] = {
    "due": "c.due_at ASC NULLS LAST, c.id",
    "opened": "c.opened_at DESC, c.id DESC",
    "moved": "c.moved_at DESC, c.id DESC",
    "number": "c.id DESC",
}
"""How a list may be ordered."""

CONFIDENTIAL = "confidential"
SOON = timedelta(days=1)
BOUND = 10_000
MANY = 1000
"""Where counting for a tab stops: a list that long is told as “999+”."""

_OPEN_TABS = frozenset(TABS) - {"all"}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list holds. Empty values filter nothing; `state` is open, closed or empty for both."""

    tab: str = "all"
    q: str = ""
    township_id: int | None = None
    category_id: int | None = None
    unit_id: int | None = None
    officer_id: int | None = None
    person_ids: tuple[int, ...] | None = None
    process: str = ""
    stage: str = ""
    stage_kind: str = ""
    channel: str = ""
    grade: str = ""
    identity: str = ""
    urgent: bool | None = None
    state: str = ""
    opened_from: datetime | None = None
    opened_to: datetime | None = None
    closed_from: datetime | None = None
    closed_to: datetime | None = None
    group_id: int | None = None
    min_round: int | None = None
    order: str = "due"


class CaseRow(msgspec.Struct, frozen=True, array_like=True):
    """A case as a list shows it, read from the array that the database makes of it.

    Times are aware; `lead`, `category` … are None while nobody has set them.
    """

    id: int
    number: str
    title: str
    process: str
    process_version: int
    stage: str
    stage_kind: str
    grade: str
    urgent: bool
    place: str
    opened_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    due_from: datetime | None
    paused_at: datetime | None
    members: int
    round: int
    hurries: int
    returns: int
    supervisions: int
    identity: str
    version: int
    moved_at: datetime
    channel_id: str
    channel: str
    channel_en: str
    category: str | None
    category_en: str | None
    township: str | None
    township_en: str | None
    lead: str | None
    lead_en: str | None
    officer: str | None
    group_number: str | None
    automatic: bool

    @property
    def stage_title(self) -> Words:
        """The stage's name in the process that the case pins."""
        return definitions.get_process(self.process, self.process_version).get_stage(self.stage).title

    @property
    def grade_title(self) -> Words:
        """The grade's name in the process that the case pins."""
        return definitions.get_process(self.process, self.process_version).grades[self.grade]


_PLAIN: Mapping[str, str] = {
    "township_id": "c.township_id = %(township_id)s",
    "unit_id": (
        "(c.lead_id = %(unit_id)s OR EXISTS (SELECT 1 FROM cases_assignment a"
        " WHERE a.case_id = c.id AND a.unit_id = %(unit_id)s))"
    ),
    "officer_id": "c.officer_id = %(officer_id)s",
    "person_ids": "c.person_id = ANY(%(person_ids)s)",
    "process": "c.process = %(process)s",
    "stage": "c.stage = %(stage)s",
    "stage_kind": "c.stage_kind = %(stage_kind)s",
    "channel": "c.channel_id = %(channel)s",
    "grade": "c.grade = %(grade)s",
    "identity": "c.identity = %(identity)s",
    "urgent": "c.urgent = %(urgent)s",
    "opened_from": "c.opened_at >= %(opened_from)s",
    "opened_to": "c.opened_at < %(opened_to)s",
    "closed_from": "c.closed_at >= %(closed_from)s",
    "closed_to": "c.closed_at < %(closed_to)s",
    "group_id": "c.group_id = %(group_id)s",
    "min_round": "c.round >= %(min_round)s",
    "category_id": (
        "c.category_id IN (SELECT below.id FROM register_category below JOIN register_category top"
        " ON starts_with(below.path, top.path) WHERE top.id = %(category_id)s)"
    ),
}


Processes = Sequence[Process] | None
"""Every version of every process when the caller has read them; None reads them, at one statement more."""


def list_cases(
    filters: Filters,
    acting: Acting,
    now: datetime,
    limit: int = 50,
    offset: int = 0,
    processes: Processes = None,
) -> list[CaseRow]:
    """The cases that `acting` may see and the filters hold, ordered; one statement.

    The door by which a confidential case came is empty for who may not know it.
    """
    sought = _seek(filters, acting)
    where, params = _make_where(filters, acting, now, processes, sought.first or sought.condition)
    order, source = ORDERS.get(filters.order, ORDERS["due"]), "cases_case"
    if sought.again:
        source, where = QUERIES["sift_cases"].format(where=where, order=order), sought.again
    sql = QUERIES["list_cases"].format(
        fields=_FIELDS, source=source, where=where, order=order, limit=limit, offset=offset
    )
    with _open(steady=offset == 0 and _is_plain(filters, acting)) as cursor:
        cursor.execute(sql, {**params, **sought.params})
        rows = _ROWS.decode(cursor.fetchone()[0])
    return rows if knows_sources(acting) else [_hide_source(row) for row in rows]


_FIELDS = ", ".join(f"r.{name}" for name in CaseRow.__struct_fields__)
_ROWS = msgspec.json.Decoder(list[CaseRow])


def _is_plain(filters: Filters, acting: Acting) -> bool:
    """Whether the list is a whole tab of somebody who sees all: asked often, and walked by one index each."""
    return (
        sees_all(acting)
        and filters.tab != "todo"
        and filters == Filters(tab=filters.tab, order=filters.order)
    )


def _open(*, steady: bool) -> Any:
    """The cursor that keeps the plan of a `steady` statement; any other wants a plan for what it asks."""
    return open_cursor() if steady else connection.cursor()


def _hide_source(row: CaseRow) -> CaseRow:
    if row.identity != CONFIDENTIAL:
        return row
    return msgspec.structs.replace(row, channel_id="", channel="", channel_en="")


def iterate_cases(filters: Filters, acting: Acting, now: datetime, bound: int = 100_000) -> Iterator[CaseRow]:
    """Every listed case up to `bound`, a thousand a statement: for exports."""
    for offset in range(0, bound, 1000):
        rows = list_cases(filters, acting, now, limit=min(1000, bound - offset), offset=offset)
        yield from rows
        if len(rows) < 1000:
            return


def count_cases(
    filters: Filters, acting: Acting, now: datetime, processes: Processes = None, bound: int = BOUND
) -> int:
    """How many cases the list has; counting stops at `bound`."""
    sought = _seek(filters, acting)
    where, params = _make_where(filters, acting, now, processes, sought.condition)
    sql = QUERIES["count_cases"].format(where=where)
    return int(next(_select(sql, {**params, **sought.params, "bound": bound}))["count"])


def count_tabs(acting: Acting, now: datetime, processes: Processes = None) -> dict[str, int]:
    """The number on each tab but “all”; one statement.

    For whoever sees everything each tab is counted by its own index, up to `MANY`; for the others what is in
    their hands is gathered once and counted whole.
    """
    seen, seen_params = in_hand_condition(acting)
    todo, todo_params = todo_condition(acting, _known(processes))
    whole = sees_all(acting)
    sql = QUERIES["count_tabs" if whole else "count_own_tabs"].format(seen=seen, todo=todo, many=MANY)
    given = {**seen_params, **todo_params, "now": now, "soon": now + SOON}
    return next(_select(sql, given, steady=whole))


def _select(sql: str, params: Mapping[str, Any], *, steady: bool = False) -> Iterator[dict[str, Any]]:
    with _open(steady=steady) as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description or ()]
        rows = cursor.fetchall()
    return (dict(zip(names, row, strict=True)) for row in rows)


def _known(processes: Processes) -> Sequence[Process]:
    return definitions.list_processes() if processes is None else processes


_EVERYTHING = Sought("true")


def _seek(filters: Filters, acting: Acting) -> Sought:
    return make_condition(filters.q, knows=knows_sources(acting)) if filters.q.strip() else _EVERYTHING


def _make_where(
    filters: Filters, acting: Acting, now: datetime, processes: Processes, sought: str
) -> tuple[str, dict[str, Any]]:
    open_only = filters.tab in _OPEN_TABS or filters.state == "open"
    seen, params = seen_condition(acting, open_only=open_only)
    parts = [seen, sought]
    for key, condition in _PLAIN.items():
        value = getattr(filters, key)
        if isinstance(value, str) and "\x00" in value:
            parts.append("false")  # no text in the database holds it, and none may ask for it
        elif value is not None and value != "":
            parts.append(condition)
            params[key] = list(value) if isinstance(value, tuple) else value
    if (filters.channel or filters.person_ids is not None) and not knows_sources(acting):
        parts.append("c.identity <> 'confidential'")
    if filters.state:
        parts.append(f"c.closed_at IS {'NULL' if filters.state == 'open' else 'NOT NULL'}")
    tab, more = _tab_condition(filters.tab, acting, now, processes)
    parts.append(tab)
    return " AND ".join(parts), {**params, **more}


def _tab_condition(
    tab: str, acting: Acting, now: datetime, processes: Processes
) -> tuple[str, dict[str, Any]]:
    if tab == "todo":
        condition, params = todo_condition(acting, _known(processes))
        return f"c.closed_at IS NULL AND {condition}", params
    conditions = {
        "overdue": "c.closed_at IS NULL AND c.paused_at IS NULL AND c.due_at < %(tab_now)s",
        "soon": (
            "c.closed_at IS NULL AND c.paused_at IS NULL"
            " AND c.due_at >= %(tab_now)s AND c.due_at < %(tab_soon)s"
        ),
        "review": "c.closed_at IS NULL AND c.stage_kind = 'review'",
        "unassigned": "c.closed_at IS NULL AND c.lead_id IS NULL AND c.stage_kind = 'open'",
        "open": "c.closed_at IS NULL",
    }
    return conditions.get(tab, "true"), {"tab_now": now, "tab_soon": now + SOON}
