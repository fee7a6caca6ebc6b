"""Which move somebody of the demo county makes next, and what they type for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from huiyin.app.demo.requests import habits
from huiyin.app.demo.requests.writing import Written
from huiyin.cases.api import Case
from huiyin.process.api import INPUTS, Move, Process
from huiyin.register.api import list_duties_for, list_lawful_ways


@dataclass(slots=True)
class Thread:
    """One case on its way. It is drawn towards the stage at which it comes to rest, if one is named."""

    number: str
    written: Written
    slow: bool
    rests_at: str = ""
    made: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Scene:
    """A case at a moment: its process, and the units that assist in it or are consulted."""

    case: Case
    process: Process
    assisting: list[int]
    consulted: list[int]
    at: datetime


class Chooser:
    """Draws moves and inputs by one seeded chance."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._ways = [way.key for way in list_lawful_ways()]

    def choose_move(self, scene: Scene, thread: Thread) -> Move | None:
        """A move that the case's state allows, drawn by its weight; None when there is none."""
        moves = [move for move in scene.process.moves.values() if _is_open(move, scene, thread)]
        weights = [
            habits.WEIGHTS[move.key] * (40 if thread.rests_at in move.ends(scene.case.stage) else 1)
            for move in moves
        ]
        return self._rng.choices(moves, weights)[0] if moves else None

    def fill_in(self, scene: Scene, move: Move, thread: Thread) -> dict[str, Any] | None:
        """The inputs of the move; None when one that is required cannot be given."""
        inputs: dict[str, Any] = {}
        for ask in move.asks:
            value = self._fill_one(scene, move, thread, ask.key)
            if value is not None:
                inputs[ask.key] = value
            elif ask.required:
                return None
        return inputs

    def _fill_one(self, scene: Scene, move: Move, thread: Thread, key: str) -> Any:
        kind = INPUTS[key].kind
        if kind in {"unit", "units"}:
            return self._choose_units(kind, scene)
        if kind == "clause":
            return self._cite(scene, move)
        if kind == "limit":
            return str(self._rng.choice(scene.process.extensions)) if scene.process.extensions else None
        if kind == "way":
            return self._rng.choice(self._ways)
        if kind == "case":
            return _find_leader(scene.case)
        content = thread.rests_at not in {"reopened", "board-review"}
        return habits.fill_in(
            self._rng, key, kind, move.key, thread.written, scene.at.date(), content=content
        )

    def _cite(self, scene: Scene, move: Move) -> str | None:
        """The clause by which the unit was given the case, or now and then one that is not on the list."""
        if move.key != "ask_return" or scene.case.category_id is None:
            return None
        duties = list_duties_for(scene.case.category_id, scene.case.area_id, scene.at.date())
        own = [duty.clause for duty in duties if duty.unit_id == scene.case.lead_id]
        return own[0] if own and self._rng.random() < 0.7 else habits.UNLISTED_CLAUSE

    def _choose_units(self, kind: str, scene: Scene) -> Any:
        if scene.case.category_id is None:
            return None
        duties = list_duties_for(scene.case.category_id, scene.case.area_id, scene.at.date())
        leads = [duty.unit_id for duty in duties if duty.part == "lead"]
        if kind == "unit":
            return leads[0] if leads else None
        helpers = [
            duty.unit_id for duty in duties if duty.part == "assisting" and duty.unit_id not in leads[:1]
        ]
        return helpers[:1] if helpers and self._rng.random() < 0.35 else None


def guess_next(process: Process, stage: str) -> str:
    """The likeliest move from a stage: how long it lets wait is how long the case rests."""
    weights = {
        move.key: habits.WEIGHTS.get(move.key, 0) for move in process.moves.values() if stage in move.sources
    }
    return max(weights, key=lambda key: weights[key], default="accept")


def _is_open(move: Move, scene: Scene, thread: Thread) -> bool:
    """Whether the move is made at all here: guards that would surely refuse it are minded beforehand."""
    case = scene.case
    if case.stage not in move.sources or not habits.WEIGHTS.get(move.key):
        return False
    if thread.made[move.key] >= habits.AT_MOST.get(move.key, 99):
        return False
    surely_refused = {
        "rounds-spent": case.round <= scene.process.rounds,
        "assisting-done": bool(scene.assisting),
        "extension-left": case.extensions > 0,
        "before-due": case.due_at is None or case.due_at < scene.at,
        "opinions-in": bool(scene.consulted),
        "not-ruled": bool(case.ruling),
        "calls-tried": thread.made["callback"] < scene.process.calls,
    }
    if any(surely_refused.get(guard) for guard in move.needs):
        return False
    if "give-opinion" in move.does:
        return bool(scene.consulted)
    return bool(scene.assisting) or any(not role.endswith("@assisting") for role in move.roles)


def _find_leader(case: Case) -> str | None:
    """An open case of the same category and township that this one may join."""
    if case.category_id is None:
        return None
    same = Case.objects.filter(
        category_id=case.category_id, township_id=case.township_id, closed_at__isnull=True,
        answered_at__isnull=True, group__isnull=True, pk__lt=case.pk,
    )  # fmt: skip
    return same.order_by("-id").values_list("number", flat=True).first()
