"""The forms of the moves that a person may make, asked in plain words."""

from __future__ import annotations

from datetime import datetime

from huiyin.appeals.api import Tracked
from huiyin.kernel.words import Words
from huiyin.pages.api import say_moment
from huiyin.portal.hurries import HURRY
from huiyin.portal.values import AskField, MoveForm, TypedMove
from huiyin.process.api import INPUTS, STAY, Ask, Move

WITHDRAW = "withdraw"
_NONE = Words("")

GRADES = (
    ("5", Words("非常满意", "Very satisfied")),
    ("4", Words("满意", "Satisfied")),
    ("3", Words("基本满意", "Fairly satisfied")),
    ("2", Words("不满意", "Dissatisfied")),
    ("1", Words("非常不满意", "Very dissatisfied")),
)
"""The five grades of GB/T 39735."""

_YES_NO = {
    "solved": (Words("解决了", "Solved"), Words("没解决", "Not solved")),
    "understood": (Words("能理解", "I understand"), Words("不能理解", "I do not")),
    "": (Words("是", "Yes"), Words("否", "No")),
}
_TITLES: dict[tuple[str, str], Words] = {
    ("evaluate", "solved"): Words("问题解决了吗？", "Is it solved?"),
    ("evaluate", "satisfied"): Words("对办理满意吗？", "Are you satisfied with how it was handled?"),
    ("evaluate", "understood"): Words("虽然不满意，能理解吗？", "If not satisfied: do you understand why?"),
    ("evaluate", "words"): Words("想说的话", "Your words"),
    (HURRY, "words"): Words("想说的话", "Your words"),
    (WITHDRAW, "reason"): Words("为什么撤回", "Why you withdraw it"),
}
_HINTS: dict[tuple[str, str], Words] = {
    ("evaluate", "words"): Words("没解决的，请写哪里没解决", "If it is not solved, say what is missing"),
    ("supply", "words"): Words("承办单位等着您的情况接着办", "The unit waits for this to go on"),
}
_HEADS: dict[str, tuple[Words, str, Words]] = {
    "evaluate": (Words("请您评价", "Please rate it"), "star", Words("提交评价", "Send")),
    "supply": (Words("请您补充情况", "Please tell us more"), "message-circle", Words("补充好了", "Send")),
    "add_words": (Words("补充情况、照片", "Add words or photos"), "plus", Words("补充", "Add")),
    HURRY: (Words("催办", "Ask to hurry"), "bell-ring", Words("催一次", "Hurry")),
    WITHDRAW: (Words("撤回这件事", "Withdraw this matter"), "x", Words("撤回", "Withdraw")),
}
_INTROS: dict[str, Words] = {
    "evaluate": Words(
        "没解决的，会退回去接着办，办好再答复您。",
        "What is not solved goes back, and you will be answered again.",
    ),
    HURRY: Words(
        "会提醒正在办的人。每 24 小时可以催一次。",
        "Whoever is at work is told. You can do this once in 24 hours.",
    ),
    WITHDRAW: Words(
        "撤回后就不再办理。以后可以再反映。", "Nothing more is done then. You can report it again later."
    ),
}
_HURRIED = Words(
    "已经催过了，{at} 以后可以再催。急事请打 12345。",
    "You hurried it already; you can again from {at}. If urgent, call 12345.",
)


def list_forms(
    tracked: Tracked, typed: TypedMove | None, hurry_again_at: datetime | None, now: datetime
) -> list[MoveForm]:
    """The forms in the order of the process file; the one that was refused is open, as it was typed."""
    moves = (move for key, move in tracked.process.moves.items() if key in tracked.can)
    return [
        _make_form(tracked, move, typed if typed and typed.move == move.key else None, hurry_again_at, now)
        for move in moves
    ]


def _make_form(
    tracked: Tracked, move: Move, typed: TypedMove | None, hurry_again_at: datetime | None, now: datetime
) -> MoveForm:
    title, icon, button = _HEADS.get(move.key, (move.title, "circle-dot", move.title))
    fields = tuple(_make_field(move, ask, typed) for ask in move.asks)
    shown = {field.key for field in fields} | ({"sure"} if move.key == WITHDRAW else set())
    fault = (
        next((words for field, words in typed.faults.items() if field not in shown), None) if typed else None
    )
    shut = hurry_again_at is not None and move.key == HURRY and typed is None
    return MoveForm(
        key=move.key,
        title=title,
        button=button,
        icon=icon,
        intro=_INTROS.get(move.key, _NONE),
        fields=fields,
        urgent=_is_awaited(tracked, move),
        opened=typed is not None,
        danger=move.key == WITHDRAW,
        fault=fault,
        rule=typed.rule if typed else "",
        client_key=typed.client_key if typed else "",
        closed_words=_HURRIED.fill(at=say_moment(hurry_again_at, now)) if shut and hurry_again_at else "",
    )


def _is_awaited(tracked: Tracked, move: Move) -> bool:
    """Whether the person is asked for this move now: a rating, or what a waiting matter waits for."""
    awaited = "person" in tracked.process.get_stage(tracked.case.stage).awaits and move.key != WITHDRAW
    return "rate" in move.does or (awaited and move.to != STAY)


def _make_field(move: Move, ask: Ask, typed: TypedMove | None) -> AskField:
    known = INPUTS[ask.key]
    return AskField(
        key=ask.key,
        kind=known.kind,
        title=_TITLES.get((move.key, ask.key), known.title),
        hint=_HINTS.get((move.key, ask.key), _NONE),
        required=ask.required,
        value=typed.values.get(ask.key, "") if typed else "",
        fault=typed.faults.get(ask.key) if typed else None,
        options=_list_options(known.kind, ask.key),
    )


def _list_options(kind: str, key: str) -> tuple[tuple[str, Words], ...]:
    if kind == "five":
        return GRADES
    if kind == "yes-no":
        yes, no = _YES_NO.get(key, _YES_NO[""])
        return (("yes", yes), ("no", no))
    return ()
