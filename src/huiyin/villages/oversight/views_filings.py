"""What waits for the township's file, filed one by one or many at once; and the arrears of contracts."""

from __future__ import annotations

from django.db.models import F, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huiyin.console.api import acting_of, export_xlsx
from huiyin.economy.contracts.api import FILING, SPENDING, Waiting, file_many, list_late_dues, list_waiting
from huiyin.economy.organisations.api import find_scope
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, number_pages, read_page
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.oversight.parts import list_townships, read_township, show_part, tell
from huiyin.villages.values import READERS

PAGE = 50
MOST_PICKED = 200
PROCESSES = {FILING: Words("合同", "Contract"), SPENDING: Words("支出", "Payment")}
COLUMNS = (
    Column(Words("类别", "Kind"), 10),
    Column(Words("编号", "Number"), 18),
    Column(Words("事项", "Matter"), 30),
    Column(Words("组织", "Organisation"), 28),
    Column(Words("乡镇", "Township")),
    Column(Words("对方", "Other side"), 28),
    Column(Words("金额（元）", "Amount (yuan)")),
    Column(Words("报备时间", "Reported at"), 18),
)
LATE = (
    Column(Words("组织", "Organisation"), 28),
    Column(Words("乡镇", "Township")),
    Column(Words("合同", "Contract"), 28),
    Column(Words("对方", "Counterparty"), 28),
    Column(Words("期", "Due number"), 8),
    Column(Words("到期", "Due on"), 12),
    Column(Words("应收（元）", "Due (yuan)")),
    Column(Words("拖欠（元）", "Arrears (yuan)")),
    Column(Words("拖欠天数", "Days late"), 10),
)


def _list(request: HttpRequest) -> list[Waiting]:
    rows = list_waiting(get_account_of(request))
    township, process = read_township(request), request.GET.get("process", "")
    if township is not None:
        rows = [row for row in rows if row.organisation.township_id == township]
    return [row for row in rows if row.process == process] if process in PROCESSES else rows


@require_safe
@open_to(*READERS)
def filings(request: HttpRequest) -> HttpResponse:
    """Contracts and payments that were reported, the oldest first."""
    account = get_account_of(request)
    rows = _list(request)
    page = read_page(request.GET.dict(), -(-len(rows) // PAGE))
    context = {
        "rows": rows[(page - 1) * PAGE : page * PAGE],
        "count": len(rows),
        "paging": number_pages(request.GET.dict(), len(rows), PAGE),
        "processes": PROCESSES,
        "process": request.GET.get("process", ""),
        "townships": list_townships(account),
        "township": request.GET.get("township", ""),
        "may_file": bool(find_scope(account).townships),
    }
    return show_part(request, "villages/oversight/filings.html", context, "filings")


@require_POST
@open_to("rural")
def file_picked(request: HttpRequest) -> HttpResponse:
    """File those that were picked: asked once more first, then each is checked for itself, and told."""
    acting, account = acting_of(request), get_account_of(request)
    picked = set(request.POST.getlist("pick")[:MOST_PICKED])
    rows = [row for row in list_waiting(account) if row.number in picked]
    if request.POST.get("sure") != "yes":
        context: dict[str, object] = {"rows": rows, "processes": PROCESSES, "told": None}
        return show_part(request, "villages/oversight/file.html", context, "filings")
    note = request.POST.get("note", "")[:400]
    told = dict(file_many([row.number for row in rows], note, acting, timezone.now()))
    context = {"rows": rows, "processes": PROCESSES, "told": told}
    return show_part(request, "villages/oversight/file.html", context, "filings")


@require_safe
@open_to(*READERS)
def export_filings(request: HttpRequest) -> HttpResponse:
    """The same list as a spreadsheet."""
    acting_of(request)
    rows = (
        (
            PROCESSES[row.process],
            row.number,
            row.title,
            row.organisation.name,
            row.organisation.township.short,
            row.other,
            tell(row.fen),
            row.reported_at,
        )
        for row in _list(request)
    )
    return export_xlsx(request, "filings", "待备案", COLUMNS, rows)


@require_safe
@open_to(*READERS)
def arrears(request: HttpRequest) -> HttpResponse:
    """What should have come in and has not, over all that is seen."""
    account, today = get_account_of(request), timezone.localdate()
    found = list_late_dues(account, today, read_township(request))
    count = found.count()
    page = read_page(request.GET.dict(), -(-count // PAGE))
    context = {
        "rows": [(due, (today - due.due_on).days) for due in found[(page - 1) * PAGE : page * PAGE]],
        "count": count,
        "total": found.order_by().aggregate(all=Sum(F("fen") - F("settled_fen")))["all"] or 0,
        "paging": number_pages(request.GET.dict(), count, PAGE),
        "townships": list_townships(account),
        "township": request.GET.get("township", ""),
    }
    return show_part(request, "villages/oversight/arrears.html", context, "arrears")


@require_safe
@open_to(*READERS)
def export_arrears(request: HttpRequest) -> HttpResponse:
    """The same list as a spreadsheet."""
    acting_of(request)
    today = timezone.localdate()
    rows = (
        (
            due.contract.organisation.name, due.contract.organisation.township.short, due.contract.title,
            due.contract.counterparty, due.at, due.due_on, tell(due.fen), tell(due.fen - due.settled_fen),
            (today - due.due_on).days,
        )
        for due in list_late_dues(get_account_of(request), today, read_township(request))
    )  # fmt: skip
    return export_xlsx(request, "arrears", "合同拖欠", LATE, rows)
