"""What stands around every page of the console: the menu with its counts, the bell, who is signed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from huiyin.appeals.api import count_unread
from huiyin.cases.api import Acting, count_tabs, make_acting
from huiyin.kernel.words import Words
from huiyin.pages.api import NavGroup, NavItem, render
from huiyin.people.api import AccountInHand, get_account_of

REGISTERS = frozenset({"intake", "window", "dispatcher", "steward", "visitor"})
LOOKS_ON = frozenset({"centre", "supervisor", "leader", "dispatcher", "intake", "callback", "steward", "auditor"})


def acting_of(request: HttpRequest) -> Acting:
    """The signed-in account as somebody who acts on cases; refused when nobody is signed in."""
    return make_acting(get_account_of(request))


def show(request: HttpRequest, template: str, context: dict[str, Any], current: str, status: int = 200) -> HttpResponse:
    """Draw a page of the console in its frame; `current` is the route of the menu item that is open."""
    account = get_account_of(request)
    unit = account.main_unit
    frame = {
        "nav": make_menu(account, current),
        "bell": count_unread(account.unit_ids()),
        "bell_url": reverse("console:notices"),
        "search_url": reverse("console:worklist"),
        "sign_out_url": reverse("console:sign-out"),
        "account_name": account.name,
        "account_unit": Words(unit.unit_name, unit.unit_name_en) if unit else "",
    }
    return render(request, template, {**frame, **context}, status)


def make_menu(account: AccountInHand, current: str) -> tuple[NavGroup, ...]:
    """The menu that the account's roles need, with what waits for it."""

    def item(route: str, zh: str, en: str, icon: str, count: int | None = None) -> NavItem:
        return NavItem(Words(zh, en), reverse(route), icon, count, current=route == current)

    todo = count_tabs(make_acting(account), timezone.now())["todo"]
    work = [item("console:worklist", "工单", "Cases", "inbox", todo)]
    if account.roles & REGISTERS:
        work.append(item("console:intake", "登记诉求", "Register", "phone"))
        work.append(item("console:stuck", "办不成事", "Stuck cases", "life-buoy"))
    books = []
    if account.roles & LOOKS_ON:
        books.append(item("console:ledger", "台账", "Ledger", "book-open"))
        books.append(item("console:messages", "短信记录", "Messages", "message-square"))
    rules = [
        item("console:processes", "流程", "Processes", "workflow"),
        item("console:places", "扫码点位", "QR places", "qr-code"),
        item("console:workdays", "工作日历", "Calendar", "calendar-days"),
    ]
    groups = [NavGroup("", tuple(work))]
    if books:
        groups.append(NavGroup(Words("台账", "Books"), tuple(books)))
    groups.append(NavGroup(Words("规则", "Rules"), tuple(rules)))
    return tuple(groups)
