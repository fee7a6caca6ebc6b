"""What the pages of oversight share: their tabs, and the townships that one may choose."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse

from huiyin.economy.organisations.api import list_seen
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import url
from huiyin.people.api import AccountInHand
from huiyin.villages.frame import show_many

SECTION = "oversight"
PARTS: tuple[tuple[str, str, Words], ...] = (
    ("filings", "villages:filings", Words("待备案", "To be filed")),
    ("hints", "villages:hints", Words("风险提示", "Hints of risk")),
    ("arrears", "villages:arrears", Words("合同拖欠", "Arrears")),
    ("reviews", "villages:reviews", Words("定期检查", "Reviews")),
    ("audits", "villages:audits", Words("离任审计", "Audits of officers")),
)
"""Parts of the section, each a page."""


def show_part(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    part: str,
    status: int = 200,
    done: Mapping[str, Words] | None = None,
) -> HttpResponse:
    """Draw a page of oversight with the tabs of its parts."""
    parts = [(title, url(route), key == part) for key, route, title in PARTS]
    return show_many(request, template, {**context, "parts": parts}, SECTION, status, done)


def list_townships(account: AccountInHand) -> list[tuple[str, str]]:
    """The townships of the organisations that the account sees."""
    found = list_seen(account).order_by("township__sort", "township_id")
    rows = found.values_list("township_id", "township__short").distinct()
    return [(str(pk), short) for pk, short in rows]


def read_township(request: HttpRequest) -> int | None:
    """The township that is asked for; None for all."""
    return read_number(request.GET.get("township", ""))


def tell(fen: int) -> Decimal:
    """Yuan as sheets reckon with."""
    return Decimal(fen).scaleb(-2)
