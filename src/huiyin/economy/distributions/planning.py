"""Drafts plans: what a year's income comes to by the books, the charter and the shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from huiyin.cases.api import make_acting
from huiyin.economy.distributions.grounds import demand_charter, read_charters, read_ground, read_grounds
from huiyin.economy.distributions.models import Plan, SetAside
from huiyin.economy.distributions.rules import check_source, reckon
from huiyin.economy.distributions.values import APART, LAW, PROCESS, SPREAD, Ground
from huiyin.economy.organisations.api import NewMatter, Organisation, demand, note, open_matters
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand


@dataclass(frozen=True, slots=True)
class Draft:
    """What whoever drafts a plan says. `source` is the account divided; `wanted_fen` None: all there is."""

    year: int
    wanted_fen: int | None = None
    whole_fen: bool = False
    source: str = "322"
    words: str = ""


def propose(organisation: Organisation, draft: Draft, on: date) -> Plan:
    """The plan as it would be, not saved: what the form shows before it is sent.

    Refuses whatever `check_source`, `demand_charter` and `reckon` refuse, and `year-not-over`.
    """
    check_source(draft.source)
    if draft.year > on.year:
        words = Words("{year} 年还没有开始，不能分配。", "{year} has not begun yet.")
        raise Refusal("year-not-over", words.fill(year=draft.year), rule=f"{LAW} 第42条", field="year")
    charter = demand_charter(organisation)
    plan = Plan(organisation=organisation, charter=charter, year=draft.year, whole_fen=draft.whole_fen)
    plan.words = clean(draft.words)
    _fill(plan, read_ground(organisation, draft.year, on), draft.wanted_fen)
    return plan


def _fill(plan: Plan, ground: Ground, wanted_fen: int | None) -> None:
    for key, value in asdict(reckon(ground, wanted_fen, whole_fen=plan.whole_fen)).items():
        setattr(plan, key, value)
    plan.income_fen, plan.earlier_fen = ground.income_fen, ground.earlier_fen
    plan.kept_out_fen = ground.kept_out_fen
    plan.deferred_fen, plan.released_fen = ground.deferred_fen, ground.released_fen
    plan.total_units, plan.held_units = ground.total_units, ground.held_units


@transaction.atomic
def open_plan(organisation: Organisation, draft: Draft, by: AccountInHand, now: datetime) -> Plan:
    """Draft the plan and open its case, in the bookkeeper's hands; refuses `plan-exists` beside `propose`."""
    demand(by, organisation, "bookkeeper")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if find_plan(organisation, draft.year):
        words = Words(
            "{year} 年已经有分配方案。请打开那一件。", "There is a plan for {year} already; open that one."
        )
        raise Refusal("plan-exists", words.fill(year=draft.year), rule=f"{LAW} 第42条", field="year")
    plan = propose(organisation, draft, timezone.localdate(now))
    title = f"{organisation.called.zh} {draft.year} 年收益分配方案"
    again = Plan.objects.filter(organisation=organisation, year=draft.year).count()
    matter = NewMatter(
        organisation=organisation,
        process=PROCESS,
        title=title,
        words=plan.words or title,
        source_key=f"{PROCESS}:{organisation.code}:{draft.year}:{again}",
        body={"year": draft.year, "distributable_fen": plan.distributable_fen},
    )
    plan.case_id = open_matters([matter], make_acting(by), now)[0].case_id
    plan.drafted_by_id, plan.drafted_at = by.id, now
    plan.save()
    note(organisation, "draft-distribution", by, now, plan=plan.pk, **_tell(plan))
    return plan


