"""How accounts stand with signing in, for the security officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from huiyin.people.accounts import lock_account
from huiyin.people.journalling import note_account
from huiyin.people.models import Account, SecondFactor
from huiyin.people.rules import is_locked
from huiyin.people.sessions import sign_out_everywhere
from huiyin.people.sign_in_log import note_sign_in
from huiyin.people.values import AccountInHand


@dataclass(frozen=True, slots=True)
class SignInState:
    """One open account; `locked_until` is None when no lock holds, `sessions` counts those not yet over."""

    id: int
    login: str
    name: str
    locked_until: datetime | None
    must_change: bool
    second_factor: bool
    last_sign_in: datetime | None
    sessions: int


def list_sign_in_states(
    now: datetime, *, state: str = "", q: str = "", limit: int = 50, skip: int = 0
) -> tuple[list[SignInState], int]:
    """Open accounts, locked ones first, then by login, with how many there are.

    `state`: `locked`, `second-factor`, `must-change` or all; `q`: part of a login or a name.
    """
    found = _narrow(Account.objects.filter(active=True), now, state, q)
    held = SecondFactor.objects.filter(account=OuterRef("pk"), confirmed_at__isnull=False)
    told = found.annotate(
        held=Exists(held), live=Count("sessions", filter=Q(sessions__expires_at__gt=now))
    ).order_by(F("locked_until").desc(nulls_last=True), "login")
    return [_tell(account, now) for account in told[skip : skip + limit]], found.count()


def _narrow(found: QuerySet[Account], now: datetime, state: str, q: str) -> QuerySet[Account]:
    if q:
        found = found.filter(Q(login__icontains=q) | Q(name__icontains=q))
    chosen = {
        "locked": Q(locked_until__gt=now),
        "second-factor": Q(second_factor__confirmed_at__isnull=False),
        "must-change": Q(must_change_password=True),
    }
    return found.filter(chosen.get(state, Q()))


def _tell(account: Account, now: datetime) -> SignInState:
    return SignInState(
        account.pk,
        account.login,
        account.name,
        account.locked_until if is_locked(account.locked_until, now) else None,
        account.must_change_password,
        account.held,  # type: ignore[attr-defined]  # annotated above
        account.last_login,
        account.live,  # type: ignore[attr-defined]  # annotated above
    )


@transaction.atomic
def end_sessions_of(account_id: int, *, by: AccountInHand, now: datetime) -> None:
    """Sign somebody else out everywhere, on record. Refuses `account-not-found`."""
    account = lock_account(account_id)
    sign_out_everywhere(account_id)
    note_sign_in("session-ended", account, now)
    note_account("sessions-ended", account_id, by, now)
