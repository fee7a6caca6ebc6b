"""Accounts as the security officer sees them: locked ones, second factors, live sessions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huiyin.console.api import show
from huiyin.kernel.words import Words
from huiyin.pages.api import number_pages, read_page
from huiyin.people import api as people

ROUTE = "administration:sign-in-accounts"
SIZE = 50
DONE = {
    "unlocked": Words("已解锁。", "Unlocked."),
    "ended": Words("该账号在所有设备上的登录都已退出。", "The account is signed out everywhere."),
    "reset": Words(
        "两步验证已重置，该账号已退出登录。", "The second factor is reset; the account is signed out."
    ),
}
STATES = {
    "locked": Words("已锁定", "Locked"),
    "second-factor": Words("已开启两步验证", "With second factor"),
    "must-change": Words("须修改密码", "Must change password"),
}


@require_safe
@people.open_to("security")
def show_accounts(request: HttpRequest) -> HttpResponse:
    """Open accounts by login, narrowed by state or by part of login or name; locked ones stand first."""
    parts = {key: request.GET.get(key, "").strip()[:40].replace("\0", "") for key in ("state", "q")}
    parts = {key: value for key, value in parts.items() if value}
    now, page = timezone.now(), read_page(request.GET.dict())
    found, total = people.list_sign_in_states(
        now, state=parts.get("state", ""), q=parts.get("q", ""), limit=SIZE, skip=(page - 1) * SIZE
    )
    context = {
        "accounts": found,
        "parts": parts,
        "states": STATES,
        "total": total,
        "paging": number_pages({**parts, "page": str(page)}, total, SIZE),
    }
    return show(request, "administration/signing/accounts.html", context, ROUTE, done=DONE)


@require_POST
@people.open_to("security")
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """End a lock set by failed sign-ins."""
    people.unlock_account(pk, by=people.get_account_of(request), now=timezone.now())
    return _back("unlocked")


@require_POST
@people.open_to("security")
def end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign an account out everywhere."""
    people.end_sessions_of(pk, by=people.get_account_of(request), now=timezone.now())
    return _back("ended")


@require_POST
@people.open_to("security")
def reset_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a lost second factor, for a reason that goes on record."""
    reason = request.POST.get("reason", "")
    people.reset_second_factor(pk, reason, by=people.get_account_of(request), now=timezone.now())
    return _back("reset")


def _back(done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse(ROUTE)}?done={done}")
