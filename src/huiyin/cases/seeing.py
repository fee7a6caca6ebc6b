"""Who may see which cases, and whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from huiyin.cases.values import Acting
from huiyin.process.api import Process

SEES_ALL = frozenset(
    {"intake", "dispatcher", "centre", "callback", "supervisor", "board", "leader", "auditor", "window"}
)
"""Roles that see every case of the county; the others see those of their units and those that they opened."""

NO_CASES = frozenset({"admin", "security"})
"""Roles that run the system and see no case by themselves (等保2.0: separation of duties)."""


def sees_all(acting: Acting) -> bool:
    """Whether any post of the account sees every case."""
    return any(post.role in SEES_ALL for post in acting.posts)


def seen_condition(acting: Acting) -> tuple[str, dict[str, Any]]:
    """SQL on `cases_case c`, with its parameters, that holds for the cases which `acting` may see."""
    if sees_all(acting):
        return "true", {}
    units = sorted({post.unit_id for post in acting.posts if post.role not in NO_CASES})
    condition = (
        "(c.lead_id = ANY(%(seen_units)s) OR c.opened_by_id = %(seen_account)s OR EXISTS (SELECT 1 FROM cases_assignment a "
        "WHERE a.case_id = c.id AND a.unit_id = ANY(%(seen_units)s)))"
    )
    return condition, {"seen_units": units, "seen_account": acting.account_id}


def todo_condition(acting: Acting, processes: Iterable[Process]) -> tuple[str, dict[str, Any]]:
    """SQL on `cases_case c` for the cases in which somebody with these posts is awaited next."""
    bare, lead, assisting = _awaited(acting, processes)
    condition = (
        "(c.process || '/' || c.stage = ANY(%(todo_bare)s)"
        " OR (c.process || '/' || c.stage = ANY(%(todo_lead)s) AND c.lead_id = ANY(%(todo_units)s))"
        " OR (c.process || '/' || c.stage = ANY(%(todo_assisting)s) AND EXISTS (SELECT 1 FROM cases_assignment a"
        " WHERE a.case_id = c.id AND a.part = 'assisting' AND a.ended_at IS NULL AND a.unit_id = ANY(%(todo_units)s))))"
    )
    units = sorted({post.unit_id for post in acting.posts if post.role in {"handler", "unit-head"}})
    return condition, {"todo_bare": bare, "todo_lead": lead, "todo_assisting": assisting, "todo_units": units}


def _awaited(acting: Acting, processes: Iterable[Process]) -> tuple[list[str], list[str], list[str]]:
    roles = {post.role for post in acting.posts}
    bare, lead, assisting = set(), set(), set()
    for process in processes:
        for stage in process.stages.values():
            key = f"{process.key}/{stage.key}"
            if roles.intersection(stage.awaits):
                bare.add(key)
            if {f"{role}@lead" for role in roles}.intersection(stage.awaits):
                lead.add(key)
            if {f"{role}@assisting" for role in roles}.intersection(stage.awaits):
                assisting.add(key)
    return sorted(bare), sorted(lead), sorted(assisting)
