"""The values of distributions: words that are used everywhere, what a plan is made from, what was paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.kernel.words import Words

PROCESS = "distribution"
"""Key and kind of the process by which a plan becomes money."""

DUE, PAID, RETURNED = "due", "paid", "returned"
ENTRIES: dict[str, Words] = {
    DUE: Words("应得", "Due"),
    PAID: Words("已付", "Paid"),
    RETURNED: Words("退回", "Returned"),
}
"""What may stand on a member's account."""

COMPENSATION, SPREAD = "compensation", "spread"
ASIDES: dict[str, Words] = {
    SPREAD: Words("一次收取多年的租金，按年分摊", "Rent for several years, spread over them"),
    COMPENSATION: Words("征地补偿，不列入分配", "Compensation for land, kept out"),
}
"""What is taken out of a year's income before it is divided."""

LAW = "农村集体经济组织法"
RESERVE_FIRST = f"{LAW} 第42条：先按章程提取公积公益金，剩余收益按份额分配"
NOT_COMPENSATION = f"{LAW} 第26条、第42条；财会〔2023〕14号：征地补偿不是当年收益，分配使用由成员大会另行决定"
NOT_LOANS = f"{LAW} 第42条；财会〔2023〕14号：借款是负债，不得用于分配"
NOT_PROPERTY = f"{LAW} 第36条、第40条：集体财产不得分割到个人，只量化收益权"
BY_YEAR = "财会〔2023〕14号：一次收取多年的租金按年分摊确认收入"
OPEN_BEFORE = f"{LAW} 第46条：年度报告和收益分配方案提前 10 日供成员查阅"
APART = "岗位职责分离：拟订、审核、出纳由不同的人办理"


@dataclass(frozen=True, slots=True)
class Ground:
    """On what a year's distribution rests, in fen: the books, what is set aside, the charter, the shares.

    `earlier_fen` is what earlier years left, a loss below nothing; of it `reserved_fen` has given its part to
    the reserve. `deferred_fen` is this year's rent for years to come, `released_fen` this year's part of rent
    from before.
    """

    income_fen: int
    earlier_fen: int = 0
    reserved_fen: int = 0
    kept_out_fen: int = 0
    deferred_fen: int = 0
    released_fen: int = 0
    reserve_per_mille: int = 0
    collective_units: int = 0
    held_units: int = 0

    @property
    def total_units(self) -> int:
        """All shares, frozen."""
        return self.collective_units + self.held_units


@dataclass(frozen=True, slots=True)
class Waterfall:
    """How income becomes what members get, in fen; each step takes from what the one before it left."""

    net_fen: int
    losses_fen: int
    reserve_fen: int
    carried_fen: int
    distributable_fen: int
    collective_fen: int
    members_fen: int
    residual_fen: int
    left_fen: int


@dataclass(frozen=True, slots=True)
class Paying:
    """What a run did: members with a sum, collectives, what was due to them and what was ordered paid."""

    members: int = 0
    collectives: int = 0
    total_fen: int = 0
    paid_fen: int = 0

    def plus(self, other: Paying) -> Paying:
        """Both together."""
        return Paying(
            self.members + other.members,
            self.collectives + other.collectives,
            self.total_fen + other.total_fen,
            self.paid_fen + other.paid_fen,
        )


@dataclass(frozen=True, slots=True)
class Failed:
    """A line of the bank's list of failures: which payment, and why."""

    number: int
    fen: int
    reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the explanation: what, how much, in plain words why; `sign` is that of its sum."""

    key: str
    title: Words
    fen: int
    words: Words
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """Why somebody got a sum in a year: the tree of it, from the village's income down."""

    year: int
    fen: int
    units: int
    steps: Sequence[Step]
    household: Sequence[tuple[str, int, int]]
    entries: Sequence[tuple[str, int, object]]
    subject: str
    stage: Words
