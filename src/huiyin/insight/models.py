"""The tables of hot issues, their members, the runs that find them and the groups made of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Issue(models.Model):
    """A matter that several cases are about. `profile` holds what marks it: weights by feature.

    `state`: open (found), named (by somebody), dismissed, merged (`into` another). `split_from` is the issue
    that its first members were taken out of by hand.
    """

    title = models.TextField()
    state = models.TextField(default="open")
    score = models.IntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    township = models.ForeignKey("people.Area", models.PROTECT, null=True, blank=True, related_name="+")
    category = models.ForeignKey("register.Category", models.PROTECT, null=True, blank=True, related_name="+")
    places = models.JSONField(default=list)
    keywords = models.JSONField(default=list)
    profile = models.JSONField(default=dict)
    joins_from = models.IntegerField(default=1000)
    into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    lead_case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(default="", blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index("state", "last_at", name="issue_by_state")]

    def __str__(self) -> str:
        return self.title


class Member(models.Model):
    """A case that is about an issue: about one at a time. `came_from` is the merged issue that brought it."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="members")
    case = models.OneToOneField("cases.Case", models.CASCADE, related_name="+")
    joined_at = models.DateTimeField()
    by_hand = models.BooleanField(default=False)
    came_from = models.ForeignKey(Issue, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [
            models.Index("came_from", condition=Q(came_from__isnull=False), name="member_by_origin"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} in {self.issue_id}"


class Run(models.Model):
    """One look for issues among the cases of a period, in a township or everywhere, and how far it is."""

    since = models.DateTimeField()
    until = models.DateTimeField()
    township = models.ForeignKey("people.Area", models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField()
    started_by = models.TextField(default="", blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    percent = models.SmallIntegerField(default=0)
    cases = models.IntegerField(default=0)
    found = models.IntegerField(default=0)
    joined = models.IntegerField(default=0)
    failed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"run {self.pk}"


class Grouping(models.Model):
    """The members of an issue on their way into one group: who asked, how far it is, what became of each."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="groupings")
    lead_case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    refused = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"grouping {self.pk}"
