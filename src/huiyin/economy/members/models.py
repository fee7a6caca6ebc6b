"""The tables of members: households and whoever belongs to them, sealed and masked."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Household(models.Model):
    """A household of an organisation. `sealed_card` holds a `PayCard`; `masked_head` names it on screen."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="households")
    number = models.IntegerField()
    masked_head = models.TextField(default="", blank=True)
    sealed_card = models.BinaryField(null=True, blank=True)
    group_name = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="household_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.number}"


class Member(models.Model):
    """Somebody on the roster of an organisation, whatever their standing (`values.STANDINGS`).

    `sealed` holds a `MemberIdentity`, `id_digest` the blind index of its identity number: nobody is a
    confirmed member of two organisations. `number` is the member's number in the organisation; `relation`
    that to the head of the household; `capable` full capacity for civil acts. `article` cites what
    `standing` rests on, `ground` is its key. `link_digest` is that of the secret of the member's own page.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="members")
    household = models.ForeignKey(Household, models.PROTECT, related_name="members")
    number = models.IntegerField()
    sealed = models.BinaryField()
    id_digest = models.BinaryField()
    masked_name = models.TextField()
    masked_id = models.TextField(default="", blank=True)
    sex = models.TextField()
    born_on = models.DateField(null=True, blank=True)
    relation = models.TextField(default="", blank=True)
    capable = models.BooleanField(default=True)
    standing = models.TextField(default="candidate")
    ground = models.TextField(default="", blank=True)
    article = models.TextField(default="", blank=True)
    since_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    link_digest = models.BinaryField(null=True, blank=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="member_number_once"),
            models.UniqueConstraint(
                fields=["id_digest"], condition=Q(standing="confirmed"), name="member_of_one_organisation"
            ),
            models.UniqueConstraint(fields=["organisation", "id_digest"], name="member_once_in_organisation"),
        ]
        indexes = [
            models.Index(fields=["household"], name="member_by_household"),
            models.Index(fields=["organisation", "standing"], name="member_by_standing"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.number}"
