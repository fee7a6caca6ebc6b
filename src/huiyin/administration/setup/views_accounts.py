"""What is done to one account besides its form: posts given and ended, unlocking, a fresh password."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from huiyin.administration.setup.fields import Misread
from huiyin.administration.setup.listings import Acts
from huiyin.administration.setup.lists.accounts import ACCOUNTS
from huiyin.administration.setup.lists.posts import POSTS
from huiyin.administration.setup.views_lists import go, show_account_form, show_passwords
from huiyin.console.api import acting_of
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import (
    Account,
    Unit,
    check_keeper,
    end_post,
    find_account,
    find_unit,
    get_account_of,
    give_post,
    list_posts,
    make_password_up,
    open_to,
    set_password,
    unlock_account,
)


def _get_account(request: HttpRequest, login: str) -> Account:
    acting_of(request)  # refusals are drawn in the frame
    account = find_account(login)
    if account is None:
        raise Refusal("account-not-found", Words("没有这个账号。", "There is no such account."))
    return account


def _get_unit(key: str) -> Unit:
    unit = find_unit(key)
    if unit is None:
        raise Refusal("unit-not-found", Words("请选择单位。", "Choose a unit."), field="unit")
    return unit


def _demand_own(account: Account, post_id: int) -> None:
    if all(post.pk != post_id for post in list_posts(account.pk)):
        words = Words("没有这个任职。", "There is no such post.")
        raise Refusal("post-not-found", words, field="until_on")


def _read_day(request: HttpRequest, name: str, key: str) -> date:
    try:
        return date.fromisoformat(POSTS.get_field(key).read(request.POST.get(name, "")) or "?")
    except (Misread, ValueError):
        raise Refusal("bad-day", Words("请选择一个日期。", "Choose a date."), field=name) from None


@require_POST
@open_to("admin", "security")
def give(request: HttpRequest, thing: str) -> HttpResponse:
    """Give a role at a unit from a day on; what clashes or is not theirs to give is said beside the form."""
    account = _get_account(request, thing)
    by, now = get_account_of(request), timezone.now()
    try:
        since = _read_day(request, "since_on", "since")
        unit = _get_unit(request.POST.get("unit", ""))
        give_post(account.pk, unit.pk, request.POST.get("role", ""), since, by=by, now=now)
    except Refusal as refusal:
        offered = frozenset({"unit", "role", "since_on"} if account.pk != by.id else ())
        return show_account_form(request, thing, refusal, offered)
    return go(_page_of(thing), "given")


@require_POST
@open_to("admin", "security")
def end(request: HttpRequest, thing: str, pk: int) -> HttpResponse:
    """End a post of the account on a day, that day included."""
    account = _get_account(request, thing)
    try:
        until = _read_day(request, "until_on", "until")
        _demand_own(account, pk)
        end_post(pk, until, by=get_account_of(request), now=timezone.now())
    except Refusal as refusal:
        return show_account_form(request, thing, refusal)
    return go(_page_of(thing), "ended")


@require_POST
@open_to("admin", "security")
def unlock(request: HttpRequest, thing: str) -> HttpResponse:
    """End a lock that failed sign-ins have set."""
    account = _get_account(request, thing)
    unlock_account(account.pk, by=get_account_of(request), now=timezone.now())
    return go(_page_of(thing), "unlocked")


@require_POST
@open_to("admin", "security")
def reset(request: HttpRequest, thing: str) -> HttpResponse:
    """A fresh password, shown this once; the account is signed out everywhere.

    Whoever could set an officer's password could sign in as that officer: a security officer alone may.
    """
    account = _get_account(request, thing)
    acts = Acts(get_account_of(request), timezone.now())
    try:
        check_keeper(account.pk, acts.by)
    except Refusal as refusal:
        return show_account_form(request, thing, refusal)
    password = make_password_up(account.login, account.name)
    set_password(account.pk, password, by=acts.by, now=acts.now)
    acts.passwords.append((account.login, account.name, password))
    return show_passwords(request, acts)


def _page_of(login: str) -> str:
    return reverse("administration:entry", args=[ACCOUNTS.key, login])
