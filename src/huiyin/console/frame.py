"""What stands around every page of the console: the menu with its counts, the bell, who is signed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from huiyin.appeals.api import count_unread
from huiyin.cases.api import Acting, count_tabs, make_acting
from huiyin.console.menu import list_bell_units, make_menu, sees_cases
from huiyin.kernel.words import Words
from huiyin.pages.api import NavItem, Notice, render, url
from huiyin.people.api import AccountInHand, get_account_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the account: `counts` as those of `count_tabs`, and the unread lines in the bell."""

    counts: Mapping[str, int]
    unread: int


def acting_of(request: HttpRequest) -> Acting:
    """The signed-in account as somebody who acts on cases; refused when nobody is signed in.

    A refusal that is answered after this call is drawn in the frame too.
    """
    account = get_account_of(request)
    if not hasattr(request, "frame"):
        request.frame = SimpleLazyObject(lambda: make_frame(account, ""))  # type: ignore[attr-defined]  # read by pages
    return make_acting(account)


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    current: str,
    status: int = 200,
    waits: Waiting | None = None,
    done: Mapping[str, Words] | None = None,
) -> HttpResponse:
    """Draw a page of the console in its frame; `current` is the route of the menu item that is open.

    `waits` is what the view has read of what waits, if it has. `done` holds what may be said of the act
    that led here, by the key in the address: `?done=key`.
    """
    frame = make_frame(get_account_of(request), current, waits)
    told = (done or {}).get(request.GET.get("done", ""))
    if told is not None:
        frame["notices"] = [Notice("green", told)]
    request.frame = frame  # type: ignore[attr-defined]  # read by pages
    return render(request, template, context, status)


def make_frame(account: AccountInHand, current: str, waits: Waiting | None = None) -> dict[str, Any]:
    """What the template of the frame needs."""
    waits = waits or _read_waiting(account)
    unit = account.main_unit
    return {
        "nav": make_menu(account, current, waits.counts),
        "bell": waits.unread,
        "bell_url": url("console:notices"),
        "search_url": url("console:worklist"),
        "sign_out_url": url("console:sign-out"),
        "account_name": account.name,
        "account_unit": Words(unit.unit_name, unit.unit_name_en).tell(get_language() or "zh") if unit else "",
        "account_items": (
            NavItem(Words("修改密码", "Change password"), url("console:password"), "key-round"),
            NavItem(Words("两步验证", "Second factor"), url("console:second-factor"), "shield-check"),
            NavItem(Words("登录的设备", "My sessions"), url("console:sessions"), "smartphone"),
        ),
    }


def _read_waiting(account: AccountInHand) -> Waiting:
    counts = count_tabs(make_acting(account), timezone.now()) if sees_cases(account) else {}
    return Waiting(counts, count_unread(list_bell_units(account)))
