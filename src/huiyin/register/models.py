"""The tables of the register: categories, duties, channels, matters, days, limits, ways, replies."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.people.api import Named, Titled


class Grade(models.TextChoices):
    """How pressing a matter usually is; the grade chooses the limit."""

    URGENT = "urgent", "紧急"
    UTILITY = "utility", "民生保障"
    ORDINARY = "ordinary", "一般"
    COMPLEX = "complex", "复杂"


class Part(models.TextChoices):
    """Which part a unit has in a matter."""

    LEAD = "lead", "主办"
    ASSISTING = "assisting", "协办"


class Category(Named):
    """What a matter is about, in three levels; `path` lists the ids from level 1 down: `3/21/140/`."""

    code = models.TextField(unique=True)
    level = models.SmallIntegerField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.TextField()
    icon = models.TextField(default="", blank=True)
    grade = models.TextField(choices=Grade.choices, default=Grade.ORDINARY)
    keywords = models.JSONField(default=list, blank=True)
    sort = models.IntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["path"], opclasses=["text_pattern_ops"], name="category_path")]
        constraints = [models.CheckConstraint(condition=Q(level__in=[1, 2, 3]), name="category_level")]

    def __str__(self) -> str:
        return self.name


class Duty(models.Model):
    """A unit answers for a category, everywhere or in one area, as `clause` of the catalogue says."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="duties")
    category = models.ForeignKey(Category, models.PROTECT, related_name="duties")
    area = models.ForeignKey("people.Area", models.PROTECT, null=True, blank=True, related_name="duties")
    part = models.TextField(choices=Part.choices, default=Part.LEAD)
    clause = models.TextField()
    basis = models.TextField(default="", blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="duty_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.clause


class RegisterVersion(models.Model):
    """One change of the register of duties, however many rows it touched: by whom, when, for what reason.

    `source` says by which door: `settings`, `sheet`, `admission`, `command`, `install`.
    """

    number = models.IntegerField(primary_key=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.TextField(default="", blank=True)
    reason = models.TextField(default="", blank=True)
    source = models.TextField()
    added = models.IntegerField(default=0)
    ended = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.number}"


class DutyChange(models.Model):
    """What a version did to one duty: it was `added`, or its end was set anew (`ended`)."""

    version = models.ForeignKey(RegisterVersion, models.PROTECT, related_name="changes")
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="changes")
    act = models.TextField()
    until_before = models.DateField(null=True, blank=True)
    until_after = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.version_id} {self.act} {self.duty_id}"


class Channel(Named):
    """A door by which matters come in."""

    key = models.SlugField(max_length=40, primary_key=True)
    kind = models.TextField()
    sort = models.IntegerField(default=0)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class FrequentMatter(Titled):
    """One of the county's frequent matters, offered as a tile on the scan-to-order page."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="frequent_matters")
    icon = models.TextField(default="", blank=True)
    sort = models.IntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["title"], name="frequent_matter_once")]

    def __str__(self) -> str:
        return self.title


class DayOverride(Named):
    """One day that works, or rests, against its weekday, as a holiday notice says."""

    on = models.DateField(primary_key=True)
    works = models.BooleanField()
    source = models.TextField()
    by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


class AnnouncedYear(models.Model):
    """A year whose holiday notice has been published, so that its due dates are no longer provisional."""

    year = models.IntegerField(primary_key=True)
    source = models.TextField()
    by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.year)


class LimitSetting(models.Model):
    """The county's own limit for one clock, process and grade, in place of the process file's."""

    process = models.TextField()
    clock = models.TextField()
    grade = models.TextField()
    limit = models.TextField()
    basis = models.TextField(default="", blank=True)
    by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "clock", "grade"], name="limit_set_once")]

    def __str__(self) -> str:
        return f"{self.process}.{self.clock}.{self.grade} = {self.limit}"


class LawfulWay(Titled):
    """A way laid down by law for matters that are not dispatched: the person is told where to go."""

    key = models.SlugField(max_length=40, primary_key=True)
    words = models.TextField()
    words_en = models.TextField(default="", blank=True)
    basis = models.TextField()
    sort = models.IntegerField(default=0)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.title


class ReplyTemplate(models.Model):
    """Words that staff may start a reply from; no category means that it serves every matter."""

    title = models.TextField(unique=True)
    words = models.TextField()
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="reply_templates"
    )
    sort = models.IntegerField(default=0)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.title
