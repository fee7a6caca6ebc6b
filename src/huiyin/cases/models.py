"""The tables of cases. Their changing rows are written by `store`; nothing here decides."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q


class Case(models.Model):
    """One matter, whatever its kind.

    `due_at` is that of the clock which governs now; while that one is paused, `paused_at` says since when.
    `answered_at` is the answer of the present round. `automatic`: the product itself
    dispatched it, and nobody since. `disputes` counts the returns that were decided, and
    `ruling` is the number of the binding decision on who handles it.
    """

    number = models.TextField(unique=True)
    kind = models.TextField()
    process = models.TextField()
    process_version = models.IntegerField()
    stage = models.TextField()
    stage_kind = models.TextField()
    grade = models.TextField()
    urgent = models.BooleanField(default=False)
    title = models.TextField()
    category = models.ForeignKey("register.Category", models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey("people.Area", models.PROTECT, null=True, blank=True, related_name="+")
    township = models.ForeignKey("people.Area", models.PROTECT, null=True, blank=True, related_name="+")
    place = models.TextField(default="", blank=True)
    spot = models.ForeignKey("people.Place", models.PROTECT, null=True, blank=True, related_name="+")
    lon_microdegrees = models.IntegerField(null=True, blank=True)
    lat_microdegrees = models.IntegerField(null=True, blank=True)
    channel = models.ForeignKey("register.Channel", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    identity = models.TextField(default="named")
    source_key = models.TextField(null=True, blank=True, unique=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    dispatched_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField()
    lead = models.ForeignKey("people.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    officer = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    designated = models.BooleanField(default=False)
    round = models.SmallIntegerField(default=1)
    extensions = models.SmallIntegerField(default=0)
    returns = models.SmallIntegerField(default=0)
    hurries = models.SmallIntegerField(default=0)
    supervisions = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    due_from = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    group = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    members = models.IntegerField(default=0)
    asked = models.JSONField(null=True, blank=True)
    asked_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    hung_until = models.DateField(null=True, blank=True)
    cause = models.TextField(default="", blank=True)
    automatic = models.BooleanField(default=False, db_default=False)
    disputes = models.SmallIntegerField(default=0, db_default=0)
    ruling = models.TextField(default="", db_default="", blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(
                F("due_at").asc(nulls_last=True),
                "id",
                condition=Q(closed_at__isnull=True),
                name="case_open_by_due",
            ),
            models.Index(
                "lead",
                F("due_at").asc(nulls_last=True),
                "id",
                condition=Q(closed_at__isnull=True),
                name="case_open_by_lead",
            ),
            models.Index(
                "stage",
                F("due_at").asc(nulls_last=True),
                "id",
                condition=Q(closed_at__isnull=True),
                name="case_open_by_stage",
            ),
            models.Index(
                "stage_kind",
                F("due_at").asc(nulls_last=True),
                "id",
                condition=Q(closed_at__isnull=True),
                name="case_open_by_kind",
            ),
            models.Index(F("due_at").asc(nulls_last=True), "id", name="case_by_due"),
            models.Index(fields=["-opened_at", "-id"], name="case_by_opened"),
            models.Index(fields=["lead", "-opened_at"], name="case_by_lead"),
            models.Index(fields=["township", "-opened_at"], name="case_by_township"),
            models.Index(fields=["moved_at"], name="case_by_moved"),
            models.Index("person", condition=Q(person__isnull=False), name="case_by_person"),
            models.Index("opened_by", condition=Q(opened_by__isnull=False), name="case_by_opener"),
            models.Index("group", condition=Q(group__isnull=False), name="case_by_group"),
        ]

    def __str__(self) -> str:
        return self.number


class CaseText(models.Model):
    """The words of a case and their pairs of signs, beside the header so that a move does not copy them."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="text")
    words = models.TextField()
    pairs = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["pairs"], name="case_pairs", fastupdate=True)]

    def __str__(self) -> str:
        return f"words of {self.case_id}"


class Assignment(models.Model):
    """A unit's part in a case, from its dispatch to its end. `how` says how it ended."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="assignments")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    part = models.TextField()
    round = models.SmallIntegerField()
    designated = models.BooleanField(default=False)
    dispatched_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    officer = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    how = models.TextField(default="", blank=True)

    class Meta:
        indexes = [
            models.Index("case", name="assignment_by_case"),
            models.Index("unit", "part", condition=Q(ended_at__isnull=True), name="assignment_open"),
            models.Index("unit", "case", condition=~Q(how="done"), name="assignment_undone"),
            models.Index("dispatched_at", condition=Q(designated=True), name="assignment_designated"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.case_id}"


class CaseClock(models.Model):
    """One run of one clock, with all that its due date can be recounted from.

    `next_at` is the next moment to warn or expire; None when there is none or the clock is paused.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks")
    key = models.TextField()
    owner = models.TextField()
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    main = models.BooleanField(default=False)
    round = models.SmallIntegerField()
    started_at = models.DateTimeField()
    limits = models.JSONField()
    pauses = models.JSONField(default=list)
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    warns = models.JSONField(default=list)
    next_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(default="running")
    calendar = models.TextField()
    provisional = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index("case", name="clock_by_case"),
            models.Index("next_at", condition=Q(next_at__isnull=False), name="clock_next"),
            models.Index("calendar", condition=Q(stopped_at__isnull=True), name="clock_by_calendar"),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.case_id}"


class Rating(models.Model):
    """What a person said of one round. Solved and satisfied are two questions; unreached is neither."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="ratings")
    round = models.SmallIntegerField()
    source = models.TextField()
    reached = models.BooleanField()
    solved = models.BooleanField(null=True, blank=True)
    satisfied = models.SmallIntegerField(null=True, blank=True)
    understood = models.BooleanField(null=True, blank=True)
    words = models.TextField(default="", blank=True)
    account = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    lead = models.ForeignKey("people.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    rated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("case", "round", name="rating_by_case")]

    def __str__(self) -> str:
        return f"rating of {self.case_id}"


class Attachment(models.Model):
    """A file given with a case. The bytes lie in the attachment folder under their SHA-256.

    After `removed_at` they are gone, by the rule on how long files are kept; that there was a file stays.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="attachments")
    sha256 = models.TextField()
    name = models.TextField()
    media_type = models.TextField()
    size = models.BigIntegerField()
    public = models.BooleanField(default=False)
    given_by = models.TextField()
    given_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index("case", name="attachment_by_case"),
            models.Index("sha256", condition=Q(removed_at__isnull=True), name="attachment_by_content"),
        ]

    def __str__(self) -> str:
        return self.name


class ProcessFile(models.Model):
    """A process file that the county added. A version, once added, is never changed: cases pin it."""

    key = models.TextField()
    version = models.IntegerField()
    text = models.TextField()
    added_at = models.DateTimeField()
    added_by = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="process_version_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class Series(models.Model):
    """A row of numbers without gaps, as papers bear them: the last one given out under a name."""

    name = models.TextField(primary_key=True)
    last = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.name} {self.last}"


class SavedView(models.Model):
    """A worklist that somebody keeps: filters, order and columns under a name."""

    account = models.ForeignKey("people.Account", models.CASCADE, related_name="+")
    name = models.TextField()
    filters = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="view_name_once")]

    def __str__(self) -> str:
        return self.name
