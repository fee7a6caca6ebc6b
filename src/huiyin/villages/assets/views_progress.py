"""How far the year's inventories are over all villages; opening a year for all of them at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.cases.api import get_process
from huiyin.console.api import export_xlsx
from huiyin.economy.assets.api import (
    STEPS,
    Inventory,
    find_year,
    get_round,
    list_inventories,
    list_progress,
    list_rounds,
    start_round,
)
from huiyin.economy.organisations.api import OVERSEES
from huiyin.kernel.money import to_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value, address, number_pages, read_page, status_of_form, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go_to, read_day
from huiyin.villages.assets.going import DONE, keep_typed
from huiyin.villages.frame import show_many
from huiyin.villages.values import READERS

PAGE = 50
TITLES: dict[str, Words] = {
    "clear": Words("清理", "Clearing"),
    "register": Words("登记", "Registering"),
    "verify": Words("核实", "Verifying"),
    "post": Words("公示", "Posting"),
    "confirm": Words("确认", "Confirming"),
    "report": Words("上报", "Reporting"),
    "manage": Words("纳入平台", "Taking in"),
    "done": Words("已完成", "Done"),
}


@require_safe
@open_to(*READERS)
def inventories(request: HttpRequest) -> HttpResponse:
    """By township and step, with what is overdue; below, one by one."""
    account, now = get_account_of(request), timezone.now()
    asked = _read(request)
    progress = list_progress(account, asked["year"], now)
    found = _find(request, asked)
    count = found.count()
    page = read_page(request.GET.dict(), -(-count // PAGE))
    query = {key: str(value) for key, value in asked.items() if value}
    context = {
        **asked,
        "progress": progress,
        "sums": {step: sum(one.steps[step] for one in progress) for step in STEPS},
        "unopened": sum(one.none for one in progress),
        "done_count": sum(one.done for one in progress),
        "late_count": sum(one.overdue for one in progress),
        "total": sum(one.total for one in progress),
        "steps": TITLES,
        "rows": [
            (row, get_process(row.case.process, row.case.process_version).stages[row.case.stage])
            for row in found[(page - 1) * PAGE : page * PAGE]
        ],
        "count": count,
        "opens": OVERSEES in account.roles,
        "rounds": list_rounds(account),
        "query": address(query),
        "paging": number_pages({**query, "page": str(page)}, count, PAGE),
    }
    return show_many(request, "villages/assets/progress.html", context, "inventories", done=DONE)


def _read(request: HttpRequest) -> dict[str, Any]:
    year = read_number(request.GET.get("year", ""), 4)
    step = request.GET.get("step", "")
    return {
        "year": year or find_year(get_account_of(request)) or timezone.localdate().year,
        "township": read_number(request.GET.get("township", "")) or 0,
        "step": step if step in TITLES else "",
        "overdue": "1" if request.GET.get("overdue") else "",
    }


def _find(request: HttpRequest, asked: dict[str, Any]) -> Any:
    return list_inventories(
        get_account_of(request), asked["year"], timezone.now(), asked["township"] or None, asked["step"],
        overdue=bool(asked["overdue"]),
    )  # fmt: skip


@require_safe
@open_to(*READERS)
def export_inventories(request: HttpRequest) -> HttpResponse:
    """What is listed, with the confirmed totals, for the provincial platform."""
    asked = _read(request)
    headings = (
        ("组织编码", "Code"), ("组织", "Organisation"), ("乡镇", "Township"), ("年度", "Year"),
        ("时点", "As of"), ("工单", "Case"), ("环节", "Stage"), ("本步到期", "Due"), ("超期", "Overdue"),
        ("资产核实（元）", "Assets (yuan)"), ("债务核实（元）", "Debts (yuan)"), ("土地（亩）", "Land (mu)"),
        ("纳入平台", "Taken in"),
    )  # fmt: skip
    columns = [Column(Words(zh, en)) for zh, en in headings]
    rows = (_tell(row) for row in _find(request, asked).iterator(500))
    return export_xlsx(request, "inventories", f"清产核资进度-{asked['year']}", columns, rows)


def _tell(row: Any) -> list[Value]:
    process = get_process(row.case.process, row.case.process_version)
    totals: dict[str, Any] = row.totals
    held = [one["counted_fen"] for key, one in totals.items() if key != "debt"]
    return [
        row.organisation.code, row.organisation.name, row.organisation.township.short, row.year, row.as_of,
        row.case.number, process.stages[row.case.stage].title, row.step_due_at,
        Words("是", "yes") if row.late and not row.case.closed_at else "",
        to_yuan(sum(held)) if totals else None,
        to_yuan(totals.get("debt", {}).get("counted_fen", 0)) if totals else None,
        totals.get("land", {}).get("area", ""), row.taken_in_at,
    ]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(OVERSEES)
def open_year(request: HttpRequest) -> HttpResponse:
    """Open the year's inventory of every organisation that the clerk oversees; a job does it."""
    by, now = get_account_of(request), timezone.now()
    today = timezone.localdate(now)
    typed = request.POST.dict() or {"year": str(today.year), "as_of": today.isoformat()}
    refusal = None
    if request.method == "POST":
        try:
            year, as_of = (
                read_number(str(typed.get("year", "")), 4) or 0,
                read_day(str(typed.get("as_of", "")), "as_of"),
            )
            return go_to(url("villages:inventory-round", start_round(year, as_of, by, now).pk), "")
        except Refusal as refused:
            refusal = refused
    context = {
        "typed": keep_typed(typed),
        "refusal": refusal,
        "errors": {refusal.field: refusal.words} if refusal else {},
        "held": Inventory.objects.filter(year=today.year).count(),
    }
    return show_many(request, "villages/assets/open.html", context, "inventories", status_of_form(refusal))


@require_safe
@open_to(OVERSEES)
def show_round(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the job is."""
    one = get_round(pk, get_account_of(request))
    if one is None:
        raise Refusal("round-not-found", Words("没有这次部署。", "There is no such round."))
    context = {
        "one": one,
        "percent": 100 * one.done // (one.wanted or 1),
        "words": Words(*one.words) if one.words else None,
    }
    return show_many(request, "villages/assets/round.html", context, "inventories")
