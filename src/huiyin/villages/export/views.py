"""The page from which the workbook for the provincial platform is taken."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.console.api import export_sheets
from huiyin.economy.organisations.api import list_seen
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.export.sheets import TABLES, draw_sheets
from huiyin.villages.frame import show_many

EXPORTERS = ("rural", "leader")


@require_safe
@open_to(*EXPORTERS)
def platform(request: HttpRequest) -> HttpResponse:
    """What the workbook holds, sheet by sheet, with the codes of its columns."""
    this_year = timezone.localdate().year
    context = {
        "tables": TABLES,
        "count": list_seen(get_account_of(request)).count(),
        "years": [this_year, this_year - 1, this_year - 2],
    }
    return show_many(request, "villages/export/platform.html", context, "organisations")


@require_safe
@open_to(*EXPORTERS)
def platform_sheet(request: HttpRequest) -> HttpResponse:
    """The workbook of a year, over every organisation that the account sees."""
    today = timezone.localdate()
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else today.year
    seen = list(list_seen(get_account_of(request)).select_related("township", "area", "leader"))
    name = f"省平台数据-{year}"
    return export_sheets(request, "platform", name, draw_sheets(seen, min(year, today.year), today))
