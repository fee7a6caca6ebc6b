"""Opening accounts, giving posts, passwords, unlocking, and the record of it all."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner

from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.people import api
from huiyin.people.commands import accounts
from huiyin.people.values import AccountInHand, PostInHand

PASSWORD = "correct-horse"
ADMIN = AccountInHand(99, "guanxu", "管旭", (PostInHand(1, "中心", "centre", "admin"),))
TODAY = date(2026, 3, 4)


def _verbs(account_id):
    return [entry.verb for entry in list_entries(f"account:{account_id}")]


def test_an_account_is_opened_given_a_post_and_closed_and_all_of_it_is_on_record(water, now):
    account = api.open_account("tanxue", "谭雪", "0999-5300001", PASSWORD, by=ADMIN, now=now)
    post = api.give_post(account.pk, water.pk, "handler", TODAY, by=ADMIN, now=now)
    token = api.sign_in("tanxue", PASSWORD, now).token
    api.end_post(post.pk, TODAY, by=ADMIN, now=now)
    assert api.find_account_in_hand(token, now).holds("handler", water.pk)
    api.close_account(account.pk, by=ADMIN, now=now)
    assert api.find_account_in_hand(token, now) is None
    assert _verbs(account.pk) == ["account-opened", "post-given", "post-ended", "account-closed"]


def test_a_login_is_taken_once(make_account, now):
    make_account("hemin")
    with pytest.raises(Refusal, match="login-taken"):
        api.open_account("hemin", "何敏", "", PASSWORD, by=ADMIN, now=now)


def test_roles_that_must_stay_apart_are_not_given_to_one_account(make_account, centre, now):
    account = make_account("hemin", ("dispatcher", centre))
    with pytest.raises(Refusal) as refused:
        api.give_post(account.pk, centre.pk, "centre", TODAY, by=ADMIN, now=now)
    assert refused.value.code == "roles-clash"
    assert "派单员" in refused.value.words.zh
    assert "Dispatcher" in refused.value.words.en


def test_a_post_is_held_once_and_an_unknown_role_never(make_account, centre, now):
    account = make_account("hemin", ("dispatcher", centre))
    for role, code in (("dispatcher", "post-held"), ("king", "role-not-found")):
        with pytest.raises(Refusal, match=code):
            api.give_post(account.pk, centre.pk, role, TODAY, by=ADMIN, now=now)


def test_a_new_password_unlocks_and_signs_out_everywhere(make_account, now):
    account = make_account("hemin")
    token = api.sign_in("hemin", PASSWORD, now).token
    for _ in range(5):
        with pytest.raises(Refusal):
            api.sign_in("hemin", "wrong", now)
    api.set_password(account.pk, "another-horse", by=ADMIN, now=now)
    assert api.find_account_in_hand(token, now) is None
    assert api.sign_in("hemin", "another-horse", now)


def test_the_record_of_a_password_does_not_hold_it(make_account, now):
    account = make_account("hemin")
    api.set_password(account.pk, "another-horse", by=ADMIN, now=now)
    assert "another-horse" not in repr(list_entries(f"account:{account.pk}"))


def test_changing_ones_own_password_asks_for_the_old_one(make_account, now):
    account = make_account("hemin")
    holder = AccountInHand(account.pk, "hemin", "何敏")
    with pytest.raises(Refusal, match="wrong-password"):
        api.change_password(holder, "wrong", "another-horse", now)
    api.change_password(holder, PASSWORD, "another-horse", now)
    assert api.sign_in("hemin", "another-horse", now)


def test_the_command_line_lists_sets_a_password_and_unlocks(make_account, centre, now):
    account = make_account("hemin", ("dispatcher", centre))
    run = CliRunner().invoke
    assert "dispatcher@centre" in run(accounts, ["list"]).output
    assert run(accounts, ["password", "hemin", "--password", "another-horse"]).exit_code == 0
    assert run(accounts, ["unlock", "hemin"]).exit_code == 0
    assert _verbs(account.pk) == ["password-set", "account-unlocked"]
    assert isinstance(run(accounts, ["unlock", "nobody"]).exception, Refusal)


def test_companies_are_registered_once_by_their_code(water, make_account, now):
    one = api.register_company("禾川县橘香果业有限公司", "99999900ma0hc0001x", unit_id=water.pk)
    assert api.register_company("别名", "99999900MA0HC0001X") == one == api.find_company("99999900MA0HC0001X")
    with pytest.raises(Refusal, match="bad-credit-code"):
        api.register_company("某公司", "123")
    steward = make_account("jingyi")
    api.assign_steward(one.pk, steward.pk)
    assert api.list_companies("橘香") == api.list_companies(steward_id=steward.pk) == [one]
    assert api.list_companies("没有") == []
