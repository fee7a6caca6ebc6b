"""Two lists for the auditor: who looked at sealed data or took lists away, and how the system was changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from huiyin.administration.audit import naming
from huiyin.administration.audit.asking import TEXT_DAYS, Asked, read_asked
from huiyin.console.api import export_xlsx, show
from huiyin.journal.api import find_accesses, find_running, iterate_accesses, iterate_running
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Paging, Tab, Value, follow_cursor, local
from huiyin.people.api import open_to

CURRENT = "administration:audit"
SIZE = 50
MOST_EXPORTED = 100_000
VIEWS: dict[str, tuple[str, Words]] = {
    "accesses": ("administration:audit", Words("查看与导出", "Looked at, exported")),
    "running": ("administration:audit-running", Words("管理操作", "How it is run")),
    "sign-ins": ("administration:sign-ins", Words("登录日志", "Sign-ins")),
    "record": ("administration:audit-record", Words("留痕核验", "Whole record")),
}
"""The tabs of the audit: route and title."""


def make_tabs(current: str) -> list[Tab]:
    """The tabs, one of them open."""
    return [Tab(title, reverse(route), current=key == current) for key, (route, title) in VIEWS.items()]


@require_safe
@open_to("auditor")
def show_accesses(request: HttpRequest) -> HttpResponse:
    """Who opened whose identity and why, and who took which list away; newest first."""
    asked = _read(request)
    found = find_accesses(asked.sought, asked.cursor, SIZE)
    named = naming.name_subjects(row.subject for row in found.rows)
    cases = naming.map_cases(row.subject for row in found.rows)
    context = {
        "rows": [
            (row, naming.name_access(row.what), named[row.subject], cases.get(row.subject, ()))
            for row in found.rows
        ],
        "kinds": naming.ACCESSES,
        "paging": _page(asked, found.newer, found.older),
    }
    return _show(request, "accesses", asked, context)


@require_safe
@open_to("auditor")
def show_running(request: HttpRequest) -> HttpResponse:
    """What was changed of accounts, rights, duties, rules and limits; newest first."""
    asked = _read(request)
    found = find_running(asked.sought, asked.cursor, SIZE)
    named = naming.name_subjects(row.subject for row in found.rows)
    context = {
        "rows": [
            (row, naming.name_verb(row.verb), named[row.subject], naming.tell_body(row.body))
            for row in found.rows
        ],
        "kinds": naming.KINDS,
        "verbs": naming.VERBS,
        "paging": _page(asked, found.newer, found.older),
    }
    return _show(request, "running", asked, context)


def _read(request: HttpRequest) -> Asked:
    return read_asked(request.GET.dict(), timezone.localdate())


def _page(asked: Asked, newer: int | None, older: int | None) -> Paging:
    return follow_cursor(
        asked.parts, after=str(older) if older else None, before=str(newer) if newer else None
    )


def _show(request: HttpRequest, view: str, asked: Asked, context: dict[str, Any]) -> HttpResponse:
    more = {
        "tabs": make_tabs(view),
        "view": view,
        "parts": asked.parts,
        "shortened": TEXT_DAYS if asked.shortened else 0,
        "export_url": f"{reverse('administration:audit-export', args=[view])}?{_query(asked)}",
    }
    return show(request, f"administration/audit/{view}.html", {**context, **more}, CURRENT)


def _query(asked: Asked) -> str:
    return urlencode(asked.parts)


@require_safe
@open_to("auditor")
def export_list(request: HttpRequest, view: str) -> HttpResponse:
    """What is listed, on every page, at most `MOST_EXPORTED` rows; taking it is itself an access."""
    asked = _read(request)
    if view not in {"accesses", "running"}:
        raise Refusal("list-not-found", Words("没有这个清单。", "There is no such list."))
    columns, rows = (_write_accesses if view == "accesses" else _write_running)(asked)
    title = VIEWS[view][1].tell(get_language() or "zh")
    return export_xlsx(request, f"audit-{view}", f"{title} {local(timezone.now()):%Y-%m-%d}", columns, rows)


def _write_accesses(asked: Asked) -> tuple[Sequence[Column], Iterator[Sequence[Value]]]:
    columns = [
        Column(Words("时间", "Time"), 18), Column(Words("谁", "Who"), 22),
        Column(Words("做了什么", "What"), 18),
        Column(Words("对象", "Of"), 26), Column(Words("理由或内容", "Reason"), 60),
    ]  # fmt: skip
    rows = (
        (row.at, row.account, naming.name_access(row.what), row.subject, row.reason)
        for row in iterate_accesses(asked.sought, MOST_EXPORTED)
    )
    return columns, rows


def _write_running(asked: Asked) -> tuple[Sequence[Column], Iterator[Sequence[Value]]]:
    columns = [
        Column(Words("时间", "Time"), 18), Column(Words("谁", "Who"), 22),
        Column(Words("做了什么", "What"), 18),
        Column(Words("对象", "Of"), 22), Column(Words("序号", "Entry"), 8),
        Column(Words("内容", "Content"), 80),
        Column(Words("哈希", "Hash"), 66),
    ]  # fmt: skip
    rows = (
        (row.at, row.actor, naming.name_verb(row.verb), row.subject, row.seq, naming.tell_body(row.body),
         bytes(row.hash).hex())
        for row in iterate_running(asked.sought, MOST_EXPORTED)
    )  # fmt: skip
    return columns, rows
