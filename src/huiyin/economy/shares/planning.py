"""Draws up a quantification: opens its case, reckons what each class gives, settles single members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huiyin.cases.api import make_acting
from huiyin.economy.organisations.api import (
    Charter,
    NewMatter,
    Organisation,
    OrganisationKind,
    demand,
    get_limit,
    note,
    open_matters,
)
from huiyin.economy.shares import store
from huiyin.economy.shares.models import ClassShare, ShareBook, ShareClass, SharePlan
from huiyin.economy.shares.rules import check_plan, share_of_collective
from huiyin.economy.shares.values import PLAN, RULE_FROZEN, RULE_INCOME, NewClass, NewPlan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

DRAFTERS = ("bookkeeper", "director", "rural")


@transaction.atomic
def propose_plan(
    organisation: Organisation, new: NewPlan, by: AccountInHand, now: datetime, key: str | None = None
) -> SharePlan:
    """Open the case of a quantification, with its classes reckoned on the roster of the day.

    The same `key` again answers the same plan. Refuses `not-your-duty`, `frozen-already`, `plan-under-way`,
    `not-a-collective`, what `check_plan` refuses, and `nobody-counted`.
    """
    demand(by, organisation, *DRAFTERS)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    same = SharePlan.objects.filter(case__source_key=key).first() if key else None
    if same is not None:
        return same
    _demand_unfixed(organisation)
    charter = check_by_charter(organisation, new)
    title = f"股权量化：{organisation.name}"
    words = clean(new.words) or f"按章程第 {charter.version} 版拟订，基准日 {new.counted_on.isoformat()}"
    matter = NewMatter(organisation, PLAN, title, words, source_key=key)
    opened = open_matters([matter], make_acting(by), now)[0]
    plan = SharePlan.objects.create(
        case_id=opened.case_id,
        organisation=organisation,
        counted_on=new.counted_on,
        collective_per_mille=new.collective_per_mille,
    )
    _keep_classes(plan, new.classes)
    _reckon(plan, now)
    return plan


def check_by_charter(organisation: Organisation, new: NewPlan) -> Charter:
    """The charter by which the plan stands; refuses `no-charter` and what `check_plan` refuses."""
    charter = organisation.charters.order_by("-version").first()
    if charter is None:
        raise Refusal("no-charter", Words("先登记章程，再量化。", "Enter the charter first."), RULE_FROZEN)
    check_plan(new, charter.collective_per_mille, get_limit("collective-share", organisation.township_id))
    return charter


def _demand_unfixed(organisation: Organisation) -> None:
    if organisation.kind == OrganisationKind.COOPERATIVE:
        words = Words(
            "农民专业合作社没有集体财产可以量化，请在合作社里登记出资。",
            "A farmers' co-operative has no collective property: record contributions there.",
        )
        raise Refusal("not-a-collective", words, RULE_INCOME)
    if ShareBook.objects.filter(organisation=organisation).exists():
        words = Words(
            "股权已经固化，总数不再变动。人员变化请在户内分割、继承或转让。",
            "Shares are fixed: the total never changes. Use a split, an inheritance or a transfer.",
        )
        raise Refusal("frozen-already", words, RULE_FROZEN)
    if SharePlan.objects.filter(organisation=organisation, case__closed_at__isnull=True).exists():
        words = Words("已有一件股权量化正在办理。", "A quantification is under way already.")
        raise Refusal("plan-under-way", words)


def _keep_classes(plan: SharePlan, classes: Sequence[NewClass]) -> None:
    ShareClass.objects.bulk_create(
        ShareClass(
            plan=plan,
            at=at,
            title=clean(one.title),
            basis=one.basis,
            units=one.units,
            most_years=one.most_years,
        )
        for at, one in enumerate(classes, 1)
    )


def _reckon(plan: SharePlan, now: datetime) -> None:
    people, units = store.reckon(plan.pk)
    if not units:
        words = Words(
            "基准日名册上没有已确认的成员，算不出股份。先确认成员。",
            "No member is confirmed on that day: confirm members first.",
        )
        raise Refusal("nobody-counted", words, RULE_INCOME, "counted_on")
    _sum_up(plan, people, units, now)


def _sum_up(plan: SharePlan, people: int, units: int, now: datetime) -> None:
    plan.people, plan.held_units, plan.reckoned_at = people, units, now
    plan.collective_units = share_of_collective(units, plan.collective_per_mille)
    plan.save(update_fields=["people", "held_units", "collective_units", "reckoned_at"])


@transaction.atomic
def change_plan(plan_id: int, new: NewPlan, by: AccountInHand, now: datetime) -> SharePlan:
    """Replace the classes of a draft and reckon it anew; what was settled by hand goes."""
    plan = lock_draft(plan_id, by)
    check_by_charter(plan.organisation, new)
    ClassShare.objects.filter(of__plan=plan).delete()
    plan.classes.all().delete()
    plan.counted_on, plan.collective_per_mille = new.counted_on, new.collective_per_mille
    plan.save(update_fields=["counted_on", "collective_per_mille"])
    _keep_classes(plan, new.classes)
    _reckon(plan, now)
    told = [[one.title, one.basis, one.units] for one in new.classes]
    note(plan.organisation, "change-share-plan", by, now, case=plan.case.number, classes=told)
    return plan


@transaction.atomic
def settle_units(share_id: int, units: int, reason: str, by: AccountInHand, now: datetime) -> SharePlan:
    """Settle what a class gives one member, with the reason; journalled.

    Refuses `share-not-found`, `reason-needed`, `units-out-of-range`, and outside the draft `wrong-stage`.
    """
    row = ClassShare.objects.select_related("of", "member").filter(pk=share_id).first()
    if row is None:
        raise Refusal("share-not-found", Words("方案里没有这一行。", "There is no such line in the plan."))
    plan = lock_draft(row.of.plan_id, by)
    if not 0 <= units <= 1_000_000:
        words = Words("股数应是 0 到 1000000 的整数。", "Units are a whole number from 0 to 1,000,000.")
        raise Refusal("units-out-of-range", words, field="units")
    if not clean(reason):
        raise Refusal("reason-needed", Words("请写明核定的理由。", "Say why."), field="reason")
    row.units, row.reason = units, clean(reason)
    row.save(update_fields=["units", "reason"])
    _sum_up(plan, *store.add_up_plan(plan.pk), now)
    told = {"member": row.member.number, "class": row.of.title, "units": units, "reason": row.reason}
    note(plan.organisation, "settle-share", by, now, case=plan.case.number, **told)
    return plan


@transaction.atomic
def reckon_again(plan_id: int, by: AccountInHand, now: datetime) -> SharePlan:
    """Reckon a draft on the roster as it is now; what was settled by hand stays."""
    plan = lock_draft(plan_id, by)
    _reckon(plan, now)
    return plan


def lock_draft(plan_id: int, by: AccountInHand) -> SharePlan:
    """The plan, locked, for whoever may change it; refuses `wrong-stage` when it is no draft."""
    found = SharePlan.objects.select_for_update(of=("self",)).select_related("organisation", "case")
    plan = found.get(pk=plan_id)
    demand(by, plan.organisation, *DRAFTERS)
    if plan.case.stage != "drafting":
        words = Words("方案已经提交，退回修改后才能改。", "It was submitted: it must come back first.")
        raise Refusal("wrong-stage", words)
    return plan
