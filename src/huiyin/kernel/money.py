"""Money in whole fen: told as yuan, and read from what was typed."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

MOST_FEN = 10**15
"""Ten trillion yuan: more than any village has."""

_YUAN = re.compile(r"[-+]?\d{1,13}(?:\.\d{1,2})?")


def tell_yuan(fen: int) -> str:
    """`1234567` fen → `12,345.67`."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def to_yuan(fen: int) -> Decimal:
    """Exact yuan, for a cell of a spreadsheet that is to be added up there."""
    return Decimal(fen).scaleb(-2)


def read_yuan(text: str, field: str = "amount") -> int:
    """Fen of what was typed: `12,345.67`, `￥5`, `3元`. Refuses `bad-amount`: no number, a third decimal."""
    plain = text.strip().translate(str.maketrans("０１２３４５６７８９．，－", "0123456789.,-"))
    plain = plain.removeprefix("￥").removeprefix("¥").removesuffix("元").replace(",", "").strip()
    if not _YUAN.fullmatch(plain):
        words = Words(
            "“{text}”不是金额。请填数字，最多两位小数，如 1200.50。",
            "“{text}” is no amount. Give a number with at most two decimals, such as 1200.50.",
        )
        raise Refusal("bad-amount", words.fill(text=text.strip()[:40]), field=field)
    fen = Fraction(plain) * 100
    return int(fen)
