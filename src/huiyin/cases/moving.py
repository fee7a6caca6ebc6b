"""Moves a case: locks it, asks the engine, writes state, clocks, journal and event in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from huiyin.cases import definitions, store, timing
from huiyin.cases.draft import Draft
from huiyin.cases.effects import EFFECTS
from huiyin.cases.facts import list_open_moves, make_actor, make_facts
from huiyin.cases.gates import Passing, pass_gate
from huiyin.cases.grouping import find_leader, read_number
from huiyin.cases.inputs import Checked, check_inputs
from huiyin.cases.recording import record_move
from huiyin.cases.seeing import is_seen_by
from huiyin.cases.values import Acting, CaseState, Later, Locked, Moved, Terms
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.process.api import Actor, Decision, Move, Process, Running, decide, list_moves, plan_clocks


def move_case(
    number: str,
    move: str,
    inputs: Mapping[str, Any] | Later,
    acting: Acting,
    now: datetime,
    key: str | None = None,
    version: int | None = None,
    *,
    seen: bool = False,
) -> Moved:
    """Carry out `move` on the case, or raise the `Refusal` that forbids it; nothing is written then.

    `inputs` are plain values by the names of `process.INPUTS`: texts, booleans, unit ids, a date, `files` as
    a list of attachment ids, `into` as a case number; or they are read `Later`. The same `key` a second time
    tells where the case stands and acts no more. `version`, when given, must be the case's: else somebody
    moved it meanwhile. With `seen` a case that `acting` may not see is as good as none.
    """
    with transaction.atomic():
        return move_within(number, move, inputs, acting, now, Terms(key, version, seen))


def move_within(
    number: str,
    move: str,
    inputs: Mapping[str, Any] | Later,
    acting: Acting,
    now: datetime,
    terms: Terms = Terms(),  # noqa: B008  it never changes
) -> Moved:
    """The same in the caller's transaction, without a savepoint: a refusal must end that transaction.

    A repeated move writes nothing, not even what was to go beside it.
    """
    key = clean(terms.key) or None if terms.key else None
    into = inputs.into if isinstance(inputs, Later) else str(inputs.get("into") or "")
    locked = store.lock_case(number, read_number(into), key)
    case = locked.case
    if terms.seen and not is_seen_by(acting, locked.opened_by_id, _list_units(case)):
        raise store.refuse_missing()
    process = definitions.get_process(case.process, case.process_version)
    if locked.acted:
        return _tell(case, process, repeated=True)
    if terms.version not in {None, case.version}:
        raise Refusal(
            "changed-meanwhile",
            Words(
                "您打开页面之后，别人已经处理过这个工单。请看过最新情况再办。",
                "Somebody moved this case since you opened it. Look again first.",
            ),
        )
    _move(locked, process, move, inputs, acting, now, Terms(key, beside=terms.beside))
    return _tell(case, process)


def _list_units(case: CaseState) -> set[int | None]:
    """The units in whose hands the case is or ever was."""
    return {case.lead_id, *(part.unit_id for part in case.assignments)}


def _tell(case: CaseState, process: Process, *, repeated: bool = False) -> Moved:
    return Moved(
        case.id, case.number, case.stage, case.version, process, case.asked_by_id, case.assignments, repeated
    )


def list_next_moves(moved: Moved, acting: Acting) -> list[Move]:
    """The moves that `acting` may try after this one."""
    return list_open_moves(moved.process, moved.stage, moved.asked_by_id, moved.parts, acting)


def _move(
    locked: Locked,
    process: Process,
    move_key: str,
    inputs: Mapping[str, Any] | Later,
    acting: Acting,
    now: datetime,
    terms: Terms,
) -> None:
    case = locked.case
    actor, move = make_actor(acting, case.assignments), process.get_move(move_key)
    checked = (
        _check(case, move, inputs, now) if move in list_moves(process, case.stage, actor.roles) else Checked()
    )
    facts = make_facts(case, move, checked, actor, now)
    decision = decide(process, move_key, facts, actor, checked.inputs)
    role = _choose_role(actor, decision)
    _pass_gate(case, decision, acting, now)
    draft = _carry_out(locked, process, decision, role, acting, now, placed=facts.placed)
    case.stage, case.moved_at, case.version = decision.target, now, case.version + 1
    case.stage_kind = process.get_stage(decision.target).kind
    changes = store.write_move(locked, draft.ratings, draft.groups, regroup=draft.regroup)
    record_move(draft, decision, checked, role, terms.key, [*terms.beside, changes])


def _pass_gate(case: CaseState, decision: Decision, acting: Acting, now: datetime) -> None:
    passing = Passing(
        case.id,
        case.number,
        case.process,
        decision.move.key,
        decision.source,
        decision.target,
        decision.inputs,
        acting,
        now,
        case.asked_by_id,
    )
    pass_gate(passing)


def _check(case: CaseState, move: Move, inputs: Mapping[str, Any] | Later, now: datetime) -> Checked:
    """Whoever may not try the move is told so by the engine, before anything that was typed is looked up."""
    given = inputs.read(case.id, move) if isinstance(inputs, Later) else inputs
    return check_inputs(case, move, given, timezone.localdate(now))


def _choose_role(actor: Actor, decision: Decision) -> str:
    """Of the roles that allow the move, the first that the file names."""
    return next(role for role in decision.move.roles if role in actor.roles)


def _carry_out(
    locked: Locked,
    process: Process,
    decision: Decision,
    role: str,
    acting: Acting,
    now: datetime,
    *,
    placed: bool,
) -> Draft:
    case = locked.case
    name, _, part = role.partition("@")
    units = frozenset(post.unit_id for post in acting.posts if post.role == name)
    if part:
        units &= frozenset(own.unit_id for own in case.assignments if own.open and own.part == part)
    given = (process, decision.target, decision.inputs, acting, units, part, now)
    draft = Draft(case, *given, locked.rules, locked.place, placed=placed)
    if "merge" in decision.does:
        draft.leader = find_leader(case, str(decision.inputs["into"]))
    for effect in decision.does:
        EFFECTS[effect](draft)
    _pass_on_request(draft, decision)
    if decision.source != decision.target and "hang" not in decision.does:
        case.hung_until = None
    _turn_clocks(draft, decision)
    return draft


def _pass_on_request(draft: Draft, decision: Decision) -> None:
    """A request that goes on to the next reviewer keeps who endorsed it: they do not decide it as well."""
    case, target = draft.case, draft.process.get_stage(decision.target)
    moved_on = decision.source != decision.target and case.stage_kind == target.kind == "review"
    if moved_on and "ask" not in decision.does and case.asked is not None:
        case.asked = {**case.asked, "endorsed_by": draft.acting.account_id}


def _turn_clocks(draft: Draft, decision: Decision) -> None:
    case, process = draft.case, draft.process
    running = {
        clock.key: Running(clock.key, clock.paused_at is not None)
        for clock in case.clocks
        if clock.stopped_at is None
    }
    plan = plan_clocks(process, decision.source, decision.target, running.values(), anew=decision.anew)
    changes = plan.start or plan.stop or plan.pause or plan.resume or draft.regraded or draft.extended
    if changes:
        rules = draft.rules
        reason = str(decision.inputs.get("reply") or decision.move.title.zh)
        timing.apply_plan(case, process, plan, draft.now, rules, reason)
        if draft.regraded:
            timing.regrade_clocks(case, process, draft.now, rules)
        if draft.extended:
            timing.extend_main(case, process, draft.extended, draft.now, rules)
    timing.set_governing(case)
