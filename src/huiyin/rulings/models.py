"""The tables of disputes and rulings: read from the records of cases, which stay the truth of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Ruling(models.Model):
    """A binding decision on who handles a matter, and so a precedent until the centre withdraws it.

    `opinions` lists what the units said: unit, name, clause, words, by, at; a silent unit has no `at`,
    and `silence` says what that means.
    """

    number = models.TextField(unique=True)
    year = models.SmallIntegerField()
    serial = models.IntegerField()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="rulings")
    title = models.TextField()
    category = models.ForeignKey("register.Category", models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey("people.Area", models.PROTECT, null=True, related_name="+")
    lead = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    assisting = models.JSONField(default=list)
    clause = models.TextField(default="", blank=True)
    duty = models.ForeignKey("register.Duty", models.SET_NULL, null=True, related_name="+")
    reason = models.TextField()
    opinions = models.JSONField(default=list)
    decided_by = models.TextField()
    decided_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.TextField(default="", blank=True)
    withdrawn_reason = models.TextField(default="", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-decided_at", "-id"], name="ruling_by_time"),
            models.Index("category", condition=Q(withdrawn_at__isnull=True), name="ruling_in_force"),
        ]

    def __str__(self) -> str:
        return self.number


class Outcome(models.TextChoices):
    """What became of a return."""

    OPEN = "open", "待审"
    ACCEPTED = "accepted", "同意"
    REFUSED = "refused", "不同意"
    WITHDRAWN = "withdrawn", "单位撤回"
    LAPSED = "lapsed", "随工单终止"
    FOR = "ruled-for", "裁定由别的单位办"
    AGAINST = "ruled-against", "裁定仍由本单位办"


class Dispute(models.Model):
    """A return that a unit asked for, and what became of it. `seq` is its place in the record of the case.

    `duty` is the line of the register that the cited clause is found to be; `again` when a return of the
    same matter had been decided before; `in_time` and `decided_in_time` say whether unit and centre kept
    their limits.
    """

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="disputes_asked")
    seq = models.IntegerField()
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.TextField()
    clause = models.TextField()
    duty = models.ForeignKey("register.Duty", models.SET_NULL, null=True, related_name="+")
    reason = models.TextField()
    again = models.BooleanField(default=False)
    in_time = models.BooleanField(default=True)
    outcome = models.TextField(choices=Outcome.choices, default=Outcome.OPEN)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.TextField(default="", blank=True)
    decision = models.TextField(default="", blank=True)
    decided_in_time = models.BooleanField(null=True)
    ruling = models.ForeignKey(Ruling, models.SET_NULL, null=True, related_name="disputes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="dispute_once")]
        indexes = [
            models.Index(fields=["unit", "-asked_at"], name="dispute_by_unit"),
            models.Index(fields=["-asked_at"], name="dispute_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.case_id}"
