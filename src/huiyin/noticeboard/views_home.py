"""Where a villager begins: choose the township, then the village; or search."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.economy.organisations.api import Organisation
from huiyin.economy.postings.api import list_boards
from huiyin.kernel.texts import clean, read_number
from huiyin.noticeboard.frame import show
from huiyin.people.api import EVERYONE, Unit, open_to

MOST = 60


@open_to(EVERYONE)
@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """The townships; the villages of one; what was searched."""
    wanted = clean(request.GET.get("q", ""))[:40]
    township_id = read_number(request.GET.get("township", ""), 9)
    found = Organisation.objects.filter(active=True).select_related("township", "area").order_by("code")
    chosen = Unit.objects.filter(pk=township_id).first() if township_id else None
    rows: Sequence[Organisation] = ()
    if wanted:
        called = Q(name__icontains=wanted) | Q(name_en__icontains=wanted)
        rows = list(found.filter(called | Q(area__name__icontains=wanted))[:MOST])
    elif chosen:
        rows = list(found.filter(township=chosen)[: MOST * 4])
    context = {
        "wanted": wanted,
        "chosen": chosen,
        "rows": rows,
        "boards": list_boards([one.pk for one in rows], timezone.localdate()),
        "townships": [] if rows else _list_townships(),
    }
    return show(request, "noticeboard/home.html", context)


def _list_townships() -> list[tuple[Unit, int]]:
    """The townships with organisations, with how many each has."""
    counted = Organisation.objects.filter(active=True).values("township").annotate(many=Count("id"))
    counts = dict(counted.values_list("township", "many"))
    return [(unit, counts[unit.pk]) for unit in Unit.objects.filter(pk__in=counts).order_by("sort", "id")]
