"""The demo county 禾川县: its units, accounts and cases, all invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from huiyin.app.demo.admissions import fill_admissions
from huiyin.app.demo.county.grid import install_grid
from huiyin.app.demo.county.loader import PASSWORD, install_county
from huiyin.app.demo.county.loader import list_demo_accounts as list_county_accounts
from huiyin.app.demo.economy import fill_economy
from huiyin.app.demo.requests.filling import fill_requests
from huiyin.cases.api import Case
from huiyin.kernel.words import Words
from huiyin.people.api import Unit
from huiyin.placing.api import place_all


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demo county that anyone may try: how to sign in, and what it is for."""

    login: str
    password: str
    title: Words


def fill_if_empty(progress: Callable[[Words], None]) -> bool:
    """Write the demo county and its requests into a database without units; whether it was written.

    A start that was cut short is taken up again: without a case, the requests are made.
    `progress` hears each step.
    """
    fresh = not Unit.objects.exists()
    if fresh:
        install_county(progress)
        progress(Words("禾川县：网格、网格员、地名", "Hechuan: cells, their holders, landmarks"))
        with transaction.atomic():
            install_grid()
    if Case.objects.exists() or not (fresh or _is_demo_county()):
        return fresh
    from huiyin.app.demo.suggesting import fill_suggestions

    with transaction.atomic():
        now = timezone.now()
        fill_requests(now, days=settings.DEMO_DAYS, progress=_tell_tenths(progress))
        place_all(now)
        fill_admissions(now)
        fill_suggestions(now)
        fill_economy(now, settings.DEMO_VILLAGES, progress)
    return True


def _is_demo_county() -> bool:
    return Unit.objects.filter(key="water", short="水务公司").exists()


def _tell_tenths(progress: Callable[[Words], None]) -> Callable[[int, int], None]:
    """Says how far it is, at every tenth of the way."""
    told = 0

    def tell(done: int, total: int) -> None:
        nonlocal told
        tenth = min(done * 10 // max(total, 1), 9)
        if tenth > told:
            told = tenth
            progress(
                Words(
                    f"禾川县：{settings.DEMO_DAYS} 天的诉求 {tenth}0%",
                    f"Hechuan: {settings.DEMO_DAYS} days of requests, {tenth}0%",
                )
            )

    return tell


def list_demo_accounts() -> list[DemoAccount]:
    """The accounts to show after a start, in the order in which a matter passes through their hands."""
    line = Words("{role}  {name}（{unit}）", "{role}  {name} ({unit})")
    return [
        DemoAccount(
            account.login, PASSWORD, line.fill(role=account.title, name=account.name, unit=account.unit)
        )
        for account in list_county_accounts()
    ]
