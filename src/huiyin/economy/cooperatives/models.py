"""The tables of co-operatives: what they are, members with their accounts, contributions, trades, votes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Cooperative(models.Model):
    """What an organisation of kind co-operative has beyond it: its model, and what resolved to lead it."""

    organisation = models.OneToOneField(
        "organisations.Organisation", models.PROTECT, related_name="cooperative"
    )
    model = models.TextField()
    resolution = models.TextField(default="", blank=True)
    resolved_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.model}"


class MemberAccount(models.Model):
    """A member with the account that the law asks for (成员账户).

    `reserve_fen` is the share of the reserve that was quantified to it; contributions and trades stand in
    tables of their own. `left_on` is the last day of membership. `sealed` holds an `Identity`.
    """

    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="cooperative_accounts"
    )
    number = models.IntegerField()
    kind = models.TextField()
    household = models.ForeignKey(
        "members.Household", models.PROTECT, null=True, blank=True, related_name="+"
    )
    sealed = models.BinaryField()
    id_digest = models.BinaryField()
    masked_name = models.TextField()
    masked_id = models.TextField(default="", blank=True)
    joined_on = models.DateField()
    asked_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    extra_votes = models.IntegerField(default=0)
    reserve_fen = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="member_account_number_once"),
            models.UniqueConstraint(
                fields=["organisation", "id_digest"],
                condition=Q(left_on__isnull=True),
                name="member_account_once",
            ),
            models.CheckConstraint(
                condition=Q(extra_votes__gte=0) & Q(reserve_fen__gte=0), name="member_account_not_below"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.number}"


class Contribution(models.Model):
    """What a member brought in, entered by one and confirmed by another; capital once it is confirmed.

    `number` is the certificate's. `returned_on`: given back when the member left, or taken back as an error.
    """

    account = models.ForeignKey(MemberAccount, models.PROTECT, related_name="contributions")
    number = models.IntegerField()
    form = models.TextField()
    what = models.TextField()
    fen = models.BigIntegerField()
    made_on = models.DateField()
    method = models.TextField(default="", blank=True)
    valuer = models.TextField(default="", blank=True)
    resolution = models.TextField(default="", blank=True)
    entered_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey(
        "people.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    reason = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fen__gt=0), name="contribution_above_nothing"),
            models.CheckConstraint(
                condition=~Q(form__in=["labour", "service"]), name="contribution_no_labour"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | Q(entered_by__isnull=True)
                | ~Q(confirmed_by=F("entered_by")),
                name="contribution_confirmed_by_another",
            ),
        ]
        indexes = [models.Index(fields=["account"], name="contribution_by_account")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.form} {self.fen}"


class Grant(models.Model):
    """A public grant or a gift: property that is quantified to the members in equal shares."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="grants")
    source = models.TextField()
    what = models.TextField()
    fen = models.BigIntegerField()
    got_on = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(fen__gt=0), name="grant_above_nothing")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.what}"


class Trade(models.Model):
    """A member's trade with the co-operative: volume by which surplus is returned."""

    account = models.ForeignKey(MemberAccount, models.PROTECT, related_name="trades")
    traded_on = models.DateField()
    what = models.TextField()
    quantity = models.TextField(default="", blank=True)
    fen = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(fen__gt=0), name="trade_above_nothing")]
        indexes = [models.Index(fields=["account", "traded_on"], name="trade_by_account")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.fen}"


class MembersMeeting(models.Model):
    """An assembly of the members of a co-operative: called on, held on, members then, of them present.

    `extra_votes` is what was told to those present (农民专业合作社法 第22条).
    """

    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="cooperative_meetings"
    )
    title = models.TextField()
    called_on = models.DateField()
    held_on = models.DateField()
    members = models.IntegerField()
    present = models.IntegerField()
    extra_votes = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(present__range=(0, F("members"))) & Q(held_on__gte=F("called_on")),
                name="members_meeting_counts",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Ballot(models.Model):
    """One matter of a meeting with its votes; `subject` says of what, `carried` what came of it."""

    meeting = models.ForeignKey(MembersMeeting, models.PROTECT, related_name="ballots")
    subject = models.TextField(default="", blank=True)
    title = models.TextField()
    weighty = models.BooleanField(default=False)
    agreed = models.IntegerField()
    against = models.IntegerField()
    abstained = models.IntegerField(default=0)
    carried = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["subject"], condition=~Q(subject=""), name="ballot_by_subject"),
        ]

    def __str__(self) -> str:
        return self.title


