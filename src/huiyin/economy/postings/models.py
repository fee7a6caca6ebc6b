"""The tables of postings: a sheet, its lines, and the questions under them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Posting(models.Model):
    """A sheet on the public page of an organisation, from `from_on` to `until_on` inclusive.

    `subject` says of what, `turn` which 榜 of it. `digest` is that of all it said when it was put up; the
    journal of the organisation keeps it too. Lines stay: a correction is another line.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="postings")
    kind = models.TextField()
    title = models.TextField()
    words = models.TextField(default="", blank=True)
    subject = models.TextField()
    turn = models.SmallIntegerField(default=1)
    columns = models.JSONField()
    from_on = models.DateField()
    until_on = models.DateField()
    digest = models.TextField()
    made_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "subject", "turn"], name="posting_of_subject_once"
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=models.F("from_on")), name="posting_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-from_on"], name="posting_by_day")]

    def __str__(self) -> str:
        return f"{self.subject} {self.turn}"


class PostingLine(models.Model):
    """A line of a sheet as it was put up, or the one that corrects it, with the reason."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="lines")
    at = models.IntegerField()
    key = models.TextField()
    cells = models.JSONField()
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    reason = models.TextField(default="", blank=True)
    digest = models.TextField(default="", blank=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["posting", "at"], name="posting_line_in_order")]

    def __str__(self) -> str:
        return f"{self.posting_id} {self.at}"


class Question(models.Model):
    """A villager's question or objection under a posting, or under one line: a case of its own.

    `kind`: `question` or `objection`. `words` and `answer` are public once they stand here, unless the
    township has hidden the words for `hidden_for`, which is public instead.
    """

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="questions")
    line = models.ForeignKey(PostingLine, models.PROTECT, null=True, blank=True, related_name="questions")
    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+")
    kind = models.TextField(default="question")
    words = models.TextField()
    masked_name = models.TextField(default="", blank=True)
    answer = models.TextField(default="", blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    hidden_for = models.TextField(default="", blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["posting"], condition=Q(answered_at__isnull=True), name="question_unanswered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.posting_id} {self.kind}"


class FollowUp(models.Model):
    """What was asked after an answer (追问), with its own answer."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="follow_ups")
    words = models.TextField()
    answer = models.TextField(default="", blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question"], condition=Q(answered_at__isnull=True), name="follow_up_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}"


class AskingMark(models.Model):
    """That something was asked from an address (blind), kept for as long as it counts."""

    mark = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["mark", "at"], name="asking_mark_by_mark")]

    def __str__(self) -> str:
        return f"{self.at}"
