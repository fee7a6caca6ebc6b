"""Whatever anybody tries on any shipped process: it is done whole, or refused."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from huiyin.cases.api import PERSON, SYSTEM, list_processes
from huiyin.journal.api import verify
from huiyin.kernel.refusals import Refusal
from huiyin.process.api import INPUTS, list_moves, list_shipped
from huiyin.register.models import LawfulWay

ROLES = """
linxiao hemin songyu guoheng xiaanning maqing chengmo luzhengping fangzheng zhongshu jingyi ruanqin tianxin
tanxue zhaomingde gezhendong xiayuxin luoting guanxu
""".split()  # noqa: SIM905  a list of so many words is read best as a line
STEPS = 50
CLERKS = {"intake", "dispatcher", "handler", "centre", "steward", "visitor", "window"}
WALKED = [process for process in list_shipped() if CLERKS.intersection(process.opens)]
"""Processes that the clerks of these tests open; those of the village economy are walked beside it."""


class Walker:
    """Makes random moves, mostly sensible ones, with random inputs, mostly sensible ones."""

    def __init__(self, desk, process, seed):
        self.desk, self.process, self.random = desk, process, random.Random(seed)  # noqa: S311  the same walk every time
        self.everybody = [*(desk.acting(login) for login in ROLES), PERSON, SYSTEM]
        self.ways = list(LawfulWay.objects.values_list("pk", flat=True))
        self.refusals = []
        self.numbers = [self.open() for _ in range(3)]

    def open(self):
        by = next(one for one in ("linxiao", "ruanqin", "tianxin", "hemin") if self._opens(one))
        told = {"process": self.process.key, "kind": self.process.kind}
        return self.desk.open(by=by, channel="hotline", **told)

    def _opens(self, login):
        return {post.role for post in self.desk.acting(login).posts} & set(self.process.opens)

    def inputs(self, move, number):
        found = {}
        for ask in move.asks:
            if ask.required or self.random.random() < 0.5:
                found[ask.key] = self.value(INPUTS[ask.key].kind, number)
        if self.random.random() < 0.05:
            found[self.random.choice(list(INPUTS))] = self.random.choice(
                [None, "", [], -1, True, 3.5, "\ud800\x00", {}, [{}], 2**70]
            )
        return found

    def value(self, kind, number):
        pick, desk = self.random.choice, self.desk
        return {
            "text": lambda: pick(["已经修好", "字" * 9, " ", "{title}\x00"]),
            "line": lambda: "目录第1.1.6条",
            "clause": lambda: "目录第1.1.6条",
            "unit": lambda: desk.units[pick(["water", "water", "water-affairs", "housing"])],
            "units": lambda: [desk.units[pick(["water-affairs", "water", "housing"])]],
            "category": lambda: desk.categories["010106"],
            "grade": lambda: pick([*self.process.grades, "none"]),
            "yes-no": lambda: pick([True, False]),
            "five": lambda: pick([1, 2, 3, 4, 5, 5, 6]),
            "files": lambda: [desk.give_file(number)],
            "limit": lambda: pick(["5wd", "10wd", "99wd"]),
            "date": lambda: desk.now.date() + timedelta(days=pick([-1, 5, 20])),
            "case": lambda: pick(self.numbers),
            "cause": lambda: "材料不全",
            "way": lambda: pick(self.ways),
        }[kind]()

    def step(self):
        """One attempt on one case; whether it was done."""
        number = self.random.choice(self.numbers)
        case = self.desk.case(number)
        moves = list(self.process.moves.values())
        if self.random.random() < 0.9:
            moves = [move for move in moves if case.stage in move.sources] or moves
        if self.random.random() < 0.8:
            moves = [move for move in moves if move.key not in {"withdraw", "show_way"}] or moves
        move = self.random.choice(moves)
        self.desk.later(minutes=self.random.choice([1, 30, 600, 3000]))
        willing = [
            one for one in self.everybody if move in list_moves(self.process, case.stage, _roles(one, case))
        ]
        acting = self.random.choice(willing if willing and self.random.random() < 0.9 else self.everybody)
        try:
            self.desk.move(number, move.key, acting, **self.inputs(move, number))
        except Refusal as refusal:
            self.refusals.append(refusal)
            return False
        return True


def _roles(acting, case):
    from huiyin.cases.facts import make_actor
    from huiyin.cases.values import AssignmentState

    parts = [
        AssignmentState(part.unit_id, part.part, part.round, part.dispatched_at, ended_at=part.ended_at)
        for part in case.assignments.all()
    ]
    return make_actor(acting, parts).roles


def check(desk, process, number):
    """What must hold of every case at any time."""
    case, entries = desk.case(number), desk.entries(number)
    moves = [entry.body["to"] for entry in entries if "to" in entry.body]
    assert case.stage == moves[-1]
    assert case.stage_kind == process.stages[case.stage].kind
    assert case.version == len(moves)
    open_leads = [part for part in case.assignments.all() if part.part == "lead" and part.ended_at is None]
    assert len(open_leads) <= 1
    assert [part.unit_id for part in open_leads] == (
        [case.lead_id] if case.lead_id and not case.closed_at else []
    )
    running = [clock for clock in case.clocks.all() if clock.stopped_at is None]
    keys = [clock.key for clock in running if clock.owner not in {"assisting", "consulted"}]
    assert len(keys) == len(set(keys)), "one clock runs twice"
    assert (case.stage_kind == "closed") == (case.closed_at is not None)
    if case.closed_at is not None:
        assert running == []
        assert case.asked is None
    elif open_leads:
        assert case.due_at is not None
        assert case.due_from <= case.due_at
    assert (case.hung_until is None) or case.stage == "hung"
    for clock in case.clocks.all():
        assert (clock.stopped_at is None) == (clock.outcome == "running")
        assert all(pause["until"] for pause in clock.pauses) or clock.paused_at
    if case.group_id:
        assert case.members == 0
        assert case.group.group_id is None
    assert case.round == 1 + sum(
        rating.solved is not None and entry_of(entries, rating) for rating in case.ratings.all()
    )


def entry_of(entries, rating):
    """Whether the move that brought this rating led back into the loop."""
    rated = [
        entry
        for entry in entries
        if entry.at == rating.rated_at and entry.body.get("move") in {"callback", "evaluate"}
    ]
    return rated[0].body["to"] in {"reopened", "to-dispatch", "sorted", "triaged", "ordered"}


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("process", WALKED, ids=lambda process: process.key)
def test_random_attempts_are_done_whole_or_refused(desk, process, seed):
    walker = Walker(desk, process, seed)
    done = 0
    for _ in range(STEPS):
        done += walker.step()
        if done % 10 == 9 and len(walker.numbers) < 6:
            walker.numbers.append(walker.open())
    for number in walker.numbers:
        check(desk, process, number)
    assert all(refusal.words.zh and refusal.words.en for refusal in walker.refusals)
    assert done > STEPS / 5, "the walk hardly moved"
    assert verify([f"case:{number}" for number in walker.numbers]).findings == []


def test_every_shipped_process_is_walked(desk):
    assert {process.key for process in list_processes()} == {process.key for process in list_shipped()}
