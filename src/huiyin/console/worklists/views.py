"""The worklist: the page, its list region for htmx, and the same list as a spreadsheet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from huiyin.cases.api import TABS, find_seen_number, iterate_cases, list_views
from huiyin.console.exporting import export_xlsx
from huiyin.console.frame import Waiting, acting_of, show
from huiyin.console.menu import HAS_TO_DO_WITH_CASES, REGISTERS, sees_cases
from huiyin.console.worklists.columns import COLUMNS
from huiyin.console.worklists.grounds import read_grounds
from huiyin.console.worklists.listing import make_list, read_wanted
from huiyin.console.worklists.told import DONE
from huiyin.kernel.texts import fold
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, is_fragment, local, make_badge, render
from huiyin.people.api import STAFF, get_account_of, open_to


@require_safe
@open_to(STAFF)
def show_worklist(request: HttpRequest) -> HttpResponse:
    """The worklist; a whole case number typed into the search leads straight to the case."""
    account, acting, now = get_account_of(request), acting_of(request), timezone.now()
    if not sees_cases(account):
        return show(request, "console/worklists/no-cases.html", {}, "console:worklist")
    found = _find_number(request)
    if found is not None:
        return HttpResponseRedirect(found)
    grounds = read_grounds(account)
    wanted = read_wanted(request, account, grounds.views)
    context, counts = make_list(wanted, request.GET.dict(), acting, now, grounds)
    context |= {"may_register": bool(account.roles & REGISTERS), "search": wanted.asked.parts.get("q", "")}
    if wants_region(request):
        response = render(request, "console/worklists/region.html", {**context, "swapped": True})
        response.headers["HX-Push-Url"] = request.path + _write_query(context["here_query"], request)
    else:
        waits = Waiting(counts, grounds.unread)
        response = show(
            request, "console/worklists/list.html", context, "console:worklist", waits=waits, done=DONE
        )
    patch_vary_headers(response, ("HX-Request",))
    return response


def wants_region(request: HttpRequest) -> bool:
    """Whether htmx asks for the list alone; going back in the browser asks for the page."""
    return (
        is_fragment(request)
        and request.headers.get("HX-Target") == "worklist"
        and request.headers.get("HX-History-Restore-Request") != "true"
    )


def _write_query(query: str, request: HttpRequest) -> str:
    page = request.GET.get("page", "")
    return f"{query}&page={page}" if page.isascii() and page.isdigit() else query


def _find_number(request: HttpRequest) -> str | None:
    typed = fold(request.GET.get("q", "")).upper().replace(" ", "")
    if not (9 <= len(typed) <= 24 and typed[0].isalpha() and typed[-6:].isdigit()):
        return None
    number = find_seen_number(typed, acting_of(request))
    return reverse("console:case", kwargs={"number": number}) if number else None


@require_safe
@open_to(*HAS_TO_DO_WITH_CASES)
def export(request: HttpRequest) -> HttpResponse:
    """Exactly what is listed, on every page: the same filters, order and columns, at most 100,000 cases."""
    account, now = get_account_of(request), timezone.now()
    wanted = read_wanted(request, account, list_views(account.id))
    shown = [COLUMNS[key] for key in wanted.columns]
    head = [
        Column(Words("剩余时限", "Time left"), 14),
        Column(Words("到期时间", "Due"), 18),
        Column(Words("诉求", "Matter"), 48),
        *(Column(column.title, column.width) for column in shown),
        Column(Words("编号", "Number"), 18),
    ]
    rows = (
        [
            make_badge(row.due_at, row.due_from, None, row.paused_at is not None, row.closed_at, now).words,
            row.due_at,
            row.title,
            *(column.tell(row) for column in shown),
            row.number,
        ]
        for row in iterate_cases(wanted.asked.filters, acting_of(request), now)
    )
    title = wanted.view.name if wanted.view else TABS[wanted.asked.filters.tab].tell(get_language() or "zh")
    name = Words("工单-{title}-{day}", "cases-{title}-{day}").fill(title=title, day=f"{local(now):%Y-%m-%d}")
    return export_xlsx(request, "worklist", name.tell(get_language() or "zh"), head, rows)
