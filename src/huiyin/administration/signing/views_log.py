"""The sign-in log, for the security officer and the auditor."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from huiyin.console.api import export_xlsx, show
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, address, local, number_pages, read_page
from huiyin.people import api as people

ROUTE = "administration:sign-ins"
SIZE = 50
MOST = 20_000
"""Lines that one file takes; more are asked for in parts."""


@require_safe
@people.open_to("security", "auditor")
def show_log(request: HttpRequest) -> HttpResponse:
    """Sign-ins and failures, newest first, by outcome and by part of login, name or address."""
    parts = _read(request)
    page = read_page(request.GET.dict())
    found, total = people.list_sign_ins(**_filters(parts), limit=SIZE, skip=(page - 1) * SIZE)
    context = {
        "lines": found,
        "parts": parts,
        "outcomes": people.SIGN_IN_OUTCOMES,
        "refused": people.REFUSED_SIGN_INS,
        "total": total,
        "query": address(parts),
        "days": people.get_rules().log_days,
        "paging": number_pages({**parts, "page": str(page)}, total, SIZE),
    }
    return show(request, "administration/signing/log.html", context, ROUTE)


@require_safe
@people.open_to("security", "auditor")
def export_log(request: HttpRequest) -> HttpResponse:
    """The list as it stands, as a spreadsheet of the newest 20,000 lines."""
    found, _total = people.list_sign_ins(**_filters(_read(request)), limit=MOST)
    columns = [
        Column(Words("时间", "Time"), 18),
        Column(Words("登录名", "Login"), 16),
        Column(Words("姓名", "Name"), 14),
        Column(Words("结果", "Outcome"), 24),
        Column(Words("网络地址", "Address"), 20),
        Column(Words("设备", "Device"), 24),
    ]
    rows = (
        (
            line.at,
            line.login,
            line.account.name if line.account else "",
            people.SIGN_IN_OUTCOMES.get(line.outcome, Words(line.outcome)),
            line.address,
            line.agent,
        )
        for line in found
    )
    name = Words("登录日志-{day}", "sign-ins-{day}").fill(day=f"{local(timezone.now()):%Y-%m-%d}")
    return export_xlsx(request, "sign-ins", name.tell(get_language() or "zh"), columns, rows)


def _read(request: HttpRequest) -> dict[str, str]:
    parts = {key: request.GET.get(key, "").strip()[:60] for key in ("q", "outcome")}
    return {key: value for key, value in parts.items() if value and "\0" not in value}


def _filters(parts: dict[str, str]) -> dict[str, Any]:
    outcome = parts.get("outcome", "")
    return {
        "login": parts.get("q", ""),
        "outcome": outcome if outcome != "refused" else "",
        "refused": outcome == "refused",
    }
