"""Divides the members' sum of plans: a line for each member, set-wise for any number of plans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Sum
from django.utils import timezone

from huiyin.economy.distributions import store
from huiyin.economy.distributions.allocating import Part, divide
from huiyin.economy.distributions.models import Line, Plan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


def make_lines(plans: Sequence[Plan], now: datetime) -> None:
    """Write the lines of plans anew, by the shares of today; refuses `shares-changed`.

    The statement agrees with `allocate` for every member: its tie-break is the order of the roster, the ids.
    """
    sizes = _count_sizes(plans)
    given: dict[str, list[int]] = {"plans": [], "books": [], "units": [], "fen": [], "more": []}
    for plan in plans:
        book, holders = sizes.get(plan.organisation_id, (0, {}))
        _demand_same(plan, holders)
        for size, part in divide(plan.members_fen, holders).items():
            _add(given, plan.pk, book, size, part)
    ids = [plan.pk for plan in plans]
    if any(plan.record_on for plan in plans):
        store.run("drop_lines", {"plans": ids})
    store.run("make_lines", given)
    today = timezone.localdate(now)
    for plan in plans:
        plan.record_on, plan.lines = today, sum(sizes[plan.organisation_id][1].values())
    Plan.objects.bulk_update(plans, ["record_on", "lines"])


def _add(given: dict[str, list[int]], plan: int, book: int, size: int, part: Part) -> None:
    for key, value in (
        ("plans", plan),
        ("books", book),
        ("units", size),
        ("fen", part.fen),
        ("more", part.more),
    ):
        given[key].append(value)


def _count_sizes(plans: Sequence[Plan]) -> dict[int, tuple[int, dict[int, int]]]:
    """Organisation → its share book, and how many hold how many shares."""
    found: dict[int, tuple[int, dict[int, int]]] = {}
    for own, book, units, count in store.fetch(
        "count_holders", {"ids": [one.organisation_id for one in plans]}
    ):
        found.setdefault(own, (book, {}))[1][int(units)] = int(count)
    return found


def _demand_same(plan: Plan, holders: dict[int, int]) -> None:
    if sum(size * count for size, count in holders.items()) != plan.held_units:
        words = Words(
            "股权台账的份额合计和方案不一致。请重新测算方案。",
            "The shares on the register and in the plan differ. Reckon the plan anew.",
        )
        raise Refusal("shares-changed", words, rule="农村集体经济组织法 第42条：按份额分配")


def demand_lines(plan: Plan) -> None:
    """Refuse `lines-differ` unless the lines of the plan add up to its sum and its shares."""
    found = Line.objects.filter(plan=plan).aggregate(
        fen=Sum("fen"), units=Sum("units"), count=Count("member")
    )
    if (found["fen"], found["units"], found["count"]) != (plan.members_fen, plan.held_units, plan.lines):
        words = Words(
            "成员明细与方案合计不一致。请重新测算。", "The lines do not add up to the plan. Reckon it anew."
        )
        raise Refusal("lines-differ", words, rule="农村集体经济组织法 第42条")
