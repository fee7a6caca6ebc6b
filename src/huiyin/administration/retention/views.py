"""How long data is kept: the rules, a dry run that shows what would go, and the run itself."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from procrastinate.contrib.django import app

from huiyin.appeals.api import (
    RULES,
    is_nightly,
    list_keeping_rules,
    list_keeping_runs,
    plan_keeping,
    set_rule,
    start_keeping,
    switch_nightly,
)
from huiyin.console.api import show
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of
from huiyin.people.api import get_account_of, open_to

CURRENT = "administration:keeping"
DONE = {
    "set": Words("已保存，并记入留痕。", "Saved, and on record."),
    "running": Words(
        "已开始清理，由后台分批进行。这一页可以刷新看进度。",
        "The run has begun, in batches in the background. Load this page again to see how far it is.",
    ),
}


@require_safe
@open_to("security")
def show_keeping(request: HttpRequest) -> HttpResponse:
    """The rules and the last runs; with `?plan=1` what a run would take away now, counted and not touched."""
    return _show(request)


def _show(
    request: HttpRequest, typed: Mapping[str, str] | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    planned = plan_keeping(timezone.now()) if request.GET.get("plan") else None
    context = {
        "rules": list_keeping_rules(),
        "nightly": is_nightly(),
        "planned": planned,
        "due": sum(one.count for one in planned if one.rule.active) if planned else 0,
        "runs": [(run, _tell_counts(run.counts)) for run in list_keeping_runs()],
        "typed": typed,
        "refusal": refusal,
    }
    status = status_of(refusal) if refusal else 200
    return show(request, "administration/retention/retention.html", context, CURRENT, status, done=DONE)


def _tell_counts(counts: Mapping[str, int]) -> list[tuple[Words, int]]:
    return [(RULES[key].title, count) for key, count in counts.items() if key in RULES and count]


@require_POST
@open_to("security")
def set_rules(request: HttpRequest) -> HttpResponse:
    """Save every rule of the form, all or none; a rule that is kept too short is refused with its law."""
    typed, by, now = (
        {key: str(value) for key, value in request.POST.items()},
        get_account_of(request),
        timezone.now(),
    )
    try:
        with transaction.atomic():
            for key in RULES:
                days = _read_days(typed.get(f"days-{key}", ""), key)
                set_rule(key, days, active=f"active-{key}" in typed, by=by, now=now)
            switch_nightly(on="nightly" in typed, by=by, now=now)
    except Refusal as refusal:
        return _show(request, typed, refusal)
    return _go("set")


def _read_days(text: str, key: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise Refusal("days-needed", Words("请填天数。", "Give a number of days."), field=f"days-{key}")
    return int(text)


@require_POST
@open_to("security")
def run_now(request: HttpRequest) -> HttpResponse:
    """Have the rules carried out by a job."""
    with transaction.atomic():
        started = start_keeping(get_account_of(request), timezone.now())
        app.configure_task("keep-now", queue="keeping").defer(number=started.pk)
    return _go("running")


def _go(done: str) -> HttpResponse:
    answer = HttpResponseRedirect(f"{reverse(CURRENT)}?done={done}")
    answer.status_code = 303
    return answer
