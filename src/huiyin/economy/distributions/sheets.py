"""What of a plan is put up for everybody: the plan itself for opinions, then what each household gets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Sum

from huiyin.economy.distributions.models import Line, Plan
from huiyin.economy.members.api import Household
from huiyin.economy.organisations.api import get_limit
from huiyin.economy.postings.api import Field, NewPosting, Posting
from huiyin.kernel.words import Words

ITEMS = (
    Field("item", Words("项目", "Item")),
    Field("fen", Words("金额", "Amount"), "fen"),
    Field("how", Words("说明", "How")),
)
HOUSEHOLDS = (
    Field("household", Words("户号", "Household"), "count"),
    Field("head", Words("户主", "Head")),
    Field("people", Words("人数", "People"), "count"),
    Field("units", Words("份额", "Shares"), "units"),
    Field("fen", Words("金额", "Amount"), "fen"),
)


def name_subject(plan: Plan) -> str:
    """Under which its sheets, questions and resolutions stand."""
    return f"case:{plan.case.number}" if plan.case else f"plan:{plan.pk}"


def count_turns(plan: Plan) -> int:
    """How many sheets of the plan are up; a plan that was sent back is put up anew under the next turn."""
    return Posting.objects.filter(organisation=plan.organisation_id, subject=name_subject(plan)).count()


def make_opinion_sheet(plan: Plan, on: date) -> NewPosting:
    """The accounts of the year and the plan, open for as long as the law asks before an assembly."""
    days = get_limit("plan-open-days", plan.organisation.township_id)
    rows = [(f"plan:{key}", cells) for key, cells in _list_items(plan)]
    title = f"{plan.year} 年收益分配方案（征求意见）"
    return _make(plan, title, ITEMS, rows, on, days)


def make_final_sheet(plan: Plan, on: date) -> NewPosting:
    """What each household gets, by the plan that the assembly passed."""
    days = get_limit("posting-days", plan.organisation.township_id)
    rows = [(f"household:{cells['household']}", cells) for cells in _list_households(plan)]
    return _make(plan, f"{plan.year} 年收益分配结果公示", HOUSEHOLDS, rows, on, days)


def _make(plan: Plan, title: str, columns: Any, rows: Any, on: date, days: int) -> NewPosting:
    return NewPosting(
        organisation_id=plan.organisation_id,
        kind="distribution",
        title=title,
        subject=name_subject(plan),
        columns=columns,
        rows=rows,
        from_on=on,
        days=days,
        turn=count_turns(plan) + 1,
        words=plan.words,
    )


def _list_items(plan: Plan) -> Iterator[tuple[str, Mapping[str, Any]]]:
    told = (
        ("income", "当年收入减支出", plan.income_fen, "按账面"),
        ("kept-out", "征地补偿，不列入分配", -plan.kept_out_fen, "另由成员大会决定"),
        ("deferred", "一次收取的以后年度租金", -plan.deferred_fen, "按年分摊"),
        ("released", "以前收取、分摊到本年的租金", plan.released_fen, "按年分摊"),
        ("losses", "弥补以前年度亏损", -plan.losses_fen, ""),
        ("carried", "以前年度结余", plan.carried_fen, ""),
        ("reserve", "提取公积公益金", -plan.reserve_fen, f"按章程 {plan.charter.reserve_per_mille}‰"),
        ("distributable", "可分配收益", plan.distributable_fen, ""),
        ("collective", "集体股收益", -plan.collective_fen, f"{plan.total_units - plan.held_units} 份"),
        ("residual", "分配尾数", -plan.residual_fen, f"转入 {plan.charter.residual}"),
        ("left", "结转以后年度", -plan.left_fen, ""),
        ("members", "分给成员", plan.members_fen, f"{plan.held_units} 份"),
    )
    always = {"income", "reserve", "distributable", "members"}
    for key, item, fen, how in told:
        if fen or key in always:
            yield key, {"item": item, "fen": fen, "how": how}


def _list_households(plan: Plan) -> Iterator[Mapping[str, Any]]:
    sums = (
        Line.objects.filter(plan=plan)
        .values("household_id")
        .annotate(people=Count("member_id"), all_units=Sum("units"), all_fen=Sum("fen"))
    )
    held = {row["household_id"]: row for row in sums}
    for one in Household.objects.filter(pk__in=held).defer("sealed_card").order_by("number"):
        row = held[one.pk]
        yield {
            "household": one.number,
            "head": one.masked_head,
            "people": row["people"],
            "units": row["all_units"],
            "fen": row["all_fen"],
        }
