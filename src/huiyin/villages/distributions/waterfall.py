"""The waterfall of a plan as rows with bars: what each step adds or takes, and what is left after it."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.economy.distributions.api import Plan
from huiyin.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `kind` is `sum` or `part`; the bar runs from `start` on, both per mille of the longest."""

    title: Words
    fen: int
    kind: str
    start: int
    width: int
    note: Words = Words("")  # noqa: RUF009  it never changes


def draw_waterfall(plan: Plan) -> list[Row]:
    """Every step that has a sum, in order."""
    most = max(plan.income_fen, plan.net_fen, plan.distributable_fen + plan.reserve_fen, 1)
    rows: list[Row] = []
    level = 0
    for kind, title, fen, note in _list_steps(plan):
        if kind == "sum":
            level = fen
            rows.append(Row(title, fen, kind, 0, _part(fen, most), note))
        elif fen:
            low, high = sorted((level, level + fen))
            level += fen
            rows.append(
                Row(title, fen, kind, _part(low, most), max(_part(high, most) - _part(low, most), 2), note)
            )
    return rows


def _part(fen: int, most: int) -> int:
    return min(max(fen, 0) * 1000 // most, 1000)


def _list_steps(plan: Plan) -> list[tuple[str, Words, int, Words]]:
    none = Words("")
    reserve = Words(
        f"按章程 {plan.charter.reserve_per_mille}‰", f"{plan.charter.reserve_per_mille}‰ by the charter"
    )
    ours = plan.total_units - plan.held_units
    collective = Words(f"{ours} 份", f"{ours} shares")
    members = Words(f"{plan.held_units} 份", f"{plan.held_units} shares")
    return [
        (
            "sum",
            Words("当年收入减支出", "Income less expense"),
            plan.income_fen,
            Words("账面", "By the books"),
        ),
        ("part", Words("征地补偿，不列入", "Compensation, kept out"), -plan.kept_out_fen, none),
        ("part", Words("以后年度租金", "Rent of later years"), -plan.deferred_fen, none),
        ("part", Words("分摊到本年的租金", "Rent spread into this year"), plan.released_fen, none),
        ("part", Words("弥补以前年度亏损", "Losses of earlier years"), -plan.losses_fen, none),
        ("part", Words("以前年度结余", "Left from earlier years"), plan.carried_fen, none),
        ("part", Words("提取公积公益金", "Reserve"), -plan.reserve_fen, reserve),
        ("sum", Words("可分配收益", "To distribute"), plan.distributable_fen, none),
        ("part", Words("集体股收益", "The collective's shares"), -plan.collective_fen, collective),
        (
            "part",
            Words("分配尾数", "Remainder"),
            -plan.residual_fen,
            Words(f"转入 {plan.charter.residual}", f"To {plan.charter.residual}"),
        ),
        ("part", Words("结转以后年度", "Left for later years"), -plan.left_fen, none),
        ("sum", Words("分给成员", "To members"), plan.members_fen, members),
    ]
