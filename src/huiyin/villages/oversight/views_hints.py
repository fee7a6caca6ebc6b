"""Hints of risk: the list, one hint with what it points to, dismissing it, looking anew."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.console.api import acting_of, export_xlsx
from huiyin.economy.contracts.api import HINTS, Hint, dismiss_hint, get_hint, list_hints, refresh_hints
from huiyin.economy.organisations.api import OVERSEES, list_seen, may
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, number_pages, read_page, status_of_form
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go
from huiyin.villages.oversight.parts import list_townships, read_township, show_part, tell
from huiyin.villages.values import READERS

PAGE = 50
DONE = {
    "dismissed": Words("已排除，理由留在记录里。", "Dismissed; the reason stays on record."),
    "refreshed": Words("已按账目重新核查。", "Looked through the books anew."),
}
COLUMNS = (
    Column(Words("提示", "Hint"), 22),
    Column(Words("组织", "Organisation"), 28),
    Column(Words("乡镇", "Township")),
    Column(Words("日期", "Day"), 12),
    Column(Words("金额（元）", "Amount (yuan)")),
    Column(Words("笔数", "Count"), 8),
    Column(Words("情况", "About"), 28),
    Column(Words("凭证", "Voucher"), 14),
    Column(Words("合同", "Contract"), 24),
    Column(Words("依据", "Rule"), 36),
    Column(Words("排除理由", "Why dismissed"), 36),
)


def _find(request: HttpRequest) -> Any:
    found = list_hints(get_account_of(request), dismissed=request.GET.get("state") == "dismissed")
    kind, township = request.GET.get("kind", ""), read_township(request)
    if kind in HINTS:
        found = found.filter(kind=kind)
    if township is not None:
        found = found.filter(organisation__township_id=township)
    code = request.GET.get("of", "").strip()
    return found.filter(organisation__code=code) if code else found


@require_safe
@open_to(*READERS)
def hints(request: HttpRequest) -> HttpResponse:
    """The hints that nobody has dismissed, or those that somebody did."""
    account = get_account_of(request)
    found = _find(request)
    count = found.count()
    page = read_page(request.GET.dict(), -(-count // PAGE))
    context = {
        "rows": found[(page - 1) * PAGE : page * PAGE],
        "count": count,
        "paging": number_pages(request.GET.dict(), count, PAGE),
        "kinds": HINTS,
        "kind": request.GET.get("kind", ""),
        "state": request.GET.get("state", ""),
        "townships": list_townships(account),
        "township": request.GET.get("township", ""),
        "may_refresh": account.holds(OVERSEES),
        "query": request.GET.urlencode(),
    }
    return show_part(request, "villages/oversight/hints.html", context, "hints", 200, DONE)


@require_safe
@open_to(*READERS)
def export_hints(request: HttpRequest) -> HttpResponse:
    """The same list as a spreadsheet."""
    acting_of(request)
    return export_xlsx(request, "hints", "风险提示", COLUMNS, (_tell(hint) for hint in _find(request)))


def _tell(hint: Hint) -> tuple[Any, ...]:
    kind = HINTS[hint.kind]
    voucher = hint.voucher
    return (
        kind.title,
        hint.organisation.name,
        hint.organisation.township.short,
        hint.on,
        tell(hint.fen),
        hint.count,
        hint.told,
        f"{voucher.month.month:%Y-%m}-{voucher.number}" if voucher else "",
        hint.contract.title if hint.contract else "",
        kind.rule,
        hint.reason,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def hint(request: HttpRequest, pk: int) -> HttpResponse:
    """One hint: what was found, by which rule, where it stands; the township dismisses it with a reason."""
    account = get_account_of(request)
    acting_of(request)
    found, refusal = get_hint(pk, account), None
    if request.method == "POST":
        try:
            dismiss_hint(pk, request.POST.get("reason", ""), account, timezone.now())
            return go("dismissed", "hint", pk)
        except Refusal as refused:
            refusal = refused
    context = {
        "hint": found,
        "kind": HINTS[found.kind],
        "voucher": found.voucher,
        "lines": _list_lines(found),
        "may_dismiss": found.dismissed_at is None and may(account, found.organisation, OVERSEES),
        "refusal": refusal,
        "reason": request.POST.get("reason", ""),
    }
    status = status_of_form(refusal) if refusal else 200
    return show_part(request, "villages/oversight/hint.html", context, "hints", status, DONE)


def _list_lines(found: Hint) -> list[tuple[str, int, str]]:
    one = found.voucher
    return list(zip(one.accounts, one.fen, one.notes, strict=True)) if one else []


@require_POST
@open_to(OVERSEES)
def refresh(request: HttpRequest) -> HttpResponse:
    """Look through the books of the organisations that are seen, now."""
    account = get_account_of(request)
    acting_of(request)
    refresh_hints(timezone.now(), list(list_seen(account).order_by().values_list("pk", flat=True)))
    return go("refreshed", "hints")
