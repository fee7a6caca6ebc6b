"""The tables of requests: what they have beyond their case, likeness marks, messages, rules on keeping."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Appeal(models.Model):
    """What a request has beside its case. The person's secret is kept hashed to compare, sealed to send."""

    case = models.OneToOneField("cases.Case", models.CASCADE, primary_key=True, related_name="appeal")
    secret_hash = models.BinaryField(unique=True)
    secret_sealed = models.BinaryField()
    suggestion = models.TextField(default="", blank=True)
    company = models.ForeignKey("people.Company", models.PROTECT, null=True, blank=True, related_name="+")
    failed_case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="+")
    failed_matter = models.TextField(default="", blank=True)
    language = models.TextField(default="zh-hans")
    content_digest = models.BinaryField()

    class Meta:
        indexes = [
            models.Index("content_digest", name="appeal_by_content"),
            models.Index("failed_case", condition=Q(failed_case__isnull=False), name="appeal_by_failed"),
            models.Index("company", condition=Q(company__isnull=False), name="appeal_by_company"),
        ]

    def __str__(self) -> str:
        return f"appeal {self.case_id}"


class Band(models.Model):
    """One of the sixteen likeness marks of a request: texts that share one may be the same."""

    mark = models.BigIntegerField()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index("mark", "case", name="band_by_mark")]

    def __str__(self) -> str:
        return f"{self.mark} of {self.case_id}"


class Message(models.Model):
    """A short message to a person. The number is sealed; `key` keeps one event from being told twice."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="messages")
    key = models.TextField(unique=True)
    to_sealed = models.BinaryField()
    to_masked = models.TextField()
    text = models.TextField()
    state = models.TextField(default="waiting")
    attempts = models.SmallIntegerField(default=0)
    error = models.TextField(default="", blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-made_at"], name="message_by_time"),
            models.Index("case", name="message_by_case"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"


class Notice(models.Model):
    """A line in the bell of a unit's staff: a warning, an expiry, a hurry, a new case."""

    unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    kind = models.TextField()
    key = models.TextField(unique=True)
    body = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-made_at"], name="notice_by_unit"),
            models.Index("case", name="notice_by_case"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.unit_id}"


class KeepingRule(models.Model):
    """How many days one kind of data is kept, as the county set it; what no row speaks of has its default."""

    key = models.TextField(primary_key=True)
    days = models.IntegerField()
    active = models.BooleanField(default=True)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key} {self.days}"


class KeepingRun(models.Model):
    """One run over all rules: who started it (empty: the night), and how much went by each rule."""

    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    started_by = models.TextField(default="", blank=True)
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"run {self.pk}"
