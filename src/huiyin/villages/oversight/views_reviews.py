"""The township's periodic reviews, and the audits of officers whose term ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.console.api import acting_of, export_xlsx
from huiyin.economy.contracts.api import (
    AuditLine,
    NewAudit,
    Review,
    answer_review,
    close_review,
    first_of_quarter,
    get_review,
    list_audits,
    list_reviews,
    plan_reviews,
    record_audit,
    record_findings,
)
from huiyin.economy.organisations.api import OFFICES, OVERSEES, list_seen, may
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, number_pages, read_page, status_of_form
from huiyin.people.api import AccountInHand, get_account_of, open_to
from huiyin.villages.answering import go, read_day
from huiyin.villages.oversight.parts import show_part
from huiyin.villages.values import READERS

PAGE = 50
DONE = {
    "planned": Words("已列入检查计划。", "Planned."),
    "saved": Words("已保存。", "Saved."),
}
STATES: dict[str, tuple[Words, str]] = {
    "planned": (Words("待检查", "Planned"), "grey"),
    "found": (Words("待答复", "To be answered"), "amber"),
    "answered": (Words("待办结", "To be closed"), "blue"),
    "closed": (Words("已办结", "Closed"), "green"),
}
AUDIT_STATES: dict[str, tuple[Words, str]] = {
    "due": (Words("未审计", "Not audited"), "red"),
    "running": (Words("审计中", "Being audited"), "amber"),
    "done": (Words("已审计", "Audited"), "green"),
}


def find_state(review: Review) -> str:
    """The key in `STATES`."""
    if review.closed_at is not None:
        return "closed"
    if review.answered_at is not None:
        return "answered"
    return "found" if review.found_at is not None else "planned"


def name_quarter(day: date) -> str:
    """`2026Q4`."""
    return f"{day.year}Q{(day.month + 2) // 3}"


@require_safe
@open_to(*READERS)
def reviews(request: HttpRequest) -> HttpResponse:
    """The reviews of every quarter, with where they stand."""
    account = get_account_of(request)
    found = list_reviews(account)
    count = found.count()
    page = read_page(request.GET.dict(), -(-count // PAGE))
    rows = found[(page - 1) * PAGE : page * PAGE]
    context = {
        "rows": [(row, name_quarter(row.quarter), find_state(row)) for row in rows],
        "count": count,
        "states": STATES,
        "paging": number_pages(request.GET.dict(), count, PAGE),
        "may_plan": account.holds(OVERSEES),
    }
    return show_part(request, "villages/oversight/reviews.html", context, "reviews", 200, DONE)


@require_safe
@open_to(*READERS)
def export_reviews(request: HttpRequest) -> HttpResponse:
    """The same list as a spreadsheet."""
    acting_of(request)
    titles = (
        Words("季度", "Quarter"),
        Words("组织", "Organisation"),
        Words("乡镇", "Township"),
        Words("状态", "State"),
        Words("发现的问题", "Findings"),
        Words("答复", "Answer"),
        Words("结论", "Conclusion"),
    )
    rows = (
        (
            name_quarter(row.quarter), row.organisation.name, row.organisation.township.short,
            STATES[find_state(row)][0], row.findings, row.answer, row.conclusion,
        )
        for row in list_reviews(get_account_of(request))
    )  # fmt: skip
    return export_xlsx(request, "reviews", "定期检查", [Column(title, 22) for title in titles], rows)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(OVERSEES)
def plan(request: HttpRequest) -> HttpResponse:
    """Choose whom to look into this quarter or the next."""
    account, refusal = get_account_of(request), None
    acting_of(request)
    first = first_of_quarter(timezone.localdate())
    later = first_of_quarter(date(first.year + (first.month == 10), (first.month + 2) % 12 + 1, 1))
    quarters = {name_quarter(day): day for day in (first, later)}
    if request.method == "POST":
        quarter = quarters.get(request.POST.get("quarter", ""), first)
        try:
            plan_reviews(request.POST.getlist("pick")[:500], quarter, account, timezone.now())
            return go("planned", "reviews")
        except Refusal as refused:
            refusal = refused
    context = {
        "organisations": list_seen(account),
        "quarters": [(name, name) for name in quarters],
        "refusal": refusal,
    }
    status = status_of_form(refusal) if refusal else 200
    return show_part(request, "villages/oversight/plan.html", context, "reviews", status)


Step = Callable[[int, str, AccountInHand, datetime], Review]
STEPS: dict[str, Step] = {"findings": record_findings, "answer": answer_review, "conclusion": close_review}


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One review: findings, answer, conclusion, each by whose it is."""
    account, refusal = get_account_of(request), None
    acting_of(request)
    found = get_review(pk, account)
    step = STEPS.get(request.POST.get("do", ""))
    if request.method == "POST" and step is not None:
        try:
            step(pk, request.POST.get("words", ""), account, timezone.now())
            return go("saved", "review", pk)
        except Refusal as refused:
            refusal = refused
    state = find_state(found)
    context = {
        "review": found,
        "quarter": name_quarter(found.quarter),
        "state": state,
        "states": STATES,
        "next": _find_next(found, state, account),
        "refusal": refusal,
        "words": request.POST.get("words", ""),
    }
    status = status_of_form(refusal) if refusal else 200
    return show_part(request, "villages/oversight/review.html", context, "reviews", status, DONE)


