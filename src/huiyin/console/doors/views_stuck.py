"""The stuck-case desk: what could not be got done elsewhere, tied to the case that failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.appeals.api import Appeal, NewAppeal
from huiyin.cases.api import Acting, Case, CaseRow, Filters, get_newest, keep_files, list_cases, may_see
from huiyin.console.doors import desk
from huiyin.console.doors.endings import list_endings, make_inputs
from huiyin.console.doors.forms import StuckForm
from huiyin.console.doors.registering import Wanted, make_source_key, register
from huiyin.console.doors.views_intake import see_other
from huiyin.console.frame import acting_of, show
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import Badge, make_badge
from huiyin.people.api import get_account_of, get_unit, open_to

PROCESS = "stuck"
MOST_FOUND = 8
MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class StuckRow:
    """A stuck case in the list below the form: what failed, why, and its own limit."""

    row: CaseRow
    cause: str
    failed_number: str
    failed_matter: str
    badge: Badge


@open_to("window", "intake", "steward", "dispatcher")
@require_http_methods(["GET", "POST"])
def stuck(request: HttpRequest) -> HttpResponse:
    """Search the failed matter, register the stuck one, and list those that are open."""
    acting = acting_of(request)
    if request.method == "GET":
        first = {"failed": request.GET.get("failed", ""), "identity": "named"}
        return _show(request, StuckForm(initial=first), acting)
    form = StuckForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            return see_other(_register(form, acting))
    except Refusal as refusal:
        form.take_refusal(refusal)
    return _show(request, form, acting, status=422)


def _show(request: HttpRequest, form: StuckForm, acting: Acting, status: int = 200) -> HttpResponse:
    now = timezone.now()
    q = request.GET.get("q", "").strip()
    failed = str(form["failed"].value() or "")
    context = {
        **desk.describe(request, form, acting),
        "endings": [
            one
            for one in list_endings(get_newest(PROCESS), get_account_of(request).roles)
            if one.key in {"accept", "open", "answer_at_once"}
        ],
        "grades": list(get_newest(PROCESS).grades.items()),
        "units": desk.list_unit_options(),
        "q": q,
        "found": list_cases(Filters(q=q, order="opened"), acting, now, limit=MOST_FOUND) if q else [],
        "failed_case": _find_seen(failed, acting) if failed else None,
        "rows": _list_rows(acting),
    }
    return show(request, "console/doors/stuck.html", context, "console:stuck", status)


def _find_seen(number: str, acting: Acting) -> Case | None:
    case = Case.objects.select_related("lead", "township").filter(number=number.strip()).first()
    return case if case is not None and may_see(case, acting) else None


def _list_rows(acting: Acting) -> list[StuckRow]:
    now = timezone.now()
    rows = list_cases(Filters(tab="open", process=PROCESS), acting, now, limit=MOST_LISTED)
    ids = [row.id for row in rows]
    causes = dict(Case.objects.filter(pk__in=ids).values_list("pk", "cause"))
    appeals = Appeal.objects.select_related("failed_case").in_bulk(ids)
    return [_make_row(row, causes.get(row.id, ""), appeals.get(row.id), now) for row in rows]


def _make_row(row: CaseRow, cause: str, appeal: Appeal | None, now: datetime) -> StuckRow:
    failed = appeal.failed_case if appeal else None
    badge = make_badge(row.due_at, row.due_from, None, row.paused_at is not None, row.closed_at, now)
    return StuckRow(
        row, cause, failed.number if failed else "", appeal.failed_matter if appeal else "", badge
    )


def _register(form: StuckForm, acting: Acting) -> str:
    typed, now = form.cleaned_data, timezone.now()
    failed = _demand_seen(typed["failed"], acting) if typed["failed"] else None
    new = NewAppeal(
        process=PROCESS,
        channel="stuck-desk",
        words=typed["words"],
        opened_at=now,
        name=typed["name"],
        phone=typed["phone"],
        identity=typed["identity"],
        category_id=failed.category_id if failed else None,
        area_id=typed["village"] or typed["township"] or (failed.area_id if failed else None),
        township_id=typed["township"] or (failed.township_id if failed else None),
        place=typed["place"],
        grade=typed["grade"],
        urgent=typed["urgent"],
        failed_case_id=failed.pk if failed else None,
        failed_matter=_tell_failed(typed),
        source_key=make_source_key(acting, typed["client_key"]),
    )
    process, ending = get_newest(PROCESS), typed["finish"] or "open"
    inputs = make_inputs(ending, process, typed) if ending != "open" else {}
    return register(Wanted(new, ending, inputs, tuple(keep_files(form.uploads()))), acting, now).number


def _demand_seen(number: str, acting: Acting) -> Case:
    case = _find_seen(number, acting)
    if case is None:
        words = Words(
            "没有这个编号的工单，请核对，或用文字写明。",
            "There is no such case; check the number or describe it.",
        )
        raise Refusal("case-not-found", words, field="failed")
    return case


def _tell_failed(typed: dict[str, Any]) -> str:
    """The matter in words, with the unit where it failed in front."""
    matter = str(typed["failed_matter"]).strip()
    unit = get_unit(typed["failed_unit"]).short if typed["failed_unit"] else ""
    return "：".join(part for part in (unit, matter) if part)
