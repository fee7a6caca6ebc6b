"""The accounts of the demo county, shown on the sign-in page while `HUIYIN_DEMO` is on."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from django.conf import settings

from huiyin.kernel.words import Words
from huiyin.people.api import Account


@dataclass(frozen=True, slots=True)
class DemoPanel:
    """One account for each role, and the password that they all have; no accounts: nothing is shown."""

    password: str
    accounts: tuple[tuple[str, str, Words, Words], ...]
    """Each: login, name, unit, title of the role."""


def find_demo_panel() -> DemoPanel | None:
    """The panel, when this is a demonstration whose county is in the database; one statement."""
    if not settings.DEMO:
        return None
    # The county is wired in above the console, so that it is named here and not imported.
    county = import_module(getattr(settings, "DEMO_ACCOUNTS", "huiyin.app.demo.county.accounts"))
    listed = county.list_demo_accounts()
    known = set(
        Account.objects.filter(login__in=[one.login for one in listed], active=True).values_list(
            "login", flat=True
        )
    )
    shown = tuple((one.login, one.name, one.unit, one.title) for one in listed if one.login in known)
    return DemoPanel(county.PASSWORD, shown) if shown else None
