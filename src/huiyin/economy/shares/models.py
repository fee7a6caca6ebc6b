"""The tables of shares: the frozen total of an organisation, and who holds what of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class ShareBook(models.Model):
    """The shares of an organisation, fixed on a day: `held_units` by members, `collective_units` by all.

    Their sum is the frozen total (两不增、两不减): no birth, death, coming or leaving changes it.
    """

    organisation = models.OneToOneField(
        "organisations.Organisation", models.PROTECT, related_name="share_book"
    )
    fixed_on = models.DateField()
    total_units = models.BigIntegerField()
    held_units = models.BigIntegerField()
    collective_units = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(total_units=F("held_units") + F("collective_units")), name="share_total_frozen"
            ),
            models.CheckConstraint(
                condition=Q(held_units__gte=0) & Q(collective_units__gte=0), name="shares_not_below_nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.total_units}"


class Share(models.Model):
    """What one member holds, inside the household to which it is fixed; `number` is the certificate's."""

    book = models.ForeignKey(ShareBook, models.PROTECT, related_name="shares")
    household = models.ForeignKey("members.Household", models.PROTECT, related_name="shares")
    member = models.OneToOneField("members.Member", models.PROTECT, related_name="share")
    units = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(units__gte=0), name="share_not_below_nothing"),
        ]
        indexes = [models.Index(fields=["book", "member"], name="share_by_book")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.units}"
