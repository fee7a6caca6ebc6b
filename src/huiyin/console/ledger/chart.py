"""A process as it is shown: steps in a row, the stages of each, and the moves that lead on from a stage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huiyin.kernel.words import Words
from huiyin.process.api import OUTSIDE, ROLES, Clock, Move, Process, Stage, Step
from huiyin.register.api import load_limits
from huiyin.workdays.api import Limit

_SCOPES = {
    "lead": Words("主办", "lead"),
    "assisting": Words("协办", "assisting"),
    "consulted": Words("会商", "consulted"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """A move out of a stage: where it may lead, and who may make it."""

    title: Words
    targets: Sequence[Words]
    who: Sequence[Words]
    asks: int
    stays: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A stage with what the person reads, whose turn it is, and the ways out."""

    key: str
    title: Words
    plain: Words
    kind: str
    first: bool
    awaits: Sequence[Words]
    ways: Sequence[Way]


@dataclass(frozen=True, slots=True)
class Column:
    """A step of the source with its stages; a step without any has the moves that belong to it."""

    title: Words
    nodes: Sequence[Node]
    ways: Sequence[Way] = ()


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A clock: whose it is, where it starts, stops, rests; each grade's limit, and if the county set it."""

    title: Words
    main: bool
    owner: Words
    starts: Sequence[Words]
    stops: Sequence[Words]
    pauses: Sequence[Words]
    warn: Sequence[int]
    limits: Sequence[tuple[Words, bool]]


_OWNERS = {
    "case": Words("工单", "Case"),
    "lead": Words("主办单位", "Lead unit"),
    "assisting": Words("协办单位", "Assisting unit"),
    "centre": Words("中心", "Centre"),
    "consulted": Words("会商单位", "Each consulted unit"),
    "right": Words("可以提出的时间，不是谁的时限", "A time to ask, nobody's limit"),
}


def make_columns(process: Process) -> list[Column]:
    """The steps in the file's order, each with its stages and their ways out; moves that stay come last."""
    return [_make_column(process, step) for step in process.steps]


def _make_column(process: Process, step: Step) -> Column:
    nodes = [_make_node(process, stage) for stage in process.stages.values() if stage.step == step.key]
    moves = [] if nodes else [move for move in process.moves.values() if move.step == step.key]
    return Column(step.title, nodes, [_make_way(process, move, "") for move in moves])


def _make_node(process: Process, stage: Stage) -> Node:
    moves = [move for move in process.moves.values() if stage.key in move.sources]
    ways = [_make_way(process, move, stage.key) for move in moves]
    return Node(
        stage.key,
        stage.title,
        stage.plain,
        stage.kind,
        stage.key == process.start,
        tell_roles(stage.awaits),
        sorted(ways, key=lambda way: way.stays),
    )


def _make_way(process: Process, move: Move, source: str) -> Way:
    ends = move.ends(source)
    titles = [process.get_stage(end).title for end in ends if end != source]
    return Way(move.title, titles, tell_roles(move.roles), len(move.asks), stays=set(ends) == {source})


def tell_roles(roles: Iterable[str]) -> list[Words]:
    """Roles as people say them: `handler@lead` is the handler of the lead unit."""
    told = []
    for role in roles:
        name, _, scope = role.partition("@")
        words = ROLES.get(name) or OUTSIDE.get(name) or Words(name, name)
        told.append(
            Words("{scope}{role}", "{role} ({scope})").fill(scope=_SCOPES[scope], role=words)
            if scope
            else words
        )
    return told


def make_clocks(process: Process) -> list[ClockLine]:
    """The clocks, the main one first, with the limits in force: the county's own over the file's."""
    own = load_limits()
    clocks = sorted(process.clocks.values(), key=lambda clock: not clock.main)
    return [_make_clock(process, clock, own) for clock in clocks]


def _make_clock(process: Process, clock: Clock, own: dict[tuple[str, str, str], str]) -> ClockLine:
    def titles(keys: Iterable[str]) -> list[Words]:
        return [process.get_stage(key).title for key in keys]

    limits = []
    for grade in process.grades:
        county = own.get((process.key, clock.key, grade))
        limits.append(
            ((Limit.parse(county) if county else clock.limit_for(grade)).tell(), county is not None)
        )
    return ClockLine(
        clock.title,
        clock.main,
        _OWNERS[clock.owner],
        titles(clock.starts),
        titles(clock.stops),
        titles(clock.pauses),
        [share // 10 for share in clock.warn],
        limits,
    )
