"""How likely each move is, how long it takes, and what is typed for it, when the demo county acts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from huiyin.app.demo.requests.writing import Written, word_answer

WEIGHTS: Mapping[str, int] = {
    "accept": 80, "answer_at_once": 10, "show_way": 4, "merge": 12, "dispatch": 60, "sign": 100,
    "ask_return": 5, "accept_return": 75, "refuse_return": 25, "progress": 30, "assist_report": 60,
    "ask_person": 4, "supply": 70, "resume": 10, "ask_extension": 6, "endorse_extension": 90,
    "grant_extension": 85, "refuse_extension": 10, "ask_hanging": 2, "hang": 70, "refuse_hanging": 30,
    "answer": 45, "close": 92, "rework": 6, "callback": 80, "evaluate": 25, "archive": 6, "to_board": 300,
    "explain": 80, "back_from_board": 20, "hurry": 4, "supervise": 2, "add_words": 3, "withdraw": 1,
    "name_cause": 100, "settle": 20, "strike_off": 100, "feedback": 100, "ask_grade": 8, "refuse_grade": 15,
    "give_opinion": 60, "rule": 90,
}  # fmt: skip
"""Of the moves that are open at a stage, one is drawn by these weights; one not named is not made."""

_HOURS: Mapping[str, tuple[int, int]] = {
    "accept": (0, 2), "answer_at_once": (0, 1), "dispatch": (0, 5), "sign": (0, 9), "progress": (3, 30),
    "assist_report": (4, 30), "answer": (8, 60), "close": (1, 8), "callback": (3, 40), "evaluate": (1, 30),
    "give_opinion": (2, 14), "rule": (2, 9), "ask_return": (1, 4),
    "supply": (4, 50), "hurry": (8, 40), "resume": (24, 90),
}  # fmt: skip
"""Between how many hours a move comes after the one before."""

AT_MOST: Mapping[str, int] = {
    "ask_return": 2, "give_opinion": 2, "progress": 2, "hurry": 2, "supervise": 1, "add_words": 1,
    "ask_person": 1,
}  # fmt: skip

REST: tuple[str, ...] = (
    "return-review", "awaiting-person", "extension-head", "extension-centre", "hang-review", "hung",
    "answered", "result-review", "unreached", "reopened", "board-review", "merged", "dispatched",
    "handling", "finished", "evaluated", "grade-review", "told", "tracing", "to-dispatch", "triaged",
    "sorted",
)  # fmt: skip
"""Stages at which some of the recent matters come to rest, so that every state can be seen."""

_CAUSES = ("材料不全", "部门推诿", "系统故障", "政策不明")
UNLISTED_CLAUSE = "上次协调会会议纪要第三项"
_WORDS: Mapping[str, str] = {
    "note": "请按时限办理，并与诉求人保持联系。",
    "reason": "需要现场核实并协调相关单位。",
    "opinion": "职责清单没有写清，建议由先接到的单位主办，本单位配合。",
    "words": "情况和上次说的一样，请尽快处理。",
    "remedy": "可以依法申请行政复议、提起诉讼，或到县人民来访接待中心反映。",
}

_REASONS: Mapping[str, str] = {
    "ask_return": "这件事按清单不属于本单位职责，建议改派有管理权限的单位。",
    "refuse_return": "派单目录已经列明由你单位主办，请继续办理。",
    "rule": "按派单目录和会商意见，由有管理权限的单位主办，其他单位配合。",
}


def wait_for(rng: Random, move: str, *, slow: bool) -> timedelta:
    """How long the move lets wait; slow units take two and a half times as long."""
    low, high = _HOURS.get(move, (1, 9))
    minutes = rng.randint(low * 60 + 5, high * 60)
    return timedelta(
        minutes=minutes * 5 // 2 if slow and move in {"sign", "progress", "answer", "close"} else minutes
    )


def fill_in(
    rng: Random, key: str, kind: str, move: str, written: Written, now: date, *, content: bool
) -> Any:
    """What is typed for one input of a move; None leaves it empty. Without `content` nothing is solved."""
    if kind in {"text", "line"}:
        return _write(rng, key, move, written, now)
    if kind == "yes-no":
        return {
            "reached": rng.random() < 0.9,
            "solved": content and rng.random() < 0.93,
            "understood": rng.random() < 0.3,
        }.get(key)
    return {
        "five": lambda: rng.choices((5, 4, 3, 2, 1), (55, 28, 9, 5, 3))[0],
        "date": lambda: now + timedelta(days=rng.randint(20, 60)),
        "cause": lambda: rng.choice(_CAUSES),
    }.get(kind, lambda: None)()


def _write(rng: Random, key: str, move: str, written: Written, now: date) -> str | None:
    if key == "reply":
        final = move in {"answer", "answer_at_once", "feedback", "explain", "settle"}
        return word_answer(written, now) if final else written.progress
    if key == "note" and rng.random() < 0.7:
        return None
    if key == "reason":
        return _REASONS.get(move, _WORDS[key])
    return _WORDS.get(key)
