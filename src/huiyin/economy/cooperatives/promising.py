"""Benefit contracts with households (联农带农): made, filed with the township, and what becomes due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from huiyin.economy.cooperatives.models import (
    BenefitContract,
    BenefitDue,
    BenefitPart,
    MemberAccount,
    SurplusPlan,
)
from huiyin.economy.cooperatives.rules import check_parts, list_due_days
from huiyin.economy.cooperatives.values import PATTERNS, SCHEDULES, NewContract, NewPart
from huiyin.economy.members.api import Household
from huiyin.economy.organisations.api import Organisation, demand, note
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

FILED = "合作社监管制度：合同一律报乡镇备案，未备案不得支付"
MOST_DUES = 600


@transaction.atomic
def make_contracts(
    organisation: Organisation, new: Sequence[NewContract], by: AccountInHand | None, now: datetime
) -> list[BenefitContract]:
    """Keep contracts with their parts and all that will be due; all or none, few statements.

    Refuses what `check_parts` refuses, `no-such-pattern`, `ends-before-start`, `household-not-found`,
    `member-not-found`, `party-missing`, `not-your-duty`.
    """
    if by is not None:
        demand(by, organisation, "bookkeeper")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    accounts = MemberAccount.objects.filter(organisation=organisation).in_bulk(
        {one.account_id for one in new if one.account_id}
    )
    households = Household.objects.in_bulk({one.household_id for one in new if one.household_id})
    last = (
        BenefitContract.objects.filter(organisation=organisation).aggregate(last=Max("number"))["last"] or 0
    )
    rows = []
    for at, one in enumerate(new, 1):
        party = _check(organisation, one, accounts, households)
        rows.append(_make(organisation, one, last + at, party, by))
    made = BenefitContract.objects.bulk_create(rows)
    parts = BenefitPart.objects.bulk_create(
        _make_part(contract, part)
        for contract, one in zip(made, new, strict=True)
        for part in one.parts
    )  # fmt: skip
    BenefitDue.objects.bulk_create((due for part in parts for due in _list_dues(part)), batch_size=5000)
    note(organisation, "make-benefit-contracts", by, now, first=last + 1, count=len(made))
    return made


def _check(
    organisation: Organisation,
    one: NewContract,
    accounts: dict[int, MemberAccount],
    households: dict[int, Household],
) -> str:
    """How the party is named on screen, when the contract can be kept."""
    if one.pattern not in PATTERNS:
        raise Refusal("no-such-pattern", Words("请选择联结方式。", "Choose the pattern."), field="pattern")
    if one.ends_on < one.starts_on or one.ends_on.year - one.starts_on.year > 70:
        words = Words("合同止期要在起期之后，最长七十年。", "It ends after it starts, within seventy years.")
        raise Refusal("ends-before-start", words, field="ends_on")
    account = accounts.get(one.account_id or 0)
    household = households.get(one.household_id or 0)
    if one.account_id and account is None:
        words = Words("没有这个成员。", "There is no such member.")
        raise Refusal("member-not-found", words, field="account")
    if one.household_id and (household is None or not _is_near(organisation, household)):
        words = Words("没有这一户。", "There is no such household.")
        raise Refusal("household-not-found", words, field="household")
    check_parts(PATTERNS[one.pattern], one.parts, member=account is not None)
    for part in one.parts:
        _check_schedule(part, one)
    if account is not None:
        return account.masked_name
    if household is None:
        raise Refusal("party-missing", Words("请选择农户。", "Choose the household."), field="account")
    return household.masked_head


def _is_near(organisation: Organisation, household: Household) -> bool:
    return household.organisation_id in {organisation.pk, organisation.leader_id}


def _check_schedule(part: NewPart, one: NewContract) -> None:
    if part.fen is None or part.first_due_on is None:
        return
    within = one.starts_on <= part.first_due_on <= one.ends_on
    if part.schedule not in SCHEDULES or not within:
        words = Words("首次支付日期要在合同期内。", "The first day lies within the contract.")
        raise Refusal("day-outside", words, field=f"day_{part.kind}")
    if len(list_due_days(part.first_due_on, SCHEDULES[part.schedule][1], one.ends_on)) > MOST_DUES:
        words = Words("一项最多 {most} 次支付。", "A part is paid {most} times at most.").fill(most=MOST_DUES)
        raise Refusal("too-many-dues", words, field=f"day_{part.kind}")


def _make(
    organisation: Organisation, one: NewContract, number: int, party: str, by: AccountInHand | None
) -> BenefitContract:
    return BenefitContract(
        organisation=organisation,
        number=number,
        account_id=one.account_id,
        household_id=one.household_id,
        masked_party=party,
        pattern=one.pattern,
        signed_on=one.signed_on,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        made_by_id=by.id if by else None,
    )


def _make_part(contract: BenefitContract, part: NewPart) -> BenefitPart:
    fixed = part.fen is not None
    return BenefitPart(
        contract=contract,
        kind=part.kind,
        fen=part.fen,
        schedule=part.schedule if fixed else "",
        first_due_on=part.first_due_on if fixed else None,
        note=part.note,
    )


def _list_dues(part: BenefitPart) -> list[BenefitDue]:
    if part.fen is None or part.first_due_on is None:
        return []
    days = list_due_days(part.first_due_on, SCHEDULES[part.schedule][1], part.contract.ends_on)
    return [BenefitDue(part=part, due_on=day, fen=part.fen) for day in days]


@transaction.atomic
def file_contracts(
    organisation: Organisation, ids: Sequence[int] | None, on: date, by: AccountInHand | None, now: datetime
) -> int:
    """Enter that contracts are filed with the township (None: all that wait); answers how many.

    Refuses `not-your-duty`.
    """
    if by is not None:
        demand(by, organisation, "rural")
    waiting = BenefitContract.objects.filter(organisation=organisation, filed_on__isnull=True)
    if ids is not None:
        waiting = waiting.filter(pk__in=ids)
    numbers = list(waiting.order_by("number").values_list("number", flat=True))
    waiting.update(filed_on=on, filed_by_id=by.id if by else None)
    if numbers:
        told = numbers if len(numbers) <= 50 else []
        note(organisation, "file-benefit-contracts", by, now, count=len(numbers), numbers=told)
    return len(numbers)


def promise_surplus(plan: SurplusPlan, on: date) -> None:
    """What members' contracts say of dividends and rebates becomes due from the plan, to the fen."""
    lines = {line.account_id: line for line in plan.lines.all()}
    parts = BenefitPart.objects.filter(
        contract__organisation_id=plan.organisation_id,
        contract__account_id__in=lines.keys(),
        contract__starts_on__lte=date(plan.year, 12, 31),
        contract__ends_on__gte=date(plan.year, 12, 31),
        kind__in=["dividend", "rebate"],
    ).select_related("contract")
    dues, seen = [], set()
    for part in parts.order_by("contract__number"):
        line = lines[part.contract.account_id or 0]
        fen = line.by_volume_fen if part.kind == "rebate" else line.total_fen - line.by_volume_fen
        if fen > 0 and (line.pk, part.kind) not in seen:
            seen.add((line.pk, part.kind))
            dues.append(BenefitDue(part=part, due_on=on, fen=fen, line=line))
    BenefitDue.objects.bulk_create(dues)
