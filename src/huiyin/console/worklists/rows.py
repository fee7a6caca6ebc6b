"""A case as the worklist draws it: badge, marks, tag of the state, the moves that a batch may make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from huiyin.cases.api import CaseRow
from huiyin.kernel.words import Words
from huiyin.pages.api import Badge, make_badge


@dataclass(frozen=True, slots=True)
class Mark:
    """A small word before the title; `why` is read out and shown on hovering."""

    words: Words
    why: Words
    tone: str = ""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of the worklist; `moves` are the keys of moves that a batch may try on it."""

    case: CaseRow
    badge: Badge
    marks: tuple[Mark, ...]
    tone: str
    shape: str
    moves: tuple[str, ...]


Went = tuple[int, int]
"""Of a case that went out by itself: the version of the model, and how sure it was, per mille."""


def make_row(case: CaseRow, moves: tuple[str, ...], now: datetime, went: Went | None = None) -> ListRow:
    """The line for one case; `moves` are those that a batch may try on it."""
    badge = make_badge(case.due_at, case.due_from, None, case.paused_at is not None, case.closed_at, now)
    tone, shape = choose_tag(case.stage_kind, case.round, assigned=case.lead is not None)
    return ListRow(case, badge, tuple(_list_marks(case, went)), tone, shape, moves)


def choose_tag(kind: str, round_: int, *, assigned: bool) -> tuple[str, str]:
    """Tone and shape of the state's tag, so that colour never speaks alone."""
    if kind == "closed":
        return "green", "dot"
    if kind == "review":
        return "violet", "square"
    if kind == "waiting":
        return "grey", "half"
    if not assigned:
        return "amber", "ring"
    return ("red", "triangle") if round_ > 1 else ("blue", "dot")


def _list_marks(case: CaseRow, went: Went | None) -> Iterator[Mark]:
    if case.urgent:
        yield Mark(Words("急", "Urgent"), Words("紧急", "Urgent"), "red")
    if case.automatic:
        yield Mark(Words("自动", "Auto"), tell_how_it_went(went), "violet")
    if case.members:
        why = Words("另有 {n} 件并入这一件", "{n} more cases are merged into this one").fill(n=case.members)
        yield Mark(Words("并 {n}", "+{n}").fill(n=case.members), why)
    if case.group_number:
        why = Words("已并入 {number}", "Merged into {number}").fill(number=case.group_number)
        yield Mark(Words("并入", "Merged"), why)
    if case.round > 1:
        why = Words("诉求人不认可，第 {n} 轮办理", "Not accepted by the person: round {n}").fill(n=case.round)
        yield Mark(Words("第 {n} 轮", "Round {n}").fill(n=case.round), why, "violet")
    if case.supervisions:
        why = Words("督办 {n} 次", "Supervised {n} times").fill(n=case.supervisions)
        yield Mark(Words("督 {n}", "S{n}").fill(n=case.supervisions), why, "amber")
    if case.hurries:
        why = Words("诉求人催了 {n} 次", "The person asked to hurry {n} times").fill(n=case.hurries)
        yield Mark(Words("催 {n}", "H{n}").fill(n=case.hurries), why, "amber")
    if case.identity == "confidential":
        yield Mark(Words("密", "Conf."), Words("诉求人要求保密", "The person asked for confidence"))


def tell_how_it_went(went: Went | None) -> Words:
    """Why a case says that it went by itself: by which version of the model, and how sure."""
    if went is None:
        return Words("系统自动派单", "Dispatched by itself")
    number, per_mille = went
    told = Words(
        "自动派单：模型第 {number} 版，把握 {sure} %", "By itself: model version {number}, {sure} % sure"
    )
    return told.fill(number=number, sure=f"{per_mille / 10:.0f}")
