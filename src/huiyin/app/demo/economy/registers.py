"""What the demo county's organisations own and owe: invented entries that agree with their books."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from huiyin.economy.assets.api import OF_ACCOUNT, NewAsset

KEEPERS = ("周满仓", "程德顺", "何守田", "苏春生", "彭水根", "田永康")
THINGS = (
    ("水泵", "泵房", "台"), ("村委会办公楼", "村部", "平方米"), ("粮食仓库", "村部东侧", "平方米"),
    ("碾米机", "加工坊", "台"), ("冷库", "农产品集散点", "立方米"), ("太阳能路灯", "主村道", "盏"),
    ("机耕路", "东坡", "米"), ("文化活动室", "村部", "平方米"), ("农用拖拉机", "农机棚", "台"),
    ("灌溉渠", "西畈", "米"), ("垃圾清运车", "村部", "辆"), ("门面房", "老街", "间"),
)  # fmt: skip
ORCHARDS = (("柑橘园", "南山坡"), ("茶园", "北岭"), ("油茶林", "后山"))
PARCELS = (
    ("东坡水田", "arable", "contracted", "东坡"), ("西畈旱地", "arable", "contracted", "西畈"),
    ("南山果园地", "garden", "leased", "南山坡"), ("后山林地", "forest", "public", "后山"),
    ("老街门面用地", "commercial", "leased", "老街"), ("大塘", "water", "leased", "村东"),
    ("砂石堆场荒地", "waste", "idle", "河滩"), ("一组宅基地", "homestead", "contracted", "一组"),
    ("村部用地", "public", "public", "村部"), ("排灌站用地", "works", "public", "河边"),
)  # fmt: skip
PARTIES = {"112": "承租户", "211": "施工队", "241": "上级专项资金", "212": "管护人员", "221": "信用社"}
NAMES = {
    "101": "库存现金", "102": "农商行基本户", "112": "应收租金", "113": "内部往来", "121": "化肥农药",
    "131": "育肥牛", "134": "防护林", "141": "入股联营企业", "111": "短期理财", "153": "在建水渠",
    "161": "灌区用水权", "201": "短期借款", "211": "应付款", "212": "应付工资", "213": "应付劳务费",
    "214": "应交税费", "221": "长期借款", "231": "一事一议资金", "241": "专项应付款",
}  # fmt: skip
SPLIT = {"151": (4, 7), "132": (1, 3)}
"""Accounts that hold several things: how many, from and to."""


def invent_registers(balances: Mapping[str, int], rng: random.Random, since: date) -> Iterator[NewAsset]:
    """Entries for each account that has a balance (by register's side, net of depreciation), and land."""
    at = f"{since:%Y-%m}/1"
    for account, fen in sorted(balances.items()):
        head = account.partition("-")[0]
        if head in SPLIT:
            yield from _split(head, fen, rng, since)
        else:
            yield _name(account, head, fen, at)
    for name, land_class, use, place in rng.sample(PARCELS, rng.randint(5, 8)):
        area = Decimal(rng.randrange(5_000, 3_000_000, 500)) / 10_000
        yield NewAsset(
            "land", name, place=place, use=use, land_class=land_class, area_mu=area,
            deed="" if rng.random() < 0.15 else f"集体土地所有权证第{rng.randrange(10**5):05d}号",
            contract=f"HT-{since.year}-{rng.randrange(100):02d}" if use == "leased" else "",
            basis="土地确权登记",
        )  # fmt: skip


def _name(account: str, head: str, fen: int, basis: str) -> NewAsset:
    register = OF_ACCOUNT[head]
    keeper = "出纳" if register in {"cash", "bank"} else KEEPERS[fen % len(KEEPERS)]
    new = NewAsset(register, NAMES.get(head, "其他"), account, keeper=keeper, value_fen=fen, basis=basis)
    if head in PARTIES or register in {"debt", "receivable"}:
        return replace(new, keeper="", party=PARTIES.get(head, "往来单位"))
    return new if register in {"cash", "bank"} else replace(new, place="村部", deed="合同与票据")


def _split(head: str, fen: int, rng: random.Random, since: date) -> Iterator[NewAsset]:
    """Several things whose values add up to the balance."""
    listed = THINGS if head == "151" else [(*one, "亩") for one in ORCHARDS]
    chosen = rng.sample(list(listed), rng.randint(*SPLIT[head]))
    left = fen
    for at, (name, place, measure) in enumerate(chosen):
        last = at == len(chosen) - 1
        value = left if last else left * rng.randint(10, 45) // 100 // 1000 * 1000
        left -= value
        yield NewAsset(
            "fixed" if head == "151" else "biological", name, head, place, rng.choice(KEEPERS),
            use=rng.choice(("own", "own", "leased", "public", "idle")), quantity=Decimal(rng.randint(1, 60)),
            measure=measure, value_fen=value, deed=f"验收单 {rng.randrange(1000):03d}",
            basis=f"{since:%Y-%m}/1", acquired_on=since,
        )  # fmt: skip
