"""The rules of checking replies as a county sets them, and the words for what they decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from huiyin.kernel.words import Words
from huiyin.language.api import GOOD, POOR, WEAK, Lines

ANSWER_RULE = "国办发〔2020〕53号；国办函〔2025〕66号"
"""Answers are checked before a matter is closed; the person is told what was done."""

BANDS: dict[str, Words] = {
    GOOD: Words("合乎要求", "Good"),
    WEAK: Words("偏弱", "Weak"),
    POOR: Words("不合要求", "Poor"),
}
FIT, UNFIT = "fit", "unfit"
VERDICTS: dict[str, Words] = {FIT: Words("合格", "Fit"), UNFIT: Words("不合格", "Unfit")}
SAMPLED: dict[str, Words] = {
    WEAK: Words("偏弱或不合要求，必查", "Weak or poor: always read"),
    "share": Words("随机抽查", "Drawn at random"),
}
SENT_BACK, NOTICED = "sent-back", "noticed"
FOLLOWED: dict[str, Words] = {
    SENT_BACK: Words("已退回重办", "Sent back"),
    NOTICED: Words("已提醒单位", "The unit was told"),
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What is in force. `share` per thousand of the good is drawn; `unit_shares` by unit id goes before it.

    `weak_reason`: a weak reply goes out only with a reason. `poor_refused`: a poor one never goes out.
    """

    good_line: int = 50
    weak_line: int = 25
    share: int = 50
    weak_reason: bool = True
    poor_refused: bool = False
    unit_shares: Mapping[int, int] = field(default_factory=dict)

    @property
    def lines(self) -> Lines:
        """Where good and weak begin."""
        return Lines(self.good_line, self.weak_line)

    def share_of(self, unit_id: int | None) -> int:
        """How many of a thousand good replies of that unit are drawn."""
        return self.unit_shares.get(unit_id or 0, self.share)

    def tell(self) -> dict[str, Any]:
        """The rules as rows and the journal hold them."""
        return {
            "good_line": self.good_line,
            "weak_line": self.weak_line,
            "share": self.share,
            "weak_reason": self.weak_reason,
            "poor_refused": self.poor_refused,
            "unit_shares": {str(unit): share for unit, share in sorted(self.unit_shares.items())},
        }

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Rules:
        """The rules that a row holds."""
        shares = {int(unit): int(share) for unit, share in told.get("unit_shares", {}).items()}
        known = {key: told[key] for key in NUMBERS if key in told} | {
            key: bool(told[key]) for key in SWITCHES if key in told
        }
        return cls(**known, unit_shares=shares)


@dataclass(frozen=True, slots=True)
class Bound:
    """A number as it is asked for: between which whole numbers, under which title, with which hint."""

    least: int
    most: int
    title: Words
    hint: Words


NUMBERS: dict[str, Bound] = {
    "good_line": Bound(
        45,
        95,
        Words("合乎要求的最低分", "Least score of a good reply"),
        Words(
            "低于这个分的算偏弱，必查。建议 50。", "Below it a reply is weak and always read. 50 is advised."
        ),
    ),
    "weak_line": Bound(
        5,
        44,
        Words("偏弱的最低分", "Least score of a weak reply"),
        Words(
            "低于这个分的算不合要求。只转办、只客套的总是不合要求。建议 25。",
            "Below it a reply is poor. Mere forwarding or thanks is always poor. 25 is advised.",
        ),
    ),
    "share": Bound(
        0,
        1000,
        Words("合乎要求的抽查千分比", "Share of the good ones drawn, per thousand"),
        Words(
            "每个单位按这个比例随机抽查，0 表示不抽。建议 50。",
            "Drawn at random in every unit; 0 draws none. 50 is advised.",
        ),
    ),
}
SWITCHES: dict[str, tuple[Words, Words]] = {
    "weak_reason": (
        Words("偏弱的须写明理由才能提交", "A weak reply needs a reason"),
        Words("不勾选时，只提示不拦。", "Otherwise it is only pointed out."),
    ),
    "poor_refused": (
        Words("不合要求的不能提交", "A poor reply cannot be submitted"),
        Words(
            "不勾选时，写明理由可以提交，中心必查。",
            "Otherwise it goes with a reason, and the centre reads it.",
        ),
    ),
}
