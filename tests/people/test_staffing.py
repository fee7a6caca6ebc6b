"""Who may hand out which post, and keep whose account (三员分立)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.people import api
from huiyin.people.commands import accounts
from huiyin.people.rules import check_password_strength
from huiyin.people.sign_in_rules import SignInRules
from huiyin.people.values import AccountInHand, PostInHand

TODAY = date(2026, 3, 4)


def holder(role, account_id=99):
    return AccountInHand(account_id, role, "某人", (PostInHand(1, "中心", "centre", role),))


@pytest.mark.parametrize("role", ["admin", "security", "auditor"])
def test_the_three_officers_are_appointed_by_a_security_officer(make_account, centre, now, role):
    account = make_account("xinren")
    with pytest.raises(Refusal, match="not-your-duty") as refused:
        api.give_post(account.pk, centre.pk, role, TODAY, by=holder("admin"), now=now)
    assert "三员分立" in refused.value.words.zh
    assert refused.value.rule
    post = api.give_post(account.pk, centre.pk, role, TODAY, by=holder("security"), now=now)
    with pytest.raises(Refusal, match="not-your-duty"):
        api.end_post(post.pk, TODAY, by=holder("admin"), now=now)
    with pytest.raises(Refusal, match="not-your-duty"):
        api.close_account(account.pk, by=holder("admin"), now=now)
    api.end_post(post.pk, TODAY, by=holder("security"), now=now)


def test_other_posts_are_an_administrators_to_give(make_account, centre, now):
    account = make_account("xinren")
    with pytest.raises(Refusal, match="not-your-duty"):
        api.give_post(account.pk, centre.pk, "handler", TODAY, by=holder("security"), now=now)
    assert api.give_post(account.pk, centre.pk, "handler", TODAY, by=holder("admin"), now=now)


@pytest.mark.parametrize("role", ["admin", "security"])
def test_nobody_gives_or_ends_a_post_of_their_own_or_closes_their_own_account(
    make_account, centre, now, role
):
    account = make_account("ziji", (role, centre))
    by = holder(role, account.pk)
    with pytest.raises(Refusal, match="not-your-duty"):
        api.give_post(account.pk, centre.pk, "leader", TODAY, by=by, now=now)
    with pytest.raises(Refusal, match="not-your-duty"):
        api.end_post(account.posts.get().pk, TODAY, by=by, now=now)
    with pytest.raises(Refusal, match="not-your-duty"):
        api.close_account(account.pk, by=by, now=now)


def test_a_post_that_ends_later_still_clashes(make_account, centre, now):
    account = make_account("xinren")
    post = api.give_post(account.pk, centre.pk, "dispatcher", TODAY, by=None, now=now)
    api.end_post(post.pk, TODAY + timedelta(days=9), by=None, now=now)
    with pytest.raises(Refusal, match="roles-clash"):
        api.give_post(account.pk, centre.pk, "centre", TODAY, by=None, now=now)
    after = TODAY + timedelta(days=10)
    assert api.give_post(account.pk, centre.pk, "centre", after, by=None, now=now)


def test_a_post_ends_after_it_begins_and_an_end_is_not_put_off(make_account, centre, now):
    account = make_account("xinren")
    post = api.give_post(account.pk, centre.pk, "dispatcher", TODAY, by=None, now=now)
    with pytest.raises(Refusal, match="ends-before-start"):
        api.end_post(post.pk, TODAY - timedelta(days=1), by=None, now=now)
    api.end_post(post.pk, TODAY, by=None, now=now)
    with pytest.raises(Refusal, match="post-over"):
        api.end_post(post.pk, TODAY + timedelta(days=1), by=None, now=now)


def test_name_and_phone_change_and_a_closed_account_is_opened_again(make_account, now):
    account = make_account("xinren")
    card = api.describe_account(account)
    changed = api.AccountCard("xinren", "新人", "0999-5300001")
    api.change_account(changed, by=holder("admin"), now=now)
    api.close_account(account.pk, by=holder("admin"), now=now)
    api.change_account(changed, by=holder("admin"), now=now)
    account.refresh_from_db()
    assert (account.name, account.active) == ("新人", True)
    entry = list_entries(f"account:{account.pk}")[0]
    assert entry.body["changes"] == {"name": [card.name, "新人"], "phone": ["", "0999-5300001"]}
    for wrong, code in ((("xinren", "", ""), "words-needed"), (("xinren", "新人", "?"), "bad-phone")):
        with pytest.raises(Refusal, match=code):
            api.change_account(api.AccountCard(*wrong), by=holder("admin"), now=now)
    with pytest.raises(Refusal, match="entry-not-found"):
        api.change_account(api.AccountCard("nobody", "无人"), by=holder("admin"), now=now)


def test_a_password_that_is_made_up_is_strong_and_never_the_same(db):
    made = {api.make_password_up("a", "何敏") for _ in range(50)}
    assert len(made) == 50
    for password in made:
        check_password_strength(password, "a", SignInRules(password_length=19, password_kinds=4), "何敏")
        assert not set(password) & set("0Oo1lIa")


def test_the_command_line_appoints_the_first_officers_of_a_new_county(make_account, now):
    account = make_account("diyi")
    run = CliRunner().invoke
    assert isinstance(run(accounts, ["appoint", "diyi", "security", "office"]).exception, Refusal)
    assert run(accounts, ["appoint", "diyi", "security", "office", "--unit-name", "县政府办"]).exit_code == 0
    assert run(accounts, ["appoint", "diyi", "king", "office"]).exit_code == 2
    assert isinstance(run(accounts, ["appoint", "diyi", "admin", "office"]).exception, Refusal)
    (post,) = api.list_posts(account.pk)
    assert (post.role, post.unit.short) == ("security", "县政府办")
    assert [entry.verb for entry in list_entries(f"account:{account.pk}")] == ["post-given"]
