"""Why somebody got a sum: each year's tree in plain words, from the village's income to the last fen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from huiyin.cases.api import get_process
from huiyin.economy.distributions.models import Entry, Line, Plan
from huiyin.economy.distributions.sheets import name_subject
from huiyin.economy.distributions.values import Explained, Step
from huiyin.economy.members.api import Member
from huiyin.kernel.words import Words

TRIAL = Words("试算", "Trial")


def explain(member: Member) -> list[Explained]:
    """Every year in which the member has a line, the newest first. The plan need not be paid yet."""
    plans = Plan.objects.filter(organisation=member.organisation_id, withdrawn=False, record_on__isnull=False)
    found = [_explain(plan, member) for plan in plans.select_related("case", "charter").order_by("-year")]
    return [one for one in found if one is not None]


def explain_line(plan: Plan, member: Member) -> Explained | None:
    """The same of one plan; None when the member has no line in it."""
    return _explain(plan, member)


def _explain(plan: Plan, member: Member) -> Explained | None:
    line = Line.objects.filter(plan=plan, member=member).first()
    if line is None:
        return None
    household = list(
        Line.objects.filter(plan=plan, member__household=line.household_id, household=line.household_id)
        .select_related("member")
        .order_by("member__number")
    )
    entries: list[tuple[str, int, datetime]] = [
        (one.kind, one.fen, one.at)
        for one in Entry.objects.filter(plan=plan, member=member).order_by("at", "turn")
    ]
    return Explained(
        year=plan.year,
        fen=line.fen,
        units=line.units,
        steps=[*_tell_village(plan), *_tell_share(plan, line, household)],
        household=[(one.member.masked_name, one.units, one.fen) for one in household],
        entries=entries,
        subject=name_subject(plan),
        stage=_tell_stage(plan),
    )


def _tell_stage(plan: Plan) -> Words:
    if plan.case is None:
        return TRIAL
    process = get_process(plan.case.process, plan.case.process_version)
    stage = process.get_stage(plan.case.stage)
    return stage.plain if stage.plain.zh else stage.title


_SAID: dict[str, tuple[str, Words, Words]] = {
    "income": (
        "",
        Words("村集体这一年挣的", "What the village earned"),
        Words("收入减去开支，按账上记的算", "Income less expense, by the books"),
    ),
    "kept-out": (
        "−",
        Words("征地补偿款", "Compensation for land"),
        Words("不算收益，怎么用由成员大会另外定", "No income; the assembly decides on it apart"),
    ),
    "deferred": (
        "−",
        Words("提前收的以后几年租金", "Rent of later years"),
        Words("一次收了几年的，以后哪年的算哪年", "Received at once; each year has its own"),
    ),
    "released": (
        "+",
        Words("以前收的、算今年的租金", "This year's part of earlier rent"),
        Words("前几年一次收的，今年的这一份", "Received before, due this year"),
    ),
    "losses": (
        "−",
        Words("先补以前的亏空", "Losses of earlier years"),
        Words("法律规定先补亏", "The law puts them first"),
    ),
    "carried": (
        "+",
        Words("以前年度剩下的", "Left from earlier years"),
        Words("以前没有分完的", "Not distributed before"),
    ),
    "reserve": (
        "−",
        Words("留作公积公益金", "Reserve"),
        Words("章程规定先提 {percent}，用来发展和办公益", "The charter keeps {percent} first"),
    ),
    "distributable": (
        "=",
        Words("可以分的", "To distribute"),
        Words("前面加减下来的数", "What that comes to"),
    ),
    "collective": (
        "−",
        Words("集体股的一份", "The collective's shares"),
        Words("集体有 {ours} 份，这份钱留给村里办公益", "{ours} shares; the money stays for the village"),
    ),
    "residual": (
        "−",
        Words("除不尽的尾数", "What cannot be divided"),
        Words(
            "每份分到整分，余下的按章程转公积公益金",
            "Each share gets whole fen; the rest is kept by the charter",
        ),
    ),
    "left": (
        "−",
        Words("留到以后年度", "Left for later years"),
        Words("成员大会定下暂时不分的", "The assembly keeps it for now"),
    ),
    "members": (
        "=",
        Words("分给全体成员的", "For all members"),
        Words("按 {held} 份来分", "Divided by {held} shares"),
    ),
}
"""Sign, title and plain words of each step of a village."""

_ALWAYS = frozenset({"income", "distributable", "members"})


def _tell_village(plan: Plan) -> Iterator[Step]:
    """From what the village earned to what its members share; steps of nothing are left out."""
    sums = {key: getattr(plan, f"{key.replace('-', '_')}_fen") for key in _SAID}
    per_mille = plan.charter.reserve_per_mille
    percent = f"{per_mille // 10}.{per_mille % 10}%" if per_mille % 10 else f"{per_mille // 10}%"
    parts = {"percent": percent, "ours": plan.total_units - plan.held_units, "held": plan.held_units}
    for key, (sign, title, words) in _SAID.items():
        if sums[key] or key in _ALWAYS:
            yield Step(key, title, sums[key], words.fill(**parts), sign)


def _tell_share(plan: Plan, line: Line, household: list[Line]) -> Iterator[Step]:
    each = tell_share(plan)
    units, fen = sum(one.units for one in household), sum(one.fen for one in household)
    yield Step(
        "share",
        Words("每一份", "Each share"),
        plan.members_fen // plan.held_units,
        Words(f"{each} 元一份", f"{each} yuan a share"),
        "→",
    )
    yield Step(
        "household",
        Words("您家", "Your household"),
        fen,
        Words(f"{len(household)} 人，共 {units} 份", f"{len(household)} people, {units} shares"),
        "→",
    )
    odd = Words("按份额算，除不尽的分按规定的次序补一分", "By shares; odd fen go one by one in a fixed order")
    yield Step("mine", Words(f"您本人 {line.units} 份", f"Your own {line.units} shares"), line.fen, odd, "→")


def tell_share(plan: Plan) -> str:
    """Yuan a share, to a hundredth of a fen, cut off."""
    parts = plan.members_fen * 100 // plan.held_units
    return f"{parts // 10_000:,}.{parts % 10_000:04d}"
