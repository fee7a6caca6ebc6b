"""The table of places: one row a case."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Placing(models.Model):
    """Where a case lies, as far as is known: proposed until `confirmed_at`, when a person said so.

    `area` is the smallest area that is known, `cell` the same when it is a cell; `candidates` are code and
    name of the areas that it may be. `how` and `mention` say what it rests on, as `grid` tells them.
    """

    case = models.OneToOneField("cases.Case", models.CASCADE, primary_key=True, related_name="placing")
    area = models.ForeignKey("people.Area", models.PROTECT, null=True, blank=True, related_name="+")
    cell = models.ForeignKey("people.Area", models.PROTECT, null=True, blank=True, related_name="+")
    how = models.TextField(default="", blank=True)
    mention = models.TextField(default="", blank=True)
    candidates = models.JSONField(default=list)
    sure = models.BooleanField(default=False)
    placed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "people.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index("cell", condition=Q(cell__isnull=False), name="placing_by_cell")]

    def __str__(self) -> str:
        return f"place of {self.case_id}"
