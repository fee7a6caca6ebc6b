"""Drafts the plan of a year's surplus as a case, and reckons every member's part."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum

from huiyin.cases.api import make_acting
from huiyin.economy.cooperatives.models import Grant, MemberAccount, SurplusLine, SurplusPlan
from huiyin.economy.cooperatives.rules import ARTICLE_SURPLUS, check_volume_part, reckon, split
from huiyin.economy.cooperatives.store import sum_bases
from huiyin.economy.cooperatives.values import PROCESS, Holder, Reckoned, Terms
from huiyin.economy.organisations.api import (
    NewMatter,
    Organisation,
    OrganisationKind,
    demand,
    get_limit,
    note,
    open_matters,
)
from huiyin.kernel.canonical import canonical
from huiyin.kernel.money import MOST_FEN, tell_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand


@dataclass(frozen=True, slots=True)
class Drafted:
    """A plan as it adds up, before it is kept, with what each member's part was reckoned from."""

    terms: Terms
    year: int
    holders: dict[int, Holder]
    accounts: dict[int, int]
    reckoned: Reckoned


def draft(organisation: Organisation, year: int, terms: Terms) -> Drafted:
    """Reckon a plan and keep nothing: what a preview shows.

    Refuses `not-a-cooperative`, `year-wrong`, `amount-wrong`, `below-volume`, `nothing-to-distribute`,
    `no-volume`.
    """
    if organisation.kind != OrganisationKind.COOPERATIVE:
        words = Words("只有农民专业合作社才按盈余分配。", "Only a co-operative distributes a surplus.")
        raise Refusal("not-a-cooperative", words, ARTICLE_SURPLUS)
    if not 2000 <= year <= 2100:
        raise Refusal("year-wrong", Words("请填写年度。", "Give the year."), field="year")
    if (
        max(terms.surplus, terms.loss) > MOST_FEN
        or terms.loss < 0
        or not 0 <= terms.reserve_per_mille <= 1000
    ):
        words = Words("金额或比例不对。请核对。", "An amount or a part is wrong. Check them.")
        raise Refusal("amount-wrong", words, field="surplus")
    check_volume_part(terms.volume_per_mille, get_limit("cooperative-volume", organisation.township_id))
    if terms.volume_per_mille > 1000:
        words = Words("比例最多 100%。", "A part is at most 100%.")
        raise Refusal("amount-wrong", words, field="volume_per_mille")
    bases = sum_bases(organisation.pk, date(year, 12, 31), year)
    granted = Grant.objects.filter(organisation=organisation, got_on__year__lte=year)
    grants = split(granted.aggregate(fen=Sum("fen"))["fen"] or 0, {one.number: 1 for one in bases})
    holders = {
        one.number: Holder(one.number, one.volume, one.contribution, one.reserve, grants[one.number])
        for one in bases
    }
    accounts = {one.number: one.account_id for one in bases}
    return Drafted(terms, year, holders, accounts, reckon(terms, holders.values()))


@transaction.atomic
def plan_surplus(
    organisation: Organisation, year: int, terms: Terms, by: AccountInHand, now: datetime, key: str = ""
) -> SurplusPlan:
    """Keep the plan with every member's line, and open its case in the hands of the co-operative.

    Refuses what `draft` refuses, `year-planned` and `not-your-duty`.
    """
    demand(by, organisation, "bookkeeper")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if SurplusPlan.objects.filter(organisation=organisation, year=year, dropped=False).exists():
        words = Words(
            "{year} 年已经有盈余分配方案。请打开它，或先撤回。",
            "There is a plan of {year} already. Open it, or withdraw it first.",
        ).fill(year=year)
        raise Refusal("year-planned", words, ARTICLE_SURPLUS, "year")
    drafted = draft(organisation, year, terms)
    matter = NewMatter(
        organisation,
        PROCESS,
        f"{organisation.name} {year} 年盈余分配",
        f"可分配盈余 {tell_yuan(drafted.reckoned.distributable)} 元，成员 {len(drafted.holders)} 名。",
        source_key=f"surplus:{organisation.pk}:{key}" if key else None,
    )
    case = open_matters([matter], make_acting(by), now)[0]
    if not case.fresh:
        return SurplusPlan.objects.get(case_id=case.case_id)
    plan = SurplusPlan(organisation=organisation, case_id=case.case_id, year=year)
    _keep(plan, drafted, by, now)
    return plan


