"""Reads a form of the tracking page and carries the move out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import QueryDict

from huiyin.appeals.api import MAX_WORDS, Tracked, demand_reason_if_unsolved
from huiyin.cases.api import PERSON, Case, Kept, Moved, Terms, move_within, record_files
from huiyin.journal.api import find_by_key
from huiyin.kernel.texts import clean
from huiyin.portal.hurries import HURRY, find_last_hurry
from huiyin.portal.rules import demand_hurry_allowed, demand_short
from huiyin.process.api import INPUTS, Move

_TEXTS = frozenset({"text", "line"})
_SAID = {"yes": True, "no": False}


def read_values(move: Move, posted: QueryDict) -> dict[str, str]:
    """What was typed for each thing that the move asks, files apart."""
    return {ask.key: clean(posted.get(ask.key, "")) for ask in move.asks if INPUTS[ask.key].kind != "files"}


def read_inputs(values: Mapping[str, str]) -> dict[str, Any]:
    """The typed values as the engine takes them; what says nothing is left out."""
    return {key: read for key, text in values.items() if (read := _read(INPUTS[key].kind, text)) is not None}


def _read(kind: str, text: str) -> str | bool | int | None:
    if kind == "yes-no":
        return _SAID.get(text)
    if kind == "five":
        return int(text) if text in {"1", "2", "3", "4", "5"} else None
    return text or None


def carry_out(
    tracked: Tracked, move: Move, inputs: Mapping[str, Any], files: Sequence[Kept], key: str, now: datetime
) -> Moved:
    """Do the person's move with its files in one transaction; a form sent twice acts, and attaches, once."""
    case = tracked.case
    texts = {ask: value for ask, value in inputs.items() if INPUTS[ask].kind in _TEXTS}
    demand_short(texts, MAX_WORDS)
    demand_reason_if_unsolved(inputs)
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        if move.key == HURRY and find_by_key(f"case:{case.number}", key) is None:
            demand_hurry_allowed(find_last_hurry(case.number), now)
        ids = record_files(case.pk, files, PERSON.name, now, public=True) if files else []
        given = {**inputs, "files": ids} if ids else dict(inputs)
        moved = move_within(case.number, move.key, given, PERSON, now, Terms(key))
        if moved.repeated:
            transaction.set_rollback(True)
    return moved
