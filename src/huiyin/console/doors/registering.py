"""Registers a matter and does the first move on it: both, or neither, and only once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from huiyin.appeals.api import NewAppeal, Reported, report
from huiyin.cases.api import Acting, Case, Kept, Terms, move_within
from huiyin.console.doors.endings import ONLY
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be registered, how it ends, and the key under which it happens at most once."""

    new: NewAppeal
    ending: str = ONLY
    inputs: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[Kept, ...] = ()


def make_source_key(acting: Acting, client_key: str) -> str | None:
    """The key of a form in the hands of one account; a form without a key is registered each time."""
    return f"intake:{acting.account_id}:{client_key}" if client_key else None


def register(wanted: Wanted, acting: Acting, now: datetime) -> Reported:
    """Report and move in one transaction. The same key again answers what it answered before.

    Refuses `registered-already` when the key was used for other words: the form was changed after sending.
    """
    key = wanted.new.source_key
    with transaction.atomic():
        reported = report(wanted.new, acting, wanted.files)
        if not reported.fresh:
            _demand_same(reported, wanted.new.words)
        elif wanted.ending != ONLY:
            move_within(reported.number, wanted.ending, wanted.inputs, acting, now, Terms(key))
    return reported


def _demand_same(reported: Reported, words: str) -> None:
    if Case.objects.select_related("text").get(pk=reported.case_id).text.words == clean(words):
        return
    told = Words(
        "这张表刚才已经登记为 {number}。如果这是另一件事，请再按一次登记。",
        "This form was registered as {number} a moment ago. If this is another matter, register once more.",
    )
    raise Refusal("registered-already", told.fill(number=reported.number))
