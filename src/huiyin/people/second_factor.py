"""The second factor: codes by time (RFC 6238) from a sealed secret, and recovery codes that open once."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime

import pyotp
from django.conf import settings
from django.db import transaction

from huiyin.journal.api import blind, open_seal, seal
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.journalling import note_account
from huiyin.people.models import Account, RecoveryCode, SecondFactor
from huiyin.people.rules import check_reason
from huiyin.people.sessions import sign_out_everywhere
from huiyin.people.sign_in_log import note_sign_in
from huiyin.people.sign_in_rules import SECURITY_RULE
from huiyin.people.values import NOWHERE, AccountInHand, Origin, SecondFactorState

PURPOSE = "second-factor"
STEP = 30
"""Seconds that a code stands for; the step before and the one after are taken too (RFC 6238, 5.2)."""
RECOVERY_CODES = 10
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # pragma: allowlist secret
"""Signs of recovery codes: none that is mistaken for another."""


def find_second_factor(account_id: int) -> SecondFactorState:
    """Whether an account has a second factor, since when, and how many recovery codes are left."""
    factor = SecondFactor.objects.filter(account_id=account_id).first()
    left = RecoveryCode.objects.filter(account_id=account_id, used_at__isnull=True).count()
    if factor is None:
        return SecondFactorState(None, waits=False, codes_left=left)
    return SecondFactorState(factor.confirmed_at, waits=factor.confirmed_at is None, codes_left=left)


def has_second_factor(account_id: int) -> bool:
    """Whether the account signs in with a code."""
    return SecondFactor.objects.filter(account_id=account_id, confirmed_at__isnull=False).exists()


@transaction.atomic
def begin_second_factor(holder: AccountInHand, now: datetime) -> None:
    """Make a secret that waits to be confirmed, in place of one that waited. Refuses `second-factor-held`."""
    Account.objects.select_for_update().get(pk=holder.id)
    if has_second_factor(holder.id):
        raise _held()
    SecondFactor.objects.update_or_create(
        account_id=holder.id,
        defaults={"sealed": seal(pyotp.random_base32(32), PURPOSE), "created_at": now, "last_counter": 0},
    )


def find_waiting_secret(holder: AccountInHand) -> tuple[str, str] | None:
    """The secret that waits to be confirmed, and the `otpauth` address that a QR code carries."""
    factor = SecondFactor.objects.filter(account_id=holder.id, confirmed_at__isnull=True).first()
    if factor is None:
        return None
    secret = str(open_seal(factor.sealed, PURPOSE))
    issuer = f"{settings.COUNTY.zh} 回音"
    return secret, pyotp.TOTP(secret).provisioning_uri(name=holder.login, issuer_name=issuer)


@transaction.atomic
def confirm_second_factor(
    holder: AccountInHand, code: str, now: datetime, token: str, origin: Origin = NOWHERE
) -> list[str]:
    """The second factor holds from now on; its recovery codes, told this once.

    Every session but that of `token` ends. Refuses `wrong-code`, and `second-factor-held` when none waits.
    """
    account = Account.objects.select_for_update().get(pk=holder.id)
    factor = SecondFactor.objects.filter(account=account, confirmed_at__isnull=True).first()
    if factor is None:
        raise _held()
    counter = _find_counter(factor, code, now)
    if counter is None:
        raise tell_wrong_code()
    factor.confirmed_at, factor.last_counter = now, counter
    factor.save(update_fields=["confirmed_at", "last_counter"])
    sign_out_everywhere(holder.id, but=token)
    note_sign_in("second-factor-set", account, now, origin)
    note_account("second-factor-set", holder.id, holder, now)
    return _make_recovery_codes(holder.id)


@transaction.atomic
def renew_recovery_codes(holder: AccountInHand, now: datetime, origin: Origin = NOWHERE) -> list[str]:
    """Ten new codes, told this once; the old ones open nothing any more. Who asks must have proven a code."""
    account = Account.objects.select_for_update().get(pk=holder.id)
    note_sign_in("recovery-codes-renewed", account, now, origin)
    note_account("recovery-codes-renewed", holder.id, holder, now)
    return _make_recovery_codes(holder.id)


@transaction.atomic
def remove_second_factor(holder: AccountInHand, now: datetime, origin: Origin = NOWHERE) -> None:
    """The account signs in by password alone again. Who asks must have proven password and code."""
    _forget(holder.id)
    note_sign_in("second-factor-removed", Account.objects.get(pk=holder.id), now, origin)
    note_account("second-factor-removed", holder.id, holder, now)


@transaction.atomic
def reset_second_factor(account_id: int, reason: str, *, by: AccountInHand | None, now: datetime) -> None:
    """Take the second factor from somebody who lost it; signed out everywhere.

    Refuses `reason-needed`, `account-not-found`, and `second-factor-missing`.
    """
    told = check_reason(reason)
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        raise Refusal("account-not-found", Words("没有这个账号。", "There is no such account."))
    if not has_second_factor(account_id):
        raise Refusal(
            "second-factor-missing",
            Words("这个账号没有开启两步验证。", "This account has no second factor."),
        )
    _forget(account_id)
    sign_out_everywhere(account_id)
    note_sign_in("second-factor-reset", account, now)
    note_account("second-factor-reset", account_id, by, now, reason=told)


def _forget(account_id: int) -> None:
    SecondFactor.objects.filter(account_id=account_id).delete()
    RecoveryCode.objects.filter(account_id=account_id).delete()


@transaction.atomic
def take_code(account_id: int, typed: str, now: datetime) -> str:
    """Which code was typed: `code` or `recovery-code`, used up by this; nothing when it is neither."""
    factor = (
        SecondFactor.objects.select_for_update()
        .filter(account_id=account_id, confirmed_at__isnull=False)
        .first()
    )
    if factor is None:
        return ""
    counter = _find_counter(factor, typed, now)
    if counter is not None:
        factor.last_counter = counter
        factor.save(update_fields=["last_counter"])
        return "code"
    digest = _digest(account_id, typed)
    used = RecoveryCode.objects.filter(account_id=account_id, digest=digest, used_at__isnull=True)
    return "recovery-code" if used.update(used_at=now) else ""


def _find_counter(factor: SecondFactor, typed: str, now: datetime) -> int | None:
    """The time step whose code was typed, if it is near `now` and later than the last one taken."""
    code = "".join(sign for sign in typed if not sign.isspace())
    if len(code) != 6 or not (code.isascii() and code.isdigit()):
        return None
    generator = pyotp.HOTP(str(open_seal(factor.sealed, PURPOSE)))
    present = int(now.timestamp()) // STEP
    fitting = (
        counter
        for counter in (present, present - 1, present + 1)
        if counter > factor.last_counter and hmac.compare_digest(generator.at(counter), code)
    )
    return next(fitting, None)


def _make_recovery_codes(account_id: int) -> list[str]:
    RecoveryCode.objects.filter(account_id=account_id).delete()
    codes = ["".join(secrets.choice(_SIGNS) for _ in range(12)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account_id=account_id, digest=_digest(account_id, code)) for code in codes
    )
    return [f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in codes]


def _digest(account_id: int, typed: str) -> bytes:
    bare = "".join(sign for sign in typed.upper() if sign in _SIGNS)
    return blind(f"{account_id}:{bare}", "recovery-code")


def tell_wrong_code() -> Refusal:
    """The refusal of a code that is wrong, too old, or taken already."""
    return Refusal(
        "wrong-code",
        Words(
            "验证码不对，或已用过。请等手机上换出新的一个再输。",
            "The code is wrong, or was used already. Wait for the next one on your phone.",
        ),
        rule=SECURITY_RULE,
        field="code",
    )


def _held() -> Refusal:
    return Refusal(
        "second-factor-held",
        Words("两步验证已经开启，或还没有生成密钥。", "The second factor is set already, or none waits."),
    )
