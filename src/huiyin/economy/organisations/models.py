"""The tables of organisations: who keeps books, by which standard and charter, with which officers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.people.api import Named


class OrganisationKind(models.TextChoices):
    """What an organisation is by law; the first two are 农村集体经济组织, the third 农民专业合作社."""

    STOCK = "stock", "股份经济合作社"
    ECONOMIC = "economic", "经济合作社"
    COOPERATIVE = "cooperative", "农民专业合作社"


class Standard(models.TextChoices):
    """By which accounting system its books are kept."""

    COLLECTIVE = "collective", "财会〔2023〕14号"
    COOPERATIVE = "cooperative", "财会〔2021〕37号"


class Organisation(Named):
    """Whoever keeps books of its own: a collective, or a co-operative that a collective leads.

    `code` is its registered code, `unit` the office at which its officers hold their posts, `township` the
    unit that oversees it, `leader` the collective whose party organisation leads the co-operative.
    """

    code = models.TextField(unique=True)
    kind = models.TextField(choices=OrganisationKind.choices)
    standard = models.TextField(choices=Standard.choices, default=Standard.COLLECTIVE)
    unit = models.OneToOneField("people.Unit", models.PROTECT, related_name="organisation")
    area = models.ForeignKey("people.Area", models.PROTECT, related_name="organisations")
    township = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    leader = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="cooperatives")
    founded_on = models.DateField(null=True, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["township", "code"], name="organisation_by_township")]

    def __str__(self) -> str:
        return self.name


class Officer(models.Model):
    """Somebody who holds an office from `since_on` to `until_on` inclusive (open when null).

    `account` when they work in the product. Officers are named in public, as their office asks.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="officers")
    office = models.TextField()
    name = models.TextField()
    account = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("since_on")),
                name="officer_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.office}"


class Kinship(models.Model):
    """That an officer and somebody else are kin: the other officer, or a payee by name."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="kin")
    other = models.ForeignKey(Officer, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.TextField()
    relation = models.TextField()

    def __str__(self) -> str:
        return f"{self.officer_id} {self.relation} {self.name}"


class Charter(models.Model):
    """A version of an organisation's charter: what it lays down of reserve, shares, payment, remainders.

    Parts are per mille. `residual` names the account that takes what cannot be divided: by default the
    reserve (311). `pays_to`: `household` or `member`.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="charters")
    version = models.IntegerField()
    adopted_on = models.DateField()
    reserve_per_mille = models.IntegerField(default=300)
    collective_per_mille = models.IntegerField(default=0)
    holding_cap_per_mille = models.IntegerField(default=30)
    residual = models.TextField(default="311")
    pays_to = models.TextField(default="household")
    spread_years = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "version"], name="charter_version_once"),
            models.CheckConstraint(
                condition=Q(reserve_per_mille__range=(0, 1000))
                & Q(collective_per_mille__range=(0, 1000))
                & Q(holding_cap_per_mille__range=(1, 1000)),
                name="charter_parts_of_thousand",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} v{self.version}"


class Setting(models.Model):
    """A limit that the county, or one township, has set otherwise than the product; see `limits.LIMITS`."""

    key = models.TextField()
    township = models.ForeignKey("people.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    value = models.BigIntegerField()
    reason = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "township"], nulls_distinct=False, name="economy_setting_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.value}"
