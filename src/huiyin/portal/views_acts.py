"""What the person does to a matter: adds, hurries, rates, withdraws."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from huiyin.appeals.api import Tracked, find_tracked
from huiyin.cases.api import Moved
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of
from huiyin.people.api import EVERYONE, open_to
from huiyin.portal.asking import WITHDRAW
from huiyin.portal.keeping import Keeping, keep_uploads
from huiyin.portal.keys import read_key
from huiyin.portal.moves import carry_out, read_inputs, read_values
from huiyin.portal.values import TypedMove
from huiyin.portal.views_track import draw_track
from huiyin.process.api import Move

_UNSURE = Words(
    "撤回后不再办理，请先勾选确认。", "Nothing more is done once it is withdrawn; tick the box first."
)


@open_to(EVERYONE)
@require_POST
def make_move(request: HttpRequest, number: str, secret: str, move: str) -> HttpResponse:
    """Carry out one of the person's moves; a refusal is shown in its form, with everything that was typed."""
    tracked = find_tracked(number, secret)
    if move not in tracked.process.moves:
        raise Http404(move)
    asked = tracked.process.get_move(move)
    values, key = read_values(asked, request.POST), read_key(request.POST.get("client_key", ""))
    keeping = keep_uploads(request)
    try:
        _demand_ready(request, move, keeping)
        moved = carry_out(tracked, asked, read_inputs(values), keeping.kept, key, timezone.now())
    except Refusal as refusal:
        faults = {refusal.field: refusal.words}
        typed = TypedMove(move, values, faults, key, keeping.tokens, refusal.rule)
        return draw_track(request, tracked, secret, typed, {}, status_of(refusal))
    address = reverse("portal:track", args=(number, secret))
    return HttpResponseRedirect(f"{address}?done={_name_outcome(tracked, asked, moved)}", status=303)


def _demand_ready(request: HttpRequest, move: str, keeping: Keeping) -> None:
    if keeping.fault:
        raise Refusal("files-not-taken", keeping.fault, field="files")
    if move == WITHDRAW and not request.POST.get("sure"):
        raise Refusal("not-sure", _UNSURE, field="sure")


def _name_outcome(tracked: Tracked, move: Move, moved: Moved) -> str:
    """The move, or `reopened` when a rating sent the matter back into the loop."""
    rated = "rate" in move.does
    return "reopened" if rated and tracked.process.get_stage(moved.stage).kind != "closed" else move.key
