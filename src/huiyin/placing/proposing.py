"""Proposes where a case lies, from its point, the place that was written down, and its words."""

from __future__ import annotations

from datetime import datetime

from huiyin.cases.api import Case
from huiyin.grid.api import Resolved, micro_point, resolve
from huiyin.placing.models import Placing


def propose_place(case: Case) -> Resolved:
    """What is found for the case, with its `text` loaded; nothing is written.

    The place that was written down says more than the words around it; the words are read where it is silent.
    """
    point = micro_point(case.lon_microdegrees, case.lat_microdegrees)
    first = resolve(text=case.place, point=point, area_id=case.area_id)
    if first.cell is not None and first.sure:
        return first
    words = f"{case.place}\n{case.title}\n{case.text.words}"
    second = resolve(text=words, point=point, area_id=case.area_id)
    return second if _says_more(second, first) else first


def _says_more(second: Resolved, first: Resolved) -> bool:
    """Where the place says nothing anything found in the words counts; else only what is sure and closer."""
    if first.deepest is None and not first.candidates:
        return bool(second.deepest or second.candidates or second.mention)
    return second.sure and _measure_depth(second) > _measure_depth(first)


def _measure_depth(found: Resolved) -> int:
    return sum(one is not None for one in (found.cell, found.village, found.township))


def find_placing(case_id: int) -> Placing | None:
    """The place of the case with the areas around it and whoever settled it; one statement."""
    related = ("area__parent__parent__parent", "confirmed_by")
    return Placing.objects.select_related(*related).filter(pk=case_id).first()


def place_case(case_id: int, now: datetime) -> Placing | None:
    """Keep the proposal for a case; None for a case that is not there. What a person settled stays."""
    case = Case.objects.select_related("text").filter(pk=case_id).first()
    if case is None:
        return None
    found = propose_place(case)
    proposal = {**tell_columns(found), "placed_at": now}
    made, fresh = Placing.objects.get_or_create(case_id=case_id, defaults=proposal)
    if not fresh:
        Placing.objects.filter(pk=case_id, confirmed_at__isnull=True).update(**proposal)
        made.refresh_from_db()
    return made


def tell_columns(found: Resolved) -> dict[str, object]:
    """What is found, as the columns of the table hold it."""
    deepest = found.deepest
    return {
        "area_id": deepest.id if deepest else None,
        "cell_id": found.cell.id if found.cell else None,
        "how": found.how,
        "mention": found.mention[:200],
        "candidates": [{"code": one.code, "name": one.whole} for one in found.candidates],
        "sure": found.sure,
    }


def place_all(now: datetime, *, anew: bool = False) -> int:
    """Propose places for open cases that have none, or for all that nobody settled; how many."""
    waiting = Case.objects.filter(closed_at__isnull=True)
    waiting = (
        waiting.exclude(placing__confirmed_at__isnull=False) if anew else waiting.filter(placing__isnull=True)
    )
    ids = list(waiting.order_by("pk").values_list("pk", flat=True))
    for case_id in ids:
        place_case(case_id, now)
    return len(ids)
