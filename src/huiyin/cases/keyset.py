"""What other systems read of cases: lists that go on from a key, and one case whole, as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from django.db import connection

from huiyin.cases import definitions
from huiyin.cases.facts import list_open_moves
from huiyin.cases.search import find_number, make_condition
from huiyin.cases.seeing import NO_CASES, knows_sources, seen_condition, sees_all
from huiyin.cases.values import Acting, AssignmentState
from huiyin.journal.api import load_queries, open_cursor
from huiyin.kernel.texts import clean
from huiyin.process.api import Move, Process

QUERIES = load_queries(Path(__file__).with_name("keyset.sql"))
SOURCE = QUERIES["source_is_known"]
ROW = QUERIES["row_of_case"].format(source=SOURCE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is to hold; an empty value filters nothing. `after` is the id that ended the last page."""

    q: str = ""
    state: str = ""
    process: str = ""
    stage: str = ""
    channel: str = ""
    grade: str = ""
    category: str = ""
    township: str = ""
    unit: str = ""
    opened_from: datetime | None = None
    opened_to: datetime | None = None
    moved_from: datetime | None = None
    overdue_at: datetime | None = None
    after: int | None = None
    newest_first: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a JSON list; `last` is the id to go on from, None when nothing follows."""

    rows: bytes
    last: int | None


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case that somebody may see: what decides about moves, and the JSON of its row and its inside.

    `parts` are the open ones, as unit and part; whoever does not `knows_source` must not learn the door.
    """

    id: int
    number: str
    process: Process
    stage: str
    version: int
    asked_by_id: int | None
    opened_by_id: int | None
    parts: tuple[tuple[int, str], ...]
    knows_source: bool
    inside: bytes
    row: bytes

    def list_moves(self, acting: Acting) -> list[Move]:
        """The moves that `acting` may try now; nobody is offered to decide what they asked for."""
        parts = [AssignmentState(unit, part, 0, _NEVER) for unit, part in self.parts]
        return list_open_moves(self.process, self.stage, self.asked_by_id, parts, acting)


_NEVER = datetime.min  # noqa: DTZ901  open parts are told apart by unit and part alone

_CONDITIONS: Mapping[str, str] = {
    "process": "c.process = %(process)s",
    "stage": "c.stage = %(stage)s",
    # A filter that a confidential request answered would tell what is not shown of it.
    "channel": f"c.channel_id = %(channel)s AND {SOURCE}",
    "grade": "c.grade = %(grade)s",
    "category": (
        "c.category_id IN (SELECT below.id FROM register_category below JOIN register_category top"
        " ON starts_with(below.path, top.path) WHERE top.code = %(category)s)"
    ),
    "township": "c.township_id = (SELECT id FROM people_area WHERE code = %(township)s)",
    "unit": "c.lead_id = (SELECT id FROM people_unit WHERE key = %(unit)s)",
    "opened_from": "c.opened_at >= %(opened_from)s",
    "opened_to": "c.opened_at < %(opened_to)s",
    "moved_from": "c.moved_at >= %(moved_from)s",
    "overdue_at": "c.closed_at IS NULL AND c.paused_at IS NULL AND c.due_at < %(overdue_at)s",
}
_STATES = {"open": "c.closed_at IS NULL", "closed": "c.closed_at IS NOT NULL"}


def list_page(wanted: Wanted, acting: Acting, limit: int) -> Page:
    """At most `limit` cases that `acting` may see, by id, newest or oldest first; one statement, no count."""
    number = find_number(wanted.q)
    if number and wanted == Wanted(q=wanted.q, newest_first=wanted.newest_first):
        seen, params = seen_condition(acting)
        page = QUERIES["page_of_number"].format(seen=seen, way=_way(wanted))
        found = _show(page, {**params, "number": number}, wanted, acting, limit, open_cursor)
        if found.rows != b"[]":
            return found
    where, params = _make_where(wanted)
    if sees_all(acting):
        page = QUERIES["page_of_all"]
    else:
        page, params = QUERIES["page_of_seen"], params | seen_condition(acting)[1]
    return _show(page.format(where=where, way=_way(wanted)), params, wanted, acting, limit, connection.cursor)


def _way(wanted: Wanted) -> str:
    return "DESC" if wanted.newest_first else "ASC"


def _show(
    page: str,
    params: Mapping[str, Any],
    wanted: Wanted,
    acting: Acting,
    limit: int,
    cursor_of: Callable[[], Any],
) -> Page:
    last = "min" if wanted.newest_first else "max"
    sql = QUERIES["show_page"].format(page=page, row=ROW, way=_way(wanted), last=last)
    with cursor_of() as cursor:
        cursor.execute(sql, {**params, **_known(acting), "limit": limit + 1})
        rows, end, count = cursor.fetchone()
    return Page(rows.encode(), end if count > limit else None)


def _make_where(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    parts, params = ["true"], dict[str, Any]()
    for key, condition in _CONDITIONS.items():
        value = getattr(wanted, key)
        if value not in ("", None):
            parts.append(condition)
            params[key] = value
    if wanted.state in _STATES:
        parts.append(_STATES[wanted.state])
    if wanted.after is not None:
        parts.append(f"c.id {'<' if wanted.newest_first else '>'} %(after)s")
        params["after"] = wanted.after
    if wanted.q.strip():
        sought = make_condition(wanted.q)
        parts.append(sought.condition)
        params |= sought.params
    return " AND ".join(parts), params


def find_seen(number: str, acting: Acting) -> SeenCase | None:
    """The case of that number when `acting` may see it; one statement."""
    seen, params = seen_condition(acting)
    sql = QUERIES["read_seen"].format(row=ROW, source=SOURCE, seen=seen)
    with open_cursor() as cursor:
        cursor.execute(sql, {**params, **_known(acting), "number": clean(number)})
        row = cursor.fetchone()
    if row is None:
        return None
    process = definitions.get_process(row[2], row[3])
    parts = tuple(msgspec.json.decode(row[8], type=list[tuple[int, str]]))
    told = (row[0], row[1], process, row[4], row[5], row[6], row[7], parts, row[9])
    return SeenCase(*told, row[10].encode(), row[11].encode())


def _known(acting: Acting) -> dict[str, Any]:
    own = sorted({post.unit_id for post in acting.posts if post.role not in NO_CASES})
    return {"knows": knows_sources(acting), "own_units": own}
