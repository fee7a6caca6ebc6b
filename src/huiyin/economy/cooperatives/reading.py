"""Looks up members, contributions, contracts and what is overdue, for pages and spreadsheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from huiyin.economy.cooperatives.models import (
    Ballot,
    BenefitContract,
    BenefitDue,
    Contribution,
    MemberAccount,
    SurplusLine,
)
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


def list_accounts(organisation_id: int) -> QuerySet[MemberAccount]:
    """The accounts of an organisation, those who left too, by number."""
    return MemberAccount.objects.filter(organisation_id=organisation_id).order_by("number")


def list_contributions(organisation_id: int) -> QuerySet[Contribution]:
    """The register of contributions with their accounts, by number."""
    found = Contribution.objects.select_related("account", "entered_by", "confirmed_by")
    return found.filter(account__organisation_id=organisation_id).order_by("number")


def list_ballots(organisation_id: int) -> list[Ballot]:
    """What assemblies voted on, with the meeting, the newest first."""
    found = Ballot.objects.select_related("meeting").filter(meeting__organisation_id=organisation_id)
    return list(found.order_by("-meeting__held_on", "-id"))


def list_benefit_contracts(organisation_id: int) -> QuerySet[BenefitContract]:
    """The benefit contracts of an organisation, by number."""
    return BenefitContract.objects.filter(organisation_id=organisation_id).order_by("number")


def get_benefit_contract(organisation_id: int, pk: int) -> BenefitContract:
    """The contract of that id in the organisation; refuses `contract-not-found`."""
    found = BenefitContract.objects.select_related("account", "household", "filed_by", "made_by")
    contract = found.filter(organisation_id=organisation_id, pk=pk).first()
    if contract is None:
        raise Refusal("contract-not-found", Words("没有这份合同。", "There is no such contract."))
    return contract


def list_dues(contract: BenefitContract) -> list[BenefitDue]:
    """What is due under a contract, in order, with its part."""
    found = BenefitDue.objects.select_related("part", "line__plan")
    return list(found.filter(part__contract=contract).order_by("due_on", "id"))


def list_overdue(organisation_ids: list[int], on: date) -> QuerySet[BenefitDue]:
    """What should have been paid before that day and is not, the oldest first."""
    found = BenefitDue.objects.select_related("part__contract__organisation__township", "part__contract")
    return found.filter(
        part__contract__organisation_id__in=organisation_ids, due_on__lt=on, paid_fen__lt=F("fen")
    ).order_by("due_on", "id")


def get_line(plan_id: int, pk: int) -> SurplusLine:
    """The line of that id in the plan; refuses `line-not-found`."""
    found = SurplusLine.objects.select_related("account", "plan__organisation").filter(plan_id=plan_id, pk=pk)
    line = found.first()
    if line is None:
        raise Refusal("line-not-found", Words("方案里没有这一行。", "The plan has no such line."))
    return line


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a member's sum and how it comes about: `mine` of `every`, out of `pool`."""

    key: str
    mine: int
    every: int
    pool: int
    fen: int


def explain(line: SurplusLine) -> list[Reason]:
    """The parts of a member's sum: by volume, contribution, reserve share, share of grants."""
    plan = line.plan
    sums = plan.lines.values_list("volume_fen", "contribution_fen", "reserve_fen", "grant_fen")
    volume, contribution, reserve, grant = (sum(column) for column in zip(*sums, strict=True))
    base = contribution + reserve + grant
    return [
        Reason("volume", line.volume_fen, volume, plan.by_volume_fen, line.by_volume_fen),
        Reason("contribution", line.contribution_fen, base, plan.by_rest_fen, line.by_contribution_fen),
        Reason("reserve", line.reserve_fen, base, plan.by_rest_fen, line.by_reserve_fen),
        Reason("grant", line.grant_fen, base, plan.by_rest_fen, line.by_grant_fen),
    ]