class SurplusPlan(models.Model):
    """The plan of a year's surplus: a case, with the sums that it stands on. `attempt` counts its drafts.

    `digest` is that of all its lines, as the journal keeps it.
    """

    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="surplus_plans"
    )
    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+")
    year = models.IntegerField()
    attempt = models.IntegerField(default=1)
    surplus_fen = models.BigIntegerField()
    loss_fen = models.BigIntegerField(default=0)
    reserve_per_mille = models.IntegerField()
    volume_per_mille = models.IntegerField()
    reserve_fen = models.BigIntegerField()
    distributable_fen = models.BigIntegerField()
    by_volume_fen = models.BigIntegerField()
    by_rest_fen = models.BigIntegerField()
    digest = models.TextField()
    drafted_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    dropped = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"], condition=Q(dropped=False), name="surplus_plan_of_year_once"
            ),
            models.CheckConstraint(
                condition=Q(distributable_fen=F("surplus_fen") - F("loss_fen") - F("reserve_fen"))
                & Q(distributable_fen=F("by_volume_fen") + F("by_rest_fen"))
                & Q(loss_fen__gte=0)
                & Q(distributable_fen__gt=0),
                name="surplus_plan_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year}"


class SurplusLine(models.Model):
    """One member's part of a plan, with what it was reckoned from."""

    plan = models.ForeignKey(SurplusPlan, models.PROTECT, related_name="lines")
    account = models.ForeignKey(MemberAccount, models.PROTECT, related_name="surplus")
    volume_fen = models.BigIntegerField()
    contribution_fen = models.BigIntegerField()
    reserve_fen = models.BigIntegerField()
    grant_fen = models.BigIntegerField()
    by_volume_fen = models.BigIntegerField()
    by_contribution_fen = models.BigIntegerField()
    by_reserve_fen = models.BigIntegerField()
    by_grant_fen = models.BigIntegerField()
    new_reserve_fen = models.BigIntegerField()
    total_fen = models.BigIntegerField()
    paid_on = models.DateField(null=True, blank=True)
    voucher = models.ForeignKey("books.Voucher", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "account"], name="surplus_line_once"),
            models.CheckConstraint(
                condition=Q(
                    total_fen=F("by_volume_fen")
                    + F("by_contribution_fen")
                    + F("by_reserve_fen")
                    + F("by_grant_fen")
                ),
                name="surplus_line_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.account_id}"


class BenefitContract(models.Model):
    """What is promised to a household (联农带农), by one of the patterns; paid only once it is filed.

    `household` when it is of the village's roster, `account` when it is a member of the co-operative;
    `masked_party` names it. `number` runs within the organisation.
    """

    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="benefit_contracts"
    )
    number = models.IntegerField()
    account = models.ForeignKey(
        MemberAccount, models.PROTECT, null=True, blank=True, related_name="benefit_contracts"
    )
    household = models.ForeignKey(
        "members.Household", models.PROTECT, null=True, blank=True, related_name="+"
    )
    masked_party = models.TextField()
    pattern = models.TextField()
    signed_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    filed_on = models.DateField(null=True, blank=True)
    filed_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="benefit_contract_number_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="benefit_contract_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["account"], name="benefit_contract_by_account")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.number}"


class BenefitPart(models.Model):
    """One promise of a contract: a sum on a schedule, or a part of the surplus (then `fen` is none)."""

    contract = models.ForeignKey(BenefitContract, models.PROTECT, related_name="parts")
    kind = models.TextField()
    fen = models.BigIntegerField(null=True, blank=True)
    schedule = models.TextField(default="", blank=True)
    first_due_on = models.DateField(null=True, blank=True)
    note = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["dividend", "rebate"], fen__isnull=True)
                | (~Q(kind__in=["dividend", "rebate"]) & Q(fen__gt=0) & Q(first_due_on__isnull=False)),
                name="benefit_part_cost_or_surplus",
            ),
            models.UniqueConstraint(fields=["contract", "kind"], name="benefit_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.kind}"


class BenefitDue(models.Model):
    """What is due on a day under a part; `paid_fen` never exceeds `fen`.

    `line` is the line of the surplus plan from which a dividend or rebate comes: it is paid with it.
    """

    part = models.ForeignKey(BenefitPart, models.PROTECT, related_name="dues")
    due_on = models.DateField()
    fen = models.BigIntegerField()
    paid_fen = models.BigIntegerField(default=0)
    line = models.ForeignKey(SurplusLine, models.PROTECT, null=True, blank=True, related_name="dues")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["part", "due_on", "line"], nulls_distinct=False, name="benefit_due_once"
            ),
            models.CheckConstraint(
                condition=Q(fen__gt=0) & Q(paid_fen__range=(0, F("fen"))), name="benefit_due_paid_within"
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(paid_fen__lt=F("fen")), name="benefit_due_open"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} {self.due_on}"


class BenefitPayment(models.Model):
    """A payment on a due, with the voucher that books it; appended, never changed."""

    due = models.ForeignKey(BenefitDue, models.PROTECT, related_name="payments")
    paid_on = models.DateField()
    fen = models.BigIntegerField()
    reference = models.TextField(default="", blank=True)
    voucher = models.ForeignKey("books.Voucher", models.PROTECT, null=True, blank=True, related_name="+")
    paid_by = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(fen__gt=0), name="benefit_payment_above_nothing")]

    def __str__(self) -> str:
        return f"{self.due_id} {self.fen}"
