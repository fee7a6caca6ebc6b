"""The tables of shares: plans, the frozen total, who holds what of it, the ledger, certificates."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class SharePlan(models.Model):
    """A quantification that is under way or done: the case, of what, counted on which day.

    `quantifies` can only be the right to income. `people`, `held_units` and `collective_units` are reckoned.
    """

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="share_plans")
    quantifies = models.TextField(default="income")
    counted_on = models.DateField()
    collective_per_mille = models.IntegerField(default=0)
    people = models.IntegerField(default=0)
    held_units = models.BigIntegerField(default=0)
    collective_units = models.BigIntegerField(default=0)
    reckoned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantifies="income"), name="plan_divides_no_property"),
            models.CheckConstraint(
                condition=Q(collective_per_mille__range=(0, 999)), name="plan_part_of_thousand"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.counted_on}"


class ShareClass(models.Model):
    """A class of a plan: its name, its basis (`values.BASES`), units for each member or each year."""

    plan = models.ForeignKey(SharePlan, models.PROTECT, related_name="classes")
    at = models.SmallIntegerField()
    title = models.TextField()
    basis = models.TextField()
    units = models.BigIntegerField()
    most_years = models.IntegerField(default=44)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "at"], name="share_class_once")]

    def __str__(self) -> str:
        return self.title


class ClassShare(models.Model):
    """What a class gives one member; `reason` says why somebody settled it otherwise than the class does."""

    of = models.ForeignKey(ShareClass, models.PROTECT, related_name="shares")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    units = models.BigIntegerField()
    reason = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "member"], name="class_share_once"),
            models.CheckConstraint(condition=Q(units__gte=0), name="class_share_not_below_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.of_id} {self.member_id} {self.units}"


class ShareBook(models.Model):
    """The shares of an organisation, fixed on a day: `held_units` by members, `collective_units` by all.

    Their sum is the frozen total (两不增、两不减): no birth, death, coming or leaving changes it. `entries`
    counts the ledger's.
    """

    organisation = models.OneToOneField(
        "organisations.Organisation", models.PROTECT, related_name="share_book"
    )
    plan = models.OneToOneField(SharePlan, models.PROTECT, null=True, blank=True, related_name="book")
    fixed_on = models.DateField()
    total_units = models.BigIntegerField()
    held_units = models.BigIntegerField()
    collective_units = models.BigIntegerField(default=0)
    entries = models.IntegerField(default=0)
    certificates = models.IntegerField(default=0)

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
    """What one member holds, inside the household to which it is fixed: the sum of the ledger's entries."""

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


class ShareTransfer(models.Model):
    """What was applied for in a case: of which kind, for what price; registered on a day, or not yet."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="share_transfers"
    )
    kind = models.TextField()
    fen = models.BigIntegerField(default=0)
    approved_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    registered_by = models.ForeignKey(
        "people.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )
    registered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fen__gte=0), name="transfer_price_not_below_nothing"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(registered_by__isnull=True)
                | ~Q(approved_by=F("registered_by")),
                name="transfer_registered_by_another",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-id"], name="transfer_by_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind}"


class TransferPart(models.Model):
    """One part of what was applied for: from whom, to whom (null: the collective), how many units."""

    transfer = models.ForeignKey(ShareTransfer, models.CASCADE, related_name="parts")
    from_member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    to_member = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="+")
    units = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(units__gt=0), name="transfer_part_above_nothing")]

    def __str__(self) -> str:
        return f"{self.transfer_id} {self.units}"


class ShareEntry(models.Model):
    """A line of the ledger: appended, never changed. What everybody holds follows from all of them.

    No `from_member`: fixed by the plan. No `to_member`: the collective holds it. `number` runs in the book.
    """

    book = models.ForeignKey(ShareBook, models.PROTECT, related_name="ledger")
    number = models.IntegerField()
    kind = models.TextField()
    from_member = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="+")
    to_member = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="+")
    from_household = models.ForeignKey(
        "members.Household", models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_household = models.ForeignKey(
        "members.Household", models.PROTECT, null=True, blank=True, related_name="+"
    )
    units = models.BigIntegerField()
    reason = models.TextField(default="", blank=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="share_entry_number_once"),
            models.CheckConstraint(condition=Q(units__gt=0), name="share_entry_above_nothing"),
            models.CheckConstraint(
                condition=Q(kind="fix", from_member__isnull=True)
                | (~Q(kind="fix") & Q(from_member__isnull=False)),
                name="share_entry_from_a_holder",
            ),
            models.CheckConstraint(
                condition=Q(to_member__isnull=False) | Q(kind__in=["fix", "redeem"]),
                name="share_entry_to_a_holder",
            ),
        ]
        indexes = [
            models.Index(fields=["from_member"], name="share_entry_by_giver"),
            models.Index(fields=["to_member"], name="share_entry_by_taker"),
        ]

    def __str__(self) -> str:
        return f"{self.book_id} {self.number} {self.kind}"


class Certificate(models.Model):
    """A household's certificate (股权证). `units` are those of its holders when it was issued, by member id.

    `state`: `valid`, `lost` or `replaced`; the one that stands in its stead is `followed_by`.
    """

    book = models.ForeignKey(ShareBook, models.PROTECT, related_name="issued")
    household = models.ForeignKey("members.Household", models.PROTECT, related_name="certificates")
    number = models.TextField(unique=True)
    units = models.JSONField()
    state = models.TextField(default="valid")
    reason = models.TextField(default="", blank=True)
    follows = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(state="valid"), name="certificate_valid_once"
            ),
        ]
        indexes = [models.Index(fields=["book", "-id"], name="certificate_by_book")]

    def __str__(self) -> str:
        return self.number


class Printing(models.Model):
    """Certificates printed together: how many of how many are drawn, and the file, sealed, for some days."""

    book = models.ForeignKey(ShareBook, models.PROTECT, related_name="printings")
    certificates = models.JSONField()
    reason = models.TextField(default="", blank=True)
    wanted = models.IntegerField()
    drawn = models.IntegerField(default=0)
    sealed = models.BinaryField(null=True, blank=True)
    failed = models.TextField(default="", blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.book_id} {self.drawn}/{self.wanted}"