@transaction.atomic
def replan(plan_id: int, terms: Terms, by: AccountInHand, now: datetime) -> SurplusPlan:
    """Reckon a plan anew while it is being drafted. Refuses `wrong-stage`, what `draft` refuses."""
    found = SurplusPlan.objects.select_for_update(of=("self",)).select_related("organisation", "case")
    plan = found.get(pk=plan_id)
    demand(by, plan.organisation, "bookkeeper")
    if plan.case.stage != "drafting":
        words = Words(
            "方案已经提交，不能再改。要改请先退回。", "The plan is submitted. Have it sent back first."
        )
        raise Refusal("wrong-stage", words, ARTICLE_SURPLUS)
    drafted = draft(plan.organisation, plan.year, terms)
    plan.lines.all().delete()
    _keep(plan, drafted, by, now)
    return plan


def _keep(plan: SurplusPlan, drafted: Drafted, by: AccountInHand, now: datetime) -> None:
    terms, sums = drafted.terms, drafted.reckoned
    plan.surplus_fen, plan.loss_fen = terms.surplus, terms.loss
    plan.reserve_per_mille, plan.volume_per_mille = terms.reserve_per_mille, terms.volume_per_mille
    plan.reserve_fen, plan.distributable_fen = sums.reserve, sums.distributable
    plan.by_volume_fen, plan.by_rest_fen = sums.by_volume, sums.by_rest
    plan.drafted_by_id = by.id
    lines = [_make_line(number, drafted) for number in drafted.holders]
    plan.digest = digest_lines(lines)
    plan.save()
    for line in lines:
        line.plan_id = plan.pk
    SurplusLine.objects.bulk_create(lines)
    told = {"year": plan.year, "fen": plan.distributable_fen, "lines": len(lines), "digest": plan.digest}
    note(plan.organisation, "draft-surplus", by, now, **told)


def _make_line(number: int, drafted: Drafted) -> SurplusLine:
    holder, part = drafted.holders[number], drafted.reckoned.parts[number]
    return SurplusLine(
        account_id=drafted.accounts[number],
        volume_fen=holder.volume,
        contribution_fen=holder.contribution,
        reserve_fen=holder.reserve,
        grant_fen=holder.grant,
        by_volume_fen=part.by_volume,
        by_contribution_fen=part.by_contribution,
        by_reserve_fen=part.by_reserve,
        by_grant_fen=part.by_grant,
        new_reserve_fen=part.new_reserve,
        total_fen=part.paid,
    )


def digest_lines(lines: list[SurplusLine]) -> str:
    """SHA-256 of who gets what, in the order of accounts."""
    said = sorted((one.account_id, one.by_volume_fen, one.total_fen, one.new_reserve_fen) for one in lines)
    return hashlib.sha256(canonical([list(one) for one in said])).hexdigest()


def find_plan(number: str) -> SurplusPlan | None:
    """The plan of a case number with its organisation and case; None when it is another case's, or none."""
    found = SurplusPlan.objects.select_related("organisation__township", "organisation__area", "case")
    return found.filter(case__number=number).first()


def refuse_missing() -> Refusal:
    """Nothing is said of what may not be seen."""
    words = Words("没有这个盈余分配方案。请从列表里打开。", "There is no such plan. Open it from the list.")
    return Refusal("plan-not-found", words)


def list_plans(organisation_id: int) -> list[SurplusPlan]:
    """The plans of an organisation with their cases, the newest year first."""
    found = SurplusPlan.objects.select_related("case").filter(organisation_id=organisation_id)
    return list(found.order_by("-year", "-id"))


def list_lines(plan: SurplusPlan) -> list[SurplusLine]:
    """The lines of a plan with their accounts, by number."""
    return list(plan.lines.select_related("account").order_by("account__number"))


def quantify(plan: SurplusPlan) -> None:
    """Add the new shares of the reserve to the members' accounts (农民专业合作社法 第42条)."""
    lines: Any = plan.lines.select_related("account")
    changed = []
    for line in lines:
        line.account.reserve_fen += line.new_reserve_fen
        changed.append(line.account)
    MemberAccount.objects.bulk_update(changed, ["reserve_fen"], batch_size=1000)
