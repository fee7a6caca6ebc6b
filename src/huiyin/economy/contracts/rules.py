"""What a contract, a payment and a voucher must be before money moves; pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from huiyin.economy.books.api import CASH as MONEY
from huiyin.economy.books.api import Line
from huiyin.economy.contracts.values import (
    CASH,
    FILED_BEFORE,
    INCOMING,
    KINDS,
    METHODS,
    NO_BORROWING,
    NO_PERSONAL,
    NO_PLEDGE,
    ONE_BY_ONE,
    PARTIES,
    WAYS,
    NewContract,
    NewPayment,
    Rent,
)
from huiyin.kernel.money import MOST_FEN, tell_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words

MOST_RENTS = 120
LENT = frozenset({"111", "112", "113"})
"""Accounts by which money that is lent or advanced is debited."""


def reckon_outflow(lines: Sequence[Line]) -> int:
    """What leaves cash and bank together, net; below nothing when money comes in."""
    return -sum(line.fen for line in lines if line.account.partition("-")[0] in MONEY)


def reckon_cash(lines: Sequence[Line]) -> int:
    """What leaves the cash box, net."""
    return -sum(line.fen for line in lines if line.account.partition("-")[0] == "101")


def reckon_most(held: Sequence[tuple[date, int]], day: date, fen: int, days: int) -> int:
    """The most that any `days` days around `day` hold, with `fen` on that day itself."""
    near = [(at, sum_) for at, sum_ in held if abs((at - day).days) < days]
    starts = {day, *(at for at, _ in near if at <= day)}
    return fen + max(sum(sum_ for at, sum_ in near if 0 <= (at - start).days < days) for start in starts)


def is_mirror(lines: Sequence[Line], accounts: Sequence[str], fen: Sequence[int]) -> bool:
    """Whether the lines take back a voucher of these accounts and sums, whatever their order."""
    taken = sorted((line.account, -line.fen) for line in lines)
    return taken == sorted(zip(accounts, fen, strict=True))


def spread_rents(price_fen: int, from_on: date, until_on: date, months: int) -> list[Rent]:
    """The price in equal parts, one at the start of every `months`; the first takes what is left over."""
    days: list[date] = []
    at = from_on
    while at <= until_on and len(days) < MOST_RENTS:
        days.append(at)
        at = _later(from_on, months * len(days))
    part, rest = divmod(price_fen, len(days))
    return [Rent(day, part + (rest if not number else 0)) for number, day in enumerate(days)]


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28 if month == 1 else 30 if month in {3, 5, 8, 10} else 31))


def check_contract(new: NewContract, officers: Collection[str]) -> None:
    """Refuse what may not be drafted; `officers` are the names of officers and their kin.

    `unknown-kind`, `field-missing`, `bad-amount`, `bad-dates`, `rents-differ`, `pledge-forbidden`,
    `officer-borrows`.
    """
    if new.kind not in KINDS or new.party not in PARTIES:
        raise Refusal("unknown-kind", Words("请选择合同类型和对方类型。", "Choose a kind."), field="kind")
    for field, value in (("title", new.title), ("counterparty", new.counterparty), ("subject", new.subject)):
        if not clean(value):
            raise Refusal("field-missing", Words("请填写这一项。", "Fill this in."), field=field)
    _check_35(new, officers)
    if not 0 < new.price_fen <= MOST_FEN:
        raise Refusal("bad-amount", Words("请填写合同总价。", "Give the price."), field="price")
    if new.until_on < new.from_on:
        words = Words("合同止期不能早于起期。", "The end cannot be before the start.")
        raise Refusal("bad-dates", words, field="until_on")
    check_rents(new.rents, new.price_fen)


def _check_35(new: NewContract, officers: Collection[str]) -> None:
    if new.kind == "guarantee":
        words = Words(
            "集体财产不能为任何个人或者他人的债务担保、抵押。这份合同不能签。",
            "The collective's property is no pledge for anybody's debts. Such a contract cannot be made.",
        )
        raise Refusal("pledge-forbidden", words, NO_PLEDGE, "kind")
    if new.kind == "loan" and clean(new.counterparty) in officers:
        raise refuse_borrowing(new.counterparty, "counterparty")


def refuse_borrowing(name: str, field: str = "") -> Refusal:
    """An officer, or kin of one, would borrow from the collective."""
    words = Words(
        "{name}是本组织任职人员或其近亲属，不能直接或者间接向集体借款。",
        "{name} is an officer or kin of one, and cannot borrow from the collective.",
    )
    return Refusal("officer-borrows", words.fill(name=clean(name)), NO_BORROWING, field)


def check_rents(rents: Sequence[Rent], price_fen: int) -> None:
    """The sums that fall due add up to the price."""
    total = sum(rent.fen for rent in rents)
    if not rents or len(rents) > MOST_RENTS or any(rent.fen <= 0 for rent in rents) or total != price_fen:
        words = Words(
            "各期应收（付）合计 {total} 元，与合同总价 {price} 元不符。请核对。",
            "The sums due add up to {total} yuan, the price is {price} yuan. Check them.",
        ).fill(total=tell_yuan(total), price=tell_yuan(price_fen))
        raise Refusal("rents-differ", words, field="rents")


def check_method(method: str, resolution: str, price_fen: int, line_fen: int) -> None:
    """Refuses `method-missing`, and `resolution-missing` for a price that the assembly decides on."""
    if method not in METHODS:
        words = Words("请先选择由谁议定。", "First say by whom it was decided on.")
        raise Refusal("method-missing", words, "农村集体经济组织法 第26条", "method")
    if price_fen >= line_fen and (method == "board" or not clean(resolution)):
        words = Words(
            "合同总价达到 {line} 元，须经成员大会或者成员代表大会议定，请填写决议编号。",
            "From {line} yuan on the members' assembly or its delegates decide: give the resolution.",
        ).fill(line=tell_yuan(line_fen))
        raise Refusal("resolution-missing", words, "农村集体经济组织法 第26条", "resolution")


def check_payment(new: NewPayment, officers: Collection[str], cash_line_fen: int) -> None:
    """Refuse what may not be asked for.

    `field-missing`, `bad-amount`, `unknown-kind`, `no-such-account`, `cash-too-much`, `personal-account`,
    `officer-borrows`. `officers` are the names of officers and their kin.
    """
    for field, value in (("purpose", new.purpose), ("payee", new.payee)):
        if not clean(value):
            raise Refusal("field-missing", Words("请填写这一项。", "Fill this in."), field=field)
    if new.party not in PARTIES or new.way not in WAYS:
        words = Words("请选择收款人类型和支付方式。", "Choose payee and way.")
        raise Refusal("unknown-kind", words, field="party")
    if not 0 < new.fen <= MOST_FEN:
        raise Refusal("bad-amount", Words("请填写金额。", "Give the amount."), field="amount")
    if not new.account or new.account.partition("-")[0] in MONEY:
        words = Words("请选择支出记入的科目。", "Choose the account that is debited.")
        raise Refusal("no-such-account", words, field="account")
    if new.account.partition("-")[0] in LENT and clean(new.payee) in officers:
        raise refuse_borrowing(new.payee, "payee")
    check_way(new.way, new.payee, new.holder, new.fen, cash_line_fen)


def check_way(way: str, payee: str, holder: str, fen: int, cash_line_fen: int) -> None:
    """Refuses `cash-too-much`, and `personal-account` for an account that is not the payee's own."""
    if way == "cash":
        if fen > cash_line_fen:
            words = Words(
                "现金支付不得超过 {line} 元。请改用银行转账。",
                "At most {line} yuan go in cash. Use the bank.",
            ).fill(line=tell_yuan(cash_line_fen))
            raise Refusal("cash-too-much", words, CASH, "way")
    elif clean(holder) != clean(payee):
        words = Words(
            "收款账户户名“{holder}”不是收款人“{payee}”本身。集体资金不得经个人或他人账户收付。",
            "The account of “{holder}” is not the payee's own (“{payee}”). Use no other account.",
        ).fill(holder=clean(holder) or "–", payee=clean(payee))
        raise Refusal("personal-account", words, NO_PERSONAL, "holder")


