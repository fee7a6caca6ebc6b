"""What stands on the page of an admission's case: the duties proposed, and what the unit thinks of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from huiyin.admissions.api import ADD, CHANGEABLE, END, KIND, MOVE, find_admission, list_rows
from huiyin.cases.api import CaseView
from huiyin.console.duties.admitting import ACTS
from huiyin.console.duties.asking import PARTS

TONES = {ADD: "green", MOVE: "amber", END: "red"}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the unit that was heard said."""

    objects: bool
    words: str


def describe_admission(view: CaseView) -> dict[str, Any] | None:
    """What the panel needs; None for a case that is no admission, without a statement."""
    if view.case.kind != KIND:
        return None
    admission = find_admission(view.case.pk)
    if admission is None:
        return None
    may = view.case.stage in CHANGEABLE and any(move.key == "agree_changed" for move in view.moves)
    return {
        "one": admission,
        "rows": list_rows(admission),
        "acts": ACTS,
        "tones": TONES,
        "parts": PARTS,
        "opinion": _find_opinion(view),
        "may_change": may,
    }


def _find_opinion(view: CaseView) -> Opinion | None:
    heard = [entry for entry in view.entries if entry.verb in {"consent", "object"}]
    if not heard:
        return None
    inputs = heard[-1].body.get("inputs", {})
    return Opinion(heard[-1].verb == "object", str(inputs.get("reason") or inputs.get("note") or ""))
