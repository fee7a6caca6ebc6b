"""The tables of assemblies: meetings, who attended, what they resolved, delegates."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Meeting(models.Model):
    """An assembly of members or of their delegates. `entitled` members count, `attended` with proxies.

    Called by a public notice (`posting`). `entered_by` keeps attendance and votes until somebody else
    closes the meeting; from then on (`closed_at`) nothing changes. `called_off` says why it was not held.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="meetings")
    kind = models.TextField(default="assembly")
    title = models.TextField()
    noticed_on = models.DateField()
    held_on = models.DateField()
    begins = models.TextField(default="", blank=True)
    place = models.TextField(default="", blank=True)
    posting = models.ForeignKey("postings.Posting", models.PROTECT, null=True, blank=True, related_name="+")
    entitled = models.IntegerField(default=0)
    attended = models.IntegerField(default=0)
    chair = models.TextField(default="", blank=True)
    minutes = models.TextField(default="", blank=True)
    entered_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    called_off = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(entered_by__isnull=True)
                | Q(closed_by__isnull=True)
                | ~Q(entered_by=F("closed_by")),
                name="meeting_closed_by_another",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-held_on"], name="meeting_by_day")]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """That a member attended, in person, online, or by a member of the same household who holds a proxy."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    how = models.TextField()
    proxy = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="+")
    paper = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once"),
            models.CheckConstraint(
                condition=(Q(how="proxy") & Q(proxy__isnull=False) & ~Q(paper="") & ~Q(proxy=F("member")))
                | (~Q(how="proxy") & Q(proxy__isnull=True)),
                name="proxy_in_writing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.member_id}"


class Resolution(models.Model):
    """One item of a meeting, with its votes. `subject` says of what (`case:FP…`).

    `valid` is reckoned when the meeting is closed: None before, with the sum in `reckoning`.
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
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed__gte=0) & Q(against__gte=0) & Q(abstained__gte=0),
                name="votes_not_below_nothing",
            ),
        ]
        indexes = [models.Index(fields=["subject"], name="resolution_by_subject")]

    def __str__(self) -> str:
        return self.title


class Delegate(models.Model):
    """A member whom households elected to the delegates' meeting, from `since_on` to `until_on` inclusive."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="delegates")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
                name="delegate_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["organisation", "member"], condition=Q(until_on__isnull=True), name="delegate_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.member_id}"
