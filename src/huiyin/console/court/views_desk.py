"""The desk of the return court: what waits, what each unit says, and deciding it from the page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases.api import Later, get_process, move_case
from huiyin.console.court.roles import COURT, make_tabs
from huiyin.console.frame import acting_of, show
from huiyin.console.matter.parsing import read_inputs
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import Badge, local, make_badge
from huiyin.people.api import get_account_of, list_units, open_to
from huiyin.process.api import SILENCES, Move
from huiyin.rulings.api import Period, Waiting, list_consultations, list_disputes, list_reviews

DECIDES = frozenset({"return", "keep-unit", "rule", "invite"})
"""Effects of the moves that can be made from the desk."""

DECIDED_SHOWN = timedelta(days=30)
DONE = {"decided": Words("已提交裁决。", "Decided.")}


@require_safe
@open_to(*sorted(COURT))
def show_court(request: HttpRequest) -> HttpResponse:
    """Returns to review, consultations, and what was decided in the last month."""
    return draw_court(request)


def draw_court(
    request: HttpRequest, at: str = "", refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    """The desk; with `refusal` it stands by the case `at`, with what was typed."""
    account, now = get_account_of(request), timezone.now()
    reviews, consultations = list_reviews(now), list_consultations(now)
    decided, total = list_disputes(Period(now - DECIDED_SHOWN, now + timedelta(days=1)), limit=50)
    context = {
        "tabs": make_tabs(account, "console:court"),
        "reviews": [(one, _make_badge(one, now), _list_moves(one, account.roles)) for one in reviews],
        "consultations": [
            (one, _make_badge(one, now), _list_moves(one, account.roles), _say_silence(one))
            for one in consultations
        ],
        "decided": [one for one in decided if one.outcome != "open"],
        "total": total,
        "units": [(str(unit.pk), Words(unit.short, unit.name_en)) for unit in list_units()],
        "at": at,
        "refusal": refusal,
        "typed": request.POST,
    }
    return show(request, "console/court/court.html", context, "console:court", status=status, done=DONE)


def _make_badge(one: Waiting, now: datetime) -> Badge | None:
    if one.due_at is None:
        return None
    used = max(0, int((now - one.asked_at) * 1000 / max(one.due_at - one.asked_at, timedelta(seconds=1))))
    return make_badge(one.due_at, one.asked_at, min(used, 1000), paused=False, closed_at=None, now=now)


def _say_silence(one: Waiting) -> Words:
    return SILENCES[get_process(one.process, one.process_version).silence]


def _list_moves(one: Waiting, roles: frozenset[str]) -> dict[str, Move]:
    """By effect, the moves that these roles may make on the case from the desk."""
    process = get_process(one.process, one.process_version)
    found = [move for move in process.moves.values() if one.stage in move.sources and roles & set(move.roles)]
    return {effect: move for move in found for effect in DECIDES & set(move.does)}


@require_POST
@open_to(*sorted(COURT))
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """Make the chosen move on the case, and come back to the desk; a refusal is shown beside it."""
    typed, now = request.POST, local(timezone.now())

    def read(_case_id: int, move: Move) -> dict[str, Any]:
        return read_inputs(move, typed)

    key = typed.get("client_key", "")[:64] or None
    version = read_number(typed.get("version", "")) or 0
    try:
        move = typed.get("move", "")[:60]
        move_case(number, move, Later(read), acting_of(request), now, key, version, seen=True)
    except Refusal as refusal:
        if refusal.code == "case-not-found":
            raise
        return draw_court(request, number, refusal, 409)
    return HttpResponseRedirect(f"{reverse('console:court')}?{urlencode({'done': 'decided'})}#main")
