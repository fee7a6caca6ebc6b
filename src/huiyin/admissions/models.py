"""The tables of admissions: what is proposed for the register of duties, beside its case."""

from __future__ import annotations

from django.db import models


class Admission(models.Model):
    """One proposal. `version` of the register is what became of it; `changed` when the centre changed it.

    `proposed` keeps the rows as they were proposed, once the centre has changed them.
    """

    case = models.OneToOneField("cases.Case", models.PROTECT, primary_key=True, related_name="admission")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    version = models.ForeignKey(
        "register.RegisterVersion", models.PROTECT, null=True, blank=True, related_name="admissions"
    )
    changed = models.BooleanField(default=False)
    proposed = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class AdmissionRow(models.Model):
    """One duty that is to be added, moved to another unit or clause, or ended."""

    admission = models.ForeignKey(Admission, models.CASCADE, related_name="rows")
    act = models.TextField()
    duty = models.ForeignKey("register.Duty", models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    category = models.ForeignKey("register.Category", models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey("people.Area", models.PROTECT, null=True, blank=True, related_name="+")
    part = models.TextField(default="lead")
    clause = models.TextField(default="", blank=True)
    basis = models.TextField(default="", blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.act} {self.clause}"
