"""Takes in a move: reads the form, keeps its files, moves the case, or shows beside the form why not."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.cases.api import CaseView, Later, Terms, move_within, record_files
from huiyin.console.frame import acting_of
from huiyin.console.matter.keeping import Shelf, gather_files
from huiyin.console.matter.looking import glance_at, look_at
from huiyin.console.matter.names import Names
from huiyin.console.matter.page import make_act, show_page
from huiyin.console.matter.parsing import read_inputs
from huiyin.console.matter.timeline import list_inputs
from huiyin.console.replies.gate import REASON, ReplyGate
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import read_number
from huiyin.pages.api import is_fragment, local, render
from huiyin.people.api import get_account_of, open_to
from huiyin.process.api import Move


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("staff")
def make_move(request: HttpRequest, number: str, move: str) -> HttpResponse:
    """Carry out a move and go back to the case; `show` only draws the form anew."""
    if request.method != "POST":
        return _show_form(request, look_at(request, number), move)
    if "show" in request.POST:
        return _redraw(request, look_at(request, number), move)
    if request.FILES:
        glance_at(request, number)  # nothing is kept for a case that may not be seen
    shelf = gather_files(request, number)
    try:
        _carry_out(request, number, move, shelf)
    except Refusal as refusal:
        fresh = look_at(request, number)
        return show_page(request, fresh, move, typed=request.POST, shelf=shelf, refusal=refusal, status=409)
    return HttpResponseRedirect(f"{reverse('console:case', args=[number])}?{urlencode({'done': move})}#main")


def _carry_out(request: HttpRequest, number: str, key: str, shelf: Shelf) -> None:
    """Files and move in one transaction; a form that was acted on already leaves no second set of files."""
    if shelf.refusal is not None:
        raise shelf.refusal
    typed, acting, now = request.POST, acting_of(request), local(timezone.now())
    gate = ReplyGate(get_account_of(request), typed.get(REASON, ""), now)

    def read(case_id: int, move: Move) -> dict[str, Any]:
        inputs = read_inputs(move, typed)
        if shelf.kept and any(ask.key == "files" for ask in move.asks):
            public = "files-public" in typed and bool(move.plain.zh)
            inputs["files"] = record_files(case_id, shelf.kept, acting.name, now, public=public)
        gate.look(case_id, move, inputs)
        return inputs

    inputs, client_key = Later(read, typed.get("into", "")), typed.get("client_key", "")[:64] or None
    with transaction.atomic():
        moved = move_within(
            number, key, inputs, acting, now, Terms(client_key, _read_version(typed), seen=True)
        )
        gate.keep(moved)


def _read_version(typed: QueryDict) -> int | None:
    """Which state of the case was on the screen; a form without it counts as out of date."""
    return read_number(typed.get("version", "")) or 0


def _show_form(request: HttpRequest, view: CaseView, move: str) -> HttpResponse:
    """By address: the case with this form open. For htmx: the form alone."""
    if is_fragment(request):
        return _draw_act(request, _make_act(view, move))
    return HttpResponseRedirect(
        f"{reverse('console:case', args=[view.case.number])}?{urlencode({'move': move})}#act"
    )


def _redraw(request: HttpRequest, view: CaseView, move: str) -> HttpResponse:
    """The form once more with all that was typed: another tab, a template, another category."""
    shelf = gather_files(request, view.case.number)
    typed = _fill_in(request.POST, view, move)
    if is_fragment(request):
        return _draw_act(request, _make_act(view, move, typed, shelf))
    return show_page(request, view, move, typed=typed, shelf=shelf, refusal=shelf.refusal)


def _fill_in(typed: QueryDict, view: CaseView, move: str) -> QueryDict:
    changed = typed.copy()
    if typed["show"] == "category":
        changed.pop("lead", None)
    if typed["show"] == "template" and typed.get("template"):
        act = _make_act(view, move)
        chosen = (
            [one for one in act["form"].templates if str(one.pk) == typed["template"]] if act["form"] else []
        )
        before = typed.get("reply", "").rstrip()
        changed["reply"] = "\n".join(part for part in (before, *(one.words for one in chosen)) if part)
    return changed


def _make_act(
    view: CaseView, move: str, typed: QueryDict | None = None, shelf: Shelf | None = None
) -> dict[str, Any]:
    names = Names(view.process, tuple(list_inputs(view)))
    return make_act(view, names, local(timezone.now()), move, typed, shelf, shelf.refusal if shelf else None)


def _draw_act(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "console/matter/act.html", context)
