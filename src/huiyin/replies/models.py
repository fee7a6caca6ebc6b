"""The tables of reply checks: what was found of each reply, what was judged, the rules in force."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Check(models.Model):
    """One check of one reply: of `case` as its move made it `version`. Immutable but for the judgement.

    `sampled` says why the centre reads it (`weak`, `share`) or is empty. `verdict` is `fit`, `unfit` or
    empty; `followed` says what came of an unfit one: `sent-back`, `noticed`, or nothing.
    """

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="reply_checks")
    version = models.IntegerField()
    move = models.TextField()
    round = models.SmallIntegerField(default=1)
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    account_id = models.BigIntegerField(null=True)
    account = models.TextField(default="", blank=True)
    score = models.SmallIntegerField()
    band = models.TextField()
    points = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    rules = models.TextField()
    reason = models.TextField(default="", blank=True)
    digest = models.BinaryField()
    made_at = models.DateTimeField()
    sampled = models.TextField(default="", blank=True)
    verdict = models.TextField(default="", blank=True)
    judged_why = models.TextField(default="", blank=True)
    judged_by_id = models.BigIntegerField(null=True)
    judged_by = models.TextField(default="", blank=True)
    judged_at = models.DateTimeField(null=True)
    followed = models.TextField(default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="reply_check_once")]
        indexes = [
            models.Index(fields=["digest"], name="reply_check_digest"),
            models.Index(fields=["-made_at", "-id"], name="reply_check_by_time"),
            models.Index(
                fields=["-made_at", "-id"],
                condition=Q(verdict="") & ~Q(sampled=""),
                name="reply_check_to_judge",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.version}: {self.score}"


class Setting(models.Model):
    """The rules as set from `set_at` on; the newest row is in force, the older ones are its history."""

    values = models.JSONField()
    set_at = models.DateTimeField()
    set_by = models.TextField(default="", blank=True)

    def __str__(self) -> str:
        return f"{self.set_at}: {self.values}"
