"""How registering may end: accepted, answered, shown the lawful way, merged, dispatched, or only noted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from huiyin.kernel.words import Words
from huiyin.people.api import list_units
from huiyin.process.api import Process, list_moves
from huiyin.register.api import list_duties_for

ONLY = "open"


@dataclass(frozen=True, slots=True)
class Ending:
    """One way to end: its key in the form, the move that follows registering (none for `open`), its title."""

    key: str
    title: Words
    hint: Words


_TITLES: dict[str, tuple[Words, Words]] = {
    "accept": (
        Words("登记并受理", "Register and accept"),
        Words("转给派单员", "To a dispatcher"),
    ),
    "answer_at_once": (
        Words("即时答复", "Answer at once"),
        Words("当场说清，等回访", "Settled; called back later"),
    ),
    "show_way": (
        Words("告知法定途径", "Show the lawful way"),
        Words("诉讼、信访等不派单", "Courts, petitions: not dispatched"),
    ),
    "merge": (
        Words("并入已有工单", "Merge into a case"),
        Words("办好一起答复", "Answered together"),
    ),
    "dispatch": (
        Words("登记并派单", "Register and dispatch"),
        Words("直接交单位", "Straight to the unit"),
    ),
    ONLY: (Words("只登记", "Only register"), Words("由别人受理", "Somebody else accepts")),
}
"""The endings in the order of their keys: Alt+1, Alt+2, …"""


def list_endings(process: Process, roles: Iterable[str]) -> list[Ending]:
    """The endings that the roles allow in the first stage of the process; the first is the usual one."""
    allowed = {move.key for move in list_moves(process, process.start, frozenset(roles))} | {ONLY}
    return [Ending(key, *words) for key, words in _TITLES.items() if key in allowed]


def choose_ending(wanted: str, endings: Iterable[Ending]) -> Ending:
    """The ending asked for; the usual one when it is not on offer."""
    offered = list(endings)
    usual = next(
        (one for one in offered if one.key not in {"answer_at_once", "show_way", "merge"}), offered[0]
    )
    return next((one for one in offered if one.key == wanted), usual)


def make_inputs(key: str, process: Process, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What the ending's move is told, of all that was typed: only what the move asks for."""
    asked = {ask.key for ask in process.get_move(key).asks}
    inputs = {
        name: typed.get(name) for name in asked & {"reply", "way", "into", "lead", "reason", "designate"}
    }
    if key == "dispatch":
        inputs["category"] = typed.get("category")
    return {name: value for name, value in inputs.items() if value not in {None, "", False}}


def list_leads(
    category_id: int | None, area_id: int | None, on: date
) -> list[tuple[Words, list[tuple[str, Words]]]]:
    """Units as grouped options: those on the register for the matter, with clauses, then the others."""
    duties = list_duties_for(category_id, area_id, on) if category_id else []
    listed: dict[int, Words] = {}
    for duty in duties:
        if duty.part == "lead":
            words = Words("{unit}（{clause}）", "{unit} ({clause})").fill(unit=duty.unit, clause=duty.clause)
            listed.setdefault(duty.unit_id, words)
    others = [(str(unit.pk), unit.called) for unit in list_units() if unit.pk not in listed]
    on_list = [(str(unit_id), words) for unit_id, words in listed.items()]
    off = Words("清单之外（须指定并写明理由）", "Off the list (designate, with a reason)")
    groups = [(Words("派单目录", "On the register"), on_list)] if on_list else []
    return [*groups, (off, others)]
