"""Signing in, staying signed in, lockout, signing out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from huiyin.kernel.refusals import Refusal
from huiyin.people.api import (
    find_account_in_hand,
    forget_stale_sessions,
    sign_in,
    sign_out,
    sign_out_everywhere,
    tell_ending,
)
from huiyin.people.models import Account, Post, Session
from huiyin.people.values import PostInHand

PASSWORD = "correct-horse"
MINUTE = timedelta(minutes=1)


def _fail(login, now, times=1):
    for _ in range(times):
        with pytest.raises(Refusal) as refused:
            sign_in(login, "wrong", now)
    return refused.value.code


def test_the_right_password_starts_a_session(make_account, centre, now):
    account = make_account("hemin", ("dispatcher", centre))
    signed = sign_in(" hemin ", PASSWORD, now)
    known = find_account_in_hand(signed.token, now)
    assert (known.id, known.login, known.roles) == (account.pk, "hemin", {"dispatcher"})
    assert known.main_unit == PostInHand(centre.pk, "中心", "centre", "dispatcher", "Centre")
    assert Account.objects.get().last_login == now


def test_the_token_is_kept_nowhere(make_account, now):
    make_account("hemin")
    signed = sign_in("hemin", PASSWORD, now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT s::text FROM people_session s")
        assert signed.token not in cursor.fetchone()[0]
    assert signed.token not in repr(signed)


def test_an_unknown_login_a_wrong_password_and_a_closed_account_are_told_alike(make_account, now):
    closed = make_account("closed")
    closed.active = False
    closed.save()
    make_account("hemin")
    told = set()
    for login, password in (("nobody", PASSWORD), ("hemin", "wrong"), ("closed", PASSWORD)):
        with pytest.raises(Refusal) as refused:
            sign_in(login, password, now)
        told.add((refused.value.code, refused.value.words))
    assert len(told) == 1


def test_an_unknown_login_costs_as_much_work_as_a_known_one(db, now, monkeypatch):
    hashed = []
    monkeypatch.setattr("huiyin.people.signing_in.make_password", hashed.append)
    with pytest.raises(Refusal):
        sign_in("nobody", "guess", now)
    assert hashed == ["guess"]


def test_the_fifth_failure_locks_for_fifteen_minutes(make_account, now):
    make_account("hemin")
    assert _fail("hemin", now, 4) == "wrong-sign-in"
    assert _fail("hemin", now) == "account-locked"
    with pytest.raises(Refusal, match="account-locked"):
        sign_in("hemin", PASSWORD, now + 14 * MINUTE)
    assert sign_in("hemin", PASSWORD, now + 15 * MINUTE)


def test_after_a_lock_has_run_out_the_count_begins_anew(make_account, now):
    make_account("hemin")
    _fail("hemin", now, 5)
    assert _fail("hemin", now + 16 * MINUTE, 4) == "wrong-sign-in"
    assert _fail("hemin", now + 16 * MINUTE) == "account-locked"


def test_a_good_sign_in_forgets_the_failures(make_account, now):
    make_account("hemin")
    _fail("hemin", now, 4)
    sign_in("hemin", PASSWORD, now)
    assert _fail("hemin", now, 4) == "wrong-sign-in"


def test_a_lock_that_falls_while_the_password_is_checked_still_holds(make_account, now, monkeypatch):
    account = make_account("hemin")

    def check_slowly(*_):
        Account.objects.filter(pk=account.pk).update(locked_until=now + MINUTE)
        return True

    monkeypatch.setattr("huiyin.people.signing_in.check_password", check_slowly)
    with pytest.raises(Refusal, match="account-locked"):
        sign_in("hemin", PASSWORD, now)
    assert not Session.objects.exists()


def test_knowing_who_is_signed_in_takes_one_statement(
    make_account, centre, water, now, django_assert_num_queries
):
    make_account("hemin", ("dispatcher", centre), ("handler", water))
    token = sign_in("hemin", PASSWORD, now).token
    with django_assert_num_queries(1):
        known = find_account_in_hand(token, now + 5 * MINUTE)
    assert known.unit_ids() == {centre.pk, water.pk}
    assert known.unit_ids("handler") == {water.pk}
    assert known.holds("handler", water.pk)
    assert not known.holds("handler", centre.pk)


def test_a_visit_is_noted_at_most_once_a_minute(make_account, now):
    make_account("hemin")
    token = sign_in("hemin", PASSWORD, now).token
    find_account_in_hand(token, now + MINUTE / 2)
    assert Session.objects.get().seen_at == now
    find_account_in_hand(token, now + 2 * MINUTE)
    assert Session.objects.get().seen_at == now + 2 * MINUTE


def test_an_idle_session_ends(make_account, now, settings):
    settings.SESSION_MINUTES_IDLE = 30
    make_account("hemin")
    token = sign_in("hemin", PASSWORD, now).token
    assert find_account_in_hand(token, now + 29 * MINUTE)
    assert find_account_in_hand(token, now + 58 * MINUTE)
    assert find_account_in_hand(token, now + 90 * MINUTE) is None


def test_a_session_ends_after_twelve_hours_however_busy(make_account, now):
    make_account("hemin")
    token = sign_in("hemin", PASSWORD, now).token
    for hour in range(12):
        assert find_account_in_hand(token, now + hour * 60 * MINUTE)
    assert find_account_in_hand(token, now + 12 * 60 * MINUTE) is None


def test_a_closed_account_is_out_at_once(make_account, now):
    account = make_account("hemin")
    token = sign_in("hemin", PASSWORD, now).token
    Account.objects.filter(pk=account.pk).update(active=False)
    assert find_account_in_hand(token, now) is None


def test_a_post_counts_from_its_first_day_to_its_last(make_account, centre, now):
    account = make_account("hemin", ("dispatcher", centre))
    token = sign_in("hemin", PASSWORD, now).token
    today = now.date()
    for since, until, held in ((0, 0, True), (1, None, False), (-9, -1, False), (-9, 9, True)):
        last = None if until is None else today + timedelta(days=until)
        Post.objects.filter(account=account).update(since_on=today + timedelta(days=since), until_on=last)
        assert find_account_in_hand(token, now).holds("dispatcher") is held


def test_signing_out_ends_this_session_alone(make_account, now):
    make_account("hemin")
    here, there = sign_in("hemin", PASSWORD, now).token, sign_in("hemin", PASSWORD, now).token
    sign_out(here, now)
    sign_out("made-up", now)
    assert find_account_in_hand(here, now) is None
    assert find_account_in_hand(there, now)


def test_signing_out_everywhere_ends_them_all(make_account, now):
    account = make_account("hemin")
    tokens = [sign_in("hemin", PASSWORD, now).token for _ in range(2)]
    assert sign_out_everywhere(account.pk) == 2
    assert not any(find_account_in_hand(token, now) for token in tokens)


def test_stale_sessions_are_forgotten(make_account, now, settings):
    make_account("hemin")
    sign_in("hemin", PASSWORD, now)
    sign_in("hemin", PASSWORD, now + 119 * MINUTE)
    assert forget_stale_sessions(now + 12 * 60 * MINUTE) == 1
    assert forget_stale_sessions(now + 14 * 60 * MINUTE) == 1


def test_an_idle_session_is_kept_for_a_day_to_say_why_it_ended(make_account, now, settings):
    settings.SESSION_MINUTES_IDLE = 30
    make_account("hemin")
    token = sign_in("hemin", PASSWORD, now).token
    assert tell_ending(token, now + 31 * MINUTE) == "idle"
    assert forget_stale_sessions(now + 31 * MINUTE) == 0
    assert tell_ending(token, now + 13 * 60 * MINUTE) == "over"
    assert tell_ending("made-up", now) == ""
