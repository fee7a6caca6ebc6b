"""The tables of the books. A voucher is one row that balances by itself, and is never changed."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q


class VoucherBalances(Func):
    """Whether the lines of a voucher add up to nothing; the function is made by the first migration."""

    function = "voucher_balances"
    output_field = models.BooleanField()


class BookMonth(models.Model):
    """One month of an organisation's books; `month` is its first day, `vouchers` the last number given.

    `digest` is that of all its vouchers in order, kept when it closes.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="months")
    month = models.DateField()
    vouchers = models.IntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "month"], name="book_month_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="book_month_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.month:%Y-%m}"


class Subaccount(models.Model):
    """A detail account of one organisation under one of the chart (`112-03`)."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="subaccounts")
    code = models.TextField()
    name = models.TextField()
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="subaccount_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Voucher(models.Model):
    """A voucher on the books: appended, never changed; a mistake is reversed by another voucher.

    Line i is `accounts[i]`, `fen[i]` (debit above nothing, credit below), `notes[i]`. `number` runs within
    the month. `source` says what it rests on (`payment:12`, `distribution:7`, `month:2026-12`, `reversal`);
    the same `key` is posted once. `made_by` null: the product itself, by rule.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="vouchers")
    month = models.ForeignKey(BookMonth, models.PROTECT, related_name="posted")
    number = models.IntegerField()
    made_on = models.DateField()
    summary = models.TextField()
    accounts = ArrayField(models.TextField())
    fen = ArrayField(models.BigIntegerField())
    notes = ArrayField(models.TextField())
    source = models.TextField(default="", blank=True)
    key = models.TextField(unique=True, null=True, blank=True)
    payee = models.TextField(default="", blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    made_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    paid_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    posted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "number"], name="voucher_number_once"),
            models.CheckConstraint(
                condition=VoucherBalances(F("accounts"), F("fen"), F("notes")), name="voucher_balances"
            ),
            models.CheckConstraint(
                condition=Q(made_by__isnull=True)
                | Q(reviewed_by__isnull=True)
                | ~Q(made_by=F("reviewed_by")),
                name="voucher_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(paid_by__isnull=True)
                | (
                    (Q(made_by__isnull=True) | ~Q(made_by=F("paid_by")))
                    & (Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("paid_by")))
                ),
                name="voucher_cash_apart_from_books",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "made_on", "id"], name="voucher_by_day"),
            models.Index(fields=["source"], condition=~Q(source=""), name="voucher_by_source"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.made_on:%Y-%m} {self.number}"


class DraftKind(models.TextChoices):
    """What a draft becomes: an ordinary voucher, the balances with which books begin, a reversal."""

    VOUCHER = "voucher", "凭证"
    OPENING = "opening", "期初"
    REVERSAL = "reversal", "冲销"


class DraftState(models.TextChoices):
    """Where a draft stands; the first three wait for somebody."""

    DRAFT = "draft", "草稿"
    REVIEW = "review", "待审核"
    CASH = "cash", "待出纳"
    POSTED = "posted", "已记账"
    DROPPED = "dropped", "作废"


class VoucherDraft(models.Model):
    """A voucher on its way to the books: made, reviewed and, where money moves, paid by different people.

    Its lines are those of a voucher but may be unbalanced until it is sent. `reason`: why it came back.
    `version` grows with each change, so that nobody writes over another's words.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="drafts")
    kind = models.TextField(choices=DraftKind.choices, default=DraftKind.VOUCHER)
    state = models.TextField(choices=DraftState.choices, default=DraftState.DRAFT)
    made_on = models.DateField()
    summary = models.TextField(default="", blank=True)
    accounts = ArrayField(models.TextField(), default=list)
    fen = ArrayField(models.BigIntegerField(), default=list)
    notes = ArrayField(models.TextField(), default=list)
    payee = models.TextField(default="", blank=True)
    reverses = models.ForeignKey(Voucher, models.PROTECT, null=True, blank=True, related_name="reversals")
    reason = models.TextField(default="", blank=True)
    version = models.IntegerField(default=1)
    client_key = models.TextField(unique=True, null=True, blank=True)
    made_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    paid_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    voucher = models.OneToOneField(Voucher, models.PROTECT, null=True, blank=True, related_name="draft")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(made_by=F("reviewed_by")),
                name="draft_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="posted", voucher__isnull=False)
                | (~Q(state="posted") & Q(voucher__isnull=True)),
                name="draft_posted_with_voucher",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(kind="opening") & ~Q(state="dropped"),
                name="draft_opening_once",
            ),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=Q(reverses__isnull=False) & ~Q(state="dropped"),
                name="draft_reversal_once",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state", "made_on"], name="draft_by_state")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.state} {self.made_on:%Y-%m-%d}"


class VoucherFile(models.Model):
    """A paper that belongs to a voucher: the bytes lie in the attachment folder under their hash."""

    draft = models.ForeignKey(VoucherDraft, models.CASCADE, related_name="files")
    sha256 = models.TextField(db_index=True)
    name = models.TextField()
    media_type = models.TextField()
    size = models.BigIntegerField()
    given_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class KeptBalance(models.Model):
    """What an account held when its month was closed; debit above nothing, credit below for `opening_fen`."""

    month = models.ForeignKey(BookMonth, models.PROTECT, related_name="balances")
    account = models.TextField()
    opening_fen = models.BigIntegerField()
    debit_fen = models.BigIntegerField()
    credit_fen = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "account"], name="kept_balance_once")]

    def __str__(self) -> str:
        return f"{self.month_id} {self.account}"


class VoucherSheet(models.Model):
    """An uploaded sheet of vouchers between preview and confirmation; `vouchers` as they were read."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    file_name = models.TextField()
    state = models.TextField(default="checked")
    percent = models.IntegerField(default=0)
    vouchers = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    lines = models.IntegerField(default=0)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.file_name
