"""Who may see which cases, and whose turn it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from huiyin.cases.values import Acting
from huiyin.process.api import SCOPES, Process

SEES_ALL = frozenset(
    {"intake", "dispatcher", "centre", "callback", "supervisor", "board", "leader", "auditor", "window"}
)
"""Roles that see every case of the county; the others see those of their units and those that they opened."""

KNOWS_SOURCES = frozenset({"intake", "dispatcher", "window", "centre", "callback", "supervisor", "auditor"})
"""Roles on the side of the centre: they may know by which door a confidential request came, and find it by
the person's phone. A unit that handles it never does (保护诉求人)."""

NO_CASES = frozenset({"admin", "security"})
"""Roles that run the system and see no case by themselves (等保2.0: separation of duties)."""

_SEEN = """(
    c.lead_id = ANY(%(seen_units)s) OR c.opened_by_id = %(seen_account)s OR EXISTS (
        SELECT 1 FROM cases_assignment a WHERE a.case_id = c.id AND a.unit_id = ANY(%(seen_units)s)))"""
_SEEN_OPEN = """(
    c.lead_id = ANY(%(seen_units)s) OR c.opened_by_id = %(seen_account)s OR c.id IN (
        SELECT a.case_id FROM cases_assignment a
        WHERE a.how <> 'done' AND a.unit_id = ANY(%(seen_units)s)))"""
"""The same for open cases, from the parts not done: closing a case is what ends its parts as done."""

_IN_HAND = """c.id IN (
    SELECT own.id FROM cases_case own WHERE own.closed_at IS NULL AND own.lead_id = ANY(%(seen_units)s)
    UNION ALL SELECT own.id FROM cases_case own
        WHERE own.closed_at IS NULL AND own.opened_by_id = %(seen_account)s
    UNION ALL SELECT a.case_id FROM cases_assignment a
        WHERE a.how <> 'done' AND a.unit_id = ANY(%(seen_units)s))"""
"""The same once more, gathered from what is in hand: for counting it, where a list stops early."""

_AWAITS = "(c.stage = ANY(%({key}_names)s) AND c.process || '/' || c.stage = ANY(%({key}_stages)s))"
_AWAITS_PART = """(c.process || '/' || c.stage = ANY(%({key}_stages)s) AND EXISTS (
    SELECT 1 FROM cases_assignment a WHERE a.case_id = c.id AND a.part = %({key}_part)s AND a.ended_at IS NULL
        AND a.unit_id = ANY(%({key}_units)s)))"""


def sees_all(acting: Acting) -> bool:
    """Whether any post of the account sees every case."""
    return any(post.role in SEES_ALL for post in acting.posts)


def is_seen_by(acting: Acting, opened_by_id: int | None, unit_ids: Collection[int | None]) -> bool:
    """Whether `acting` may see the case that account opened and that was ever in the hands of those units."""
    if acting.kind != "staff" or sees_all(acting):
        return True
    if opened_by_id is not None and opened_by_id == acting.account_id:
        return True
    return any(post.unit_id in unit_ids for post in acting.posts if post.role not in NO_CASES)


def knows_sources(acting: Acting) -> bool:
    """Whether any post of the account is on the side of the centre."""
    return acting.kind != "staff" or any(post.role in KNOWS_SOURCES for post in acting.posts)


def seen_condition(acting: Acting, *, open_only: bool = False) -> tuple[str, dict[str, Any]]:
    """SQL on `cases_case c`, with its parameters, that holds for the cases which `acting` may see.

    With `open_only` the rest of the question asks for open cases alone: then it costs what is in hand,
    however many cases were closed.
    """
    if sees_all(acting):
        return "true", {}
    units = sorted({post.unit_id for post in acting.posts if post.role not in NO_CASES})
    return _SEEN_OPEN if open_only else _SEEN, {"seen_units": units, "seen_account": acting.account_id}


def in_hand_condition(acting: Acting) -> tuple[str, dict[str, Any]]:
    """The open cases of `seen_condition` for somebody who does not see all, in the form that counts best."""
    _, params = seen_condition(acting, open_only=True)
    return ("true", {}) if sees_all(acting) else (_IN_HAND, params)


def todo_condition(acting: Acting, processes: Iterable[Process]) -> tuple[str, dict[str, Any]]:
    """SQL on `cases_case c` for the cases in which somebody with these posts is awaited next."""
    awaited = _list_awaited(processes)
    conditions: list[str] = ["false"]
    params: dict[str, Any] = {}
    for at, (role, part, units) in enumerate(_list_turns(acting)):
        stages = awaited.get(f"{role}@{part}" if part else role)
        if stages:
            key = f"todo{at}"
            conditions.append((_AWAITS_PART if part else _AWAITS).format(key=key))
            params[f"{key}_names"] = [stage.partition("/")[2] for stage in stages]
            params |= {f"{key}_stages": stages, f"{key}_part": part, f"{key}_units": units}
    return f"({' OR '.join(conditions)})", params


def _list_awaited(processes: Iterable[Process]) -> dict[str, list[str]]:
    """Role → the stages `process/stage` that await it."""
    found: dict[str, set[str]] = {}
    for process in processes:
        for stage in process.stages.values():
            for role in stage.awaits:
                found.setdefault(role, set()).add(f"{process.key}/{stage.key}")
    return {role: sorted(stages) for role, stages in found.items()}


def _list_turns(acting: Acting) -> list[tuple[str, str, list[int]]]:
    """Each role that is held: bare, and in each part of a case with the units at which it is held."""
    units: dict[str, set[int]] = {}
    for post in acting.posts:
        units.setdefault(post.role, set()).add(post.unit_id)
    return [
        (role, part, sorted(held)) for role, held in sorted(units.items()) for part in ("", *sorted(SCOPES))
    ]
