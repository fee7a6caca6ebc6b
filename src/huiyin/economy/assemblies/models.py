"""The tables of assemblies: meetings and their resolutions."""

from __future__ import annotations

from django.db import models


class Meeting(models.Model):
    """An assembly of members or of their delegates. `entitled` members count, `attended` with proxies."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="meetings")
    kind = models.TextField(default="assembly")
    title = models.TextField()
    noticed_on = models.DateField()
    held_on = models.DateField()
    place = models.TextField(default="", blank=True)
    entitled = models.IntegerField(default=0)
    attended = models.IntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class Resolution(models.Model):
    """One item of a meeting, with its votes. `subject` says of what (`case:FP…`).

    `valid` is reckoned when the votes are entered: None before, with the sum in `reckoning`.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="resolutions")
    matter = models.TextField()
    subject = models.TextField(default="", blank=True)
    title = models.TextField()
    agreed = models.IntegerField(default=0)
    against = models.IntegerField(default=0)
    abstained = models.IntegerField(default=0)
    valid = models.BooleanField(null=True, blank=True)
    reckoning = models.JSONField(default=dict, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject"], name="resolution_by_subject")]

    def __str__(self) -> str:
        return self.title
