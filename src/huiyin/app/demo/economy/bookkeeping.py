"""What happens in the books of an invented village, month by month: the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from huiyin.economy.books.api import Line, NewVoucher, Subaccount, moves_cash
from huiyin.economy.organisations.api import Organisation


class Hands(NamedTuple):
    """Who keeps the books: ids of accounts."""

    bookkeeper: int | None
    reviewer: int | None
    cashier: int | None


BANDS = ((0, 0), (4_000_000, 17_000_000), (21_000_000, 46_000_000), (55_000_000, 160_000_000))
"""Fen of income in a year: nothing, below 200,000 yuan, up to 500,000, above."""

BELOW = 490_000
"""The most fen that leave at once: what reaches the township's line is filed first (see `contracts`)."""

WEIGHTS = (1, 4, 4, 3)
TENANTS = (
    "鱼塘承包户",
    "光伏电站公司",
    "农资门市",
    "冷库租户",
    "果园承包户",
    "快递网点",
    "砂石堆场",
    "养殖合作社",
)
RENTS = ("鱼塘租金", "光伏用地租金", "门面房租金", "冷库租金", "果园承包费", "仓储用房租金")
GOODS = ("路灯", "办公电脑", "抽水泵", "监控设备", "公示电子屏", "清扫车")
CARE = ("慰问困难老人", "村道清扫保洁", "自来水管维修", "重阳节活动", "公厕管护", "文化广场维修")
OFFICE = ("办公用品", "水电费", "电话网络费", "报刊订阅", "打印耗材", "差旅费")


