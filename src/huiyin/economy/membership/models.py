"""The tables of membership: rounds, who is classed in them and how, files, appeals."""

from __future__ import annotations

from django.db import models


class Round(models.Model):
    """One round of confirmation beside its case. `passes` counts how often it was sorted anew.

    `as_of` is the reference day (认定基准日); `confirmed_at` when the standings were written.
    """

    case = models.OneToOneField("cases.Case", models.PROTECT, primary_key=True, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    title = models.TextField()
    as_of = models.DateField()
    passes = models.SmallIntegerField(default=1)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation"], name="round_by_organisation")]

    def __str__(self) -> str:
        return self.title


class RoundEntry(models.Model):
    """Somebody in a round: `standing` before it, the law's hint, the class proposed, the one decided.

    `elsewhere`: another roster had them as a member when they were sorted. `must`: the hint binds.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="entries")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    standing = models.TextField()
    ground = models.TextField(default="", blank=True)
    elsewhere = models.BooleanField(default=False)
    hinted = models.TextField(default="", blank=True)
    rule = models.TextField(default="", blank=True)
    must = models.BooleanField(default=False)
    proposed = models.TextField(default="", blank=True)
    evidence = models.TextField(default="", blank=True)
    note = models.TextField(default="", blank=True)
    decided = models.TextField(default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "member"], name="round_entry_once")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.member_id}"


class EntryFile(models.Model):
    """A file of the case that is evidence of one entry."""

    entry = models.ForeignKey(RoundEntry, models.CASCADE, related_name="files")
    attachment = models.ForeignKey("cases.Attachment", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.entry_id} {self.attachment_id}"


class Appeal(models.Model):
    """A request to look again at a refusal or a loss, beside its case.

    `standing` is what it is raised against, `outcome` empty until decided: `upheld` or `dismissed`.
    """

    case = models.OneToOneField("cases.Case", models.PROTECT, primary_key=True, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="appeals")
    standing = models.TextField()
    ground = models.TextField()
    words = models.TextField()
    evidence = models.TextField(default="", blank=True)
    outcome = models.TextField(default="", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=models.Q(decided_at__isnull=True), name="appeal_open_once"
            )
        ]
        indexes = [models.Index(fields=["organisation"], name="appeal_by_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.member_id}"
