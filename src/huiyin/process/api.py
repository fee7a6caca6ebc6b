"""The door of the engine."""

from huiyin.process.checking import check_process
from huiyin.process.clocks import ClockPlan, Running, plan_clocks, plan_start
from huiyin.process.definition import STAY, Ask, Branch, Clock, Move, Process, Stage, Step
from huiyin.process.drawing import draw_process
from huiyin.process.effects import EFFECTS
from huiyin.process.engine import Decision, decide, list_moves
from huiyin.process.facts import NOBODY_NAMED, Actor, Facts, Listed, Standing
from huiyin.process.parts import Misshapen
from huiyin.process.reading import LARGEST, read_process
from huiyin.process.shipped import list_shipped, shipped_texts
from huiyin.process.vocabulary import (
    ANSWERED,
    ASIDE,
    INPUTS,
    OUTSIDE,
    RIGHT,
    ROLES,
    SCOPES,
    SILENCES,
    TOLD,
    Input,
)

__all__ = [
    "ANSWERED",
    "ASIDE",
    "EFFECTS",
    "INPUTS",
    "LARGEST",
    "NOBODY_NAMED",
    "OUTSIDE",
    "RIGHT",
    "ROLES",
    "SCOPES",
    "SILENCES",
    "STAY",
    "TOLD",
    "Actor",
    "Ask",
    "Branch",
    "Clock",
    "ClockPlan",
    "Decision",
    "Facts",
    "Input",
    "Listed",
    "Misshapen",
    "Move",
    "Process",
    "Running",
    "Stage",
    "Standing",
    "Step",
    "check_process",
    "decide",
    "draw_process",
    "list_moves",
    "list_shipped",
    "plan_clocks",
    "plan_start",
    "read_process",
    "shipped_texts",
]