@dataclass(slots=True)
class Keeper:
    """One organisation's invented bookkeeping."""

    organisation: Organisation
    rng: random.Random
    hands: Hands
    band: int = 0
    income: int = 0
    wages: int = 0
    wear: int = 0
    tenants: tuple[str, ...] = field(default=())
    since: int = 0
    shared: bool = False
    due: int = 0
    result: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rng = self.rng
        self.band = rng.choices(range(len(BANDS)), WEIGHTS)[0]
        self.income = _round(rng.randint(*BANDS[self.band]))
        self.wages = rng.randrange(180_000, 420_000, 10_000)
        self.wear = rng.randrange(60_000, 240_000, 5_000) + self.income // 60 // 100 * 100
        self.tenants = tuple(rng.sample(TENANTS, 2))

    def earns(self, year: int) -> int:
        """Income of that year: it grows a little; a village without any may find its first later."""
        years = year - self.since
        if not self.income:
            return 3_000_000 if self.wages > 300_000 and years == 2 else 0
        return _round(self.income * (100 + 6 * years) // 100)

    def note_result(self, year: int, voucher: NewVoucher) -> None:
        """Keep what a voucher adds to the result of its year."""
        own = -sum(line.fen for line in voucher.lines if line.account.startswith("5"))
        self.result[year] = self.result.get(year, 0) + own

    def subaccounts(self) -> list[Subaccount]:
        """Debtors and payees under 112 and 211."""
        names = (
            ("112-01", self.tenants[0]),
            ("112-02", self.tenants[1]),
            ("211-01", "工程款"),
            ("211-02", "成员分红"),
        )
        return [Subaccount(organisation=self.organisation, code=code, name=name) for code, name in names]


def _round(fen: int) -> int:
    return fen // 10_000 * 10_000


def make_opening(keeper: Keeper, day: date) -> NewVoucher:
    """The balances with which its books begin; the reserve takes the rest."""
    rng = keeper.rng
    lines = [
        Line("101", rng.randrange(50_000, 300_000, 10_000)),
        Line("102", rng.randrange(40_000_000, 90_000_000, 100_000) + keeper.income // 2),
        Line("112-01", rng.randrange(100_000, 900_000, 50_000)),
        Line("132", rng.randrange(500_000, 3_000_000, 100_000)),
        Line("151", rng.randrange(60_000_000, 300_000_000, 1_000_000)),
        Line("152", -rng.randrange(5_000_000, 30_000_000, 100_000)),
        Line("211-01", -rng.randrange(200_000, 2_000_000, 100_000)),
        Line("241", -rng.randrange(1_000_000, 8_000_000, 100_000)),
        Line("301", -rng.randrange(40_000_000, 60_000_000, 1_000_000)),
        Line("322-02", -rng.randrange(100_000, 3_000_000, 10_000)),
    ]
    lines.append(Line("311", -sum(line.fen for line in lines)))
    organisation = keeper.organisation.pk
    keeper.since = day.year
    key = f"opening:{organisation}"
    voucher = _sign(keeper, NewVoucher(organisation, day, "期初余额", lines, "opening", key))
    return replace(voucher, paid_by_id=None)


def _sign(keeper: Keeper, voucher: NewVoucher) -> NewVoucher:
    paid = keeper.hands.cashier if moves_cash(line.account for line in voucher.lines) else None
    made, reviewed, _ = keeper.hands
    return replace(voucher, made_by_id=made, reviewed_by_id=reviewed, paid_by_id=paid)


def write_month(keeper: Keeper, month: date, until: date) -> Iterator[NewVoucher]:
    """Vouchers of a month as far as it has gone."""
    for day, summary, lines, payee in _happen(keeper, month):
        if day <= until:
            made = [Line(*line) for line in lines]
            voucher = _sign(keeper, NewVoucher(keeper.organisation.pk, day, summary, made, payee=payee))
            keeper.note_result(day.year, voucher)
            yield voucher


Event = tuple[date, str, tuple[tuple[str, int], ...], str]


def _happen(keeper: Keeper, month: date) -> Iterator[Event]:
    rng = keeper.rng
    office = rng.randrange(8_000, 90_000, 500)
    yield month.replace(day=4), rng.choice(OFFICE), (("513", office), ("101", -office)), ""
    yield month.replace(day=6), "提取备用金", (("101", office), ("102", -office)), ""
    yield from _earn(keeper, month)
    yield month.replace(day=25), "计提本月人员补贴", (("513", keeper.wages), ("212", -keeper.wages)), ""
    yield month.replace(day=26), "发放本月人员补贴", (("212", keeper.wages), ("102", -keeper.wages)), ""
    if rng.random() < 0.5:
        care = rng.randrange(30_000, 400_000, 5_000)
        yield month.replace(day=18), rng.choice(CARE), (("514", care), ("102", -care)), ""
    if month.month in {4, 10} and rng.random() < 0.6:
        cost = rng.randrange(300_000, BELOW, 10_000)
        what = rng.choice(GOODS)
        yield month.replace(day=16), f"购置{what}", (("151", cost), ("102", -cost)), "禾川县供销社门市"
    if month.month % 3 == 0:
        wear = keeper.wear * 3
        yield (
            month.replace(day=28),
            "计提固定资产折旧",
            (("513", wear - wear // 3), ("511", wear // 3), ("152", -wear)),
            "",
        )
    if month.month == 3:
        yield from _distribute(keeper, month)


def _earn(keeper: Keeper, month: date) -> Iterator[Event]:
    """What comes in; a village of the first band has only the grants that it spends."""
    rng, income = keeper.rng, keeper.earns(month.year)
    if month.month == 6:
        grant = rng.randrange(500_000, 3_000_000, 50_000)
        yield month.replace(day=11), "收到上级专项拨款", (("102", grant), ("241", -grant)), "石门镇财政所"
    if not income:
        return
    parts = {1: 30, 4: 20, 7: 25, 10: 15}
    if month.month in parts:
        rent = _round(income * parts[month.month] // 100 * rng.randint(92, 108) // 100)
        due = rent // 5 if month.month == 7 else 0
        keeper.due += due
        lines = (("102", rent - due), *((("112-02", due),) if due else ()), ("501", -rent))
        yield month.replace(day=9), f"收{rng.choice(RENTS)}", lines, keeper.tenants[1]
    if month.month == 9 and keeper.due:
        due, keeper.due = keeper.due * 3 // 4, keeper.due - keeper.due * 3 // 4
        yield month.replace(day=12), "收回上期欠租", (("102", due), ("112-02", -due)), keeper.tenants[1]
    if month.month in {3, 6, 9, 12}:
        interest = max(income // 4000, 1_200) + rng.randint(0, 900)
        yield (
            month.replace(day=21),
            "银行存款利息",
            (("102", interest), ("504", -interest)),
            "禾川农村商业银行",
        )
    if month.month == 5:
        subsidy = _round(income * 6 // 100)
        yield month.replace(day=15), "收到产业发展补助", (("102", subsidy), ("503", -subsidy)), "县农业农村局"
    if month.month == 11 and keeper.band > 1:
        share = _round(income * 4 // 100)
        yield month.replace(day=8), "收到入股企业分红", (("102", share), ("502", -share)), "禾川果品公司"
    if month.month in {1, 7}:
        tax = min(_round(income // 200) or 10_000, BELOW)
        yield month.replace(day=14), "计提房产税及附加", (("512", tax), ("214", -tax)), ""
        yield month.replace(day=15), "缴纳税费", (("214", tax), ("102", -tax)), "税务局"
    if month.month in {2, 8}:
        cost = min(_round(income * 7 // 100), BELOW)
        yield month.replace(day=13), "出租房屋维修", (("511", cost), ("102", -cost)), "石门镇建筑队"


def _distribute(keeper: Keeper, month: date) -> Iterator[Event]:
    """In spring a part of the first year's result goes to the reserve; the rest waits for a distribution."""
    result = keeper.result.get(month.year - 1, 0)
    if result < 1_000_000 or keeper.shared:
        return
    keeper.shared = True
    saved = result * 3 // 10
    lines = (("322-01", saved), ("311", -saved))
    yield month.replace(day=20), f"{month.year - 1} 年度提取公积公益金", lines, ""
