"""Puts the worklist together: tabs, filters, rows, paging; each part with the statement it costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from huiyin.cases.api import (
    BOUND,
    MANY,
    TABS,
    Acting,
    CaseRow,
    ViewInHand,
    count_cases,
    count_tabs,
    get_process,
    list_cases,
)
from huiyin.console.worklists.asking import KEPT, MORE, Asked, read_asked
from huiyin.console.worklists.batchable import choose_icon, list_batch_moves, sort_moves
from huiyin.console.worklists.choices import make_offer
from huiyin.console.worklists.columns import COLUMNS, COOKIE, keep_known, read_cookie
from huiyin.console.worklists.drawing import draw_rows
from huiyin.console.worklists.grounds import Grounds
from huiyin.console.worklists.rows import ListRow, make_row
from huiyin.pages.api import Paging, Tab, address, number_pages, read_page, url
from huiyin.people.api import AccountInHand
from huiyin.process.api import Move, Process
from huiyin.triage.api import map_automatic

SIZE = 50
AHEAD = 10
"""How many pages beyond the one that is open are counted at least."""
WATCHES = frozenset({"leader", "auditor"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks of this account: the filters, the view that it comes from, the columns."""

    asked: Asked
    views: Sequence[ViewInHand]
    view: ViewInHand | None
    columns: tuple[str, ...]


def read_wanted(request: HttpRequest, account: AccountInHand, views: Sequence[ViewInHand]) -> Wanted:
    """Read the address; the columns are those of the saved view, else of the cookie."""
    first = "todo" if account.roles - WATCHES else "open"
    asked = read_asked(request.GET.dict(), first)
    view = next((one for one in views if str(one.pk) == asked.parts.get("view")), None)
    columns = (
        keep_known(view.columns) if view and view.columns else read_cookie(request.COOKIES.get(COOKIE, ""))
    )
    return Wanted(asked, views, view, columns)


def make_list(
    wanted: Wanted, page: Mapping[str, str], acting: Acting, now: datetime, grounds: Grounds
) -> tuple[dict[str, Any], dict[str, int]]:
    """The context of the list's template, and the counts of the tabs."""
    asked, processes = wanted.asked, grounds.processes
    counts = count_tabs(acting, now, processes)
    total, bounded = _count(asked, counts, read_page(page), acting, now, processes)
    number = read_page(page, max(1, -(-min(total, BOUND) // SIZE)))
    found = list_cases(asked.filters, acting, now, SIZE, (number - 1) * SIZE, processes)
    rows = _make_rows(found, acting, now)
    bar, columns = make_bar(rows, acting), tuple(COLUMNS[key] for key in wanted.columns)
    context = {
        "parts": {**dict.fromkeys(KEPT, ""), **asked.parts},
        "asked": asked,
        "filter_count": sum(key in asked.parts for key in MORE),
        "here_query": address(asked.parts),
        "tabs": make_tabs(wanted, counts, total),
        "rows": rows,
        "total": total,
        "bounded": bounded,
        "paging": _make_paging(asked, page, total, more=bounded),
        "columns": columns,
        "draw_rows": lambda: draw_rows(rows, columns, now, boxes=bool(bar)),
        "all_columns": COLUMNS,
        "view": wanted.view,
        "offer": make_offer(asked.parts, processes, grounds.offered),
        "bar": bar,
        "order_url": lambda key: address({**asked.parts, "order": key}),
        "order": asked.filters.order,
        "clear_url": address({"tab": asked.filters.tab}),
    }
    return context, counts


def _count(
    asked: Asked,
    counts: Mapping[str, int],
    page: int,
    acting: Acting,
    now: datetime,
    processes: Sequence[Process],
) -> tuple[int, bool]:
    """How many cases the list has, and whether counting stopped there; no statement where the tab knows."""
    known, bound = None if asked.narrowed else counts.get(asked.filters.tab), choose_bound(page)
    if known is not None and (known != MANY or bound == MANY):
        return known, known == MANY
    total = count_cases(asked.filters, acting, now, processes, bound)
    return total, total >= bound


def choose_bound(page: int) -> int:
    """Where counting for the pager stops: by thousands, some pages ahead of the one asked for.

    The first pages of a long list so cost what its tab has counted anyway, and a search for a frequent word
    looks at no more texts than somebody may read.
    """
    return min(BOUND, MANY * (1 + (page + AHEAD - 1) * SIZE // MANY))


def _make_rows(found: Sequence[CaseRow], acting: Acting, now: datetime) -> list[ListRow]:
    """Rows of the same stage may make the same moves: those are looked up once."""
    moves: dict[tuple[str, int, str], tuple[str, ...]] = {}
    for case in found:
        at = (case.process, case.process_version, case.stage)
        if at not in moves:
            listed = list_batch_moves(get_process(case.process, case.process_version), case.stage, acting)
            moves[at] = tuple(move.key for move in listed)
    automatic = [case.id for case in found if case.automatic]
    went = map_automatic(automatic) if automatic else {}
    return [
        make_row(case, moves[case.process, case.process_version, case.stage], now, went.get(case.id))
        for case in found
    ]


def _make_paging(asked: Asked, page: Mapping[str, str], total: int, *, more: bool) -> Paging:
    parts = {**asked.parts, "page": page["page"]} if page.get("page") else asked.parts
    return number_pages(parts, min(total, BOUND), SIZE, more=more)


def make_tabs(wanted: Wanted, counts: Mapping[str, int], total: int) -> tuple[Tab, ...]:
    """The tabs of the county with their counts, then the account's own views."""
    now_at = wanted.asked.filters.tab if wanted.view is None else ""
    base = url("console:worklist")
    tabs = [
        Tab(
            title=title,
            url=f"{base}?tab={key}",
            count=counts.get(key, min(total, MANY) if key == now_at and not wanted.asked.narrowed else None),
            current=key == now_at,
            urgent=key == "overdue",
        )
        for key, title in TABS.items()
    ]
    for view in wanted.views:
        query = address(
            {**{str(key): str(value) for key, value in view.filters.items()}, "view": str(view.pk)}
        )
        current = wanted.view is view
        tabs.append(Tab(view.name, base + query, min(total, MANY) if current else None, current))
    return tuple(tabs)


def make_bar(rows: Sequence[ListRow], acting: Acting) -> list[tuple[Move, str]]:
    """The batch bar's buttons for the rows on the page: the move and its icon."""
    stages = {(row.case.process, row.case.process_version, row.case.stage) for row in rows}
    moves = [
        move for process, version, stage in sorted(stages)
        for move in list_batch_moves(get_process(process, version), stage, acting)
    ]  # fmt: skip
    return [(move, choose_icon(move)) for move in sort_moves(moves)]
