"""The demo county 禾川县: its units, accounts and cases, all invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from huiyin.kernel.words import Words


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demo county that anyone may try: how to sign in, and what it is for."""

    login: str
    password: str
    title: Words


def fill_if_empty(progress: Callable[[Words], None]) -> bool:
    """Write the demo county into a database without units; whether it was written. `progress` hears each step."""
    return False


def list_demo_accounts() -> list[DemoAccount]:
    """The accounts to show after a start, in the order in which a matter passes through their hands."""
    return []
