"""The values of the income watch: a year of one organisation, bands."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.kernel.words import Words

NOTHING, LOW, MIDDLE, HIGH = "nothing", "low", "middle", "high"

BANDS: dict[str, Words] = {
    NOTHING: Words("没有经营性收入", "None"),
    LOW: Words("{one} 以下", "Below {one}"),
    MIDDLE: Words("{one} 至 {two}", "{one} to {two}"),
    HIGH: Words("{two} 以上", "{two} and more"),
}
"""Bands of operating income, from the lowest; the two bounds are settings."""


@dataclass(frozen=True, slots=True)
class YearIncome:
    """What one organisation took in and spent in one year, in whole fen, as its books say.

    `operating` is 501 经营收入 and 502 投资收益; `subsidy` 503, `other` 504; `expense` 511 to 521.
    """

    organisation_id: int
    year: int
    operating_fen: int = 0
    subsidy_fen: int = 0
    other_fen: int = 0
    expense_fen: int = 0

    @property
    def total_fen(self) -> int:
        """All income."""
        return self.operating_fen + self.subsidy_fen + self.other_fen

    @property
    def net_fen(self) -> int:
        """All income less all expense."""
        return self.total_fen - self.expense_fen
