"""The icon and tone of every step of a timeline, by what the move did; no process is known by its key."""

from __future__ import annotations

from huiyin.journal.api import StoredEntry
from huiyin.process.api import STAY, Move

Sign = tuple[str, str]

_BY_EFFECT: dict[str, Sign] = {
    "close": ("circle-check", "green"),
    "next-round": ("rotate-ccw", "amber"),
    "rate": ("star", "blue"),
    "explain": ("gavel", "violet"),
    "show-way": ("scale", "grey"),
    "hang": ("circle-pause", "violet"),
    "extend": ("calendar-clock", "violet"),
    "rule": ("gavel", "violet"),
    "give-opinion": ("message-square", "blue"),
    "invite": ("users", "grey"),
    "return": ("corner-up-left", "amber"),
    "keep-unit": ("gavel", "grey"),
    "answer": ("message-circle", "brand"),
    "dispatch": ("send", "blue"),
    "sign": ("user-check", "green"),
    "assist-report": ("users", "blue"),
    "drop-assisting": ("user-x", "grey"),
    "ask": ("hourglass", "amber"),
    "withdraw-ask": ("corner-down-left", "grey"),
    "supervise": ("flag", "red"),
    "hurry": ("bell-ring", "amber"),
    "merge": ("git-merge", "grey"),
    "unmerge": ("split", "grey"),
    "name-cause": ("tag", "blue"),
    "accept": ("check", "green"),
    "regrade": ("tag", "grey"),
}
"""The first of a move's effects, in this order, gives its sign."""

OPENED: dict[str, Sign] = {
    "phone": ("phone", "grey"),
    "online": ("smartphone", "grey"),
    "counter": ("store", "grey"),
    "visit": ("briefcase", "grey"),
    "machine": ("download", "grey"),
    "inside": ("file-text", "grey"),
}
"""By the kind of the channel."""

WARNED: Sign = ("alarm-clock", "amber")
EXPIRED: Sign = ("triangle-alert", "red")
RECOUNTED: Sign = ("refresh-cw", "violet")
PLACED: Sign = ("map-pin", "blue")
REMOVED: Sign = ("eye-off", "grey")
NOTED: Sign = ("pencil", "grey")
UNKNOWN: Sign = ("circle-dot", "grey")


def choose_sign(move: Move, entry: StoredEntry) -> Sign:
    """What the step looks like: by its effects, else by who spoke to whom."""
    done = set(list_done(move, entry))
    for effect, sign in _BY_EFFECT.items():
        if effect in done:
            return sign
    if entry.body.get("role") == "person":
        return ("user", "grey")
    if entry.body.get("inputs", {}).get("reply"):
        return ("message-square", "brand")
    return NOTED if move.to == STAY else ("arrow-right", "blue")


def list_done(move: Move, entry: StoredEntry) -> tuple[str, ...]:
    """The effects that the move had: its own, and those of the way out that it took."""
    target = str(entry.body.get("to", ""))
    taken = next((branch.does for branch in move.branches if branch.to == target), ())
    return (*move.does, *taken)
