"""What a plan of surplus says in public: a line for each member, names masked."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from huiyin.economy.cooperatives.models import SurplusLine, SurplusPlan
from huiyin.economy.cooperatives.planning import list_lines
from huiyin.economy.postings.api import Field, NewPosting, Posting, put_up
from huiyin.kernel.money import tell_yuan
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

COLUMNS = (
    Field("number", Words("账户", "Account"), "count"),
    Field("name", Words("成员", "Member")),
    Field("volume", Words("交易额", "Volume traded"), "fen"),
    Field("base", Words("出资额和份额", "Contribution and shares"), "fen"),
    Field("by_volume", Words("按交易量返还", "By volume"), "fen"),
    Field("by_rest", Words("剩余盈余分配", "The rest"), "fen"),
    Field("total", Words("合计", "In all"), "fen"),
)


def put_up_plan(
    plan: SurplusPlan, subject: str, turn: int, days: int, by: AccountInHand | None, now: datetime
) -> Posting:
    """Hang the plan out: turn 1 lies open before the assembly, turn 2 is what was resolved."""
    what = "盈余分配方案（备查）" if turn == 1 else "盈余分配方案（大会通过）"
    words = (
        f"当年盈余 {tell_yuan(plan.surplus_fen)} 元，弥补亏损 {tell_yuan(plan.loss_fen)} 元，"
        f"提取公积金 {tell_yuan(plan.reserve_fen)} 元，可分配盈余 {tell_yuan(plan.distributable_fen)} 元："
        f"按交易量返还 {tell_yuan(plan.by_volume_fen)} 元，其余分配 {tell_yuan(plan.by_rest_fen)} 元。"
    )
    new = NewPosting(
        organisation_id=plan.organisation_id,
        kind="cooperative",
        title=f"{plan.year} 年{what}",
        subject=subject,
        columns=COLUMNS,
        rows=[_tell(line) for line in list_lines(plan)],
        from_on=timezone.localdate(now),
        days=days,
        turn=turn,
        words=words,
    )
    return put_up(new, by, now)


def _tell(line: SurplusLine) -> tuple[str, dict[str, object]]:
    account = line.account
    return f"line:{line.pk}", {
        "number": account.number,
        "name": account.masked_name,
        "volume": line.volume_fen,
        "base": line.contribution_fen + line.reserve_fen + line.grant_fen,
        "by_volume": line.by_volume_fen,
        "by_rest": line.total_fen - line.by_volume_fen,
        "total": line.total_fen,
    }
