"""What the engine is told of a locked case, and of whoever acts on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils import timezone

from huiyin.cases import store
from huiyin.cases.inputs import Checked
from huiyin.cases.on_register import find_standing, may_keep
from huiyin.cases.repeats import list_repeats
from huiyin.cases.values import CONSULTED, Acting, AssignmentState, CaseState, ClockState
from huiyin.process.api import NOBODY_NAMED, RIGHT, Actor, Facts, Move, Process, list_moves

ANSWERED_BEFORE = "answered-before"
"""The guard whose fact costs a look at the person's earlier cases: read for the moves alone that need it."""


def make_actor(acting: Acting, assignments: Sequence[AssignmentState]) -> Actor:
    """The roles that `acting` has on a case: bare ones, and those scoped by its open assignments."""
    if acting.kind != "staff":
        return Actor(frozenset({acting.kind}))
    scopes = {(part.unit_id, part.part) for part in assignments if part.open}
    scoped = {
        f"{post.role}@{part}" for post in acting.posts for unit_id, part in scopes if post.unit_id == unit_id
    }
    bare = {post.role for post in acting.posts}
    return Actor(
        frozenset(bare | scoped), acting.account_id, frozenset(post.unit_id for post in acting.posts)
    )


def list_open_moves(
    process: Process,
    stage: str,
    asked_by_id: int | None,
    parts: Sequence[AssignmentState],
    acting: Acting,
) -> list[Move]:
    """The moves that `acting` may try now; nobody is offered to decide what they asked for."""
    moves = list_moves(process, stage, make_actor(acting, parts).roles)
    asked = acting.account_id is not None and asked_by_id == acting.account_id
    return [move for move in moves if not (asked and "second-person" in move.needs)]


def make_facts(case: CaseState, move: Move, checked: Checked, actor: Actor, now: datetime) -> Facts:
    """The state of the case as guards and conditions ask for it."""
    return Facts(
        stage=case.stage,
        now=timezone.localtime(now),
        round=case.round,
        grade=case.grade,
        due_at=next((clock.due_at for clock in case.clocks if clock.main), None),
        designated=case.designated,
        extensions=case.extensions,
        asked_by=_who_asked(case, actor),
        asked=case.asked or {},
        handling_units=frozenset(part.unit_id for part in case.assignments if part.part != CONSULTED),
        assisting_open=sum(part.open and part.part == "assisting" for part in case.assignments),
        standing=find_standing(case, checked, actor, timezone.localdate(now))
        if "unit-on-register" in move.needs
        else NOBODY_NAMED,
        lead=case.lead_id,
        disputes=case.disputes,
        ruling=case.ruling,
        return_until=find_return_until(case.clocks),
        dispatchers=store.list_dispatchers(case.subject) if "not-dispatcher" in move.needs else frozenset(),
        opinions_open=sum(
            clock.owner == "consulted" and clock.stopped_at is None and clock.due_at > now
            for clock in case.clocks
        ),
        rating=case.rating,
        calls=case.calls,
        placed=_is_placed(case, move, timezone.localdate(now)),
        members=case.members,
        answered_before=_count_answered(case) if ANSWERED_BEFORE in move.needs else 0,
    )


def _count_answered(case: CaseState) -> int:
    """How many earlier cases by which the person said the same have an answer."""
    return sum(repeat.answered for repeat in list_repeats(case.id))


def _is_placed(case: CaseState, move: Move, on: date) -> bool:
    """What was answered with its group goes on with the group's unit only if the register gives it that."""
    if case.group_id is None or "next-round" not in move.effects():
        return case.lead_id is not None
    return may_keep(case, on)


def find_return_until(clocks: Iterable[ClockState]) -> datetime | None:
    """Until when the unit may return the case; None when nothing limits it."""
    return next((clock.due_at for clock in clocks if clock.owner == RIGHT and clock.stopped_at is None), None)


def _who_asked(case: CaseState, actor: Actor) -> int | None:
    """Whoever endorsed a request stands behind it like the one who asked: neither decides it."""
    endorsed = (case.asked or {}).get("endorsed_by")
    return actor.account_id if endorsed is not None and endorsed == actor.account_id else case.asked_by_id
