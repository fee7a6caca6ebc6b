"""Subscriptions: adding, pausing, new secrets, and switching off what nobody answers any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from huiyin.exchange.bodies import EVENTS
from huiyin.exchange.journalling import note_exchange
from huiyin.exchange.models import Subscription
from huiyin.exchange.networks import check_address, demand_reachable_literal, read_networks
from huiyin.exchange.signing import make_signing_secret
from huiyin.journal.api import open_seal, seal
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, shorten
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

PURPOSE = "webhook"
BOTH_SIGN_FOR = timedelta(days=1)
FAILS_FOR = timedelta(days=3)
OFF: dict[str, Words] = {
    "paused": Words("已暂停", "Paused"),
    "failing": Words("连续三天送不到，已自动停用", "Nothing arrived for three days: switched off"),
    "gone": Words("对方说地址已撤销（410），已自动停用", "The far side said it is gone (410): switched off"),
}


@transaction.atomic
def add_subscription(
    title: str, address: str, events: Sequence[str], *, by: AccountInHand | None, now: datetime
) -> tuple[Subscription, str]:
    """A new subscription and its secret, which is told this once. Refused: no title, address or event."""
    secret = make_signing_secret()
    tidy_title, wanted = shorten(clean(title), 60), [name for name in EVENTS if name in events]
    if not tidy_title:
        raise Refusal("title-missing", Words("请写明是哪个系统。", "Say which system it is."), field="title")
    parts = check_address(address.strip())
    demand_reachable_literal(parts, read_networks(settings.EXCHANGE_NETWORKS))
    if not wanted:
        raise Refusal("events-missing", Words("请至少选一种事件。", "Choose at least one."), field="events")
    made = Subscription.objects.create(
        title=tidy_title,
        address=address.strip(),
        events=wanted,
        secret_sealed=seal(secret, PURPOSE),
        made_by=by.signature if by else "",
        made_at=now,
    )
    _note(made, "webhook-added", by, now, title=tidy_title, address=made.address, events=wanted)
    return made, secret


def get_subscription(subscription_id: int) -> Subscription:
    """The subscription; refuses `webhook-not-found`."""
    found = Subscription.objects.filter(pk=subscription_id).first()
    if found is None:
        raise Refusal("webhook-not-found", Words("没有这个推送地址。", "There is no such webhook."))
    return found


def list_subscriptions() -> list[Subscription]:
    """All of them, the oldest first."""
    return list(Subscription.objects.order_by("id"))


@transaction.atomic
def pause_subscription(subscription_id: int, *, by: AccountInHand | None, now: datetime) -> None:
    """Nothing more is sent; events that happen meanwhile are not kept for it."""
    _switch(_lock(subscription_id), on=False, because="paused", by=by, now=now)


@transaction.atomic
def resume_subscription(subscription_id: int, *, by: AccountInHand | None, now: datetime) -> None:
    """Events are sent again from now on, and what was waiting goes out."""
    _switch(_lock(subscription_id), on=True, because="", by=by, now=now)


def _switch(one: Subscription, *, on: bool, because: str, by: AccountInHand | None, now: datetime) -> None:
    one.active, one.off_because, one.failing_since = on, because, None
    one.save(update_fields=["active", "off_because", "failing_since"])
    _note(one, "webhook-resumed" if on else "webhook-off", by, now, because=because)


@transaction.atomic
def renew_secret(subscription_id: int, *, by: AccountInHand | None, now: datetime) -> str:
    """A new secret, told this once. The former one signs beside it for a day, so that nothing is lost."""
    one, secret = _lock(subscription_id), make_signing_secret()
    one.former_sealed, one.former_until = one.secret_sealed, now + BOTH_SIGN_FOR
    one.secret_sealed = seal(secret, PURPOSE)
    one.save(update_fields=["former_sealed", "former_until", "secret_sealed"])
    _note(one, "webhook-secret-renewed", by, now)
    return secret


@transaction.atomic
def remove_subscription(subscription_id: int, *, by: AccountInHand | None, now: datetime) -> None:
    """The subscription and its log are gone; the journal keeps that it was there."""
    one = _lock(subscription_id)
    _note(one, "webhook-removed", by, now, title=one.title, address=one.address)
    one.delete()


def tell_secret(subscription_id: int) -> str:
    """The secret that signs. The caller sees to it that only whoever has just made it is told."""
    return str(open_seal(bytes(get_subscription(subscription_id).secret_sealed), PURPOSE))


def list_keys(one: Subscription, now: datetime) -> list[str]:
    """The secrets that sign now, the newest first."""
    sealed = [one.secret_sealed]
    if one.former_sealed is not None and one.former_until and one.former_until > now:
        sealed.append(one.former_sealed)
    return [str(open_seal(bytes(part), PURPOSE)) for part in sealed]


def note_outcome(one: Subscription, now: datetime, *, arrived: bool, status: int | None) -> None:
    """Count a success or a failure; three days of failures, or a 410, switch the subscription off."""
    if arrived:
        Subscription.objects.filter(pk=one.pk, failing_since__isnull=False).update(failing_since=None)
        return
    Subscription.objects.filter(pk=one.pk, failing_since__isnull=True).update(failing_since=now)
    with transaction.atomic():
        fresh = Subscription.objects.select_for_update().filter(pk=one.pk, active=True).first()
        if fresh is None or fresh.failing_since is None:
            return
        if status == 410 or now - fresh.failing_since >= FAILS_FOR:
            _switch(fresh, on=False, because="gone" if status == 410 else "failing", by=None, now=now)


def _lock(subscription_id: int) -> Subscription:
    get_subscription(subscription_id)
    return Subscription.objects.select_for_update().get(pk=subscription_id)


def _note(one: Subscription, verb: str, by: AccountInHand | None, now: datetime, **told: object) -> None:
    note_exchange(f"webhook:{one.pk}", verb, by, now, **told)
