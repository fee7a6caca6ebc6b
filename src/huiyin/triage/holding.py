"""Models in hand: a version is loaded once by a process; it never changes, so it may be kept."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.triage.models import ModelVersion

LIGHT = ("blob", "twin")
"""What is left in the database unless a model is really wanted."""


def list_versions() -> list[ModelVersion]:
    """Every trained version, the newest first, without the models themselves."""
    return list(ModelVersion.objects.defer(*LIGHT).exclude(origin="words").order_by("-number"))


def find_promoted() -> ModelVersion | None:
    """The version in force, without the model itself."""
    return ModelVersion.objects.defer(*LIGHT).filter(state="promoted").first()


def list_usable() -> list[ModelVersion]:
    """The versions that can be used, promoted or not, the newest first, without the models themselves."""
    usable = ModelVersion.objects.defer(*LIGHT).filter(state__in=("candidate", "promoted", "retired"))
    return list(usable.order_by("-number"))


def find_newest() -> ModelVersion | None:
    """The newest of them."""
    return next(iter(list_usable()), None)


def get_version(number: int) -> ModelVersion:
    """The version of that number, without the model itself; refuses `version-not-found`."""
    found = ModelVersion.objects.defer(*LIGHT).filter(number=number).first()
    if found is None:
        raise refuse_version()
    return found


def refuse_version() -> Refusal:
    """That there is no such version."""
    return Refusal("version-not-found", Words("没有这个版本的模型。", "There is no such version."))


@lru_cache(maxsize=3)
def load_version(number: int) -> Any:
    """The model of that version; a version is never changed once it is trained."""
    from huiyin.learning.api import load_model

    blob = ModelVersion.objects.filter(number=number).values_list("blob", flat=True).first()
    if blob is None:
        raise refuse_version()
    return load_model(bytes(blob))


def load_twin(number: int) -> Any | None:
    """The model of that version without the rows that it was judged on; None when none was kept."""
    from huiyin.learning.api import load_model

    blob = ModelVersion.objects.filter(number=number).values_list("twin", flat=True).first()
    return load_model(bytes(blob)) if blob is not None else None
