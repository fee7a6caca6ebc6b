"""Says what is wrong with a process before any case runs on it."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.kernel.words import Words
from huiyin.process.check_clocks import check_clocks
from huiyin.process.check_moves import check_moves
from huiyin.process.definition import Move, Process, Stage
from huiyin.process.vocabulary import OUTSIDE, ROLES, SILENCES, STAGE_KINDS
from huiyin.process.walking import find_reach


def check_process(process: Process) -> list[Words]:
    """Every fault of the process, in plain words; an empty list means that cases can run on it."""
    return [
        *_check_frame(process),
        *_check_stages(process),
        *check_moves(process),
        *check_clocks(process),
        *_check_reach(process),
    ]


def _check_frame(process: Process) -> Iterator[Words]:
    if process.start not in process.stages:
        yield Words(f"起始环节“{process.start}”不存在", f"start stage “{process.start}” does not exist")
    if not process.grades:
        yield Words("至少要有一个等级", "at least one grade is needed")
    if not any(stage.kind == "closed" for stage in process.stages.values()):
        yield Words("没有办结环节", "no stage is closed: a case could never end")
    if not process.opens:
        yield Words("没有岗位可以登记", "nobody may open a case")
    if process.silence not in SILENCES:
        yield Words(f"“silence”的写法“{process.silence}”未知", f"“silence”: unknown “{process.silence}”")
    for role in process.opens:
        if role not in ROLES and role not in OUTSIDE:
            yield Words(f"“opens”中的岗位“{role}”未知", f"“opens”: unknown role “{role}”")


def _check_stages(process: Process) -> Iterator[Words]:
    steps = {step.key for step in process.steps}
    for key, stage in process.stages.items():
        if stage.kind not in STAGE_KINDS:
            yield Words(f"环节“{key}”的类型“{stage.kind}”未知", f"stage “{key}”: unknown kind “{stage.kind}”")
        if stage.step not in steps:
            yield Words(f"环节“{key}”的步骤“{stage.step}”不存在", f"stage “{key}”: no step “{stage.step}”")
        yield from _check_awaits(process, stage)
    used = {stage.step for stage in process.stages.values()} | {move.step for move in process.moves.values()}
    for step in sorted(steps - used):
        yield Words(f"步骤“{step}”没有环节也没有动作", f"step “{step}” has neither stage nor move")


def _check_awaits(process: Process, stage: Stage) -> Iterator[Words]:
    """Whoever is awaited finds the case on the list of what to do, and so must have a move that counts."""
    if stage.kind in {"open", "review"} and not stage.awaits:
        yield Words(f"环节“{stage.key}”没有写明等谁（awaits）", f"stage “{stage.key}” awaits nobody")
    if stage.kind == "closed" and stage.awaits:
        yield Words(f"办结环节“{stage.key}”还在等人", f"closed stage “{stage.key}” awaits somebody")
    for role in stage.awaits:
        if not any(_moves_on(move, stage.key) for move in process.moves.values() if role in move.roles):
            yield Words(
                f"环节“{stage.key}”等“{role}”，但那里没有“{role}”能做的动作",
                f"stage “{stage.key}” awaits “{role}”, who can do nothing there",
            )


def _moves_on(move: Move, stage: str) -> bool:
    return stage in move.sources and (bool(move.does) or move.ends(stage) != (stage,))


def _check_reach(process: Process) -> Iterator[Words]:
    if process.start not in process.stages:
        return
    reached = find_reach(process, process.start)
    for key, stage in process.stages.items():
        if key not in reached:
            yield Words(f"环节“{key}”到不了", f"stage “{key}” cannot be reached")
        elif stage.kind != "closed":
            yield from _check_way_out(process, key)


def _check_way_out(process: Process, key: str) -> Iterator[Words]:
    if not _can_end(process, find_reach(process, key)):
        yield Words(f"从环节“{key}”走不到办结", f"from stage “{key}” no closed stage can be reached")
    elif not _can_end(process, find_reach(process, key, by=_is_ours)):
        yield Words(
            f"环节“{key}”全凭诉求人：没有工作人员或系统能推到办结",
            f"stage “{key}” hangs on the person: neither staff nor the system can bring it to an end",
        )


def _can_end(process: Process, ends: set[str]) -> bool:
    return any(process.stages[end].kind == "closed" for end in ends if end in process.stages)


def _is_ours(move: Move) -> bool:
    return set(move.roles) != {"person"}
