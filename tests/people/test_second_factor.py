"""The second factor: set up, asked for at sign-in, never twice the same code, lost and reset."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from django.db import connection

from huiyin.journal.api import list_entries, rotate_keys
from huiyin.kernel.refusals import Refusal
from huiyin.people import api
from huiyin.people.models import Account, RecoveryCode, SecondFactor, Session, SignInNote
from huiyin.people.values import AccountInHand, HalfSignedIn

PASSWORD = "correct-horse"
SECONDS = timedelta(seconds=1)
OFFICER = AccountInHand(9_000_098, "anquan", "安全")


@pytest.fixture
def holder(make_account):
    return AccountInHand(make_account("hemin").pk, "hemin", "何敏")


@pytest.fixture
def enrolled(holder, now):
    """`(secret, recovery codes)` of an account whose second factor was confirmed an hour ago."""
    before = now - timedelta(hours=1)
    api.begin_second_factor(holder, before)
    secret, _address = api.find_waiting_secret(holder)
    return secret, api.confirm_second_factor(holder, pyotp.TOTP(secret).at(before), before, "")


def _code(secret, at):
    return pyotp.TOTP(secret).at(at)


def _step(now):
    half = api.begin_sign_in("hemin", PASSWORD, now)
    assert isinstance(half, HalfSignedIn)
    return half.step


def _refused(code, act, *arguments):
    with pytest.raises(Refusal) as refused:
        act(*arguments)
    assert refused.value.code == code
    return True


def test_a_code_of_the_published_examples_is_the_one_we_make():
    """RFC 6238, appendix B: the secret of its examples, at its times (the last six digits)."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    told = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}
    assert {at: pyotp.HOTP(secret).at(at // 30) for at in told} == told


def test_nothing_is_asked_until_the_first_code_has_confirmed_it(holder, now):
    api.begin_second_factor(holder, now)
    assert api.sign_in("hemin", PASSWORD, now)
    assert api.find_second_factor(holder.id).waits
    assert _refused("wrong-code", api.confirm_second_factor, holder, "000000x", now, "")
    assert not api.has_second_factor(holder.id)


def test_the_secret_is_sealed_and_the_codes_are_digests(holder, enrolled):
    secret, codes = enrolled
    with connection.cursor() as cursor:
        cursor.execute("SELECT f::text, (SELECT string_agg(c::text, '') FROM people_recoverycode c) "
                       "FROM people_secondfactor f")  # fmt: skip
        kept = " ".join(cursor.fetchone())
    assert secret not in kept
    assert secret.encode().hex() not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def test_the_seal_is_renewed_with_the_keys(enrolled, settings, holder, now):
    secret, _codes = enrolled
    settings.SEALING_KEYS = ["a-newer-key", *settings.SEALING_KEYS]
    assert rotate_keys()["people_secondfactor"] == 1
    settings.SEALING_KEYS = settings.SEALING_KEYS[:1]
    assert api.finish_sign_in(_step(now), _code(secret, now), now)


def test_the_address_of_the_qr_code_names_county_login_and_secret(holder, now):
    api.begin_second_factor(holder, now)
    secret, address = api.find_waiting_secret(holder)
    parsed = pyotp.parse_uri(address)
    assert (parsed.secret, parsed.name, parsed.digits, parsed.interval) == (secret, "hemin", 6, 30)
    assert "禾川县" in parsed.issuer


def test_the_password_alone_starts_no_session(enrolled, now):
    step = _step(now)
    assert not Session.objects.exists()
    assert _refused("code-needed", api.sign_in, "hemin", PASSWORD, now)
    assert api.find_account_in_hand(step, now) is None


def test_password_and_code_start_a_strong_one(enrolled, now):
    secret, _codes = enrolled
    signed = api.finish_sign_in(_step(now), _code(secret, now), now)
    assert api.find_account_in_hand(signed.token, now).login == "hemin"
    assert Session.objects.get().strong


@pytest.mark.parametrize(("off", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_phones_clock_may_be_half_a_minute_off(enrolled, now, off, taken):
    secret, _codes = enrolled
    code = _code(secret, now + off * SECONDS)
    if taken:
        assert api.finish_sign_in(_step(now), code, now)
    else:
        assert _refused("wrong-code", api.finish_sign_in, _step(now), code, now)


def test_a_code_is_taken_once_and_no_older_one_after_it(enrolled, now):
    secret, _codes = enrolled
    api.finish_sign_in(_step(now), _code(secret, now), now)
    later = now + 5 * SECONDS
    assert _refused("wrong-code", api.finish_sign_in, _step(later), _code(secret, now), later)
    assert _refused("wrong-code", api.finish_sign_in, _step(later), _code(secret, now - 30 * SECONDS), later)
    assert api.finish_sign_in(_step(later), _code(secret, now + 30 * SECONDS), later)


def test_the_code_that_confirmed_does_not_sign_in(holder, now):
    api.begin_second_factor(holder, now)
    secret, _address = api.find_waiting_secret(holder)
    api.confirm_second_factor(holder, _code(secret, now), now, "")
    assert _refused("wrong-code", api.finish_sign_in, _step(now), _code(secret, now), now)


def test_wrong_codes_lock_like_wrong_passwords(enrolled, now):
    secret, _codes = enrolled
    step = _step(now)
    for _ in range(4):
        assert _refused("wrong-code", api.finish_sign_in, step, "12345", now)
    assert _refused("account-locked", api.finish_sign_in, step, "12345", now)
    assert _refused("account-locked", api.finish_sign_in, step, _code(secret, now), now)
    assert _refused("account-locked", api.begin_sign_in, "hemin", PASSWORD, now)


def test_the_right_password_does_not_make_wrong_codes_forgotten(enrolled, now):
    for _ in range(4):
        assert _refused("wrong-code", api.finish_sign_in, _step(now), "12345", now)
    assert _refused("account-locked", api.finish_sign_in, _step(now), "12345", now)


def test_a_recovery_code_stands_in_once_however_it_is_typed(enrolled, now):
    _secret, codes = enrolled
    assert len(set(codes)) == 10
    assert api.finish_sign_in(_step(now), f" {codes[0].lower().replace('-', ' ')} ", now)
    assert _refused("wrong-code", api.finish_sign_in, _step(now), codes[0], now)
    assert SignInNote.objects.filter(outcome="signed-in-by-recovery-code").count() == 1
    assert RecoveryCode.objects.filter(used_at__isnull=True).count() == 9


def test_a_recovery_code_of_another_opens_nothing(enrolled, make_account, now):
    other = AccountInHand(make_account("linxiao").pk, "linxiao", "林晓")
    api.begin_second_factor(other, now)
    secret, _address = api.find_waiting_secret(other)
    foreign = api.confirm_second_factor(other, _code(secret, now), now, "")
    assert _refused("wrong-code", api.finish_sign_in, _step(now), foreign[0], now)


def test_renewed_recovery_codes_make_the_old_ones_void(enrolled, holder, now):
    _secret, old = enrolled
    new = api.renew_recovery_codes(holder, now)
    assert _refused("wrong-code", api.finish_sign_in, _step(now), old[0], now)
    assert api.finish_sign_in(_step(now), new[0], now)


@pytest.mark.parametrize("step", ["", "made-up", "bm90IGEgc2VhbA==", "中文"])
def test_a_step_that_we_did_not_write_is_refused(enrolled, now, step):
    secret, _codes = enrolled
    assert _refused("step-over", api.finish_sign_in, step, _code(secret, now), now)


def test_a_step_ends_after_ten_minutes_with_the_password_and_when_it_was_used(enrolled, holder, now):
    secret, codes = enrolled
    step = _step(now)
    late = now + timedelta(minutes=10)
    assert _refused("step-over", api.finish_sign_in, step, _code(secret, late), late)
    api.finish_sign_in(step, _code(secret, now), now)
    assert _refused("step-over", api.finish_sign_in, step, codes[0], now)
    step = _step(now)
    api.set_password(holder.id, "another-horse", by=OFFICER, now=now)
    assert _refused("step-over", api.finish_sign_in, step, codes[0], now)


def test_confirming_ends_every_other_session(holder, now):
    here, there = (api.sign_in("hemin", PASSWORD, now).token for _ in range(2))
    api.begin_second_factor(holder, now)
    secret, _address = api.find_waiting_secret(holder)
    api.confirm_second_factor(holder, _code(secret, now), now, here)
    assert api.find_account_in_hand(here, now)
    assert api.find_account_in_hand(there, now) is None


def test_there_is_one_at_a_time(enrolled, holder, now):
    assert _refused("second-factor-held", api.begin_second_factor, holder, now)
    assert _refused("second-factor-held", api.confirm_second_factor, holder, "123456", now, "")


def test_an_officer_resets_a_lost_one_for_a_reason_on_record(enrolled, holder, now):
    secret, _codes = enrolled
    token = api.finish_sign_in(_step(now), _code(secret, now), now).token

    def reset(reason):
        api.reset_second_factor(holder.id, reason, by=OFFICER, now=now)

    assert _refused("reason-needed", reset, "丢")
    reset("手机丢失，当面核实")
    assert api.find_account_in_hand(token, now) is None
    assert api.sign_in("hemin", PASSWORD, now)
    entry = list_entries(f"account:{holder.id}")[-1]
    assert (entry.verb, entry.actor_id, entry.body["reason"]) == (
        "second-factor-reset", OFFICER.id, "手机丢失，当面核实",
    )  # fmt: skip
    assert _refused("second-factor-missing", reset, "手机丢失，当面核实")


def test_removing_it_leaves_nothing_behind(enrolled, holder, now):
    api.remove_second_factor(holder, now)
    assert not SecondFactor.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert api.sign_in("hemin", PASSWORD, now)


def test_the_record_and_the_log_hold_no_code_and_no_secret(enrolled, holder, now):
    secret, codes = enrolled
    told = repr(list_entries(f"account:{holder.id}")) + repr(list(SignInNote.objects.values()))
    assert secret not in told
    assert not any(code in told for code in codes)


def test_a_role_that_must_have_one_is_held_until_it_does(make_account, centre, now):
    account = make_account("guanxu", ("admin", centre))
    holder = AccountInHand(account.pk, "guanxu", "管旭")
    token = api.sign_in("guanxu", PASSWORD, now).token
    assert api.find_account_in_hand(token, now).must == ""
    rules = api.SignInRules(second_factor_roles=frozenset({"admin"}))
    api.change_rules(rules, by=OFFICER, now=now)
    assert api.find_account_in_hand(token, now).must == "second-factor"
    api.begin_second_factor(holder, now)
    secret, _address = api.find_waiting_secret(holder)
    api.confirm_second_factor(holder, _code(secret, now), now, token)
    token = api.renew_session(token, strong=True)
    assert api.find_account_in_hand(token, now).must == ""
    assert Account.objects.get(pk=account.pk).second_factor
