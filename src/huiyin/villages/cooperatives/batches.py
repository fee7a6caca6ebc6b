"""What can be entered many rows at once: read from a sheet or pasted, checked row by row, then written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from huiyin.economy.cooperatives.api import (
    FORMS,
    KINDS,
    METHODS,
    PART_KINDS,
    Identity,
    NewAccount,
    NewContribution,
    NewPayment,
    NewTrade,
    Valuation,
    check_payments,
    contribute,
    enrol,
    list_accounts,
    pay_benefits,
    record_trades,
)
from huiyin.economy.organisations.api import Organisation
from huiyin.kernel.money import read_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand
from huiyin.villages.answering import read_day, read_whole

Read = Callable[[Sequence[str], Mapping[int, int]], Any]
Write = Callable[[Organisation, Sequence[Any], AccountInHand | None, datetime], object]
Check = Callable[[Organisation, Sequence[Any], datetime], list[Refusal | None]]


@dataclass(frozen=True, slots=True)
class Batch:
    """One kind of rows: its columns, an example, who enters it, how a row is read, checked, written."""

    title: Words
    columns: tuple[Words, ...]
    example: str
    roles: tuple[str, ...]
    back: str
    read: Read
    write: Write
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it was given, with what is wrong with it."""

    cells: tuple[str, ...]
    new: Any = None
    refusal: Refusal | None = None


def read_lines(
    batch: Batch, organisation: Organisation, rows: Sequence[Sequence[str]], now: datetime
) -> list[Line]:
    """Every row read and checked; a heading is passed over."""
    numbers = dict(list_accounts(organisation.pk).values_list("number", "pk"))
    width = len(batch.columns)
    lines = []
    for row in rows:
        cells = tuple([*row, *[""] * width][:width])
        if cells[0] != batch.columns[0].zh:
            lines.append(_read(batch, cells, numbers))
    right = [line for line in lines if line.refusal is None]
    if batch.check is not None:
        found = iter(batch.check(organisation, [line.new for line in right], now))
        lines = [line if line.refusal else Line(line.cells, line.new, next(found)) for line in lines]
    return lines


def _read(batch: Batch, cells: tuple[str, ...], numbers: Mapping[int, int]) -> Line:
    try:
        return Line(cells, batch.read(cells, numbers))
    except Refusal as refusal:
        return Line(cells, refusal=refusal)


def try_lines(
    batch: Batch, organisation: Organisation, lines: Sequence[Line], by: AccountInHand, now: datetime
) -> Refusal | None:
    """What forbids writing them all, found by writing and taking it back; None when nothing does."""
    try:
        with transaction.atomic():
            batch.write(organisation, [line.new for line in lines], by, now)
            transaction.set_rollback(True)
    except Refusal as refusal:
        return refusal
    return None


def _find_key(titles: Mapping[str, Words], text: str, field: str) -> str:
    for key, title in titles.items():
        if text in {title.zh, title.en, key}:
            return key
    words = Words("“{text}”不认识。可填：{known}。", "“{text}” is not known. Choose from: {known}.").fill(
        text=text[:40],
        known=Words(
            "、".join(one.zh for one in titles.values()), ", ".join(one.en for one in titles.values())
        ),
    )
    raise Refusal("not-known", words, field=field)


def _find_account(text: str, numbers: Mapping[int, int]) -> int:
    found = numbers.get(read_whole(text, "number", 9))
    if found is None:
        words = Words("没有账户 {number}。", "There is no account {number}.").fill(number=text)
        raise Refusal("member-not-found", words, field="number")
    return found


def _read_member(cells: Sequence[str], _numbers: Mapping[int, int]) -> NewAccount:
    identity = Identity(cells[0], cells[1])
    return NewAccount(identity, _find_key(KINDS, cells[2], "kind"), read_day(cells[3], "joined_on"))


def _read_contribution(cells: Sequence[str], numbers: Mapping[int, int]) -> NewContribution:
    form = _find_key({key: one.title for key, one in FORMS.items()}, cells[1], "form")
    method = _find_key(METHODS, cells[5], "method") if cells[5] else ""
    return NewContribution(
        _find_account(cells[0], numbers), form, cells[2], read_yuan(cells[3]), read_day(cells[4], "made_on"),
        Valuation(method, cells[6], cells[7]),
    )  # fmt: skip


def _read_trade(cells: Sequence[str], numbers: Mapping[int, int]) -> NewTrade:
    return NewTrade(
        _find_account(cells[0], numbers),
        read_day(cells[1], "traded_on"),
        cells[2],
        read_yuan(cells[4]),
        cells[3],
    )


def _read_payment(cells: Sequence[str], _numbers: Mapping[int, int]) -> NewPayment:
    kind = _find_key({key: one.title for key, one in PART_KINDS.items()}, cells[1], "kind")
    return NewPayment(
        read_whole(cells[0], "number", 9), kind, read_yuan(cells[2]), read_day(cells[3], "paid_on"), cells[4]
    )


BATCHES: Mapping[str, Batch] = {
    "members": Batch(
        Words("批量入社", "Many members"),
        (
            Words("姓名或名称", "Name"),
            Words("证件号或信用代码", "Identity number or code"),
            Words("类别", "Kind"),
            Words("入社日期", "Joined"),
        ),
        "某某某\t999001197001010011\t农民\t2026-01-05",
        ("bookkeeper", "director"),
        "villages:cooperative-members",
        _read_member,
        enrol,
    ),
    "contributions": Batch(
        Words("批量登记出资", "Many contributions"),
        (
            Words("账户号", "Account"),
            Words("形式", "Form"),
            Words("内容", "What"),
            Words("金额（元）", "Amount (yuan)"),
            Words("出资日期", "Day"),
            Words("作价方式", "Valuation"),
            Words("作价人", "Valuer"),
            Words("决议", "Resolution"),
        ),
        "1\t承包经营权\t水田 5 亩\t25000\t2026-01-05\t全体成员评估作价\t全体成员\t2026年第一次成员大会决议",
        ("bookkeeper",),
        "villages:contributions",
        _read_contribution,
        contribute,
    ),
    "trades": Batch(
        Words("批量登记交易", "Many trades"),
        (
            Words("账户号", "Account"),
            Words("日期", "Day"),
            Words("内容", "What"),
            Words("数量", "Quantity"),
            Words("金额（元）", "Amount (yuan)"),
        ),
        "1\t2026-07-01\t交售蔬菜\t500 公斤\t1250.00",
        ("bookkeeper",),
        "villages:cooperative-members",
        _read_trade,
        record_trades,
    ),
    "payments": Batch(
        Words("批量登记支付", "Many payments"),
        (
            Words("合同号", "Contract"),
            Words("项目", "Part"),
            Words("金额（元）", "Amount (yuan)"),
            Words("支付日期", "Paid on"),
            Words("凭据号", "Reference"),
        ),
        "1\t租金\t3000\t2026-06-30\t转账 0630-1",
        ("cashier",),
        "villages:benefits",
        _read_payment,
        pay_benefits,
        check_payments,
    ),
}
"""By the key in the address."""
