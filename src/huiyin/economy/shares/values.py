"""The values of shares: what a class rests on, kinds of entries, what is applied for, where units lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from huiyin.kernel.words import Words

PLAN = "share-plan"
"""The process of a quantification (股权量化)."""

TRANSFER = "share-transfer"
"""The process by which units change hands."""

PRINTED = "printed-certificates"
"""Purpose of the seal of certificates that were printed together."""

INCOME = "income"
WHATS: dict[str, Words] = {
    INCOME: Words("经营性财产的收益权", "The right to income of business property"),
    "property": Words("财产本身（分到个人）", "The property itself, divided"),
    "land": Words("土地等资源性财产", "Land and other resources"),
}
"""What somebody might want to quantify; the first alone may be."""

BASES: dict[str, Words] = {
    "each": Words("每人同样多", "The same for everybody"),
    "years": Words("按农龄，每满一年", "For each full year of farm work"),
    "given": Words("逐人核定", "Person by person"),
}
"""By what a class gives units: to each alike, by years of farm work (from 16), or as was settled."""

CLASSES: tuple[str, ...] = ("基本股", "农龄股", "贡献股", "扶持股")
"""Names of classes as charters have them; a plan may have its own."""

FIX, INHERIT, GIVE, TRANSFER_ON, REDEEM, SPLIT, REHOME = (
    "fix",
    "inherit",
    "give",
    "transfer",
    "redeem",
    "split",
    "rehome",
)
ENTRIES: dict[str, Words] = {
    FIX: Words("固化", "Fixed"),
    SPLIT: Words("户内分割", "Split in the household"),
    INHERIT: Words("继承", "Inheritance"),
    GIVE: Words("赠与", "Gift"),
    TRANSFER_ON: Words("转让", "Transfer"),
    REDEEM: Words("集体赎回", "Redeemed by the collective"),
    REHOME: Words("随人分户", "Moved with its holder"),
}
"""Kinds of entries of the ledger; all but the first are applied for."""

APPLIED_FOR: tuple[str, ...] = (SPLIT, INHERIT, GIVE, TRANSFER_ON, REDEEM, REHOME)
UNPOSTED = frozenset({SPLIT, REHOME})
"""Kinds that concern nobody but the holders: they are registered without a posting."""

LAW = "农村集体经济组织法"
RULE_INCOME = f"{LAW} 第36条、第40条：只量化经营性财产的收益权，集体财产不得分割到成员个人"
RULE_FROZEN = "中发〔2016〕37号：股权固化到户，不随人口增减变动而调整（两不增、两不减）"
RULE_INSIDE = "中发〔2016〕37号：转让不得突破本集体经济组织的范围，或由本集体赎回"
RULE_MEMBERS = f"{LAW} 第40条：收益权以份额形式量化到本农村集体经济组织成员"
RULE_HOUSEHOLD = "中发〔2016〕37号；本组织章程：量化到人、固化到户、户内共享"
RULE_HEIR = "民法典 第1121条、第1122条：继承从被继承人死亡时开始；收益权可以继承，不因此取得成员身份"
RULE_CAP = "本组织章程：单个成员持股上限；中发〔2016〕37号：防止少数人控制"
RULE_COLLECTIVE = "本组织章程；中发〔2016〕37号：是否设置集体股及其比例由成员民主决定"
RULE_APART = "申请与审核、审核与登记分离"


@dataclass(frozen=True, slots=True)
class NewClass:
    """A class of shares: `units` for each member, or for each full year up to `most_years`."""

    title: str
    basis: str
    units: int
    most_years: int = 44


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A quantification to be proposed: of what, on which day's roster, in which classes."""

    classes: Sequence[NewClass]
    counted_on: date
    collective_per_mille: int = 0
    what: str = INCOME
    words: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Units that go from a holder to another (member ids); to None: to the collective."""

    from_id: int
    to_id: int | None
    units: int


@dataclass(frozen=True, slots=True)
class Application:
    """What is applied for. `fen` is what is paid for it, `words` why."""

    kind: str
    parts: Sequence[Part]
    words: str
    fen: int = 0


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever holds units or is to: units, the household that they are fixed to, and that of the roster."""

    units: int
    household_id: int
    lives_in_id: int
    confirmed: bool = True
    dead: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """How the units of an organisation lie: by member, with the collective, with others who take no part."""

    holders: Mapping[int, Holder] = field(default_factory=dict)
    collective: int = 0
    others: int = 0

    @property
    def total(self) -> int:
        """The frozen total."""
        return self.collective + self.others + sum(one.units for one in self.holders.values())

    def by_household(self) -> dict[int, int]:
        """Units by the household that they are fixed to; none, no entry."""
        sums: dict[int, int] = {}
        for one in self.holders.values():
            if one.units:
                sums[one.household_id] = sums.get(one.household_id, 0) + one.units
        return sums
