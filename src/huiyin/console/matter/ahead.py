"""What still lies before a case: the steps that remain, each with its due time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from huiyin.cases.api import CaseClock, CaseView
from huiyin.console.matter.moves import decides
from huiyin.kernel.words import Words
from huiyin.process.api import ASIDE, OUTSIDE, ROLES, STAY, Clock, Move, Process, Stage, Step
from huiyin.register.api import load_limits
from huiyin.workdays.api import Limit

WITHIN = Words("{step}后 {limit}内", "within {limit} of {step}")
WITH_GROUP = Words("随主单 {number} 一并办理、答复", "Handled and answered with {number}")
WAITING = Words("等{who}：{what}", "Waiting for {who}: {what}")


@dataclass(frozen=True, slots=True)
class Ahead:
    """A step to come; due at a moment, or by words when what it depends on has not happened."""

    title: Words
    due_at: datetime | None = None
    due_words: Words | None = None
    late: bool = False


def list_ahead(view: CaseView, now: datetime) -> list[Ahead]:
    """Who is awaited now, then every remaining step of the process; nothing once the case is closed."""
    stage = view.process.get_stage(view.case.stage)
    if stage.kind == "closed":
        return []
    group = view.case.group
    if group is not None:
        found = [Ahead(WITH_GROUP.fill(number=group.number), None if group.answered_at else group.due_at)]
    else:
        found = [_make_present(view, stage), *_list_steps(view, stage)]
    return [replace(one, late=one.due_at is not None and one.due_at < now) for one in found]


def _make_present(view: CaseView, stage: Stage) -> Ahead:
    running = [clock for clock in view.clocks if clock.stopped_at is None and clock.paused_at is None]
    own = [clock for clock in running if clock.owner not in ASIDE and _ends_now(view.process, clock, stage)]
    first = min(own, key=lambda clock: clock.due_at, default=None)
    title = WAITING.fill(who=name_awaited(view), what=_name_moves(view.process, stage))
    if stage.kind == "waiting" and not stage.awaits:
        title = stage.title
    return Ahead(title, first.due_at if first else None)


def _ends_now(process: Process, clock: CaseClock, stage: Stage) -> bool:
    """Whether the next way on from here can stop the clock."""
    ends = {end for move in list_ways_on(process, stage) for end in move.ends(stage.key)}
    return clock.key in process.clocks and bool(ends.intersection(process.clocks[clock.key].stops))


def name_awaited(view: CaseView) -> Words:
    """Whose turn it is, with the unit's name where the role is held at one."""
    stage = view.process.get_stage(view.case.stage)
    awaited = stage.awaits or tuple(
        dict.fromkeys(role for move in list_ways_on(view.process, stage) for role in move.roles)
    )
    told = [_name_role(view, role) for role in awaited if _is_held(view, role)] or [OUTSIDE["system"]]
    return Words("、".join(words.zh for words in told), ", ".join(words.tell("en") for words in told))


def _is_held(view: CaseView, role: str) -> bool:
    """A case that no unit assists in, or is consulted on, waits for none."""
    part = role.partition("@")[2]
    return part not in {"assisting", "consulted"} or any(
        one.part == part and one.ended_at is None for one in view.assignments
    )


def _name_role(view: CaseView, role: str) -> Words:
    bare, _, part = role.partition("@")
    title = ROLES.get(bare) or OUTSIDE.get(bare) or Words(bare)
    units = [one.unit for one in view.assignments if one.part == part and one.ended_at is None]
    if not units:
        return title
    zh, en = "、".join(unit.short for unit in units), ", ".join(unit.name_en or unit.short for unit in units)
    return Words(f"{zh}{title.zh}", f"{title.en} at {en}")


def list_ways_on(process: Process, stage: Stage) -> list[Move]:
    """The moves by which those who are awaited take the case out of this stage."""
    leaving = [move for move in process.moves.values() if stage.key in move.sources and move.to != STAY]
    awaited = [move for move in leaving if set(move.roles).intersection(stage.awaits)]
    return awaited or leaving


def _name_moves(process: Process, stage: Stage) -> Words:
    order = {step.key: at for at, step in enumerate(process.steps)}
    here = order[stage.step]

    def rank(move: Move) -> tuple[bool, bool, int]:
        steps = [order[process.stages[end].step] for end in move.ends(stage.key)]
        aside = stage.kind == "review" and not decides(move)
        return (
            aside,
            all(step <= here for step in steps),
            min((abs(step - here) for step in steps), default=0),
        )

    first = sorted(list_ways_on(process, stage), key=rank)[:2]
    zh, en = " / ".join(move.title.zh for move in first), " / ".join(move.title.tell("en") for move in first)
    return Words(zh or stage.title.zh, en or stage.title.tell("en"))


def _list_steps(view: CaseView, stage: Stage) -> Iterator[Ahead]:
    process = view.process
    at = next(index for index, step in enumerate(process.steps) if step.key == stage.step)
    running = [
        clock
        for clock in view.clocks
        if clock.stopped_at is None and clock.owner not in ASIDE and clock.paused_at is None
    ]
    begun: list[Step] = []
    for step in process.steps[at + 1 :]:
        stages = _list_stages(process, step)
        if not stages:
            continue
        ends = [
            clock
            for clock in running
            if clock.key in process.clocks and stages.intersection(process.clocks[clock.key].stops)
        ]
        running = [clock for clock in running if clock not in ends]
        main = max(ends, key=lambda clock: clock.main, default=None)
        yield Ahead(
            step.title, main.due_at if main else None, None if main else _say_later(view, step, begun)
        )
        begun.append(step)


def _list_stages(process: Process, step: Step) -> set[str]:
    """The stages of a step; of one that is an act alone, those that its moves lead to. 督办 leads nowhere."""
    own = {key for key, one in process.stages.items() if one.step == step.key}
    moves = [move for move in process.moves.values() if move.step == step.key and move.to != STAY]
    return own or {end for move in moves for source in move.sources for end in move.ends(source)}


def _say_later(view: CaseView, step: Step, begun: Sequence[Step]) -> Words | None:
    """测评：反馈后 5个工作日内, by a clock that a step before it will start; the main clock speaks first."""
    found = [
        (clock, start)
        for clock in view.process.clocks.values()
        for start in begun
        if _runs(view.process, clock, start, step)
    ]
    if not found:
        return None
    clock, start = max(found, key=lambda pair: (pair[0].main, begun.index(pair[1])))
    return WITHIN.fill(step=start.title, limit=_limit_of(view, clock).tell())


def _runs(process: Process, clock: Clock, start: Step, end: Step) -> bool:
    """Whether the clock begins in `start`, and `end` is the first step after it that can stop it."""
    if clock.owner in ASIDE or not _list_stages(process, start).intersection(clock.starts):
        return False
    later = process.steps[process.steps.index(start) + 1 :]
    return (
        next((step for step in later if _list_stages(process, step).intersection(clock.stops)), None) == end
    )


def _limit_of(view: CaseView, clock: Clock) -> Limit:
    own = load_limits().get((view.process.key, clock.key, view.case.grade))
    return Limit.parse(own) if own else clock.limit_for(view.case.grade)
