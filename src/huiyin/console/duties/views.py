"""The register for all staff: searched, printed, exported; and one duty with what became of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.console.duties.admitting import may_propose
from huiyin.console.duties.asking import MINE, PARTS, Asked, list_choices, read_asked
from huiyin.console.duties.sheets import COLUMNS, tell_duties
from huiyin.console.exporting import export_xlsx
from huiyin.console.frame import acting_of, show
from huiyin.pages.api import address, local, number_pages, read_page, render
from huiyin.people.api import get_account_of, open_to
from huiyin.register.api import count_duties, find_duties, find_version_on, get_duty, list_history

CURRENT = "console:duties"
SIZE = 50
MOST_PRINTED = 3_000


@require_safe
@open_to("staff")
def duties(request: HttpRequest) -> HttpResponse:
    """The duties that fit what is asked, on the day that is asked."""
    asked = _ask(request)
    total = count_duties(asked.query)
    page = read_page(request.GET.dict(), max(1, -(-total // SIZE)))
    context = {
        **_describe(asked),
        **list_choices(),
        "duties": find_duties(asked.query, (page - 1) * SIZE, SIZE),
        "total": total,
        "paging": number_pages({**asked.parts, "page": str(page)}, total, SIZE),
        "own": asked.parts.get("unit") == MINE,
        "may_propose": may_propose(get_account_of(request)),
    }
    return show(request, "console/duties/duties.html", context, CURRENT)


@require_safe
@open_to("staff")
def export(request: HttpRequest) -> HttpResponse:
    """The same list as a spreadsheet."""
    asked = _ask(request)
    rows = tell_duties(find_duties(asked.query))
    return export_xlsx(request, "duties", f"职责清单 {asked.on.isoformat()}", COLUMNS, rows)


@require_safe
@open_to("staff")
def print_out(request: HttpRequest) -> HttpResponse:
    """The same list on paper."""
    asked, account = _ask(request), get_account_of(request)
    total = count_duties(asked.query)
    context = {
        **_describe(asked),
        "duties": find_duties(asked.query, most=MOST_PRINTED),
        "total": total,
        "printed_by": account.signature,
        "printed_at": local(timezone.now()),
    }
    return render(request, "console/duties/print.html", context)


def _ask(request: HttpRequest) -> Asked:
    acting_of(request)  # refusals are drawn in the frame
    return read_asked(request.GET.dict(), get_account_of(request), timezone.localdate())


def _describe(asked: Asked) -> dict[str, object]:
    return {
        "asked": asked,
        "query": address(asked.parts),
        "parts": PARTS,
        "version": find_version_on(asked.on),
        "today": timezone.localdate(),
    }


@require_safe
@open_to("staff")
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """One duty: its clause and basis, the versions that touched it, and the way to its cases."""
    acting_of(request)
    found = get_duty(pk)
    today = timezone.localdate()
    context = {
        "duty": found,
        "parts": PARTS,
        "history": list_history(pk),
        "over": found.valid_until is not None and found.valid_until < today,
        "ahead": found.valid_from > today,
        "may_propose": may_propose(get_account_of(request)),
    }
    return show(request, "console/duties/duty.html", context, CURRENT)
