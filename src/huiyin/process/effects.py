"""The names of what a move can do besides changing the stage, with the inputs that each cannot do without."""

from __future__ import annotations

EFFECTS: dict[str, frozenset[str]] = {
    "accept": frozenset(),
    "dispatch": frozenset({"lead"}),
    "place": frozenset({"lead"}),
    "ask-opinion": frozenset({"consulted"}),
    "opine": frozenset(),
    "regrade": frozenset({"grade"}),
    "sign": frozenset(),
    "assist-report": frozenset({"reply"}),
    "drop-assisting": frozenset(),
    "ask": frozenset(),
    "withdraw-ask": frozenset(),
    "return": frozenset({"clause"}),
    "keep-unit": frozenset(),
    "consult": frozenset({"clause"}),
    "invite": frozenset({"invited"}),
    "give-opinion": frozenset({"opinion"}),
    "rule": frozenset({"lead", "reason"}),
    "extend": frozenset({"extra"}),
    "hang": frozenset({"review_on"}),
    "answer": frozenset({"reply"}),
    "rate": frozenset({"solved"}),
    "next-round": frozenset(),
    "close": frozenset(),
    "hurry": frozenset(),
    "supervise": frozenset(),
    "merge": frozenset({"into"}),
    "unmerge": frozenset(),
    "show-way": frozenset({"way"}),
    "explain": frozenset({"reply", "remedy"}),
    "name-cause": frozenset({"cause"}),
}
"""Carried out by `cases`; a process file may name no other.

An input that an effect needs is asked by the move itself or came with the request that the move decides on.
"""