@transaction.atomic
def change_plan(plan_id: int, draft: Draft, by: AccountInHand, now: datetime) -> Plan:
    """Reckon a plan anew while it is being drafted; refuses `not-drafting`."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("organisation", "case").get(pk=plan_id)
    demand(by, plan.organisation, "bookkeeper")
    if plan.case is None or plan.case.stage != "drafting":
        words = Words(
            "方案已经送审，不能再改。请先退回拟订。", "The plan is under review; have it sent back first."
        )
        raise Refusal("not-drafting", words, rule=APART)
    fresh = propose(plan.organisation, draft, timezone.localdate(now))
    fresh.pk, fresh.case_id, fresh.drafted_by_id, fresh.drafted_at = plan.pk, plan.case_id, by.id, now
    fresh.record_on, fresh.lines = plan.record_on, plan.lines
    fresh.save()
    note(plan.organisation, "draft-distribution", by, now, plan=plan.pk, **_tell(fresh))
    return fresh


def make_plans(organisations: Sequence[Organisation], year: int, now: datetime) -> list[Plan]:
    """Plans without cases of many organisations, for a trial; one with nothing to divide is left out."""
    ids = [one.pk for one in organisations]
    grounds, charters = read_grounds(ids, year, timezone.localdate(now)), read_charters(ids)
    made = []
    for one in organisations:
        plan = Plan(organisation=one, charter=charters[one.pk], year=year, drafted_at=now)
        try:
            _fill(plan, grounds[one.pk], None)
        except Refusal:
            continue
        made.append(plan)
    return Plan.objects.bulk_create(made)


def demand_current(plan: Plan, now: datetime) -> None:
    """Refuse `books-changed` when the books no longer give what the plan was drafted on."""
    wanted = None if plan.left_fen == 0 else plan.given_fen
    draft = Draft(plan.year, wanted, plan.whole_fen)
    fresh = propose(plan.organisation, draft, timezone.localdate(now))
    if _tell(fresh) != _tell(plan):
        words = Words(
            "账目、份额或章程在拟订之后有变动，方案已不符。请退回重新测算。",
            "Books, shares or charter changed since the draft. Send it back and reckon anew.",
        )
        raise Refusal("books-changed", words, rule=f"{LAW} 第42条")


_TOLD = (
    "year",
    "net_fen",
    "losses_fen",
    "reserve_fen",
    "distributable_fen",
    "collective_fen",
    "members_fen",
    "residual_fen",
    "left_fen",
    "total_units",
    "held_units",
)


def _tell(plan: Plan) -> Mapping[str, int]:
    return {key: getattr(plan, key) for key in _TOLD}


def find_plan(organisation: Organisation, year: int) -> Plan | None:
    """The plan of that year, when there is one that was not withdrawn."""
    return Plan.objects.filter(organisation=organisation, year=year, withdrawn=False).first()


def list_plans(organisation: Organisation) -> list[Plan]:
    """The plans of an organisation with their cases, newest year first; withdrawn ones stay to be seen."""
    found = Plan.objects.filter(organisation=organisation).select_related("case", "organisation")
    return list(found.order_by("-year", "-id"))


def get_plan(pk: int, organisation: Organisation) -> Plan:
    """A plan of this organisation; refuses `plan-not-found`."""
    held = Plan.objects.select_related("case", "organisation", "charter", "drafted_by", "approved_by")
    plan = held.filter(pk=pk, organisation=organisation).first()
    if plan is None:
        raise refuse_missing()
    return plan


def get_plan_of_case(number: str) -> Plan:
    """The plan that a case is about; refuses `plan-not-found`."""
    held = Plan.objects.select_related("case", "organisation", "charter").filter(case__number=clean(number))
    plan = held.first()
    if plan is None:
        raise refuse_missing()
    return plan


def refuse_missing() -> Refusal:
    """Nothing is said of what is not there."""
    return Refusal(
        "plan-not-found",
        Words("没有这个分配方案。请从列表里打开。", "There is no such plan. Open it from the list."),
    )


def list_asides(organisation: Organisation, year: int) -> list[SetAside]:
    """What was set aside in that year, or is spread into it."""
    found = SetAside.objects.filter(organisation=organisation, year__lte=year).filter(
        Q(year=year) | Q(kind=SPREAD)
    )
    return [one for one in found.order_by("year", "id") if one.year + one.years > year]


@transaction.atomic
def set_aside(
    organisation: Organisation,
    kind: str,
    year: int,
    fen: int,
    years: int,
    words: str,
    by: AccountInHand,
    now: datetime,
) -> SetAside:
    """Take part of a year's income out of what is divided. Refuses `bad-aside`, `year-approved`."""
    demand(by, organisation, "bookkeeper")
    if fen <= 0 or not clean(words) or not 1 <= years <= 100 or (kind == SPREAD and years < 2):
        told = Words(
            "请写明金额、说明；分摊年数在 2 到 100 之间。",
            "Give the sum and what it is; rent is spread over 2 to 100 years.",
        )
        raise Refusal("bad-aside", told, field="aside")
    if Plan.objects.filter(organisation=organisation, year__gte=year, approved_at__isnull=False).exists():
        told = Words("这一年的分配已经通过，不能再改。", "That year's distribution is approved; it stands.")
        raise Refusal("year-approved", told, rule=f"{LAW} 第42条", field="aside")
    made = SetAside.objects.create(
        organisation=organisation,
        kind=kind,
        year=year,
        years=years if kind == SPREAD else 1,
        fen=fen,
        words=clean(words),
        made_by_id=by.id,
        made_at=now,
    )
    note(
        organisation,
        "set-aside-income",
        by,
        now,
        aside=made.pk,
        kind=kind,
        year=year,
        fen=fen,
        years=made.years,
    )
    return made
