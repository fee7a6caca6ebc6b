"""Verifications that were asked for: one at a time, with what they found."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from huiyin.journal.api import NewEntry, append, ask_verification, list_verifications, run_verification
from huiyin.journal.models import Entry
from huiyin.kernel.refusals import Refusal

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _entries():
    append([NewEntry("account:1", verb, NOW, 7, "安然", {}) for verb in ("account-opened", "password-set")])


def test_a_whole_record_is_reported_whole():
    asked = ask_verification("沈纪", NOW)
    run_verification(asked.pk)
    (check,) = list_verifications()
    assert (check.asked_by, check.read, check.chains, check.found, check.error) == ("沈纪", 2, 1, 0, "")
    assert check.ended_at is not None


def test_an_altered_entry_is_named():
    Entry.objects.filter(seq=1).update(verb="account-closed")
    run_verification(ask_verification("沈纪", NOW).pk)
    (check,) = list_verifications()
    assert check.found == 1
    assert check.findings[0]["subject"] == "account:1"


def test_only_one_runs_at_a_time_but_a_dead_one_does_not_block():
    ask_verification("沈纪", NOW)
    with pytest.raises(Refusal, match="verification-runs"):
        ask_verification("沈纪", NOW + timedelta(hours=1))
    ask_verification("沈纪", NOW + timedelta(hours=7))


def test_a_verification_that_breaks_says_so(monkeypatch):
    asked = ask_verification("沈纪", NOW)

    def break_off(progress):
        raise OSError

    monkeypatch.setattr("huiyin.journal.rounds.verify_all", break_off)
    with pytest.raises(OSError):  # noqa: PT011  # any will do
        run_verification(asked.pk)
    (check,) = list_verifications()
    assert (check.error, check.ended_at is not None) == ("OSError", True)
