"""The versions of the model: what each was worth, training a new one, putting one in force, going back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huiyin.console.dispatching.opening import ACTS, DONE, HOME, READS, go, make_tabs, may_act
from huiyin.console.frame import show
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of
from huiyin.people.api import get_account_of, open_to
from huiyin.register.api import load_catalogue
from huiyin.triage.api import (
    ORIGINS,
    STATES,
    ModelVersion,
    count_whole,
    find_promoted,
    get_version,
    is_worse,
    list_versions,
    promote,
    start_training,
)

LOOKS = {
    "training": ("blue", "half"), "candidate": ("amber", "ring"), "promoted": ("green", "dot"),
    "retired": ("grey", "ring"), "failed": ("red", "triangle"),
}  # fmt: skip
FIGURES = (
    ("accuracy", Words("准确率", "Accuracy")),
    ("macro_f1", Words("宏平均 F1", "Macro F1")),
    ("calibration_error", Words("校准误差", "Calibration error")),
)


@require_safe
@open_to(*READS)
def show_versions(request: HttpRequest) -> HttpResponse:
    """Every version with its figures on rows that it was not trained with."""
    return _show_versions(request)


def _show_versions(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    versions = list_versions()
    context = {
        "tabs": make_tabs(HOME),
        "versions": versions,
        "working": next((one for one in versions if one.state == "training"), None),
        "whole": count_whole(timezone.now()),
        "refusal": refusal,
        **_make_words(request),
    }
    status = status_of(refusal) if refusal else 200
    return show(request, "console/dispatching/versions.html", context, HOME, status, done=DONE)


def _make_words(request: HttpRequest) -> dict[str, Any]:
    return {
        "states": STATES, "origins": ORIGINS, "looks": LOOKS, "figures": FIGURES, "may_act": may_act(request),
    }  # fmt: skip


@require_POST
@open_to(*ACTS)
def train(request: HttpRequest) -> HttpResponse:
    """Have a new version trained on the county's own closed cases."""
    try:
        start_training(get_account_of(request), timezone.now())
    except Refusal as refusal:
        return _show_versions(request, refusal)
    return go(reverse(HOME), "training")


@require_safe
@open_to(*READS)
def show_version(request: HttpRequest, version: int) -> HttpResponse:
    """One version: figures by category, and beside them those of the version in force on the same rows."""
    return _show_version(request, version)


def _show_version(request: HttpRequest, number: int, refusal: Refusal | None = None) -> HttpResponse:
    one, promoted = get_version(number), find_promoted()
    context = {
        "tabs": make_tabs(HOME),
        "one": one,
        "promoted": promoted,
        "classes": _list_classes(one),
        "worse": bool(one.compared) and is_worse(one),
        "fresh": promoted is None or one.compared.get("version") == promoted.number,
        "refusal": refusal,
        "typed": request.POST.get("reason", ""),
        **_make_words(request),
    }
    status = status_of(refusal) if refusal else 200
    return show(request, "console/dispatching/version.html", context, HOME, status, done=DONE)


def _list_classes(one: ModelVersion) -> list[dict[str, Any]]:
    """Figures by label under the names of the categories, the largest first, with what the other one had."""
    names = {category.code: category.called for category in load_catalogue().categories}
    before = {row["label"]: row for row in one.compared.get("per_class", ())}
    rows = sorted(one.figures.get("per_class", ()), key=lambda row: -row.get("rows", 0))
    return [
        {**row, "name": names.get(row["label"], Words(row["label"])), "before": before.get(row["label"])}
        for row in rows
    ]


@require_POST
@open_to(*ACTS)
def put_in_force(request: HttpRequest, version: int) -> HttpResponse:
    """Promote this version, or go back to it; what is worse, or was not compared, needs a reason."""
    try:
        promote(version, request.POST.get("reason", ""), by=get_account_of(request), now=timezone.now())
    except Refusal as refusal:
        return _show_version(request, version, refusal)
    return go(reverse("console:triage-version", args=[version]), "promoted")
