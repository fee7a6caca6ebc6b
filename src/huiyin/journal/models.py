"""The tables of the journal: entries, chain heads, daily roots, outbox, accesses, verifications."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

_OF_NO_CASE = ~Q(subject__startswith="case:")
"""Entries on how the system is run: few beside those of cases, and listed by themselves."""


class Entry(models.Model):
    """One link of a subject's chain. There is no foreign key to accounts: people is a floor above."""

    subject = models.TextField()
    seq = models.IntegerField()
    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor = models.TextField()
    verb = models.TextField()
    body = models.JSONField()
    algo = models.SmallIntegerField()
    prev = models.BinaryField()
    hash = models.BinaryField()
    key = models.TextField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "seq"], name="journal_entry_place"),
            models.UniqueConstraint(
                fields=["subject", "key"], name="journal_entry_key", condition=Q(key__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["-id"], condition=_OF_NO_CASE, name="journal_running"),
            models.Index(fields=["-at", "-id"], condition=_OF_NO_CASE, name="journal_running_at"),
            models.Index(fields=["actor_id", "-id"], condition=_OF_NO_CASE, name="journal_running_actor"),
            models.Index(fields=["verb", "-id"], condition=_OF_NO_CASE, name="journal_running_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.seq} {self.verb}"


class Head(models.Model):
    """Where a chain stands; locked while the chain grows."""

    subject = models.TextField(primary_key=True)
    seq = models.IntegerField()
    hash = models.BinaryField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.subject} {self.seq}"


class Root(models.Model):
    """The root of a day; `leaves` is the list that it was made of (zlib): by it a lost chain has a name."""

    on = models.DateField(primary_key=True)
    count = models.IntegerField()
    root = models.BinaryField()
    prev = models.BinaryField()
    algo = models.SmallIntegerField()
    leaves = models.BinaryField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.on.isoformat()


class Outbox(models.Model):
    """Events on their way to their listeners; one that failed too often is set aside by `failed_at`."""

    event = models.TextField()
    subject = models.TextField()
    body = models.JSONField()
    at = models.DateTimeField()
    attempts = models.SmallIntegerField(db_default=0)
    error = models.TextField(db_default="")
    failed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.event} {self.subject}"


class Access(models.Model):
    """Who opened sealed or restricted data, what and why. Kept at least six months (网络安全法 21)."""

    at = models.DateTimeField()
    account_id = models.BigIntegerField()
    account = models.TextField()
    what = models.TextField()
    subject = models.TextField()
    reason = models.TextField()
    request_id = models.TextField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-id"], name="journal_access_subject"),
            models.Index(fields=["account_id", "-id"], name="journal_access_account"),
            models.Index(fields=["what", "-id"], name="journal_access_what"),
            models.Index(fields=["-at", "-id"], name="journal_access_at"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.what} {self.subject}"


class Verification(models.Model):
    """One reading of the whole record: who asked, how far it is, what it found (the first findings)."""

    asked_at = models.DateTimeField()
    asked_by = models.TextField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    read = models.BigIntegerField(db_default=0)
    chains = models.BigIntegerField(db_default=0)
    found = models.IntegerField(db_default=0)
    findings = models.JSONField(default=list)
    error = models.TextField(db_default="")

    def __str__(self) -> str:
        return f"verification {self.pk}"
