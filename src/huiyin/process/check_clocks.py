"""Says what is wrong with the clocks of a process."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.kernel.words import Words
from huiyin.process.definition import Clock, Process
from huiyin.process.vocabulary import OWNERS, RIGHT, ROLES
from huiyin.process.walking import find_reach


def check_clocks(process: Process) -> Iterator[Words]:
    """Every fault of every clock, in the order of the file."""
    if sum(clock.main for clock in process.clocks.values()) != 1:
        yield Words("须有且只有一个主时限（main = true）", "exactly one clock must be main")
    for clock in process.clocks.values():
        yield from _check_stages(process, clock)
        yield from _check_limits(process, clock)
        yield from _check_stops(process, clock)


def _fault(clock: Clock, zh: str, en: str) -> Words:
    return Words(f"时限“{clock.key}”{zh}", f"clock “{clock.key}” {en}")


def _check_stages(process: Process, clock: Clock) -> Iterator[Words]:
    for stage in sorted({*clock.starts, *clock.stops, *clock.pauses} - set(process.stages)):
        yield _fault(clock, f"提到不存在的环节“{stage}”", f"names “{stage}”, which is no stage")
    if not clock.starts:
        yield _fault(clock, "从不开始", "never starts")
    if clock.owner not in OWNERS:
        yield _fault(clock, f"的归属“{clock.owner}”未知", f"has the unknown owner “{clock.owner}”")
    if clock.main and clock.owner == RIGHT:
        yield _fault(clock, "是提出权利的期限，不能作主时限", "is a time to ask and cannot be main")
    for role in clock.escalates:
        if role not in ROLES:
            yield _fault(clock, f"到期要报的岗位“{role}”未知", f"escalates to “{role}”, which is no role")
    starts, stops, pauses = set(clock.starts), set(clock.stops), set(clock.pauses)
    for stage in sorted((starts & stops) | (starts & pauses) | (stops & pauses)):
        yield _fault(clock, f"在环节“{stage}”自相矛盾", f"is told two things at stage “{stage}”")
    for stage in sorted(starts | pauses):
        if stage in process.stages and process.stages[stage].kind == "closed":
            yield _fault(clock, f"在办结环节“{stage}”还要走", f"would run on in the closed stage “{stage}”")


def _check_limits(process: Process, clock: Clock) -> Iterator[Words]:
    for grade in process.grades:
        if grade not in clock.limits and "other" not in clock.limits:
            yield _fault(clock, f"没有等级“{grade}”的限期", f"has no limit for grade “{grade}”")
    for grade in clock.limits:
        if grade not in process.grades and grade != "other":
            yield _fault(
                clock, f"给不存在的等级“{grade}”定了限期", f"has a limit for “{grade}”, which is no grade"
            )


def _check_stops(process: Process, clock: Clock) -> Iterator[Words]:
    """Walk on from where the clock starts, never past where it stops: no closed stage may come up."""
    loose: set[str] = set()
    for start in clock.starts:
        if start in process.stages:
            loose |= find_reach(process, start, beyond=lambda stage: stage not in clock.stops)
    for stage in sorted(loose - {*clock.stops, *clock.starts}):
        if stage in process.stages and process.stages[stage].kind == "closed":
            yield _fault(clock, f"到办结环节“{stage}”仍不停", f"never stops on the way to “{stage}”")
