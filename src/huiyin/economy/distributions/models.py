"""The tables of distributions: the plan of a year, a line for each member, their account, what the bank pays.

Lines, entries and payments are written a million at a time. Their keys to plan, member and household are held
by the statements that write them and looked at by `economy verify`, not by constraints (decision 0058).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Plan(models.Model):
    """How one organisation distributes the income of one year: its ground and its waterfall, in fen.

    `given_fen` goes to shares: the collective's, the members' and, where every share gets the same whole fen,
    the residual. `case` is null only for a plan that was generated for a trial. `approved_at`: the books have
    it; `paid_at`: the first file was made. `record_on` is the day whose shares count.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="plans")
    year = models.IntegerField()
    case = models.OneToOneField("cases.Case", models.PROTECT, null=True, blank=True, related_name="+")
    charter = models.ForeignKey("organisations.Charter", models.PROTECT, related_name="+")
    words = models.TextField(default="", blank=True)
    whole_fen = models.BooleanField(default=False)
    income_fen = models.BigIntegerField()
    earlier_fen = models.BigIntegerField(default=0)
    kept_out_fen = models.BigIntegerField(default=0)
    deferred_fen = models.BigIntegerField(default=0)
    released_fen = models.BigIntegerField(default=0)
    net_fen = models.BigIntegerField()
    losses_fen = models.BigIntegerField(default=0)
    reserve_fen = models.BigIntegerField(default=0)
    carried_fen = models.BigIntegerField(default=0)
    distributable_fen = models.BigIntegerField()
    collective_fen = models.BigIntegerField(default=0)
    members_fen = models.BigIntegerField()
    residual_fen = models.BigIntegerField(default=0)
    left_fen = models.BigIntegerField(default=0)
    total_units = models.BigIntegerField()
    held_units = models.BigIntegerField()
    record_on = models.DateField(null=True, blank=True)
    lines = models.IntegerField(default=0)
    drafted_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"], condition=Q(withdrawn=False), name="plan_of_year_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    distributable_fen=F("collective_fen")
                    + F("members_fen")
                    + F("residual_fen")
                    + F("left_fen")
                ),
                name="plan_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(members_fen__gte=0)
                & Q(collective_fen__gte=0)
                & Q(residual_fen__gte=0)
                & Q(left_fen__gte=0)
                & Q(reserve_fen__gte=0)
                & Q(held_units__gt=0),
                name="plan_not_below_nothing",
            ),
            models.CheckConstraint(
                condition=Q(drafted_by__isnull=True)
                | Q(approved_by__isnull=True)
                | ~Q(drafted_by=F("approved_by")),
                name="plan_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(paid_at__isnull=True) | Q(approved_at__isnull=False),
                name="plan_paid_after_approval",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year}"

    @property
    def given_fen(self) -> int:
        """What goes to shares."""
        return self.distributable_fen - self.left_fen


class SetAside(models.Model):
    """Part of a year's income that is not that year's to divide: see `values.ASIDES`.

    A spread takes `fen` out of `year` and gives it back over `years` years, that year the first.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="set_asides")
    kind = models.TextField()
    year = models.IntegerField()
    years = models.IntegerField(default=1)
    fen = models.BigIntegerField()
    words = models.TextField()
    voucher = models.OneToOneField("books.Voucher", models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fen__gt=0) & Q(years__range=(1, 100)), name="set_aside_something"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "year"], name="set_aside_by_year")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year} {self.kind}"


class Line(models.Model):
    """What one member gets of a plan: shares on the record day, and their fen."""

    pk = models.CompositePrimaryKey("plan_id", "member_id")
    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="of_members", db_constraint=False, db_index=False
    )
    member = models.ForeignKey(
        "members.Member", models.PROTECT, related_name="distributed", db_constraint=False, db_index=False
    )
    household = models.ForeignKey(
        "members.Household", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    units = models.BigIntegerField()
    fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fen__gte=0) & Q(units__gte=0), name="line_not_below_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.member_id}"


class PayFile(models.Model):
    """A list that the bank is given; `turn` 1 pays all, later ones what came back. `digest`: SHA-256."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="files")
    turn = models.SmallIntegerField()
    lines = models.IntegerField()
    fen = models.BigIntegerField()
    digest = models.TextField(default="", blank=True)
    voucher = models.ForeignKey("books.Voucher", models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "turn"], name="pay_file_once"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.turn}"


class Payment(models.Model):
    """A line of a file: to one household, or one member where the charter says so, as its card was then."""

    file = models.ForeignKey(
        PayFile, models.PROTECT, related_name="payments", db_constraint=False, db_index=False
    )
    number = models.IntegerField()
    household = models.ForeignKey(
        "members.Household", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    member = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    fen = models.BigIntegerField()
    sealed_card = models.BinaryField()
    returned_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="payment_number_once"),
            models.CheckConstraint(condition=Q(fen__gt=0), name="payment_of_something"),
        ]
        indexes = [
            models.Index(fields=["file"], condition=Q(returned_at__isnull=False), name="payment_returned"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.number}"


class Entry(models.Model):
    """A line of a member's account, appended and never changed: due, paid in a turn, returned, paid again."""

    pk = models.CompositePrimaryKey("plan_id", "turn", "kind", "member_id")
    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="entries", db_constraint=False, db_index=False
    )
    member = models.ForeignKey(
        "members.Member", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    turn = models.SmallIntegerField()
    kind = models.TextField()
    fen = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fen__gt=0) & Q(kind__in=["due", "paid", "returned"]), name="entry_of_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.member_id} {self.kind} {self.turn}"
