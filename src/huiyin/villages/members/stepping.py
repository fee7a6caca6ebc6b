"""The steps of a case on a page of its own: where it stands, what may be done next, and doing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from huiyin.cases.api import CaseView, move_case, view_case
from huiyin.console.api import acting_of
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import Stage
from huiyin.process.api import INPUTS, Move, Process

ASIDE = "remark"
TEXTS = frozenset({"text", "line"})


@dataclass(frozen=True, slots=True)
class Field:
    """A text that a move asks for on the page."""

    key: str
    title: Words
    required: bool


def view_seen(request: HttpRequest, number: str) -> CaseView | None:
    """The case as the account sees it; None when it sees the organisation but not its cases."""
    try:
        return view_case(number, acting_of(request))
    except Refusal:
        return None


def list_acts(view: CaseView | None) -> list[tuple[Move, list[Field]]]:
    """The moves that may be made here, each with the texts that it asks for."""
    return [
        (
            move,
            [
                Field(ask.key, INPUTS[ask.key].title, ask.required)
                for ask in move.asks
                if INPUTS[ask.key].kind in TEXTS
            ],
        )
        for move in (view.moves if view else [])
        if move.key != ASIDE
    ]


def list_steps(process: Process, stage: str) -> list[Stage]:
    """The steps of the process in order, and which of them the stage belongs to."""
    here = process.get_stage(stage)
    at = [step.key for step in process.steps].index(here.step) + (here.kind == "closed")
    return [
        Stage(step.title, "done" if number < at else "now" if number == at else "future")
        for number, step in enumerate(process.steps)
    ]


def carry_out(request: HttpRequest, number: str) -> str:
    """Make the move that was sent; its key. Refused as the move is, whichever door it comes by."""
    typed: Mapping[str, str] = request.POST.dict()
    move = typed.get("move", "")
    inputs = {key: text for key, text in typed.items() if key in INPUTS and INPUTS[key].kind in TEXTS}
    key = typed.get("client_key", "")[:64] or None
    move_case(number, move, inputs, acting_of(request), timezone.now(), key, seen=True)
    return move
