"""The rules of checking replies: lines, shares, what needs a reason; every change stays in the history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.console.frame import show
from huiyin.console.menu import READS_REPLIES
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.people.api import Unit, get_account_of, list_units, map_units, open_to
from huiyin.replies import api as replies

ROUTE = "console:reply-rules"
DONE = {
    "changed": Words("规则已更新，马上生效，并已留痕。", "The rules are changed, in force, and on record."),
    "same": Words("没有改动。", "Nothing was changed."),
}
UNIT_SHARES = Words("单独的抽查千分比", "Shares of single units")
YES, NO = Words("是", "Yes"), Words("否", "No")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("centre", "admin")
def show_rules(request: HttpRequest) -> HttpResponse:
    """Show the rules, or put the posted ones in force; what cannot be is told beside its field."""
    standing = replies.get_rules()
    if request.method != "POST":
        return _draw(request, standing, {key: str(getattr(standing, key)) for key in replies.NUMBERS}, {})
    typed = {key: request.POST.get(key, "") for key in replies.NUMBERS}
    wanted, errors = _read(request, standing, typed)
    if not errors:
        try:
            changed = replies.change_rules(wanted, by=get_account_of(request), now=timezone.now())
            return HttpResponseRedirect(f"{reverse(ROUTE)}?done={'changed' if changed else 'same'}")
        except Refusal as refusal:
            errors = {refusal.field or "": refusal.words}
    return _draw(request, wanted, typed, errors)


def _read(
    request: HttpRequest, standing: replies.Rules, typed: Mapping[str, str]
) -> tuple[replies.Rules, dict[str, Words]]:
    """The rules that were posted; where a number does not fit, the standing one and a refusal."""
    numbers = {key: int(getattr(standing, key)) for key in replies.NUMBERS}
    errors: dict[str, Words] = {}
    for key, text in typed.items():
        try:
            numbers[key] = replies.check_number(key, text)
        except Refusal as refusal:
            errors[key] = refusal.words
    shares = _read_shares(request, errors)
    switches = {key: request.POST.get(key) == "yes" for key in replies.SWITCHES}
    told = {**numbers, **switches, "unit_shares": shares}
    return replies.Rules.of(told), errors


def _read_shares(request: HttpRequest, errors: dict[str, Words]) -> dict[int, int]:
    """The shares of single units: `unit-7` holds one that stands (empty takes it away), `unit` a new one."""
    known = {unit.pk for unit in list_units()}
    given = {
        key.removeprefix("unit-"): str(value)
        for key, value in request.POST.items()
        if key.startswith("unit-")
    }
    if request.POST.get("unit") and request.POST.get("unit_share", "").strip():
        given[request.POST["unit"]] = request.POST["unit_share"]
    shares: dict[int, int] = {}
    for name, text in given.items():
        unit = read_number(name)
        if unit not in known or not text.strip():
            continue
        try:
            shares[unit] = replies.check_number("share", text)
        except Refusal as refusal:
            errors["unit_share"] = refusal.words
    return shares


def _draw(
    request: HttpRequest, rules: replies.Rules, typed: Mapping[str, str], errors: Mapping[str, Words]
) -> HttpResponse:
    units = {unit.pk: unit for unit in list_units()} | map_units(rules.unit_shares)
    context = {
        "rules": rules,
        "numbers": replies.NUMBERS,
        "reads": bool(get_account_of(request).roles & READS_REPLIES),
        "switches": replies.SWITCHES,
        "typed": typed,
        "errors": errors,
        "units": [(str(pk), unit.called) for pk, unit in units.items() if unit.active],
        "own": [(units[pk], share) for pk, share in rules.unit_shares.items() if pk in units],
        "history": [(row, _say(changes, units)) for row, changes in replies.list_changes()],
    }
    return show(request, "console/replies/rules.html", context, ROUTE, 422 if errors else 200, done=DONE)


def _say(
    changes: Mapping[str, tuple[Any, Any]], units: Mapping[int, Unit]
) -> list[tuple[Words, Words | str, Words | str]]:
    titles = {key: bound.title for key, bound in replies.NUMBERS.items()} | {
        key: title for key, (title, _hint) in replies.SWITCHES.items()
    }
    return [
        (titles.get(key, UNIT_SHARES), _say_value(old, units), _say_value(new, units))
        for key, (old, new) in changes.items()
    ]


def _say_value(value: Any, units: Mapping[int, Unit]) -> Words | str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, dict):
        names = {str(pk): unit.short for pk, unit in units.items()}
        return "、".join(f"{names.get(key, key)} {share}" for key, share in value.items())
    return "" if value is None else str(value)
