"""Where a case lies: what was found and what it rests on, who answers for the cell; a person settles it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from huiyin.cases.api import CaseView, make_acting
from huiyin.console.frame import acting_of
from huiyin.console.grid.holding import Face, list_faces
from huiyin.grid.api import list_duty
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, open_to
from huiyin.placing.api import SETTLES, Placing, find_placing, may_settle, settle_place

HOWS = {
    "point": Words("按定位", "By its point"),
    "border": Words("定位在边界上，取最近的网格", "By its point, on a border: the nearest cell"),
    "text": Words("按文字“{mention}”", "By the words “{mention}”"),
    "area": Words("按登记的地方", "By the area that was given"),
    "person": Words("{name} 已确认", "Settled by {name}"),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What the panel shows. `offers` are areas (code, name) that may be settled with one click."""

    placing: Placing
    name: str
    cell_code: str
    rests_on: Words
    offers: Sequence[tuple[str, str]]
    faces: Sequence[Face]
    vacant: bool


def make_ground(view: CaseView, account: AccountInHand) -> Ground | None:
    """Where the case lies, for a case that was placed; one statement, and one for the holders of its cell."""
    placing = find_placing(view.case.pk)
    if placing is None or (placing.area is None and not placing.candidates and not placing.mention):
        return None
    duty = list_duty([placing.cell_id], timezone.localdate())[placing.cell_id] if placing.cell_id else []
    faces = list_faces(duty, account)
    area = placing.area
    open_to_say = view.case.closed_at is None and may_settle(make_acting(account))
    return Ground(
        placing,
        _name(placing),
        area.code if area and area.level == "cell" else "",
        HOWS.get(placing.how, Words("")).fill(
            mention=placing.mention, name=placing.confirmed_by.name if placing.confirmed_by else ""
        ),
        _list_offers(placing) if open_to_say else [],
        faces,
        bool(placing.cell_id) and not any(face.holder.acts for face in faces),
    )


def _name(placing: Placing) -> str:
    """石门镇 / 上坝村 / 第一网格, without the county."""
    names: list[str] = []
    area = placing.area
    while area is not None and area.level != "county":
        names.insert(0, area.name)
        area = area.parent
    return " / ".join(names)


def _list_offers(placing: Placing) -> list[tuple[str, str]]:
    """What it may be, or the one area that was found and that nobody has settled yet."""
    if placing.confirmed_at is not None:
        return []
    found = [(one["code"], one["name"]) for one in placing.candidates]
    if not found and placing.area is not None and placing.area.level != "county":
        return [(placing.area.code, placing.area.name)]
    return found


@require_POST
@open_to(*SETTLES)
def settle(request: HttpRequest, number: str) -> HttpResponse:
    """The case lies in the area that was chosen."""
    settle_place(number, request.POST.get("area", ""), acting_of(request), timezone.now())
    answer = HttpResponseRedirect(f"{reverse('console:case', args=[number])}?done=placed#ground")
    answer.status_code = 303
    return answer
