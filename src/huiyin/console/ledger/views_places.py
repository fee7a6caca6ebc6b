"""The spots with a QR code on their wall, by township."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.console.frame import show
from huiyin.kernel.texts import fold
from huiyin.people.api import Area, AreaLevel, Place, list_areas, list_places, open_to, read_path

NOWHERE = ""


@open_to("staff")
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Every active spot under its township; a township, or a part of code, title or village, narrow them."""
    townships = list_areas(AreaLevel.TOWNSHIP)
    asked = request.GET.get("township", "")
    chosen = next((area for area in townships if str(area.pk) == asked), None)
    q = request.GET.get("q", "").strip()
    found = [place for place in list_places(chosen.pk if chosen else None) if _fits(place, q)]
    context = {
        "groups": _group(found, townships),
        "count": len(found),
        "townships": [(str(area.pk), area.called) for area in townships],
        "township": asked if chosen else "",
        "q": q,
    }
    return show(request, "console/ledger/places.html", context, "console:places")


def _fits(place: Place, q: str) -> bool:
    told = fold(f"{place.code} {place.title} {place.title_en} {place.area.name} {place.area.name_en}")
    return fold(q) in told


def _group(found: Iterable[Place], townships: Iterable[Area]) -> list[tuple[Area | None, list[Place]]]:
    """The spots under their townships, in the order of the townships; those of the county itself last."""
    by_id: dict[int, list[Place]] = {area.pk: [] for area in townships}
    rest: list[Place] = []
    for place in found:
        home = next((step for step in read_path(place.area.path) if step in by_id), None)
        (by_id[home] if home else rest).append(place)
    groups: list[tuple[Area | None, list[Place]]] = [
        (area, by_id[area.pk]) for area in townships if by_id[area.pk]
    ]
    return [*groups, (None, rest)] if rest else groups