def _find_next(found: Review, state: str, account: AccountInHand) -> tuple[str, Words] | None:
    """What whoever looks may write now."""
    offers = {
        "planned": ("findings", Words("发现的问题", "Findings"), OVERSEES),
        "found": ("answer", Words("整改答复", "Answer"), "director"),
        "answered": ("conclusion", Words("检查结论", "Conclusion"), OVERSEES),
    }
    offer = offers.get(state)
    return offer[:2] if offer and may(account, found.organisation, offer[2]) else None


@require_safe
@open_to(*READERS)
def audits(request: HttpRequest) -> HttpResponse:
    """Officers whose term ended or ends, and whether they were audited."""
    account = get_account_of(request)
    lines = list_audits(account)
    wanted = request.GET.get("state", "")
    context = {
        "rows": [line for line in lines if wanted not in AUDIT_STATES or line.state == wanted],
        "counts": {key: sum(line.state == key for line in lines) for key in AUDIT_STATES},
        "states": AUDIT_STATES,
        "state": wanted,
        "offices": OFFICES,
    }
    return show_part(request, "villages/oversight/audits.html", context, "audits", 200, DONE)


@require_safe
@open_to(*READERS)
def export_audits(request: HttpRequest) -> HttpResponse:
    """The same list as a spreadsheet."""
    acting_of(request)
    titles = (
        Words("姓名", "Name"),
        Words("职务", "Office"),
        Words("组织", "Organisation"),
        Words("乡镇", "Township"),
        Words("任职", "Since"),
        Words("离任", "Until"),
        Words("状态", "State"),
        Words("审计单位", "Auditor"),
        Words("完成", "Done on"),
        Words("结论", "Result"),
    )
    rows = (_tell(line) for line in list_audits(get_account_of(request)))
    return export_xlsx(request, "audits", "离任审计", [Column(title, 18) for title in titles], rows)


def _tell(line: AuditLine) -> tuple[Any, ...]:
    one, audit = line.officer, line.audit
    return (
        one.name,
        OFFICES[one.office],
        one.organisation.name,
        one.organisation.township.short,
        one.since_on,
        one.until_on,
        AUDIT_STATES[line.state][0],
        audit.auditor if audit else "",
        audit.done_on if audit else None,
        audit.result if audit else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def audit(request: HttpRequest, pk: int) -> HttpResponse:
    """One officer's audit: who audits, and what came of it; the township's clerk writes it."""
    account, refusal = get_account_of(request), None
    acting_of(request)
    line = next((one for one in list_audits(account) if one.officer.pk == pk), None)
    if line is None:
        raise Refusal("officer-not-found", Words("没有这名离任人员。", "There is no such officer."))
    typed = _begin(line)
    if request.method == "POST":
        typed = {key: request.POST.get(key, "")[:2000] for key in typed}
        try:
            done_on = read_day(typed["done_on"], "done_on") if typed["done_on"] else None
            begun_on = read_day(typed["begun_on"], "begun_on")
            new = NewAudit(pk, typed["auditor"], begun_on, done_on, typed["result"])
            record_audit(new, account, timezone.now())
            return go("saved", "audit", pk)
        except Refusal as refused:
            refusal = refused
    context = {
        "line": line,
        "typed": typed,
        "states": AUDIT_STATES,
        "offices": OFFICES,
        "may_record": may(account, line.officer.organisation, OVERSEES),
        "refusal": refusal,
        "errors": {refusal.field: refusal.words} if refusal and refusal.field else {},
    }
    status = status_of_form(refusal) if refusal else 200
    return show_part(request, "villages/oversight/audit.html", context, "audits", status, DONE)


def _begin(line: AuditLine) -> dict[str, str]:
    held = line.audit
    return {
        "auditor": held.auditor if held else "",
        "begun_on": (held.begun_on if held else timezone.localdate()).isoformat(),
        "done_on": held.done_on.isoformat() if held and held.done_on else "",
        "result": held.result if held else "",
    }
