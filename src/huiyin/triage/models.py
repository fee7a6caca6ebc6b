"""The tables of triage: versions of the model, what they predicted of cases, thresholds of categories."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class ModelVersion(models.Model):
    """One version of the model, kept for good; number 0 is the list of words, which was never trained.

    `figures` were measured on rows that `twin` never saw: it is the same model without them, kept so that a
    later version is compared with this one on rows that neither was trained with. `compared` holds what the
    version then in force had on the same rows. `percent` tells how far a training is.
    """

    number = models.IntegerField(unique=True)
    origin = models.TextField()
    source = models.TextField(default="", blank=True)
    state = models.TextField(default="training")
    trained_at = models.DateTimeField()
    trained_by = models.TextField(default="", blank=True)
    rows = models.IntegerField(default=0)
    labels = models.JSONField(default=list)
    figures = models.JSONField(default=dict)
    compared = models.JSONField(default=dict)
    blob = models.BinaryField(null=True)
    twin = models.BinaryField(null=True)
    percent = models.SmallIntegerField(default=0)
    refusal = models.JSONField(default=list)
    promoted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="promoted"), name="model_promoted_once"
            )
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class Prediction(models.Model):
    """What one version said of one case, and what people made of it.

    `ranked` lists the likeliest categories (id, per mille), `reasons` the words that spoke for it (word,
    weight), `alike` and `past` cases (id, per mille). `basis` says what the category rests on: `model`,
    `narrowed` (the model's category, the words within it), `words`, `given`. `hindrance` is why it did not go
    by itself. `outcome` is empty until somebody, or the product itself, has dispatched the case.
    """

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="predictions", db_index=False)
    version = models.ForeignKey(ModelVersion, models.PROTECT, related_name="predictions")
    category = models.ForeignKey("register.Category", models.PROTECT, null=True, blank=True, related_name="+")
    per_mille = models.SmallIntegerField(default=0)
    basis = models.TextField(default="words")
    ranked = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    duty = models.ForeignKey("register.Duty", models.SET_NULL, null=True, blank=True, related_name="+")
    clause = models.TextField(default="", blank=True)
    clause_basis = models.TextField(default="", blank=True)
    grade = models.TextField(default="", blank=True)
    urgent = models.BooleanField(default=False)
    urgent_words = models.JSONField(default=list)
    way = models.TextField(default="", blank=True)
    area = models.ForeignKey("people.Area", models.PROTECT, null=True, blank=True, related_name="+")
    place = models.TextField(default="", blank=True)
    alike = models.JSONField(default=list)
    past = models.JSONField(default=list)
    hindrance = models.TextField(default="", blank=True)
    made_at = models.DateTimeField()
    outcome = models.TextField(default="", blank=True)
    automatic = models.BooleanField(default=False)
    decided_by = models.TextField(default="", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    chosen_category = models.ForeignKey(
        "register.Category", models.PROTECT, null=True, blank=True, related_name="+"
    )
    chosen_unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["case", "-id"], name="prediction_by_case"),
            models.Index(fields=["-decided_at"], condition=~Q(outcome=""), name="prediction_by_decision"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(per_mille__gte=0, per_mille__lte=1000), name="prediction_per_mille"
            )
        ]

    def __str__(self) -> str:
        return f"prediction of {self.case_id}"


class Threshold(models.Model):
    """From how many per mille on a matter of this category goes out by itself. No row: never."""

    category = models.OneToOneField("register.Category", models.PROTECT, primary_key=True, related_name="+")
    per_mille = models.SmallIntegerField()
    set_by = models.TextField(default="", blank=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(per_mille__gte=500, per_mille__lte=1000), name="threshold_per_mille"
            )
        ]

    def __str__(self) -> str:
        return f"{self.category_id} {self.per_mille}"


class UrgentWord(models.Model):
    """A word that the county added to the shipped list, or took out of it."""

    word = models.TextField(primary_key=True)
    active = models.BooleanField(default=True)
    set_by = models.TextField(default="", blank=True)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.word
