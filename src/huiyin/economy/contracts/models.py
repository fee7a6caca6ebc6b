"""The tables of contracts, payments, hints, reviews and audits."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Contract(models.Model):
    """A contract of an organisation, with the case that takes it to the township's file.

    `filed_at` null: not filed. `ended_on` its last day when it ended early or another one `amends` it.
    `method` and `resolution` say how it was decided on.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="contracts")
    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="contract")
    kind = models.TextField()
    title = models.TextField()
    counterparty = models.TextField()
    party = models.TextField(default="company")
    subject = models.TextField(default="", blank=True)
    area_mu = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    price_fen = models.BigIntegerField()
    incoming = models.BooleanField()
    signed_on = models.DateField(null=True, blank=True)
    from_on = models.DateField()
    until_on = models.DateField()
    method = models.TextField(default="", blank=True)
    resolution = models.TextField(default="", blank=True)
    amends = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="amended_by")
    made_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    filed_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    filed_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_why = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(price_fen__gt=0), name="contract_has_price"),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="contract_ends_after_start"),
            models.CheckConstraint(
                condition=Q(filed_by__isnull=True) | Q(made_by__isnull=True) | ~Q(filed_by=F("made_by")),
                name="contract_filed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(filed_at__isnull=False),
                name="contract_ended_was_filed",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "until_on"], name="contract_by_end"),
            models.Index(fields=["organisation", "counterparty"], name="contract_by_counterparty"),
        ]

    def __str__(self) -> str:
        return self.title


class Due(models.Model):
    """A sum of a contract that falls due on a day: rent to be received, or an instalment to be paid."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="dues")
    at = models.SmallIntegerField()
    due_on = models.DateField()
    fen = models.BigIntegerField()
    settled_fen = models.BigIntegerField(default=0)
    cancelled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "at"], name="due_once"),
            models.CheckConstraint(
                condition=Q(fen__gt=0) & Q(settled_fen__gte=0) & Q(settled_fen__lte=F("fen")),
                name="due_settled_within",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(settled_fen__lt=F("fen"), cancelled=False),
                name="due_unsettled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.due_on}"


class Settlement(models.Model):
    """So much of a due was settled by a voucher on the books."""

    due = models.ForeignKey(Due, models.PROTECT, related_name="settlements")
    voucher = models.ForeignKey("books.Voucher", models.PROTECT, related_name="settlements")
    fen = models.BigIntegerField()
    made_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["due", "voucher"], name="settlement_once"),
            models.CheckConstraint(condition=Q(fen__gt=0), name="settlement_above_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.due_id} {self.fen}"


class Payment(models.Model):
    """A payment that was asked for: filed by the township, then paid by one voucher and never by a second.

    Each of the four hands is another person's.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="payments")
    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="payment")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, blank=True, related_name="payments")
    due = models.ForeignKey(Due, models.PROTECT, null=True, blank=True, related_name="payments")
    purpose = models.TextField()
    payee = models.TextField()
    party = models.TextField(default="company")
    way = models.TextField(default="bank")
    holder = models.TextField(default="", blank=True)
    bank = models.TextField(default="", blank=True)
    tail = models.TextField(default="", blank=True)
    account = models.TextField()
    fen = models.BigIntegerField()
    asked_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    overseen_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    filed_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    filed_at = models.DateTimeField(null=True, blank=True)
    paid_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    paid_on = models.DateField(null=True, blank=True)
    voucher = models.OneToOneField(
        "books.Voucher", models.PROTECT, null=True, blank=True, related_name="payment"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fen__gt=0), name="payment_above_nothing"),
            models.CheckConstraint(
                condition=Q(voucher__isnull=True) | Q(filed_at__isnull=False, paid_by__isnull=False),
                name="payment_filed_before_paid",
            ),
            models.CheckConstraint(
                condition=Q(way="cash") | Q(holder=F("payee")), name="payment_to_the_payee_itself"
            ),
            models.CheckConstraint(
                condition=(Q(overseen_by__isnull=True) | ~Q(overseen_by=F("asked_by")))
                & (Q(filed_by__isnull=True) | (~Q(filed_by=F("asked_by")) & ~Q(filed_by=F("overseen_by"))))
                & (
                    Q(paid_by__isnull=True)
                    | (~Q(paid_by=F("asked_by")) & ~Q(paid_by=F("overseen_by")) & ~Q(paid_by=F("filed_by")))
                ),
                name="payment_hands_apart",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "payee"], name="payment_by_payee")]

    def __str__(self) -> str:
        return self.purpose


class Hint(models.Model):
    """Something in the books that is worth a look: found by rule, dismissed by the township with a reason."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="hints")
    kind = models.TextField()
    key = models.TextField()
    voucher = models.ForeignKey("books.Voucher", models.PROTECT, null=True, blank=True, related_name="+")
    contract = models.ForeignKey(Contract, models.CASCADE, null=True, blank=True, related_name="hints")
    fen = models.BigIntegerField(default=0)
    on = models.DateField()
    told = models.TextField(default="", blank=True)
    count = models.IntegerField(default=0)
    found_at = models.DateTimeField()
    dismissed_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.ForeignKey(
        "people.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "key"], name="hint_once"),
            models.CheckConstraint(
                condition=Q(dismissed_at__isnull=True) | ~Q(reason=""), name="hint_dismissed_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["kind", "-on"], name="hint_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Review(models.Model):
    """The township looks into an organisation once a quarter: planned, found, answered, closed."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="reviews")
    quarter = models.DateField()
    planned_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    planned_at = models.DateTimeField()
    findings = models.TextField(default="", blank=True)
    found_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(default="", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    conclusion = models.TextField(default="", blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "quarter"], name="review_once_a_quarter"),
            models.CheckConstraint(
                condition=(Q(answered_at__isnull=True) | Q(found_at__isnull=False))
                & (Q(closed_at__isnull=True) | Q(found_at__isnull=False)),
                name="review_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.quarter}"


class OfficeAudit(models.Model):
    """The audit of an officer whose term ends (离任审计): who audits, and what came of it."""

    officer = models.OneToOneField("organisations.Officer", models.PROTECT, related_name="audit")
    auditor = models.TextField()
    begun_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    result = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | (Q(done_on__gte=F("begun_on")) & ~Q(result="")),
                name="audit_done_with_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id}"
