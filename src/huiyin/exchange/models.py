"""The tables of the exchange: who wants to hear of events, what was told, peers, and what they were sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Subscription(models.Model):
    """An address of another system that hears of events. Off when nobody or nothing reads there.

    Its secret signs what is sent; after a change the former one signs beside it until `former_until`.
    `failing_since` is the first failure after the last success; `off_because` is `paused`, `failing`, `gone`.
    """

    title = models.TextField()
    address = models.TextField()
    events = models.JSONField(default=list)
    secret_sealed = models.BinaryField()
    former_sealed = models.BinaryField(null=True)
    former_until = models.DateTimeField(null=True)
    active = models.BooleanField(default=True)
    off_because = models.TextField(default="", blank=True)
    failing_since = models.DateTimeField(null=True)
    made_by = models.TextField(default="", blank=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Delivery(models.Model):
    """One event for one subscription; `key` keeps an event from being told twice. `state`: see `deliveries`.

    `body` is sent as it stands, at every attempt and every replay, with the same `id` in it.
    """

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="deliveries")
    key = models.TextField()
    event = models.TextField()
    body = models.JSONField()
    state = models.TextField(default="waiting")
    attempts = models.SmallIntegerField(default=0)
    made_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    status = models.SmallIntegerField(null=True)
    error = models.TextField(default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    milliseconds = models.IntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscription", "key"], name="delivery_once")]
        indexes = [
            models.Index("subscription", "next_at", condition=Q(state="waiting"), name="delivery_due"),
            models.Index(fields=["subscription", "-made_at"], name="delivery_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.event} for {self.subscription_id}"


class Peer(models.Model):
    """Another office that takes requests over GeoReport v2: `services` maps our category codes to its own.

    `at` says when a matter goes: `opened` or `dispatched`. `words`: whether the person's words go too.
    """

    title = models.TextField()
    address = models.TextField()
    form = models.TextField(default="json")
    key_sealed = models.BinaryField(null=True)
    jurisdiction = models.TextField(default="", blank=True)
    services = models.JSONField(default=dict)
    at = models.TextField(default="dispatched")
    words = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    made_by = models.TextField(default="", blank=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Sending(models.Model):
    """One matter that a peer was sent, and what the peer says of it. `state`: see `sendings`."""

    peer = models.ForeignKey(Peer, models.CASCADE, related_name="sendings")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="sendings")
    state = models.TextField(default="waiting")
    attempts = models.SmallIntegerField(default=0)
    made_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    token = models.TextField(default="", blank=True)
    their_number = models.TextField(default="", blank=True)
    their_status = models.TextField(default="", blank=True)
    error = models.TextField(default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["peer", "case"], name="sending_once")]
        indexes = [
            models.Index("next_at", condition=Q(next_at__isnull=False), name="sending_due"),
            models.Index(fields=["peer", "-made_at"], name="sending_by_time"),
            models.Index("case", name="sending_by_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} at {self.peer_id}"
