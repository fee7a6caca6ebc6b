"""Moves a case: locks it, asks the engine, writes move, state, clocks, journal and event in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from huiyin.cases import definitions, store, timing
from huiyin.cases.effects import EFFECTS, Draft
from huiyin.cases.models import Case
from huiyin.cases.values import Acting, AssignmentState, CaseState, Moved
from huiyin.journal.api import Event, NewEntry, append, find_by_key
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import map_units
from huiyin.process.api import INPUTS, STAY, Actor, Decision, Facts, Process, Running, decide, plan_clocks
from huiyin.register.api import load_calendar, load_limits, unit_on_register


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

    `inputs` are plain values by the names of `process.INPUTS`: texts, booleans, unit ids, a date, `files` as a list of
    attachment ids, `into` as a case number. The same `key` a second time answers the first outcome and acts no more.
    `version`, when given, must be the case's: somebody else moved it meanwhile otherwise.
    """
    with transaction.atomic():
        case = store.lock_case(number)
        if key and find_by_key(case.subject, key) is not None:
            return Moved(case.id, number, case.stage, case.version, repeated=True)
        if version is not None and version != case.version:
            raise Refusal(
                "changed-meanwhile",
                Words(
                    "您打开页面之后，别人已经处理过这个工单。请看过最新情况再办。",
                    "Somebody moved this case since you opened it. Look again first.",
                ),
            )
        return _move(case, move, inputs, acting, now, key)


def _move(
    case: CaseState, move_key: str, inputs: Mapping[str, Any], acting: Acting, now: datetime, key: str | None
) -> Moved:
    process = definitions.get_process(case.process, case.process_version)
    inputs = _find_group(case, inputs)
    actor = make_actor(acting, case.assignments)
    facts = _make_facts(case, process, move_key, inputs, now)
    decision = decide(process, move_key, facts, actor, inputs)
    draft = _carry_out(case, process, decision, actor, acting, now)
    case.stage, case.moved_at, case.version = decision.target, now, case.version + 1
    case.stage_kind = process.get_stage(decision.target).kind
    store.write_move(case, draft.ratings, draft.groups, regroup=draft.regroup)
    _journal_move(draft, decision, actor, key)
    return Moved(case.id, case.number, case.stage, case.version)


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


def _make_facts(
    case: CaseState, process: Process, move_key: str, inputs: Mapping[str, Any], now: datetime
) -> Facts:
    move = process.get_move(move_key)
    return Facts(
        stage=case.stage,
        now=timezone.localtime(now),
        round=case.round,
        grade=case.grade,
        due_at=next((clock.due_at for clock in case.clocks if clock.main), None),
        designated=case.designated,
        extensions=case.extensions,
        asked_by=case.asked_by_id,
        asked=case.asked or {},
        handling_units=frozenset(part.unit_id for part in case.assignments),
        assisting_open=sum(part.open and part.part == "assisting" for part in case.assignments),
        off_list=_find_off_list(case, inputs, now) if "unit-on-register" in move.needs else (),
        rating=case.rating,
        calls=case.calls,
        placed=case.lead_id is not None,
        members=case.members,
    )


def _find_off_list(case: CaseState, inputs: Mapping[str, Any], now: datetime) -> tuple[str, ...]:
    """The short names of the units that the duty list does not give this part; without a category, all of them."""
    parts = [(unit, None) for unit in inputs.get("assisting") or ()]
    parts += [(inputs["lead"], "lead")] if inputs.get("lead") else []
    category, today = inputs.get("category") or case.category_id, timezone.localdate(now)
    off = [
        unit
        for unit, part in parts
        if category is None or unit_on_register(unit, category, case.area_id, today, part) is None
    ]
    names = map_units(off) if off else {}
    return tuple(names[unit].short if unit in names else str(unit) for unit in off)


