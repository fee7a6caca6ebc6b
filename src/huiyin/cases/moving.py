"""Moves a case: locks it, asks the engine, writes state, clocks, journal and event in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from huiyin.cases import definitions, store, timing
from huiyin.cases.draft import Draft
from huiyin.cases.effects import EFFECTS
from huiyin.cases.facts import make_actor, make_facts
from huiyin.cases.grouping import find_leader, read_number
from huiyin.cases.inputs import Checked, check_inputs
from huiyin.cases.recording import record_move
from huiyin.cases.values import Acting, Locked, Moved
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.process.api import Actor, Decision, Process, Running, decide, list_moves, plan_clocks


def move_case(
    number: str,
    move: str,
    inputs: Mapping[str, Any],
    acting: Acting,
    now: datetime,
    key: str | None = None,
    version: int | None = None,
) -> Moved:
    """Carry out `move` on the case, or raise the `Refusal` that forbids it; nothing is written then.

    `inputs` are plain values by the names of `process.INPUTS`: texts, booleans, unit ids, a date, `files` as
    a list of attachment ids, `into` as a case number. The same `key` a second time tells where the case
    stands and acts no more. `version`, when given, must be the case's: else somebody moved it meanwhile.
    """
    with transaction.atomic():
        key = clean(key) or None if key else None
        locked = store.lock_case(number, read_number(str(inputs.get("into") or "")), key)
        case = locked.case
        if locked.acted:
            return Moved(case.id, case.number, case.stage, case.version, repeated=True)
        if version is not None and version != case.version:
            raise Refusal(
                "changed-meanwhile",
                Words(
                    "您打开页面之后，别人已经处理过这个工单。请看过最新情况再办。",
                    "Somebody moved this case since you opened it. Look again first.",
                ),
            )
        return _move(locked, move, inputs, acting, now, key)


def _move(
    locked: Locked, move_key: str, inputs: Mapping[str, Any], acting: Acting, now: datetime, key: str | None
) -> Moved:
    case = locked.case
    process = definitions.get_process(case.process, case.process_version)
    actor, move = make_actor(acting, case.assignments), process.get_move(move_key)
    # Whoever may not try the move is told so by the engine, before anything that was typed is looked up.
    allowed = move in list_moves(process, case.stage, actor.roles)
    checked = check_inputs(case, move, inputs) if allowed else Checked()
    decision = decide(process, move_key, make_facts(case, move, checked, actor, now), actor, checked.inputs)
    role = _choose_role(actor, decision)
    draft = _carry_out(locked, process, decision, role, acting, now)
    case.stage, case.moved_at, case.version = decision.target, now, case.version + 1
    case.stage_kind = process.get_stage(decision.target).kind
    store.write_move(case, draft.ratings, draft.groups, regroup=draft.regroup)
    record_move(draft, decision, checked, role, key)
    return Moved(case.id, case.number, case.stage, case.version)


def _choose_role(actor: Actor, decision: Decision) -> str:
    """Of the roles that allow the move, the first that the file names."""
    return next(role for role in decision.move.roles if role in actor.roles)


def _carry_out(
    locked: Locked, process: Process, decision: Decision, role: str, acting: Acting, now: datetime
) -> Draft:
    case = locked.case
    name, _, part = role.partition("@")
    units = frozenset(post.unit_id for post in acting.posts if post.role == name)
    if part:
        units &= frozenset(own.unit_id for own in case.assignments if own.open and own.part == part)
    given = (process, decision.target, decision.inputs, acting, units, part, now)
    draft = Draft(case, *given, locked.rules, locked.place)
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
