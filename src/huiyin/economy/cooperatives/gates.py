"""What a plan of surplus needs for each step of its case, and what the step writes: by every door."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from huiyin.cases.api import Passing
from huiyin.economy.cooperatives.booking import book_plan
from huiyin.economy.cooperatives.models import Ballot, SurplusPlan
from huiyin.economy.cooperatives.planning import digest_lines, quantify, refuse_missing
from huiyin.economy.cooperatives.promising import promise_surplus
from huiyin.economy.cooperatives.rules import ARTICLE_MEETING, ARTICLE_SURPLUS
from huiyin.economy.cooperatives.sheets import put_up_plan
from huiyin.economy.cooperatives.values import LAW
from huiyin.economy.organisations.api import get_limit, note
from huiyin.economy.postings.api import count_unanswered, demand_over, find_posting
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, take_in_hand

ARTICLE_OPEN = f"{LAW} 第40条：盈余分配方案于成员大会召开的十五日前置备于办公地点，供成员查阅"


def pass_surplus(passing: Passing) -> None:
    """Hold every step of the process to what it rests on; a refusal leaves nothing behind."""
    step = _STEPS.get(passing.move)
    if step is None:
        return
    found = SurplusPlan.objects.select_for_update(of=("self",)).select_related("organisation__township")
    plan = found.filter(case_id=passing.case_id).first()
    if plan is None:
        raise refuse_missing()
    step(plan, passing)


def name_subject(plan: SurplusPlan) -> str:
    """The subject of its sheets and ballots: each draft has its own."""
    return f"surplus:{plan.pk}:{plan.attempt}"


def _whoever(passing: Passing) -> AccountInHand | None:
    own = passing.acting.account_id
    return take_in_hand(own, timezone.localdate(passing.now)) if own is not None else None


def _submit(plan: SurplusPlan, _passing: Passing) -> None:
    if digest_lines(list(plan.lines.all())) != plan.digest:
        words = Words(
            "方案明细与登记的不一致。请重新编制。", "The lines are not those on record. Draft anew."
        )
        raise Refusal("plan-altered", words, ARTICLE_SURPLUS)


def _approve(plan: SurplusPlan, passing: Passing) -> None:
    """The overseer is not who drafted it; the plan lies open from today."""
    if plan.drafted_by_id is not None and plan.drafted_by_id == passing.acting.account_id:
        words = Words("编制方案的人不能审核。请由监事审核。", "Whoever drafted the plan does not approve it.")
        raise Refusal("same-person", words, f"{LAW} 第34条；不相容职务分离")
    _submit(plan, passing)
    days = get_limit("cooperative-plan-days", plan.organisation.township_id)
    put_up_plan(plan, name_subject(plan), 1, days, _whoever(passing), passing.now)


def _convene(plan: SurplusPlan, passing: Passing) -> None:
    posting = find_posting(plan.organisation_id, name_subject(plan), 1)
    today = timezone.localdate(passing.now)
    days = get_limit("cooperative-plan-days", plan.organisation.township_id)
    if posting is None or today < posting.from_on + timedelta(days=days):
        until = posting.from_on + timedelta(days=days) if posting else today
        words = Words(
            "方案要备查满 {days} 日，到 {day} 才能开成员大会。",
            "The plan lies open for {days} days: the assembly may be held from {day} on.",
        ).fill(days=days, day=until.isoformat())
        raise Refusal("not-open-long-enough", words, ARTICLE_OPEN)
    waiting = count_unanswered(posting)
    if waiting:
        words = Words(
            "还有 {count} 条质疑没有答复。请先答复，再开会。",
            "{count} questions wait for an answer. Answer them before the assembly.",
        ).fill(count=waiting)
        raise Refusal("questions-open", words, ARTICLE_OPEN)


def _resolve(plan: SurplusPlan, passing: Passing) -> None:
    """Carried by an assembly that was held once the plan had lain open."""
    ballots = Ballot.objects.select_related("meeting").filter(
        meeting__organisation_id=plan.organisation_id, subject=name_subject(plan)
    )
    ballot = ballots.order_by("-id").first()
    if ballot is None or not ballot.carried:
        words = Words(
            "成员大会还没有通过这个方案。请录入到会人数和表决结果；没有通过的，重新编制。",
            "The assembly has not carried this plan. Enter attendance and votes; if it failed, draft anew.",
        )
        raise Refusal("not-resolved", words, ARTICLE_MEETING)
    posting = find_posting(plan.organisation_id, name_subject(plan), 1)
    days = get_limit("cooperative-plan-days", plan.organisation.township_id)
    if posting is None or ballot.meeting.held_on < posting.from_on + timedelta(days=days):
        words = Words(
            "成员大会早于备查满 {days} 日，表决不能作数。请另行召开。",
            "The assembly was held before the plan had lain open for {days} days. Hold another.",
        ).fill(days=days)
        raise Refusal("not-open-long-enough", words, ARTICLE_OPEN)
    days = get_limit("posting-days", plan.organisation.township_id)
    put_up_plan(plan, name_subject(plan), 2, days, _whoever(passing), passing.now)


def _begin_payment(plan: SurplusPlan, passing: Passing) -> None:
    demand_over(plan.organisation_id, name_subject(plan), 2, passing.now)
    today = timezone.localdate(passing.now)
    promise_surplus(plan, today)
    book_plan(plan, today, passing.now)


def _finish(plan: SurplusPlan, passing: Passing) -> None:
    waiting = plan.lines.filter(paid_on__isnull=True, total_fen__gt=0).count()
    if waiting:
        words = Words(
            "还有 {count} 名成员没有发放。请先登记发放。",
            "{count} members are not paid yet. Enter their payment first.",
        ).fill(count=waiting)
        raise Refusal("lines-unpaid", words, ARTICLE_SURPLUS)
    quantify(plan)
    plan.ended_on = timezone.localdate(passing.now)
    plan.save(update_fields=["ended_on"])
    told = {"year": plan.year, "fen": plan.distributable_fen, "digest": plan.digest}
    note(plan.organisation, "distribute-surplus", _whoever(passing), passing.now, **told)


def _redraft(plan: SurplusPlan, _passing: Passing) -> None:
    plan.attempt += 1
    plan.save(update_fields=["attempt"])


def _withdraw(plan: SurplusPlan, _passing: Passing) -> None:
    plan.dropped = True
    plan.save(update_fields=["dropped"])


_STEPS = {
    "submit": _submit,
    "approve": _approve,
    "convene": _convene,
    "resolve": _resolve,
    "begin_payment": _begin_payment,
    "finish": _finish,
    "redraft": _redraft,
    "withdraw": _withdraw,
}
