"""Tokens act as an account, within scopes, until a day; only their fingerprint is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.people import api as people
from huiyin.people.models import AccessToken
from huiyin.people.token_commands import token as command

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(make_account, centre):
    return make_account("clerk", ("intake", centre))


def _make(account, now, days=30, scopes=("cases:read",), **more):
    return people.make_token(account.pk, "省平台", scopes, days, by=None, now=now, **more)


def test_a_token_is_known_with_its_account_and_posts_in_one_statement(clerk, now):
    made = _make(clerk, now)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        machine = people.know_machine(made.text, "192.0.2.1", now)
    assert len(asked) == 1
    assert (machine.alive, machine.scopes, machine.uses) == (True, {"cases:read"}, 1)
    assert machine.account.holds("intake")


def test_the_text_is_kept_nowhere(clerk, now):
    made = _make(clerk, now)
    row = AccessToken.objects.get()
    assert made.text.startswith("hy_")
    assert made.text not in str(row.__dict__)
    assert made.text not in str(list_entries(f"account:{clerk.pk}"))
    assert "hy_" not in repr(made)


def test_its_use_is_noted_at_most_once_a_minute(clerk, now):
    made = _make(clerk, now)
    for seconds in (0, 30, 59, 61):
        people.know_machine(made.text, "192.0.2.1", now + timedelta(seconds=seconds))
        noted = AccessToken.objects.get().last_used_at
        assert noted == now + timedelta(seconds=61 if seconds == 61 else 0)


def test_requests_are_counted_by_the_minute(clerk, now):
    made = _make(clerk, now)
    uses = [
        people.know_machine(made.text, "192.0.2.1", now + timedelta(seconds=s)).uses for s in (0, 1, 60, 61)
    ]
    assert uses == [1, 2, 1, 2]


def test_an_unknown_token_counts_for_the_address(clerk, now):
    _make(clerk, now)
    uses = [
        people.know_machine("hy_no", address, now).uses for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2")
    ]
    assert uses == [1, 2, 1]


def test_nothing_is_counted_when_nothing_is_limited(clerk, now):
    assert people.know_machine(_make(clerk, now).text, "192.0.2.1", now, counts=False).uses == 0


def test_it_ends_on_its_day_and_when_it_is_revoked(clerk, now):
    made = _make(clerk, now, days=1)
    assert people.know_machine(made.text, "", now + timedelta(days=1)).alive is False
    people.revoke_token(made.id, by=None, now=now)
    machine = people.know_machine(made.text, "", now)
    assert (machine.alive, machine.revoked_at) == (False, now)


def test_making_and_revoking_are_journalled(clerk, now):
    made = _make(clerk, now)
    people.revoke_token(made.id, by=None, now=now)
    people.revoke_token(made.id, by=None, now=now)
    assert [entry.verb for entry in list_entries(f"account:{clerk.pk}")] == ["token-made", "token-revoked"]


@pytest.mark.parametrize(
    ("days", "scopes", "code"),
    [
        (0, ["cases:read"], "token-days"),
        (367, ["cases:read"], "token-days"),
        (1, [], "scope-missing"),
        (1, ["all"], "no-such-scope"),
    ],
)
def test_a_token_without_bounds_is_refused(clerk, now, days, scopes, code):
    with pytest.raises(Refusal) as caught:
        _make(clerk, now, days, scopes)
    assert caught.value.code == code


def test_a_form_sent_twice_makes_one_token(clerk, now):
    _make(clerk, now, key="form-1")
    with pytest.raises(Refusal) as caught:
        _make(clerk, now, key="form-1")
    assert (caught.value.code, AccessToken.objects.count()) == ("token-made-already", 1)


def test_the_command_prints_the_token_alone_lists_and_revokes(clerk, now):
    run = CliRunner().invoke
    made = run(command, ["create", "--account", "clerk", "--scope", "cases:read", "--title", "省平台"])
    assert made.exit_code == 0
    assert people.know_machine(made.stdout.strip(), "", now).account is not None
    listed = run(command, ["list"]).output
    assert "clerk" in listed
    assert "省平台" in listed
    number = str(AccessToken.objects.get().pk)
    assert run(command, ["revoke", number]).exit_code == 0
    assert "revoked" in run(command, ["list"]).output


def test_the_command_refuses_an_account_that_is_not_there(db):
    result = CliRunner().invoke(command, ["create", "--account", "nobody", "--scope", "cases:read"])
    assert isinstance(result.exception, Refusal)
