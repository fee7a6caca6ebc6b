"""Clocks start, pause, resume and stop with the stages, whatever way a case takes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.process.api import ClockPlan, Process, Running, list_shipped, plan_clocks, plan_start

BY_KEY = {process.key: process for process in list_shipped()}
HOTLINE = BY_KEY["hotline"]


class Ticking:
    """The clocks of one case, kept as `cases` keeps them; a plan that cannot be carried out is an error."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.stage = process.start
        self.clocks: dict[str, bool] = {}
        self.carry_out(plan_start(process))

    def move(self, to: str, *, anew: bool = True) -> ClockPlan:
        running = [Running(key, paused) for key, paused in self.clocks.items()]
        plan = plan_clocks(self.process, self.stage, to, running, anew=anew)
        self.stage = to
        self.carry_out(plan)
        return plan

    def carry_out(self, plan: ClockPlan) -> None:
        for key in plan.stop:
            assert key in self.clocks, f"{key} stopped twice"
            del self.clocks[key]
        for key in plan.pause:
            assert self.clocks[key] is False, f"{key} paused twice"
            self.clocks[key] = True
        for key in plan.resume:
            assert self.clocks[key] is True, f"{key} resumed without a pause"
            self.clocks[key] = False
        for key in plan.start:
            assert key not in self.clocks, f"{key} would run twice"
            self.clocks[key] = False


def test_the_acceptance_clock_runs_from_the_opening():
    assert plan_start(HOTLINE) == ClockPlan(start=("accept",))


def test_a_dispatch_starts_the_clocks_of_the_units():
    case = Ticking(HOTLINE)
    assert case.move("to-dispatch") == ClockPlan(start=("dispatch",), stop=("accept",))
    plan = case.move("dispatched")
    assert set(plan.start) == {"sign", "handle", "assist", "return-window"}
    assert plan.stop == ("dispatch",)


def test_waiting_for_the_person_pauses_the_handling_clock():
    case = Ticking(HOTLINE)
    for stage in ("to-dispatch", "dispatched", "handling"):
        case.move(stage)
    assert "handle" in case.move("awaiting-person").pause
    assert case.clocks["handle"]
    assert "handle" in case.move("handling").resume


def test_asking_for_more_time_does_not_stop_the_clock():
    case = Ticking(HOTLINE)
    for stage in ("to-dispatch", "dispatched", "handling", "extension-head", "extension-centre"):
        case.move(stage)
    assert case.clocks["handle"] is False


def test_staying_in_a_stage_changes_no_clock():
    running = [Running("sign"), Running("handle")]
    assert plan_clocks(HOTLINE, "dispatched", "dispatched", running) == ClockPlan()


def test_another_unit_given_an_unsigned_case_has_its_whole_limit_to_sign():
    running = [Running("sign"), Running("handle")]
    plan = plan_clocks(HOTLINE, "dispatched", "dispatched", running, anew=True)
    assert {"sign", "return-window"} <= set(plan.start)
    assert plan.stop == ("sign",)


def test_what_the_person_was_promised_runs_on_through_a_return_and_another_dispatch():
    case = Ticking(HOTLINE)
    for stage in ("to-dispatch", "dispatched", "return-review", "to-dispatch", "dispatched", "consultation"):
        plan = case.move(stage)
        assert "handle" not in plan.stop
    assert case.clocks["handle"] is False
    assert {"opinion", "ruling"} <= case.clocks.keys()


def test_another_round_starts_the_handling_clock_anew():
    case = Ticking(HOTLINE)
    for stage in ("to-dispatch", "dispatched", "handling", "answered", "finished"):
        case.move(stage)
    assert "handle" not in case.clocks
    case.move("reopened")
    assert case.clocks == {"sign": False, "handle": False}


def test_the_stuck_desk_is_timed_from_the_report_to_the_answer():
    case = Ticking(BY_KEY["stuck"])
    assert case.clocks == {"answer": False, "trace": False}
    for stage in ("tracing", "to-dispatch", "dispatched", "handling", "answered"):
        case.move(stage)
    assert "answer" in case.clocks
    case.move("finished")
    assert "answer" not in case.clocks


@pytest.mark.parametrize("process", list_shipped(), ids=lambda process: process.key)
@settings(max_examples=60, deadline=None)
@given(choices=st.lists(st.integers(0, 10_000), max_size=40))
def test_whatever_way_a_case_takes_its_clocks_keep_order(process, choices):
    """None runs twice, pauses and resumptions alternate, and nothing runs once the case is closed."""
    case = Ticking(process)
    for choice in choices:
        exits = [
            (to, to != "=")
            for move in process.moves.values()
            if case.stage in move.sources
            for to, _does in move.exits()
        ]
        if not exits:
            break
        to, anew = exits[choice % len(exits)]
        case.move(to if anew else case.stage, anew=anew)
    for key, paused in case.clocks.items():
        assert paused == (case.stage in process.clocks[key].pauses)
    if process.stages[case.stage].kind == "closed":
        assert case.clocks == {}
