"""What a voucher must be before it stands on the books; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from huiyin.economy.books.chart import CASH, Account
from huiyin.economy.books.values import NewVoucher
from huiyin.kernel.money import MOST_FEN, tell_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words

RULE = "财会〔2023〕14号；会计法 第9条、第15条"
APART = "会计法 第35条、第37条：制单、审核、出纳分离，出纳不得兼管账目"
MOST_LINES = 200


def first_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def last_of(day: date) -> date:
    """The last day of its month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def month_before(month: date) -> date:
    """The first day of the month before."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def moves_cash(accounts: Iterable[str]) -> bool:
    """Whether money itself moves: then a cashier confirms it."""
    return any(code.partition("-")[0] in CASH for code in accounts)


def check_voucher(voucher: NewVoucher, chart: Mapping[str, Account]) -> None:
    """Refuse what may not stand on the books.

    `summary-missing`, `lines-missing` (fewer than two), `too-many-lines`, `no-such-account`, `line-empty`
    (nothing on it, or more than ten trillion yuan), `not-balanced`, `same-person`.
    """
    if not clean(voucher.summary):
        raise Refusal("summary-missing", Words("请填写摘要。", "Fill in the summary."), RULE, "summary")
    if len(voucher.lines) < 2:
        words = Words("一张凭证至少有一借一贷两行。", "A voucher has at least a debit and a credit.")
        raise Refusal("lines-missing", words, RULE, "lines")
    if len(voucher.lines) > MOST_LINES:
        words = Words("一张凭证最多 {most} 行。", "A voucher has at most {most} lines.")
        raise Refusal("too-many-lines", words.fill(most=MOST_LINES), RULE, "lines")
    for at, line in enumerate(voucher.lines, 1):
        if line.account.partition("-")[0] not in chart:
            words = Words("第 {at} 行：科目表里没有“{code}”。", "Line {at}: the chart has no account {code}.")
            raise Refusal("no-such-account", words.fill(at=at, code=line.account), RULE, "lines")
        if not 0 < abs(line.fen) <= MOST_FEN:
            words = Words("第 {at} 行没有金额，或金额过大。", "Line {at} has no amount, or too large a one.")
            raise Refusal("line-empty", words.fill(at=at), RULE, "lines")
    _check_sum(voucher)
    _check_hands(voucher)


def _check_sum(voucher: NewVoucher) -> None:
    debit = sum(line.fen for line in voucher.lines if line.fen > 0)
    credit = -sum(line.fen for line in voucher.lines if line.fen < 0)
    if debit != credit:
        words = Words(
            "借贷不平：借方 {debit}，贷方 {credit}，相差 {gap} 元。请核对。",
            "It does not balance: debit {debit}, credit {credit}, {gap} yuan apart. Check the lines.",
        ).fill(debit=tell_yuan(debit), credit=tell_yuan(credit), gap=tell_yuan(abs(debit - credit)))
        raise Refusal("not-balanced", words, RULE, "lines")


def _check_hands(voucher: NewVoucher) -> None:
    hands = [
        one for one in (voucher.made_by_id, voucher.reviewed_by_id, voucher.paid_by_id) if one is not None
    ]
    if len(hands) != len(set(hands)):
        words = Words(
            "制单、审核、出纳须是不同的人。请换一位办理。",
            "Whoever makes, reviews and pays must be different people. Have another do it.",
        )
        raise Refusal("same-person", words, APART)
