"""What stands around the pages of the books: parts as tabs, and what was just done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from huiyin.economy.books.api import find_last_closed, first_of, list_months
from huiyin.economy.organisations.api import Organisation
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import local, render, status_of_form, url
from huiyin.people.api import get_account_of, map_account_names
from huiyin.villages.frame import show_one

PARTS = (
    ("vouchers", "villages:books", Words("凭证", "Vouchers")),
    ("drafts", "villages:book-drafts", Words("制单与审核", "Drafts and review")),
    ("general", "villages:book-general", Words("总账", "General ledger")),
    ("ledger", "villages:book-ledger", Words("明细账", "Detail ledger")),
    ("trial", "villages:book-trial", Words("科目余额表", "Trial balance")),
    ("balance", "villages:book-balance", Words("资产负债表", "Balance sheet")),
    ("income", "villages:book-income", Words("收益及收益分配表", "Income and distribution")),
    ("months", "villages:book-months", Words("结账", "Months")),
    ("accounts", "villages:book-accounts", Words("科目", "Accounts")),
)
DONE = {
    "saved": Words("已保存草稿。", "The draft is saved."),
    "sent": Words("已送审。", "Sent for review."),
    "taken-back": Words("已收回，可以修改。", "Taken back: it can be changed."),
    "dropped": Words("已作废。", "Dropped."),
    "passed": Words("已审核。", "Reviewed."),
    "confirmed": Words("已确认收付，凭证已记账。", "Confirmed: on the books."),
    "returned": Words("已退回制单人。", "Returned to the bookkeeper."),
    "reversed": Words("冲销凭证已送审。", "The reversal is sent for review."),
    "closed": Words("已结账。", "The month is closed."),
    "kept": Words("科目已保存。", "The account is saved."),
    "imported": Words("已全部导入并送审。", "All imported and sent for review."),
    "removed": Words("已移除附件。", "The file is removed."),
}


def show_books(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    organisation: Organisation,
    part: str,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """Draw a page of the books; a refusal stands above what was typed."""
    parts = [(title, url(route, organisation.code), key == part) for key, route, title in PARTS]
    status = status_of_form(refusal)
    given = {**context, "parts": parts, "refusal": refusal}
    return show_one(request, template, given, organisation, "books", status, done=DONE)


def show_paper(
    request: HttpRequest, template: str, context: Mapping[str, Any], organisation: Organisation
) -> HttpResponse:
    """Draw it for paper, with who printed it and when."""
    account = get_account_of(request)
    given = {
        **context,
        "organisation": organisation,
        "printed_by": account.signature,
        "printed_at": local(timezone.now()),
    }
    return render(request, template, given)


def name_hands(ids: Iterable[int | None]) -> dict[int, str]:
    """Account id → the name alone."""
    found = map_account_names(one for one in ids if one is not None)
    return {pk: name.rpartition(" (")[0] for pk, name in found.items()}


def read_month(text: str) -> date | None:
    """`2026-10` as its first day; None for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def demand_month(text: str) -> date:
    """The same; refuses `month-missing`."""
    month = read_month(text)
    if month is None:
        raise Refusal("month-missing", Words("请选择月份。", "Choose a month."), field="month")
    return month


def demand_day(text: str) -> date:
    """A day as it is typed; refuses `day-missing`."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        words = Words("请填写日期，如 2026-03-05。", "Give the day, such as 2026-03-05.")
        raise Refusal("day-missing", words, field="made_on") from error


def choose_month(organisation: Organisation, text: str) -> date:
    """The month asked for, else the last with vouchers, else this one."""
    asked = read_month(text)
    if asked is not None:
        return asked
    months = list_months(organisation)
    return months[0].month if months else first_of(timezone.localdate())


def offer_months(organisation: Organisation, *chosen: date) -> list[tuple[str, str]]:
    """Months to choose from, the last first."""
    months = {one.month for one in list_months(organisation)} | set(chosen)
    return [(f"{one:%Y-%m}", f"{one:%Y-%m}") for one in sorted(months, reverse=True)]


def find_closed(organisation: Organisation) -> date | None:
    """The last closed month."""
    return find_last_closed([organisation.pk]).get(organisation.pk)
