"""Rights given to one account by name: listed, given and ended by the security officer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST, require_safe

from huiyin.console.api import show
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of
from huiyin.people.api import (
    CONFIDENTIAL,
    MAY_REVEAL,
    RIGHTS,
    Account,
    end_right,
    get_account_of,
    give_right,
    is_open,
    list_accounts,
    list_rights,
    open_to,
)

CURRENT = "administration:rights"
USUAL_DAYS = 90
DONE = {
    "given": Words(
        "已授权，并记入留痕。到期自动收回。", "The right is given, and on record. It ends by itself."
    ),
    "ended": Words("已收回，并记入留痕。", "The right is taken back, and on record."),
}


@require_safe
@open_to("security")
def show_rights(request: HttpRequest) -> HttpResponse:
    """Who holds which right, since when, until when and why; and the form that gives one."""
    return _show(request)


def _show(
    request: HttpRequest, typed: Mapping[str, str] | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "rights": [
            (right, RIGHTS.get(right.right, Words(right.right)), is_open(right, today))
            for right in list_rights()
        ],
        "titles": list(RIGHTS.items()),
        "accounts": list_holders(today),
        "typed": typed
        or {
            "right": CONFIDENTIAL,
            "since_on": today.isoformat(),
            "until_on": (today + timedelta(days=USUAL_DAYS)).isoformat(),
        },
        "refusal": refusal,
        "today": today,
    }
    status = status_of(refusal) if refusal else 200
    return show(request, "administration/rights/rights.html", context, CURRENT, status, done=DONE)


def list_holders(today: date) -> list[tuple[str, str]]:
    """The accounts to whom a right is of use: those that work on cases. Id, and name with units."""
    return [("", "—")] + [
        (str(account.pk), f"{account.name}（{account.login}）{'、'.join(units)}")
        for account in list_accounts()
        if account.active and (units := _list_units(account, today))
    ]


def _list_units(account: Account, today: date) -> list[str]:
    held = [
        post.unit.short
        for post in account.posts.all()
        if post.role in MAY_REVEAL and (post.until_on is None or post.until_on >= today)
    ]
    return list(dict.fromkeys(held))


@require_POST
@open_to("security")
def give(request: HttpRequest) -> HttpResponse:
    """Give a right; what is refused comes back with what was typed."""
    typed = request.POST.dict()
    try:
        give_right(
            _read_number(str(typed.get("account", ""))),
            str(typed.get("right", "")),
            str(typed.get("reason", "")),
            _read_day(str(typed.get("since_on", "")), "since_on"),
            _read_day(str(typed.get("until_on", "")), "until_on"),
            by=get_account_of(request),
            now=timezone.now(),
        )
    except Refusal as refusal:
        return _show(request, {key: str(value) for key, value in typed.items()}, refusal)
    return _go("given")


@require_POST
@open_to("security")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a right at once, for a reason."""
    end_right(pk, request.POST.get("reason", ""), by=get_account_of(request), now=timezone.now())
    return _go("ended")


def _go(done: str) -> HttpResponse:
    answer = HttpResponseRedirect(f"{reverse(CURRENT)}?done={done}")
    answer.status_code = 303
    return answer


def _read_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _read_day(text: str, field: str) -> date:
    try:
        on = parse_date(text)
    except ValueError:
        on = None
    if on is None or not 2000 <= on.year <= 2200:
        raise Refusal("bad-day", Words("请选择一个日期。", "Choose a date."), field=field)
    return on
