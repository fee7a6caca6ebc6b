"""What the tests of triage share: the county at its desk, and a model that says what a test wants."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from django.utils import timezone
from tests.cases.county import _county_of_module, desk, open_desk

from huiyin.triage import suggesting
from huiyin.triage.models import ModelVersion, Threshold

__all__ = ["_county_of_module", "desk", "open_desk"]


class Guess(NamedTuple):
    label: str
    per_mille: int
    ranked: tuple[tuple[str, int], ...]


class Reason(NamedTuple):
    words: str
    weight: float


class Oracle:
    """A model that names the label it was made with, and is as sure of it as it was told."""

    def __init__(self, label, per_mille):
        self.label, self.per_mille, self.labels = label, per_mille, (label,)

    def predict_with_reasons(self, texts, most=8):
        guess = Guess(self.label, self.per_mille, ((self.label, self.per_mille),))
        return [(guess, [Reason("停水", 0.8)][:most]) for _ in texts]


@pytest.fixture
def put_in_force(monkeypatch):
    """`put_in_force("010101", 950)`: a version in force that says so of every text; the version's number."""
    said: dict[int, Oracle] = {}
    monkeypatch.setattr(suggesting, "load_version", lambda number: said[number])

    def start(label, per_mille=950):
        ModelVersion.objects.filter(state="promoted").update(state="retired")
        number = ModelVersion.objects.count() + 1
        said[number] = Oracle(label, per_mille)
        ModelVersion.objects.create(
            number=number, origin="cases", state="promoted", trained_at=timezone.now(), labels=[label]
        )
        return number

    return start


@pytest.fixture
def open_up(desk):
    """`open_up("010101", 900)`: matters of that category go out by themselves from there on."""

    def set_it(code, per_mille=900):
        Threshold.objects.create(
            category_id=desk.categories[code], per_mille=per_mille, set_at=timezone.now()
        )

    return set_it
