"""From how sure on a category goes out by itself: each with what was measured of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.console.dispatching.opening import DONE, READS, demand_centre, go, make_tabs, may_act
from huiyin.console.exporting import export_xlsx
from huiyin.console.frame import show
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import fold, read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value, number_pages, read_page, status_of
from huiyin.people.api import get_account_of, open_to
from huiyin.register.api import Category, find_category, load_catalogue, refuse_category
from huiyin.triage.api import (
    STEPS,
    Measured,
    Threshold,
    count_whole,
    list_threshold_changes,
    list_thresholds,
    measure_categories,
    set_threshold,
)

CURRENT = "console:triage-thresholds"
SIZE = 50
ROUTE = "console:triage"


@dataclass(frozen=True, slots=True)
class Line:
    """A category with its threshold and what was measured of its suggestions."""

    category: Category
    threshold: Threshold | None
    measured: Measured | None

    @property
    def precision(self) -> int | None:
        """Of the suggestions decided on, the right ones per mille."""
        return _share(self.measured.right, self.measured.decided) if self.measured else None

    @property
    def automatic_share(self) -> int | None:
        """Of the suggestions decided on, those that went by themselves, per mille."""
        return _share(self.measured.automatic, self.measured.decided) if self.measured else None


def _share(part: int, whole: int) -> int | None:
    return part * 1000 // whole if whole else None


def _list_lines(query: str) -> list[Line]:
    thresholds, measured = list_thresholds(), measure_categories(timezone.now())
    lines = [
        Line(category, thresholds.get(category.pk), measured.get(category.pk))
        for category in load_catalogue().categories
        if fold(query) in fold(f"{category.name} {category.name_en} {category.code}")
    ]
    return sorted(lines, key=_rank)


def _rank(line: Line) -> tuple[bool, int, str]:
    return line.threshold is None, -(line.measured.decided if line.measured else 0), line.category.code


@require_safe
@open_to(*READS)
def show_thresholds(request: HttpRequest) -> HttpResponse:
    """Every category, those that go by themselves first, then those with most suggestions."""
    query = request.GET.get("q", "").strip()[:40]
    lines, page = _list_lines(query), read_page(request.GET.dict())
    context = {
        "tabs": make_tabs(CURRENT),
        "lines": lines[(page - 1) * SIZE : page * SIZE],
        "total": len(lines),
        "paging": number_pages({"q": query, "page": str(page)}, len(lines), SIZE),
        "query": query,
        "whole": count_whole(timezone.now()),
        "may_act": may_act(request),
    }
    return show(request, "console/dispatching/thresholds.html", context, ROUTE, done=DONE)


@require_safe
@open_to(*READS)
def export(request: HttpRequest) -> HttpResponse:
    """The same list as a spreadsheet."""
    lines = _list_lines(request.GET.get("q", "").strip()[:40])
    return export_xlsx(request, "thresholds", "自动派单阈值", _COLUMNS, map(_tell_line, lines))


_COLUMNS = (
    Column(Words("代码", "Code"), 10),
    Column(Words("类别", "Category"), 24),
    Column(Words("阈值（‰）", "Threshold (‰)"), 12),
    Column(Words("建议", "Suggestions"), 10),
    Column(Words("建议正确", "Right"), 10),
    Column(Words("自动派出", "By itself"), 10),
    Column(Words("自动派出正确", "By itself, right"), 14),
    Column(Words("设置人", "Set by"), 20),
)


def _tell_line(line: Line) -> tuple[Value, ...]:
    told, held = line.measured, line.threshold
    counts = (told.decided, told.right, told.automatic, told.automatic_right) if told else (0, 0, 0, 0)
    return (
        line.category.code, line.category.called, held.per_mille if held else None, *counts,
        held.set_by if held else "",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READS)
def edit_threshold(request: HttpRequest, code: str) -> HttpResponse:
    """One category: what each threshold would let go and how often that was right; set, or switched off."""
    category = find_category(code) if "\0" not in code else None
    if category is None:
        raise refuse_category()
    if request.method != "POST":
        return _show_one(request, category)
    try:
        demand_centre(request)
        changed = _set(request, category)
    except Refusal as refusal:
        return _show_one(request, category, refusal)
    return go(reverse("console:triage-threshold", args=[code]), "threshold" if changed else "same")


def _set(request: HttpRequest, category: Category) -> bool:
    typed = request.POST
    percent = read_number(typed.get("percent", "").strip(), 3)
    if typed.get("act") != "off" and percent is None:
        words = Words("请填 50 到 100 的整数。", "Give a whole number from 50 to 100.")
        raise Refusal("threshold-out-of-range", words, field="percent")
    per_mille = None if typed.get("act") == "off" or percent is None else percent * 10
    by, now = get_account_of(request), timezone.now()
    return set_threshold(category.pk, per_mille, typed.get("reason", ""), by=by, now=now)


def _show_one(request: HttpRequest, category: Category, refusal: Refusal | None = None) -> HttpResponse:
    measured = measure_categories(timezone.now()).get(category.pk)
    held = list_thresholds().get(category.pk)
    context = {
        "tabs": make_tabs(CURRENT),
        "category": category,
        "held": held,
        "measured": measured,
        "steps": list(_tell_steps(measured)) if measured else [],
        "changes": [one for one in list_threshold_changes() if one.body.get("category") == category.code],
        "typed": request.POST.dict(),
        "refusal": refusal,
        "may_act": may_act(request),
    }
    status = status_of(refusal) if refusal else 200
    return show(request, "console/dispatching/threshold.html", context, ROUTE, status, done=DONE)


def _tell_steps(measured: Measured) -> Iterator[Mapping[str, int | None]]:
    for step in STEPS:
        decided, right = measured.above[step]
        yield {
            "step": step, "count": decided, "coverage": _share(decided, measured.decided),
            "precision": _share(right, decided),
        }  # fmt: skip
