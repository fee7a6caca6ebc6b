"""The values of triage: a route that is proposed, words that were found, figures of a version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from huiyin.kernel.words import Words

STATES: Mapping[str, Words] = {
    "training": Words("训练中", "Training"),
    "candidate": Words("候选", "Candidate"),
    "promoted": Words("在用", "In use"),
    "retired": Words("停用", "Retired"),
    "failed": Words("没有训练成", "Failed"),
    "standing": Words("常备", "Standing"),
}
ORIGINS: Mapping[str, Words] = {
    "words": Words("词表", "List of words"),
    "file": Words("文件", "File"),
    "cases": Words("本县工单", "The county's cases"),
}
OUTCOMES: Mapping[str, Words] = {
    "accepted": Words("采纳", "Accepted"),
    "corrected": Words("改正", "Corrected"),
    "auto": Words("自动派出", "Went by itself"),
}
BASES: Mapping[str, Words] = {
    "model": Words("模型", "Model"),
    "narrowed": Words("模型定大类，词表定小类", "Model, then words"),
    "words": Words("词表", "Words"),
    "given": Words("登记时选定", "Chosen at registration"),
    "none": Words("没有把握", "Not known"),
}
COLD = 0
"""The number of the version that was never trained."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read out of a text about danger: the words that were found, none when it speaks of none."""

    words: tuple[str, ...] = ()

    @property
    def urgent(self) -> bool:
        """Whether life or property is in danger."""
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class Routed:
    """What a text is probably about. `label` is the model's own word, `per_mille` how sure it is.

    `certain` holds when the model itself named this very category: only then may anything go by itself.
    """

    category_id: int | None
    per_mille: int
    basis: str
    ranked: Sequence[tuple[int, int]] = ()
    reasons: Sequence[tuple[str, int]] = ()
    label: str = ""

    @property
    def certain(self) -> bool:
        """Whether a trained model named the category itself."""
        return self.basis == "model"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """All that decides whether a matter may go by itself."""

    routed: Routed
    promoted: bool
    threshold: int | None
    has_lead: bool
    has_move: bool
    identity: str
    way: str
    twice: bool
    given_id: int | None
    dispatched: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """How a category fared: suggestions decided on, right ones, those that went by themselves."""

    category_id: int
    decided: int
    right: int
    automatic: int
    automatic_right: int
    above: Mapping[int, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Panel:
    """The suggestion of one case as the page and the interface show it; all names are looked up."""

    prediction_id: int
    version: int
    origin: str
    basis: str
    per_mille: int
    category_id: int | None
    category_code: str
    category: tuple[Words, ...]
    ranked: Sequence[tuple[Words, int, int]]
    reasons: Sequence[str]
    unit_id: int | None
    unit_key: str
    unit: Words | None
    clause: str
    clause_basis: str
    grade: str
    urgent: bool
    urgent_words: Sequence[str]
    way: str
    way_title: Words | None
    place: Words | None
    past: Sequence[Mapping[str, Any]]
    alike: Sequence[Mapping[str, Any]]
    hindrance: str
    outcome: str
    automatic: bool
