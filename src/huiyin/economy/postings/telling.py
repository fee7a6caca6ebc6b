"""What a voucher says on the monthly sheet; pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Protocol

from huiyin.economy.postings.values import Field
from huiyin.kernel.masks import mask_name, mask_numbers
from huiyin.kernel.words import Words

COLUMNS = (
    Field("what", Words("摘要", "What")),
    Field("on", Words("日期", "Day"), "date"),
    Field("number", Words("凭证", "Voucher")),
    Field("income", Words("收入", "Received"), "fen"),
    Field("expense", Words("支出", "Paid"), "fen"),
    Field("profit", Words("记入损益", "Counted as income"), "fen"),
    Field("payee", Words("收款方", "Payee")),
    Field("balance", Words("现金和存款结余", "Cash and deposits"), "balance"),
)
"""收入 and 支出 are money that came and went; 记入损益 is what the books count as income (minus: expense)."""

_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_BODY = re.compile(r".{2,}(公司|社|厂|店|站|局|所|队|院|银行|中心|会|学校|政府|场|园|委|办|组|户)")
_SHORT_BODY = re.compile(r"供电所|水利站|卫生院|卫生室|信用社|供销社|农机站|财政所|税务局|村委会")
"""Three signs are a name, unless they are one of these."""


class OnTheBooks(Protocol):
    """What is read of a voucher."""

    @property
    def pk(self) -> Any: ...
    @property
    def made_on(self) -> Any: ...
    @property
    def number(self) -> Any: ...
    @property
    def summary(self) -> Any: ...
    @property
    def payee(self) -> Any: ...
    @property
    def accounts(self) -> Any: ...
    @property
    def fen(self) -> Any: ...


def mask_payee(payee: str) -> str:
    """A person's name keeps its first sign; a company, office or other body is named."""
    name = mask_numbers(payee.strip())
    if not _PERSON.fullmatch(name):
        return name
    body = _SHORT_BODY.fullmatch(name) if len(name) < 4 else _BODY.fullmatch(name)
    return name if body else mask_name(name)


def tell_voucher(
    voucher: OnTheBooks, cash: Collection[str], results: Collection[str]
) -> dict[str, Any] | None:
    """The cells of its line; None when it moves neither money nor income.

    `cash` are the accounts of money, `results` those of income and expense. Money that only goes from one
    account of cash to another is told with its sum on both sides.
    """
    lines = [(code.partition("-")[0], fen) for code, fen in zip(voucher.accounts, voucher.fen, strict=True)]
    income = sum(fen for code, fen in lines if code in cash and fen > 0)
    expense = -sum(fen for code, fen in lines if code in cash and fen < 0)
    profit = -sum(fen for code, fen in lines if code in results)
    if not (income or expense or any(code in results for code, _ in lines)):
        return None
    told = {"income": income, "expense": expense, "profit": profit, "payee": mask_payee(voucher.payee)}
    return {
        "what": mask_numbers(voucher.summary),
        "on": voucher.made_on.isoformat(),
        "number": f"{voucher.made_on.month}-{voucher.number}",
        **{key: value for key, value in told.items() if value},
    }


Row = tuple[str, dict[str, Any]]


def make_rows(
    vouchers: Iterable[OnTheBooks], opening_fen: int, cash: Collection[str], results: Collection[str]
) -> list[Row]:
    """The lines of a sheet: what there was, each voucher, what there is."""
    told = [(f"voucher:{one.pk}", cells) for one in vouchers if (cells := tell_voucher(one, cash, results))]
    closing = opening_fen + sum(cells.get("income", 0) - cells.get("expense", 0) for _, cells in told)
    return [
        ("opening", {"what": "上期结余", "balance": opening_fen}),
        *told,
        ("closing", {"what": "本期结余", "balance": closing}),
    ]


def add_column(rows: Sequence[Row], key: str) -> int:
    """The sum of a column."""
    return sum(cells.get(key, 0) for _, cells in rows)
