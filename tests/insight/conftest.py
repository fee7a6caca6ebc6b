"""The demo county at work, and what many of its people raise at once; all of it invented."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cases.county import _county_of_module, desk, open_desk
from tests.insight.saying import OTHERS, PLANT

from huiyin.appeals.api import NewAppeal, report
from huiyin.cases.api import SYSTEM, Case
from huiyin.insight.api import Issue, carry_out_run, start_run
from huiyin.people import api as people

__all__ = ["_county_of_module", "desk", "open_desk"]


@pytest.fixture
def say(desk):
    """`say("words", title="…", phone="…")`: the case that a person opens, a minute after the one before."""

    def tell(words, *, title="", phone="", process="hotline", **more):
        desk.now += timedelta(minutes=1)
        new = NewAppeal(
            process, "portal", words, desk.now, title=title, name="某某" if phone else "", phone=phone, **more
        )
        return Case.objects.get(pk=report(new, SYSTEM).case_id)

    return tell


@pytest.fixture
def look(desk):
    """Look among the cases of the last ninety days, as each night; the live issues, hottest first."""

    def carry():
        run = start_run(desk.now - timedelta(days=90), desk.now + timedelta(minutes=1), None, None, desk.now)
        carry_out_run(run.pk, desk.now)
        return list(Issue.objects.filter(state__in=("open", "named")).order_by("-score"))

    return carry


@pytest.fixture
def plant(say):
    """The cases of eight people about the asphalt plant, among others about other things."""
    for at, (title, words) in enumerate(OTHERS):
        say(words, title=title, phone=f"139000001{at:02d}")
    return [say(words, title=title, phone=f"139000002{at:02d}") for at, (title, words) in enumerate(PLANT)]


@pytest.fixture
def by(desk):
    """`by("hemin")`: the account as somebody signed in."""

    def find(login):
        return people.take_in_hand(people.find_account(login).pk, desk.now.date())

    return find
