"""Whether the ledger adds up: what was taken against where it stands, counted from two sides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiyin.cases import api as cases
from huiyin.cases.api import Acting, LedgerScope
from huiyin.kernel.words import Words

Part = tuple[Words, int]


@dataclass(frozen=True, slots=True)
class Balance:
    """One account: a whole, the parts that must make it up, and what they leave over."""

    title: Words
    whole: Part
    parts: tuple[Part, ...]

    @property
    def difference(self) -> int:
        """What the whole has more than its parts; nought when it adds up."""
        return self.whole[1] - sum(count for _, count in self.parts)


_KINDS = {
    "closed": Words("办结", "closed"),
    "in_hand": Words("单位在办", "in hand"),
    "unplaced": Words("未派单", "not dispatched"),
    "review": Words("待审核", "in review"),
    "waiting": Words("等诉求人或评价", "waiting"),
    "merged": Words("并案", "merged"),
}


def make_balances(scope: LedgerScope, acting: Acting, now: datetime) -> list[Balance]:
    """Taken against the stages that matters stand in, and what is open against who holds it."""
    total = cases.ledger_total(scope, acting, now)
    kinds = cases.ledger_by_kind(scope, acting, now)
    channels = cases.ledger_by_channel(scope, acting, now)
    return [
        Balance(
            Words("收到的都有着落", "Everything taken stands somewhere"),
            (Words("收到", "taken"), total["taken"]),
            tuple((words, kinds[key]) for key, words in _KINDS.items()),
        ),
        Balance(
            Words("在办的都有人管", "Everything open is held by somebody"),
            (Words("在办", "open"), total["open"]),
            (
                (Words("承办单位手里", "with units"), total["placed"]),
                (Words("中心手里，未派单", "with the centre"), total["unplaced"]),
                (Words("并案", "merged"), total["merged"]),
            ),
        ),
        Balance(
            Words("各渠道加起来等于总数", "The channels make up the whole"),
            (Words("收到", "taken"), total["taken"]),
            tuple((Words(row["name"], row["name_en"]), row["taken"]) for row in channels),
        ),
    ]
