"""Trains a version: on the county's own cases or on a file, judged on rows that it was not trained with."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from huiyin.kernel.words import Words
from huiyin.learning.api import Example, judge_model, train
from huiyin.people.api import note_thing
from huiyin.triage import store
from huiyin.triage.figures import keep_figures
from huiyin.triage.holding import find_promoted, load_twin
from huiyin.triage.models import ModelVersion
from huiyin.triage.versions import CHAIN

LEAST_ROWS = 60
LEAST_OF_LABEL = 6
"""Fewer rows of a category are counted to the one above it."""
HELD_OUT = 5
"""Every fifth group is held out, always the same: a later version is judged on rows that none has seen."""
Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Trained:
    """A model with what is kept beside it."""

    model: Any
    twin: Any | None
    figures: dict[str, Any]
    held: Sequence[Example]


def gather_examples() -> list[Example]:
    """The county's own labelled cases: the category is a code; what was merged belongs to one group.

    A category with few cases counts as the one above it; where even that has few, the cases are left out.
    """
    return [one for _number, one in gather_numbered()]


def gather_numbered() -> list[tuple[str, Example]]:
    """The same, each with the number of its case."""
    rows = store.list_examples()
    labels = fold_up([code for _, _, _, code, _ in rows])
    return [
        (number, Example(title, words, label, str(group)))
        for (number, title, words, _, group), label in zip(rows, labels, strict=True)
        if label
    ]


def fold_up(codes: Iterable[str], least: int = LEAST_OF_LABEL) -> list[str]:
    """Each code, or that of the level above while it has fewer than `least`; "" when none has enough."""
    labels = list(codes)
    for length in (6, 4):
        counted = Counter(labels)
        labels = [code[:-2] if len(code) == length and counted[code] < least else code for code in labels]
    counted = Counter(labels)
    return [code if counted[code] >= least else "" for code in labels]


def split(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Those to train with and those held out, by group, or by text without one: the same every time."""
    rest: list[Example] = []
    held: list[Example] = []
    for one in examples:
        key = one.group or f"{one.subject}\n{one.detail}"
        (held if zlib.crc32(key.encode()) % HELD_OUT == 0 else rest).append(one)
    known = {one.label for one in rest}
    return rest, [one for one in held if one.label in known]


def fit(examples: Sequence[Example], tell: Tell = lambda _percent: None) -> Trained:
    """Train twice: once without the rows held out, to be judged on them, once with all, to be used."""
    rest, held = split(examples)
    twin, figures = None, {}
    if held and len({one.label for one in rest}) > 1:
        twin = train(rest)
        tell(45)
        figures = keep_figures(judge_model(twin, held))
        tell(55)
    model = train(examples)
    tell(90)
    return Trained(model, twin, figures, held)


def compare(held: Sequence[Example]) -> dict[str, Any]:
    """What the version in force has on the same rows; nothing when it knows none of their labels."""
    promoted = find_promoted()
    twin = load_twin(promoted.number) if promoted else None
    if promoted is None or twin is None:
        return {}
    known = set(twin.labels)
    shared = [one for one in held if one.label in known]
    if len(shared) * 2 < len(held) or not shared:
        return {}
    return {"version": promoted.number, **keep_figures(judge_model(twin, held))}


def complete(version: ModelVersion, examples: Sequence[Example]) -> ModelVersion:
    """Train the version that was begun; when it cannot be, it says why and is marked so."""

    def tell(percent: int) -> None:
        ModelVersion.objects.filter(pk=version.pk).update(percent=percent)

    try:
        tell(5)
        trained = fit(examples, tell)
    except ValueError as error:
        return _fail(
            version, Words("样本不够，训练不成：{why}", "It could not be trained: {why}").fill(why=error)
        )
    version.rows, version.labels = len(examples), list(trained.model.labels)
    version.figures, version.compared = trained.figures, compare(trained.held)
    version.blob = trained.model.dump()
    version.twin = trained.twin.dump() if trained.twin is not None else None
    version.state, version.percent, version.trained_at = "candidate", 100, timezone.now()
    with transaction.atomic():
        version.save()
        told = {key: version.figures.get(key) for key in ("accuracy", "macro_f1")}
        note_thing(
            CHAIN, "model-trained", None, version.trained_at, version=version.number, origin=version.origin,
            rows=version.rows, trained_by=version.trained_by, **told,
        )  # fmt: skip
    return version


def _fail(version: ModelVersion, why: Words) -> ModelVersion:
    version.state, version.refusal = "failed", [why.zh, why.en]
    version.save(update_fields=["state", "refusal"])
    return version


def carry_out(number: int) -> None:
    """The training of the job: on the county's own cases."""
    version = ModelVersion.objects.get(number=number)
    if version.state != "training":
        return
    examples = gather_examples()
    if len(examples) < LEAST_ROWS:
        words = Words(
            "已办结的工单只有 {rows} 件可用，至少要 {least} 件。",
            "Only {rows} closed cases can be used; at least {least} are needed.",
        )
        _fail(version, words.fill(rows=len(examples), least=LEAST_ROWS))
        return
    complete(version, examples)
