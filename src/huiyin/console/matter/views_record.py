"""The whole record of a case for print, and one clock with every day of its count."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.cases.api import CaseClock, CaseView
from huiyin.console.frame import show
from huiyin.console.matter import head
from huiyin.console.matter.clocks import make_face
from huiyin.console.matter.looking import look_at
from huiyin.console.matter.names import Names
from huiyin.console.matter.page import CURRENT, make_sheet, show_files
from huiyin.console.matter.saying import FIVE
from huiyin.console.matter.timeline import list_inputs
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import local, render
from huiyin.people.api import get_account_of, open_to


@require_safe
@open_to("staff")
def show_record(request: HttpRequest, number: str) -> HttpResponse:
    """Everything on record: each step with its place in the chain, each clock with its days."""
    view = look_at(request, number)
    now = local(timezone.now())
    names = Names(view.process, tuple(list_inputs(view)))
    context = {
        **make_sheet(view, get_account_of(request), names, now),
        "state": head.make_state(view),
        "five": FIVE,
        "printed_at": now,
        "printed_by": get_account_of(request).signature,
    }
    return render(request, "console/matter/record.html", context)


@require_safe
@open_to("staff")
def show_clock(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One clock of the case, day by day."""
    view = look_at(request, number)
    face = make_face(view, _find_clock(view, pk), local(timezone.now()))
    context = {"view": view, "case": view.case, "face": face, "show_files": show_files}
    return show(request, "console/matter/clock.html", context, current=CURRENT)


def _find_clock(view: CaseView, pk: int) -> CaseClock:
    clock = next((clock for clock in view.clocks if clock.pk == pk), None)
    if clock is None:
        raise Refusal("clock-not-found", Words("这个工单没有这个时限。", "The case has no such clock."))
    return clock
