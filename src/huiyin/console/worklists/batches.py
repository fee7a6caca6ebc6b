"""The page of a batch: what is picked, what is asked, what became of each case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.console.frame import acting_of, show
from huiyin.console.menu import HAS_TO_DO_WITH_CASES
from huiyin.console.worklists.asking_inputs import BY_REGISTER, Field, keep_typed, list_fields, read_inputs
from huiyin.console.worklists.batchable import choose_icon, may_batch
from huiyin.console.worklists.carrying import carry_out, find_register_lead
from huiyin.console.worklists.picking import Picked, choose_leader, list_common_moves, merges, pick_cases
from huiyin.console.worklists.saving import read_query
from huiyin.pages.api import address
from huiyin.people.api import open_to
from huiyin.process.api import Move

ROUTE = "console:worklist"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*HAS_TO_DO_WITH_CASES)
def batch(request: HttpRequest) -> HttpResponse:
    """Ask for what the move needs (GET), then make it on every picked case and tell each outcome (POST)."""
    sent = request.POST if request.method == "POST" else request.GET
    picked = pick_cases(sent.getlist("pick"), acting_of(request))
    back = address(read_query(request).parts)
    key = sent.get("move", "")
    able = [one for one in picked if key in one.moves]
    if request.method == "POST" and any(
        key in one.process.moves and may_batch(one.process.moves[key]) for one in picked
    ):
        return _carry(request, picked, able, key, back)
    if not able:
        return _offer(request, picked, back)
    return _ask(request, picked, able, key, back, {}, request.GET)


def _offer(request: HttpRequest, picked: Sequence[Picked], back: str) -> HttpResponse:
    """No move is chosen, or none of the cases allows it: show what can be done with all of them."""
    moves = [(move, choose_icon(move)) for move in list_common_moves(picked)]
    context = {"picked": picked, "moves": moves, "back": back, "asked_move": bool(request.GET.get("move"))}
    return show(request, "console/worklists/batch-offer.html", context, ROUTE)


def _ask(
    request: HttpRequest,
    picked: Sequence[Picked],
    able: Sequence[Picked],
    key: str,
    back: str,
    errors: dict[str, str],
    sent: QueryDict,
) -> HttpResponse:
    fields = list_fields(able, key)
    move = able[0].moves[key]
    joined = list(picked) if merges(move) else list(able)
    context: dict[str, Any] = {
        "move": move,
        "fields": fields,
        "typed": {**_suggest(move, joined), **_typed(fields, sent)},
        "joined": joined,
        "left_out": [one for one in picked if one not in joined],
        "leads": _find_leads(fields, joined),
        "merging": merges(move),
        "client_key_sent": sent.get("client_key", ""),
        "errors": errors,
        "back": back,
    }
    return show(request, "console/worklists/batch.html", context, ROUTE, 422 if errors else 200)


def _typed(fields: Sequence[Field], sent: QueryDict) -> dict[str, Any]:
    return {key: value for key, value in keep_typed(fields, sent).items() if value}


def _suggest(move: Move, picked: Sequence[Picked]) -> dict[str, Any]:
    """What the form holds before anything is typed."""
    if merges(move):
        return {"into": choose_leader(picked, move.key).number, "into_number": ""}
    return {"lead": BY_REGISTER, "into_number": ""} if "dispatch" in move.effects() else {"into_number": ""}


def _find_leads(fields: Sequence[Field], picked: Sequence[Picked]) -> dict[str, Any]:
    """The unit that the register names for each case, by number, where a lead is asked for."""
    if not any(field.input.kind == "unit" for field in fields):
        return {}
    now = timezone.now()
    found = {one.case.number: find_register_lead(one, now) for one in picked}
    return {number: lead.words if lead else None for number, lead in found.items()}


def _carry(
    request: HttpRequest, picked: Sequence[Picked], able: Sequence[Picked], key: str, back: str
) -> HttpResponse:
    """Sent twice, a form finds its cases moved already: what it asked is then told by the processes."""
    known = able or [_with_move(one, key) for one in picked if key in one.process.moves]
    fields = list_fields(known, key) if known else []
    inputs, errors = read_inputs(fields, request.POST)
    if merging_alone(known, key, picked, inputs):
        errors.setdefault("into", _("只选了一件。请填写要并入的另一件的编号。"))
    if errors and able:
        return _ask(request, picked, able, key, back, errors, request.POST)
    outcomes = carry_out(
        picked, key, inputs, acting_of(request), timezone.now(), request.POST.get("client_key", "")[:64]
    )
    failed = [outcome for outcome in outcomes if not outcome.done]
    context = {
        "title": known[0].moves[key].title if known else key,
        "outcomes": [*failed, *(outcome for outcome in outcomes if outcome.done)],
        "done": len(outcomes) - len(failed),
        "failed": failed,
        "kept": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in _NOT_KEPT
            for value in values
        ],
        "into": inputs.get("into", ""),
        "back": back,
    }
    return show(request, "console/worklists/batch-done.html", context, ROUTE)


_NOT_KEPT = {"pick", "client_key", "csrfmiddlewaretoken"}


def _with_move(one: Picked, key: str) -> Picked:
    return Picked(one.case, one.process, {key: one.process.moves[key]})


def merging_alone(
    known: Sequence[Picked], key: str, picked: Sequence[Picked], inputs: dict[str, Any]
) -> bool:
    """Whether the only picked case would be merged into itself."""
    return (
        bool(known)
        and merges(known[0].moves[key])
        and [one.case.number for one in picked] == [inputs.get("into")]
    )
