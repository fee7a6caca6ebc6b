"""Setting and changing passwords: strength, age, and no way back to a former one."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.accounts import lock_account
from huiyin.people.journalling import note_account
from huiyin.people.models import Account, OldPassword
from huiyin.people.rules import check_password_strength
from huiyin.people.sessions import sign_out_everywhere
from huiyin.people.sign_in_log import note_sign_in
from huiyin.people.sign_in_rules import SECURITY_RULE, SignInRules
from huiyin.people.sign_in_settings import get_rules
from huiyin.people.signing_in import prove_oneself
from huiyin.people.values import NOWHERE, AccountInHand, Origin


@transaction.atomic
def set_password(account_id: int, password: str, *, by: AccountInHand | None, now: datetime) -> None:
    """A new password, chosen by somebody else; the holder must change it at the next sign-in.

    The account is unlocked and signed out everywhere. Refuses `weak-password`.
    """
    account = lock_account(account_id)
    rules = get_rules()
    check_password_strength(password, account.login, rules, account.name)
    own = by is not None and by.id == account_id
    _replace(account, password, rules, now, must_change=not own)
    sign_out_everywhere(account_id)
    note_account("password-set", account_id, by, now)


def change_password(
    holder: AccountInHand, old: str, new: str, now: datetime, token: str = "", origin: Origin = NOWHERE
) -> None:
    """The holder's own change; every session but that of `token` ends.

    Refuses `wrong-password` (`old` is not the present one; it counts as a failure), `account-locked`,
    `weak-password`, and `password-used-before`.
    """
    prove_oneself(holder, old, now, origin, field="old")
    with transaction.atomic():
        account = lock_account(holder.id)
        rules = get_rules()
        check_password_strength(new, account.login, rules, account.name)
        _refuse_former(account, new, rules)
        _replace(account, new, rules, now, must_change=False)
        sign_out_everywhere(holder.id, but=token)
        note_sign_in("password-changed", account, now, origin)
        note_account("password-set", holder.id, holder, now)


def _refuse_former(account: Account, password: str, rules: SignInRules) -> None:
    kept = account.old_passwords.order_by("-replaced_at", "-id").values_list("password", flat=True)
    former = [account.password, *kept[: rules.passwords_kept]] if rules.passwords_kept else []
    if any(check_password(password, one) for one in former):
        words = Words(
            "这个密码以前用过，请换一个没有用过的。",
            "This password was used before. Choose one that was not.",
        )
        raise Refusal("password-used-before", words, rule=SECURITY_RULE, field="password")


def _replace(
    account: Account, password: str, rules: SignInRules, now: datetime, *, must_change: bool
) -> None:
    OldPassword.objects.create(account=account, password=account.password, replaced_at=now)
    kept = account.old_passwords.order_by("-replaced_at", "-id").values_list("pk", flat=True)
    account.old_passwords.exclude(pk__in=list(kept[: max(rules.passwords_kept, 1)])).delete()
    account.password, account.password_set_at = make_password(password), now
    account.must_change_password = must_change
    account.failed_count, account.locked_until = 0, None
    account.save(
        update_fields=[
            "password", "password_set_at", "must_change_password", "failed_count", "locked_until"
        ]
    )  # fmt: skip
