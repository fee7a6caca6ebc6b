"""Distributions of the demo county: last year's paid, this year's in every stage, some payments come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from huiyin.cases.api import make_acting, move_case
from huiyin.economy.assemblies.api import Meeting, Resolution
from huiyin.economy.distributions.api import (
    Draft,
    Failed,
    PayFile,
    Payment,
    Plan,
    name_subject,
    open_plan,
    set_aside,
    take_back,
)
from huiyin.economy.members.api import count_capable
from huiyin.economy.organisations.api import Organisation
from huiyin.kernel.refusals import Refusal
from huiyin.people.api import AccountInHand, Post, take_in_hand

FULL = 26
"""Organisations whose last year went all the way; the others are still on theirs."""

STEPS: tuple[tuple[str, str, str, int, Mapping[str, str]], ...] = (
    ("overseeing", "submit", "bookkeeper", 1, {}),
    ("hearing", "pass_overseers", "overseer", 1, {}),
    ("party", "hear", "director", 12, {"note": "公开期间没有不同意见。"}),
    ("township", "resolve", "director", 13, {"note": "支委会研究同意。"}),
    ("assembly", "agree", "rural", 14, {}),
    ("posted", "adopt", "director", 17, {}),
    ("paying", "approve", "director", 23, {}),
    ("paid", "pay", "cashier", 24, {}),
    ("finished", "finish", "director", 27, {}),
)
"""Stage that a move leads to, the move, who makes it, how many days after the draft, what it asks for."""

STAGES = ("drafting", *(step[0] for step in STEPS))
REASONS = ("账号不存在", "户名不符", "账户已销户")


@dataclass(slots=True)
class Cast:
    """Who holds which office of an organisation, found once."""

    organisation: Organisation
    held: dict[str, AccountInHand]


def fill_distributions(now: datetime) -> None:
    """Take a plan of each organisation as far as its turn says; where one stands already, nothing is made."""
    if Plan.objects.exists():
        return
    found = Organisation.objects.filter(share_book__isnull=False, active=True).select_related("township")
    casts = _find_casts(list(found.order_by("code")), now)
    for at, cast in enumerate(casts):
        if at < FULL:
            plan = _go(cast, now.year - 1, "finished" if at % 6 else "paid", now - timedelta(days=29))
            if plan and at % 6 == 0:
                _send_back(plan, cast, now - timedelta(days=2), again=at % 12 == 0)
        else:
            stage = STAGES[(at - FULL) % 9]
            ago = 2 + next((days for name, _, _, days, _ in STEPS if name == stage), 0)
            _go(cast, now.year - 1, stage, now - timedelta(days=ago))
    for cast in casts[2:FULL:3]:
        _go(cast, now.year, "drafting", now - timedelta(days=1))


def _find_casts(organisations: list[Organisation], now: datetime) -> list[Cast]:
    """The organisations that have all their officers."""
    posts: dict[tuple[int, str], int] = {}
    for unit, role, account in (
        Post.objects.filter(until_on=None).order_by("-id").values_list("unit_id", "role", "account_id")
    ):
        posts[unit, role] = account
    casts = []
    for one in organisations:
        wanted = {role: (one.unit_id, role) for role in ("bookkeeper", "director", "overseer", "cashier")}
        wanted["rural"] = (one.township_id, "rural")
        if all(place in posts for place in wanted.values()):
            held = {
                role: take_in_hand(posts[place], timezone.localdate(now)) for role, place in wanted.items()
            }
            casts.append(Cast(one, {role: account for role, account in held.items() if account}))
    return casts


def _go(cast: Cast, year: int, until: str, since: datetime) -> Plan | None:
    """Draft the year's plan and take it on to that stage; None when there is nothing to divide."""
    bookkeeper = cast.held["bookkeeper"]
    try:
        if cast.organisation.pk % 5 == 0 and year < since.year:
            set_aside(cast.organisation, "spread", year, 6_000_000, 3, "水库三年承包费", bookkeeper, since)
        plan = open_plan(
            cast.organisation, Draft(year, whole_fen=cast.organisation.pk % 2 == 0), bookkeeper, since
        )
    except Refusal:
        return None
    number = plan.case.number if plan.case else ""
    for stage, move, role, days, inputs in STEPS:
        if until == "drafting":
            break
        if move == "adopt":
            _resolve(plan, since + timedelta(days=16))
        move_case(number, move, inputs, make_acting(cast.held[role]), since + timedelta(days=days))
        if stage == until:
            break
    return plan


def _resolve(plan: Plan, at: datetime) -> None:
    """The assembly met on that day, and passed the plan."""
    on = timezone.localdate(at)
    entitled = count_capable(plan.organisation_id, on)
    agreed = entitled * 9 // 10
    meeting = Meeting.objects.create(
        organisation=plan.organisation,
        title=f"{plan.year} 年度成员大会",
        noticed_on=on - timedelta(days=15),
        held_on=on,
        place="村委会会议室",
        entitled=entitled,
        attended=agreed,
        closed_at=at,
    )
    Resolution.objects.create(
        meeting=meeting,
        matter="distribution",
        subject=name_subject(plan),
        title=f"{plan.year} 年收益分配方案",
        agreed=agreed,
        valid=True,
        decided_at=at,
    )


def _send_back(plan: Plan, cast: Cast, at: datetime, *, again: bool) -> None:
    """The bank returns a few payments; of some plans they are mended and paid again."""
    file = PayFile.objects.filter(plan=plan).first()
    if file is None:
        return
    rows = Payment.objects.filter(file=file).order_by("number")[:3]
    failed = [Failed(one.number, one.fen, REASONS[place]) for place, one in enumerate(rows)]
    take_back(file.pk, failed, cast.held["cashier"], at)
    if again and plan.case:
        move_case(plan.case.number, "correct", {}, make_acting(cast.held["bookkeeper"]), at)
        move_case(plan.case.number, "pay", {}, make_acting(cast.held["cashier"]), at + timedelta(hours=3))
