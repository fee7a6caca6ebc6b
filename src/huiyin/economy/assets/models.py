"""The tables of assets: entries of registers, valuations, inventories with lines and differences."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

ORGANISATION = "organisations.Organisation"
ACCOUNT = "people.Account"


class Round(models.Model):
    """A yearly inventory opened for many organisations at once, by a job; `done` of `wanted` are opened.

    `township` null: for the whole county. `state`: `running`, `done` or `refused` (with `words`).
    """

    year = models.SmallIntegerField()
    as_of = models.DateField()
    township = models.ForeignKey("people.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    wanted = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    state = models.TextField(default="running")
    words = models.JSONField(default=list, blank=True)
    opened_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.year}"


class Inventory(models.Model):
    """The inventory of one organisation in one year, as things stood at the end of `as_of`.

    `turn` counts the postings anew when an objection led to another count. `totals` are those that were
    confirmed, `digest` that of every line then.
    """

    organisation = models.ForeignKey(ORGANISATION, models.PROTECT, related_name="inventories")
    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="inventory")
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="inventories")
    year = models.SmallIntegerField()
    as_of = models.DateField()
    turn = models.SmallIntegerField(default=1)
    opened_at = models.DateTimeField()
    resolution = models.ForeignKey(
        "assemblies.Resolution", models.PROTECT, null=True, blank=True, related_name="+"
    )
    totals = models.JSONField(default=dict, blank=True)
    digest = models.TextField(default="", blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    taken_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="inventory_once_a_year"),
        ]
        indexes = [models.Index(fields=["year", "organisation"], name="inventory_by_year")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year}"


class Asset(models.Model):
    """An entry of a register. `code` never changes; an entry is ended with a reason, never deleted.

    `value_fen` is the net book value, null while nobody knows it. `area_mu` is in 亩 and stands for land
    alone. `basis` is the voucher or contract that it rests on, `found_in` the inventory that found it.
    `managed_on`: since when the platform holds it.
    """

    organisation = models.ForeignKey(ORGANISATION, models.PROTECT, related_name="assets")
    register = models.TextField()
    number = models.IntegerField()
    code = models.TextField()
    name = models.TextField()
    account = models.TextField(default="", blank=True)
    place = models.TextField(default="", blank=True)
    keeper = models.TextField(default="", blank=True)
    party = models.TextField(default="", blank=True)
    use = models.TextField(default="own")
    land_class = models.TextField(default="", blank=True)
    area_mu = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    quantity = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    measure = models.TextField(default="", blank=True)
    value_fen = models.BigIntegerField(null=True, blank=True)
    contract = models.TextField(default="", blank=True)
    deed = models.TextField(default="", blank=True)
    note = models.TextField(default="", blank=True)
    basis = models.TextField(default="", blank=True)
    acquired_on = models.DateField(null=True, blank=True)
    found_in = models.ForeignKey(Inventory, models.PROTECT, null=True, blank=True, related_name="found")
    added_at = models.DateTimeField()
    managed_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.TextField(default="", blank=True)
    ended_basis = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="asset_code_once"),
            models.UniqueConstraint(fields=["organisation", "register", "number"], name="asset_number_once"),
            models.CheckConstraint(
                condition=(Q(register="land") & Q(area_mu__gt=0) & ~Q(land_class="") & Q(account=""))
                | (~Q(register="land") & Q(area_mu__isnull=True) & Q(land_class="") & ~Q(account="")),
                name="asset_land_by_area",
            ),
            models.CheckConstraint(
                condition=Q(value_fen__isnull=True) | Q(value_fen__gte=0),
                name="asset_value_not_below_nothing",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_reason=""), name="asset_ended_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "register", "number"], name="asset_in_order")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Valuation(models.Model):
    """What an asset was valued at, by whom, on which resolution; filed with the township before it is used.

    `method` `democratic` names those who assessed, `valuer` the valuer and the report. Returned ones say why.
    """

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="valuations")
    purpose = models.TextField()
    method = models.TextField()
    valued_fen = models.BigIntegerField()
    valued_on = models.DateField()
    valuers = models.TextField()
    report = models.TextField(default="", blank=True)
    resolution = models.TextField()
    made_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    filed_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, blank=True, related_name="+")
    filed_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_reason = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(filed_by__isnull=True) | ~Q(filed_by=F("made_by")),
                name="valuation_filed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(filed_at__isnull=True) | Q(returned_at__isnull=True),
                name="valuation_filed_or_returned",
            ),
            models.CheckConstraint(condition=Q(valued_fen__gt=0), name="valuation_above_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.valued_fen}"


class Elder(models.Model):
    """One of 村五老 who looks on at an inventory; `agreed_at` when they have agreed with the count."""

    inventory = models.ForeignKey(Inventory, models.PROTECT, related_name="elders")
    name = models.TextField()
    kind = models.TextField()
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inventory", "name"], name="elder_once")]

    def __str__(self) -> str:
        return self.name


class CountLine(models.Model):
    """An entry of a register as an inventory found it: what the register says, and what was counted."""

    inventory = models.ForeignKey(Inventory, models.PROTECT, related_name="lines")
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="lines")
    book_fen = models.BigIntegerField()
    book_mu = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    counted_fen = models.BigIntegerField(null=True, blank=True)
    counted_mu = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    seen = models.TextField(default="", blank=True)
    note = models.TextField(default="", blank=True)
    photo = models.ForeignKey("cases.Attachment", models.PROTECT, null=True, blank=True, related_name="+")
    counted_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, blank=True, related_name="+")
    counted_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inventory", "asset"], name="count_line_once"),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("counted_by")),
                name="count_checked_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inventory_id} {self.asset_id}"


class Difference(models.Model):
    """What a check found, its explanation, what becomes of it, and the voucher that was posted for it."""

    inventory = models.ForeignKey(Inventory, models.PROTECT, related_name="differences")
    kind = models.TextField()
    fault = models.TextField()
    register = models.TextField(default="", blank=True)
    line = models.ForeignKey(CountLine, models.PROTECT, null=True, blank=True, related_name="differences")
    account = models.TextField(default="", blank=True)
    book_fen = models.BigIntegerField(default=0)
    counted_fen = models.BigIntegerField(default=0)
    gap_mu = models.DecimalField(max_digits=14, decimal_places=4, default=0)
    explanation = models.TextField(default="", blank=True)
    treatment = models.TextField(default="", blank=True)
    explained_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, blank=True, related_name="+")
    voucher = models.ForeignKey("books.Voucher", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inventory", "kind", "fault", "register", "line", "account"],
                nulls_distinct=False,
                name="difference_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inventory_id} {self.kind} {self.fault}"

    @property
    def gap_fen(self) -> int:
        """What was counted beyond the books."""
        return self.counted_fen - self.book_fen


class Draft(models.Model):
    """A sheet that was uploaded: its rows and faults, until whoever sent it confirms or drops it."""

    organisation = models.ForeignKey(ORGANISATION, models.CASCADE, related_name="+")
    inventory = models.ForeignKey(Inventory, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.TextField()
    rows = models.JSONField()
    made_by = models.ForeignKey(ACCOUNT, models.CASCADE, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