def _find_group(case: CaseState, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
    """Turn the number in `into` into the id of the group's leading case, locked; refuse what cannot lead."""
    if not inputs.get("into"):
        return inputs
    leader = Case.objects.select_for_update().filter(number=str(inputs["into"]).strip()).first()
    if leader is None:
        raise Refusal(
            "case-not-found",
            Words("没有这个编号的工单。请核对。", "There is no case of that number."),
            field="into",
        )
    if leader.group_id:
        leader = Case.objects.select_for_update().get(pk=leader.group_id)
    if leader.pk == case.id:
        raise Refusal(
            "same-case", Words("不能并入它自己。", "A case cannot be merged into itself."), field="into"
        )
    if leader.closed_at is not None or leader.answered_at is not None:
        words = Words(
            "工单 {number} 已经答复或办结，不能再并入。", "Case {number} is answered or closed already."
        )
        raise Refusal("group-answered", words.fill(number=leader.number), field="into")
    return {**inputs, "into": leader.pk, "into_number": leader.number}


def _carry_out(
    case: CaseState, process: Process, decision: Decision, actor: Actor, acting: Acting, now: datetime
) -> Draft:
    role = _choose_role(actor, decision)
    units = frozenset(post.unit_id for post in acting.posts if post.role == role.partition("@")[0])
    draft = Draft(case, process, decision.target, decision.inputs, acting, units, role.partition("@")[2], now)
    for effect in decision.does:
        EFFECTS[effect](draft)
    _turn_clocks(draft, decision)
    return draft


def _choose_role(actor: Actor, decision: Decision) -> str:
    """Of the roles that allow the move, the first that the file names."""
    return next(role for role in decision.move.roles if role in actor.roles)


def _turn_clocks(draft: Draft, decision: Decision) -> None:
    case, process = draft.case, draft.process
    running = {
        clock.key: Running(clock.key, clock.paused_at is not None)
        for clock in case.clocks
        if clock.stopped_at is None
    }
    # A dispatch from the stage that it leads to is a new dispatch: its clocks begin anew.
    source = "" if "dispatch" in decision.does else decision.source
    plan = plan_clocks(process, source, decision.target, running.values())
    changes = plan.start or plan.stop or plan.pause or plan.resume or draft.regraded or draft.extended
    if changes:
        rules = timing.Rules(load_calendar(), load_limits())
        timing.apply_plan(
            case, process, plan, draft.now, rules, str(decision.inputs.get("reply") or decision.move.title.zh)
        )
        if draft.regraded:
            timing.regrade_clocks(case, process, draft.now, rules)
        if draft.extended:
            _extend_main(case, draft, rules)
    timing.set_governing(case)


def _extend_main(case: CaseState, draft: Draft, rules: timing.Rules) -> None:
    for clock in case.clocks:
        if clock.main and clock.stopped_at is None:
            clock.limits.append(draft.extended)
            timing.recount(clock, draft.now, rules.calendar)


def _journal_move(draft: Draft, decision: Decision, actor: Actor, key: str | None) -> None:
    case, acting = draft.case, draft.acting
    body = {
        "move": decision.move.key,
        "from": decision.source,
        "to": decision.target,
        "role": _choose_role(actor, decision),
        "round": case.round,
        "inputs": _plain_inputs(decision.inputs),
        **({"told": draft.told} if draft.told else {}),
        **({"due_at": case.due_at.isoformat()} if case.due_at and decision.move.to != STAY else {}),
        **({"extended": draft.extended} if draft.extended else {}),
    }
    event = {
        "case_id": case.id,
        "number": case.number,
        "move": decision.move.key,
        "from": decision.source,
        "to": decision.target,
        "reply": draft.answered or str(decision.inputs.get("reply", "")),
        "remedy": str(decision.inputs.get("remedy", "")),
        "answered": "answer" in decision.does,
        "members": case.members,
        "closed": case.closed_at is not None,
        "version": case.version,
    }
    append(
        [
            NewEntry(
                case.subject, decision.move.key, draft.now, acting.account_id, _tell_actor(draft), body, key
            )
        ],
        [Event("case-moved", case.subject, event, draft.now)],
    )


def _tell_actor(draft: Draft) -> str:
    unit = next((post.unit for post in draft.acting.posts if post.unit_id in draft.units), "")
    return f"{draft.acting.name} · {unit}" if unit else draft.acting.name


def _plain_inputs(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs as the journal keeps them: units with their names at that time, dates as text."""
    units = [inputs["lead"]] if "lead" in inputs else []
    units += list(inputs.get("assisting", ()))
    names = map_units(units) if units else {}

    def plain(key: str, value: Any) -> Any:
        if key == "lead":
            return {"id": value, "name": names[value].short}
        if key == "assisting":
            return [{"id": unit, "name": names[unit].short} for unit in value]
        return value.isoformat() if isinstance(value, date) else value

    return {key: plain(key, value) for key, value in inputs.items() if key in INPUTS}
