"""Nobody in a group is left without an answer: followers get the leader's, or are let go without one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from huiyin.cases import definitions
from huiyin.cases.models import Case
from huiyin.cases.moving import move_case
from huiyin.cases.values import SYSTEM
from huiyin.kernel.refusals import Refusal


def is_answer_to_share(event: Mapping[str, Any]) -> bool:
    """Whether a move answered a case that others were merged into."""
    return bool(event["answered"] and event["members"])


def is_group_to_free(event: Mapping[str, Any]) -> bool:
    """Whether a move ended, without an answer, a case that others were merged into."""
    return bool(event["closed"] and not event["answered"] and event["members"])


def share_answer(number: str, reply: str, version: int, now: datetime) -> int:
    """Answer everybody merged into this case, once for each answer of its; how many were answered."""
    key = f"share:{number}:{version}"
    return sum(_move(member, "share_answer", {"reply": reply}, key, now) for member in _list_members(number))


def free_members(number: str, now: datetime) -> int:
    """Let go of everybody merged into a case that ended without an answer: each is dispatched for itself."""
    reason, key = f"{number} 未经答复即结束", f"free:{number}"
    return sum(_move(member, "unmerge", {"reason": reason}, key, now) for member in _list_members(number))


def _list_members(number: str) -> list[Case]:
    found = Case.objects.filter(group__number=number, closed_at__isnull=True, answered_at__isnull=True)
    return list(found.order_by("id"))


def _move(member: Case, move: str, inputs: Mapping[str, str], key: str, now: datetime) -> bool:
    """Whether the system made the move; not when the process has none from there, or somebody was quicker."""
    process = definitions.get_process(member.process, member.process_version)
    if move not in process.moves or member.stage not in process.moves[move].sources:
        return False
    try:
        return not move_case(member.number, move, inputs, SYSTEM, now, key=key).repeated
    except Refusal:
        return False
