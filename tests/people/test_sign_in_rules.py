"""Rules of signing in: set by the security officer, in force at once; lockout, age of passwords, the log."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.people import api
from huiyin.people.models import Account, OldPassword, Session, SignInNote, SignInSetting
from huiyin.people.rules import check_password_strength
from huiyin.people.sign_in_rules import BOUNDS, check_number, read_rules
from huiyin.people.values import AccountInHand, Origin

PASSWORD = "correct-horse"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
OFFICER = AccountInHand(9_000_098, "anquan", "安全")
HERE = Origin("10.1.2.3", "Chrome · Windows")


@pytest.fixture
def rule(db, now):
    """`rule(lock_minutes=30)`: put rules in force."""

    def change(**given):
        return api.change_rules(api.SignInRules(**given), by=OFFICER, now=now)

    return change


def _fail(login, now, times=1, origin=HERE, password="wrong"):  # noqa: S107
    for _ in range(times):
        with pytest.raises(Refusal) as refused:
            api.begin_sign_in(login, password, now, origin)
    return refused.value.code


def _outcomes():
    return list(SignInNote.objects.order_by("id").values_list("outcome", flat=True))


def test_without_a_row_the_defaults_hold(db):
    assert api.get_rules() == api.SignInRules()


def test_a_change_is_in_force_at_once_and_on_record(rule):
    assert rule(lock_minutes=30) == ["lock_minutes"]
    assert api.get_rules().lock_minutes == 30
    assert rule(lock_minutes=30) == []
    (entry,) = list_entries("sign-in-rules")
    assert entry.body == {"lock_minutes": {"from": 15, "to": 30}}
    assert entry.actor_id == OFFICER.id


@pytest.mark.parametrize("typed", ["", "abc", "-1", "4", "1441", "15.5", "١٥", "1e2", "999999"])
def test_a_number_outside_its_bounds_is_refused_beside_its_field(typed):
    with pytest.raises(Refusal) as refused:
        check_number("lock_minutes", typed)
    assert (refused.value.code, refused.value.field) == ("bad-rule", "lock_minutes")


@given(
    st.dictionaries(
        st.sampled_from([*BOUNDS, "made-up"]), st.integers() | st.sampled_from(["", "ten", None, 1.5])
    )
)
def test_rows_that_do_not_fit_are_passed_over(given_rows):
    rules = read_rules(given_rows, api.SignInRules())
    for key, bound in BOUNDS.items():
        assert bound.least <= getattr(rules, key) <= bound.most


def test_every_default_fits_its_own_bounds():
    for key, bound in BOUNDS.items():
        assert bound.least <= getattr(api.SignInRules(), key) <= bound.most


def test_failures_and_minutes_of_a_lock_are_those_of_the_rules(make_account, rule, now):
    make_account("hemin")
    rule(failures_allowed=3, lock_minutes=60)
    assert _fail("hemin", now, 2) == "wrong-sign-in"
    assert _fail("hemin", now) == "account-locked"
    assert _fail("hemin", now + 59 * MINUTE, password=PASSWORD) == "account-locked"
    assert api.sign_in("hemin", PASSWORD, now + 60 * MINUTE)


def test_idle_minutes_and_session_hours_are_those_of_the_rules(make_account, rule, now):
    make_account("hemin")
    rule(idle_minutes=10, session_hours=1)
    token = api.sign_in("hemin", PASSWORD, now).token
    for minutes in range(0, 60, 9):
        assert api.find_account_in_hand(token, now + minutes * MINUTE)
    assert api.find_account_in_hand(token, now + 60 * MINUTE) is None
    token = api.sign_in("hemin", PASSWORD, now).token
    assert api.find_account_in_hand(token, now + 11 * MINUTE) is None


def test_the_rules_cost_a_request_no_statement(make_account, rule, now, django_assert_num_queries):
    make_account("hemin")
    rule(idle_minutes=10, password_days=90, second_factor_roles=frozenset({"admin"}))
    token = api.sign_in("hemin", PASSWORD, now).token
    with django_assert_num_queries(1):
        assert api.find_account_in_hand(token, now)


def test_an_address_that_fails_with_many_logins_is_held_and_others_are_not(make_account, rule, now):
    make_account("hemin")
    rule(address_failures=10)
    for number in range(10):
        assert _fail(f"guess{number}", now) == "wrong-sign-in"
    assert _fail("hemin", now, password=PASSWORD) == "too-many-sign-ins"
    assert api.sign_in("hemin", PASSWORD, now, Origin("10.9.9.9"))
    assert api.sign_in("hemin", PASSWORD, now + 16 * MINUTE, HERE)


def test_a_lock_that_holds_does_not_lengthen_itself_nor_hold_the_address(make_account, rule, now):
    make_account("hemin")
    rule(address_failures=10)
    _fail("hemin", now, 5)
    until = Account.objects.get().locked_until
    _fail("hemin", now, 20)
    assert Account.objects.get().locked_until == until
    assert _fail("linxiao", now) == "wrong-sign-in"


def test_the_log_tells_who_when_whence_and_how_it_ended(make_account, now):
    account = make_account("hemin")
    _fail("hemin", now, 5)
    _fail("hemin", now)
    api.unlock_account(account.pk, by=OFFICER, now=now)
    token = api.sign_in("hemin", PASSWORD, now, HERE).token
    api.sign_out(token, now, HERE)
    assert _outcomes() == [
        *["wrong-password"] * 5,
        "locked",
        "while-locked",
        "unlocked",
        "signed-in",
        "signed-out",
    ]
    lines, total = api.list_sign_ins(login="hemin", limit=2)
    assert (total, lines[0].outcome, lines[0].address, lines[0].agent) == (10, "signed-out", *_told(HERE))
    assert api.list_sign_ins(refused=True)[1] == 7
    assert api.list_sign_ins(login="10.1.2")[1] == 9
    assert api.list_sign_ins(outcome="locked")[1] == 1


def _told(origin):
    return origin.address, origin.agent


def test_a_login_that_nobody_has_is_masked_in_the_log(db, now):
    _fail("My-Password-1", now)
    line = SignInNote.objects.get()
    assert (line.login, line.account, line.outcome) == ("My***", None, "unknown-login")


def test_a_password_is_never_in_the_log(make_account, now):
    make_account("hemin")
    _fail("hemin", now, password="almost-right-1")
    assert "almost-right-1" not in repr(list(SignInNote.objects.values()))


def test_the_log_is_kept_for_six_months_at_least(make_account, now):
    make_account("hemin")
    _fail("hemin", now - 366 * DAY)
    _fail("hemin", now - 364 * DAY)
    with pytest.raises(ValueError, match="six months"):
        api.forget_old_sign_ins(179, now)
    assert api.forget_old_sign_ins(365, now) == 1


@pytest.mark.parametrize(
    ("weak", "name"),
    [
        ("password123", ""),
        ("Football1!", "Football1"),
        ("qwerty12345", ""),
        ("1q2w3e4r5t", ""),
        ("张三丰-12345678", "张三丰"),
    ],
)
def test_what_everybody_guesses_first_and_ones_own_name_are_refused(weak, name):
    with pytest.raises(Refusal, match="weak-password"):
        check_password_strength(weak, "hemin", name=name)


def test_length_and_kinds_are_those_of_the_rules():
    demanded = api.SignInRules(password_length=12, password_kinds=3)
    with pytest.raises(Refusal) as refused:
        check_password_strength("correct-horse", "hemin", demanded)
    assert "12 位" in refused.value.words.zh
    assert "3 种" in refused.value.words.zh
    check_password_strength("Correct-horse", "hemin", demanded)


def test_a_password_that_another_chose_must_be_changed_first(now, db):
    account = api.open_account("tanxue", "谭雪", "", PASSWORD, by=OFFICER, now=now)
    holder = AccountInHand(account.pk, "tanxue", "谭雪")
    token = api.sign_in("tanxue", PASSWORD, now).token
    assert api.find_account_in_hand(token, now).must == "password"
    api.change_password(holder, PASSWORD, "my-own-horse-1", now, token)
    assert api.find_account_in_hand(token, now).must == ""
    api.set_password(account.pk, "reset-horse-1", by=OFFICER, now=now)
    token = api.sign_in("tanxue", "reset-horse-1", now).token
    assert api.find_account_in_hand(token, now).must == "password"


def test_an_old_password_must_be_changed_and_one_of_unknown_age_too(make_account, rule, now):
    make_account("hemin")
    token = api.sign_in("hemin", PASSWORD, now).token
    rule(password_days=90)
    assert api.find_account_in_hand(token, now).must == "password"
    Account.objects.update(password_set_at=now - 89 * DAY)
    assert api.find_account_in_hand(token, now).must == ""
    Account.objects.update(password_set_at=now - 90 * DAY)
    assert api.find_account_in_hand(token, now).must == "password"


def test_whoever_came_by_single_sign_on_is_not_asked_to_change_a_password(make_account, now):
    make_account("hemin")
    Account.objects.update(must_change_password=True)
    token = api.sign_in("hemin", PASSWORD, now).token
    Session.objects.update(way="single-sign-on")
    assert api.find_account_in_hand(token, now).must == ""


def test_the_last_passwords_are_not_taken_again_and_older_ones_are_forgotten(make_account, rule, now):
    account = make_account("hemin")
    holder = AccountInHand(account.pk, "hemin", "何敏")
    rule(passwords_kept=2)
    chosen = [PASSWORD, "first-horse-1", "second-horse-1", "third-horse-1"]
    for number in range(3):
        api.change_password(holder, chosen[number], chosen[number + 1], now + number * MINUTE)
    for former in chosen[1:]:
        with pytest.raises(Refusal, match="password-used-before"):
            api.change_password(holder, chosen[3], former, now + DAY)
    assert OldPassword.objects.count() == 2
    api.change_password(holder, chosen[3], chosen[0], now + DAY)


def test_guessing_the_present_password_on_the_page_that_changes_it_locks_too(make_account, now):
    account = make_account("hemin")
    holder = AccountInHand(account.pk, "hemin", "何敏")
    codes = []
    for _ in range(6):
        with pytest.raises(Refusal) as refused:
            api.change_password(holder, "guess", "another-horse", now)
        codes.append(refused.value.code)
    assert codes == [*["wrong-password"] * 4, "account-locked", "account-locked"]


def test_one_sees_ones_own_sessions_and_ends_them_but_nobody_elses(make_account, now):
    holder = AccountInHand(make_account("hemin").pk, "hemin", "何敏")
    make_account("linxiao")
    here, there = (api.sign_in("hemin", PASSWORD, now, HERE).token for _ in range(2))
    theirs = api.sign_in("linxiao", PASSWORD, now).token
    lines = api.list_sessions(holder.id, here, now)
    assert [line.here for line in lines] == [True, False]
    assert (lines[0].address, lines[0].agent) == _told(HERE)
    stranger = api.list_sessions(Account.objects.get(login="linxiao").pk, theirs, now)[0].key
    with pytest.raises(Refusal, match="session-not-found"):
        api.end_session(holder, stranger, now)
    api.end_session(holder, lines[1].key, now)
    assert api.find_account_in_hand(there, now) is None
    assert api.find_account_in_hand(here, now)
    assert api.find_account_in_hand(theirs, now)


def test_a_renewed_session_opens_by_its_new_token_alone(make_account, now):
    make_account("hemin")
    token = api.sign_in("hemin", PASSWORD, now).token
    fresh = api.renew_session(token)
    assert api.find_account_in_hand(token, now) is None
    assert api.find_account_in_hand(fresh, now)


def test_the_officer_sees_how_accounts_stand(make_account, now):
    make_account("hemin")
    locked = make_account("linxiao")
    closed = make_account("closed")
    Account.objects.filter(pk=closed.pk).update(active=False)
    api.sign_in("hemin", PASSWORD, now)
    _fail("linxiao", now, 5)
    found, total = api.list_sign_in_states(now)
    assert total == 2
    assert [(one.login, bool(one.locked_until), one.sessions) for one in found] == [
        ("linxiao", True, 0), ("hemin", False, 1),
    ]  # fmt: skip
    assert [one.id for one in api.list_sign_in_states(now, state="locked")[0]] == [locked.pk]
    assert api.list_sign_in_states(now + 16 * MINUTE, state="locked")[1] == 0
    assert api.list_sign_in_states(now, q="hem")[1] == 1


def test_the_officer_signs_somebody_out_everywhere_on_record(make_account, now):
    account = make_account("hemin")
    token = api.sign_in("hemin", PASSWORD, now).token
    api.end_sessions_of(account.pk, by=OFFICER, now=now)
    assert api.find_account_in_hand(token, now) is None
    assert list_entries(f"account:{account.pk}")[-1].verb == "sessions-ended"


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36", "Chrome · Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17.0 Mobile Safari/604.1", "Safari · iPhone"),
        ("curl/8.0", "curl/8.0"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_browser_is_named_in_a_few_words(rf, told, named):
    assert api.origin_of(rf.get("/", headers={"User-Agent": told})).agent == named


def test_no_rule_is_kept_that_was_not_changed(rule):
    rule(lock_minutes=30)
    assert list(SignInSetting.objects.values_list("key", flat=True)) == ["lock_minutes"]
