"""What a move leaves in the journal, and what it tells upward."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from huiyin.cases.draft import Draft
from huiyin.cases.inputs import Checked
from huiyin.journal.api import Event, NewEntry, Strand, append
from huiyin.process.api import INPUTS, STAY, Decision
from huiyin.register.api import Named


def record_move(
    draft: Draft,
    decision: Decision,
    checked: Checked,
    role: str,
    key: str | None,
    beside: Iterable[Strand],
) -> None:
    """One entry in the chain of the case, one event `case-moved`, and `beside` them what was changed."""
    case, acting = draft.case, draft.acting
    body = {
        "move": decision.move.key,
        "from": decision.source,
        "to": decision.target,
        "role": role,
        "round": case.round,
        "inputs": _plain_inputs(decision.inputs, checked.named, draft.into),
        **({"told": draft.told} if draft.told else {}),
        **({"due_at": case.due_at.isoformat()} if case.due_at and decision.move.to != STAY else {}),
        **({"extended": draft.extended} if draft.extended else {}),
        **draft.noted,
    }
    actor = _tell_actor(draft)
    append(
        [NewEntry(case.subject, decision.move.key, draft.now, acting.account_id, actor, body, key)],
        [Event("case-moved", case.subject, _make_event(draft, decision), draft.now)],
        held={case.subject: draft.place} if draft.place else None,
        beside=beside,
    )


def _make_event(draft: Draft, decision: Decision) -> dict[str, Any]:
    case = draft.case
    return {
        "case_id": case.id,
        "number": case.number,
        "move": decision.move.key,
        "from": decision.source,
        "to": decision.target,
        "reply": draft.answered or str(decision.inputs.get("reply", "")),
        "remedy": str(decision.inputs.get("remedy", "")),
        "answered": "answer" in decision.does,
        "dispatched": "dispatch" in decision.does,
        "again": "next-round" in decision.does,
        "members": case.members,
        "closed": case.closed_at is not None,
        "tells": bool(decision.move.tells.zh),
        "version": case.version,
        **({"disputed": True} if draft.disputed else {}),
    }


def _tell_actor(draft: Draft) -> str:
    """Name and unit at that time: the unit for which the person acts."""
    unit = next((post.unit for post in draft.acting.posts if post.unit_id in draft.units), "")
    return f"{draft.acting.name} · {unit}" if unit else draft.acting.name


def _plain_inputs(inputs: Mapping[str, Any], named: Named, into: str) -> dict[str, Any]:
    """Inputs as the journal keeps them: units with their names at that time, a case by its number."""

    def plain(key: str, value: Any) -> Any:
        kind = INPUTS[key].kind
        if kind == "unit":
            return {"id": value, "name": named.units[value].short}
        if kind == "units":
            return [{"id": unit, "name": named.units[unit].short} for unit in value]
        if key == "into":
            return into
        return value.isoformat() if isinstance(value, date) else value

    return {key: plain(key, value) for key, value in inputs.items()}