def refuse_unfiled(fen: int, line_fen: int) -> Refusal:
    """Money above the line that no file covers."""
    words = Words(
        "支出 {fen} 元，达到备案起点 {line} 元，还没有备案，不能支付。"
        "请先在“大额支出”里申请，乡镇备案后由出纳支付。",
        "{fen} yuan reach the line of {line} yuan and are not filed. Ask under “Large spending”; once the "
        "township has filed it the cashier pays.",
    ).fill(fen=tell_yuan(fen), line=tell_yuan(line_fen))
    return Refusal("payment-unfiled", words, FILED_BEFORE)


def refuse_split(payee: str, total_fen: int, days: int, line_fen: int) -> Refusal:
    """Payments to one payee that only together reach the line."""
    words = Words(
        "{days} 天内付给“{payee}”合计 {total} 元，达到备案起点 {line} 元，视为一笔。请合并备案后再支付。",
        "Within {days} days “{payee}” gets {total} yuan, which reach the line of {line} yuan and count as "
        "one. File them together.",
    ).fill(days=days, payee=payee, total=tell_yuan(total_fen), line=tell_yuan(line_fen))
    return Refusal("payment-split", words, ONE_BY_ONE)


def refuse_contract(title: str) -> Refusal:
    """Money under a contract that is not filed."""
    words = Words(
        "合同“{title}”还没有在乡镇备案，不能收付款（首笔收款除外）。请先办完合同备案。",
        "The contract “{title}” is not filed: nothing but its first receipt may be booked. File it first.",
    ).fill(title=title)
    return Refusal("contract-unfiled", words, FILED_BEFORE)


def is_incoming(kind: str) -> bool:
    """Whether the organisation is paid under such a contract."""
    return kind in INCOMING
