"""The limits that hold, and the form with which the county or a township sets one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.economy.organisations.api import (
    LIMITS,
    OVERSEES,
    Limit,
    clear_limit,
    find_limit,
    list_settings,
    set_limit,
)
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of_form, url
from huiyin.people.api import AccountInHand, get_account_of, open_to
from huiyin.villages.frame import show_many
from huiyin.villages.limits.saying import UNITS, read_value, say_value, write_value
from huiyin.villages.values import READERS

DONE = {
    "set": Words("已修改，并留下记录。", "Set, and on record."),
    "cleared": Words("已恢复，并留下记录。", "Cleared, and on record."),
}


@require_safe
@open_to(*READERS)
def limits(request: HttpRequest) -> HttpResponse:
    """Every limit: its default, what the county and townships have set, its rule."""
    held = list_settings()
    rows = [
        (
            one,
            say_value(one, one.default),
            [
                (
                    setting.township.short if setting.township else "",
                    say_value(one, setting.value),
                    setting.reason,
                )
                for setting in held
                if setting.key == one.key
            ],
        )
        for one in LIMITS.values()
    ]
    context = {"rows": rows, "sets": OVERSEES in get_account_of(request).roles}
    return show_many(request, "villages/limits/limits.html", context, "limits", done=DONE)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(OVERSEES)
def limit(request: HttpRequest, key: str) -> HttpResponse:
    """Set one limit for the county, by its clerk, or for the clerk's own township; or take it back."""
    account, one = get_account_of(request), find_limit(key)
    if request.method != "POST":
        return _show_form(request, one, {})
    try:
        done = _carry_out(one, account, request.POST.dict())
    except Refusal as refusal:
        return _show_form(request, one, request.POST.dict(), refusal)
    return HttpResponseRedirect(f"{url('villages:limits')}?done={done}", status=303)


def _carry_out(one: Limit, account: AccountInHand, typed: dict[str, str]) -> str:
    township, now, reason = _find_township(account), timezone.now(), typed.get("reason", "")
    if typed.get("do") == "clear":
        clear_limit(one.key, reason, account, now, township)
        return "cleared"
    set_limit(one.key, read_value(one, typed.get("value", "")), reason, account, now, township)
    return "set"


def _find_township(account: AccountInHand) -> int | None:
    """For whom the clerk sets it: the county, or the township whose clerk it is."""
    clerks = [post for post in account.posts if post.role == OVERSEES]
    at_county = any(post.unit_kind != "township" for post in clerks)
    return None if at_county else clerks[0].unit_id


def _show_form(
    request: HttpRequest, one: Limit, typed: dict[str, str], refusal: Refusal | None = None
) -> HttpResponse:
    township = _find_township(get_account_of(request))
    held = next((row for row in list_settings() if row.key == one.key and row.township_id == township), None)
    shown = write_value(one, held.value if held else one.default)
    context = {
        "limit": one,
        "default": say_value(one, one.default),
        "unit": UNITS[one.unit].fill(value="").zh.strip(),
        "held": held,
        "value": typed.get("value", shown),
        "reason": typed.get("reason", ""),
        "for_county": township is None,
        "errors": {refusal.field: refusal.words} if refusal else {},
        "rule": refusal.rule if refusal else one.rule,
    }
    status = status_of_form(refusal)
    return show_many(request, "villages/limits/limit.html", context, "limits", status)
