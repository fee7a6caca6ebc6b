"""The tables of the grid: shapes of areas, holders of cells, their absences, landmarks."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Shape(models.Model):
    """Where an area lies: polygons of whole ten-millionths of a degree (WGS-84), and the box around them.

    Most are of cells; the outline of the county or of a township may be known too.
    """

    area = models.OneToOneField("people.Area", models.PROTECT, primary_key=True, related_name="shape")
    polygons = models.JSONField()
    west = models.IntegerField()
    south = models.IntegerField()
    east = models.IntegerField()
    north = models.IntegerField()
    households = models.IntegerField(null=True, blank=True)
    people = models.IntegerField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["south", "north", "west", "east"], name="shape_by_box")]
        constraints = [
            models.CheckConstraint(
                condition=Q(west__lte=F("east"), south__lte=F("north")), name="shape_box_is_one"
            )
        ]

    def __str__(self) -> str:
        return f"shape of {self.area_id}"


class Holder(models.Model):
    """Somebody who answers for a cell: `rank` 0 is the responsible person, others are substitutes in order.

    From `since_on` to `until_on` inclusive. With an `account` they can sign in; the phone lies sealed.
    """

    cell = models.ForeignKey("people.Area", models.PROTECT, related_name="holders")
    rank = models.SmallIntegerField(default=0)
    name = models.TextField()
    account = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    sealed_phone = models.BinaryField()
    masked_phone = models.TextField(default="", blank=True)
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["cell", "rank"], name="holder_by_cell"),
            models.Index("account", condition=Q(account__isnull=False), name="holder_by_account"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
                name="holder_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(rank__gte=0), name="holder_rank_from_nought"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.cell_id}"


class Absence(models.Model):
    """Days on which a holder is away and the next acts; `ended_at`: they came back before, or never left."""

    holder = models.ForeignKey(Holder, models.CASCADE, related_name="absences")
    since_on = models.DateField()
    until_on = models.DateField()
    reason = models.TextField(default="", blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index("holder", condition=Q(ended_at__isnull=True), name="absence_by_holder")]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("since_on")), name="absence_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.holder_id} away from {self.since_on}"


class Landmark(models.Model):
    """A name by which people call a place: a road, an estate, a building, or another name of an area.

    `area` is where it lies when that is known; `cell` is found from its point.
    """

    name = models.TextField()
    aliases = models.JSONField(default=list)
    kind = models.TextField()
    area = models.ForeignKey("people.Area", models.PROTECT, null=True, blank=True, related_name="+")
    cell = models.ForeignKey("people.Area", models.PROTECT, null=True, blank=True, related_name="+")
    lon_microdegrees = models.IntegerField(null=True, blank=True)
    lat_microdegrees = models.IntegerField(null=True, blank=True)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name
