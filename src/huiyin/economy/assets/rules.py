"""What an entry must say, what the checks find, and which voucher a difference becomes; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from huiyin.economy.assets.values import (
    CLAIM,
    DEBT,
    FOLDED,
    LAND,
    LAND_CLASSES,
    MONEY,
    OF_ACCOUNT,
    POSTED,
    REGISTERS,
    RULE,
    THING,
    USES,
    Counted,
    Found,
    NewAsset,
)
from huiyin.economy.books.api import Account, Line
from huiyin.kernel.money import MOST_FEN
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words

_MU = re.compile(r"\d{1,9}(?:\.\d{1,4})?")
_PAPER = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))[/-](\d{1,6})")
SETTLING, RECOVERED = "181", "112"
VOUCHER_RULE = "财会〔2023〕14号：盘盈、盘亏经“待处理财产损溢”（181）处理"
_ON_THE_SHEET = frozenset({"asset", "cost", "liability"})
_DEEDED = frozenset({"fixed", "biological", "intangible", "land"})


def read_mu(text: str, field: str = "area") -> Decimal:
    """亩 of what was typed: at most four decimals, or whole ㎡ (`333㎡`: 0.4995 亩). Refuses `bad-area`."""
    plain = clean(text).replace(",", "").removesuffix("亩")
    metres = next((plain.removesuffix(end) for end in ("平方米", "㎡", "m2") if plain.endswith(end)), "")
    try:
        if metres:
            return Decimal(int(metres)) * Decimal("0.0015")
        if _MU.fullmatch(plain):
            return Decimal(plain)
    except (ValueError, InvalidOperation):
        pass
    words = Words(
        "“{text}”不是面积。请填亩数，最多四位小数，如 12.5；或填整数平方米，如 333㎡。",
        "“{text}” is no area. Give 亩 with at most four decimals, or whole square metres such as 333㎡.",
    )
    raise Refusal("bad-area", words.fill(text=clean(text)[:40]), field=field)


def tell_mu(area: Decimal | None) -> str:
    """An area as people write it: no zeros at the end."""
    if area is None:
        return ""
    text = f"{area:,.4f}"
    return text.rstrip("0").rstrip(".")


def read_voucher_reference(text: str) -> tuple[str, int] | None:
    """Month and number when the text names a voucher (`2026-03/5`)."""
    found = _PAPER.search(text)
    return (found[1], int(found[2])) if found else None


def check_asset(new: NewAsset) -> None:
    """Refuse an entry that a register cannot hold.

    `no-such-register`, `name-missing`, `no-such-account`, `no-such-use`, `area-missing`, `no-such-class`,
    `bad-amount`.
    """
    register = REGISTERS.get(new.register)
    if register is None:
        raise _refuse("no-such-register", "请选择台账类别。", "Choose the register.", "register")
    if not clean(new.name):
        raise _refuse("name-missing", "请填写名称。", "Give its name.", "name")
    if register.accounts and new.account.partition("-")[0] not in register.accounts:
        words = Words("“{title}”只能对应科目 {codes}。", "“{title}” goes with accounts {codes} only.").fill(
            title=register.title, codes="、".join(register.accounts)
        )
        raise Refusal("no-such-account", words, RULE, "account")
    if new.use not in USES:
        raise _refuse("no-such-use", "请选择使用情况。", "Choose what is done with it.", "use")
    if new.value_fen is not None and not 0 <= new.value_fen <= MOST_FEN:
        raise _refuse("bad-amount", "价值不能是负数，也不能过大。", "The value is out of range.", "value")
    if register.kind == LAND:
        _check_land(new)


def _check_land(new: NewAsset) -> None:
    if new.land_class not in LAND_CLASSES:
        raise _refuse("no-such-class", "请选择土地用途。", "Choose the use class of the land.", "land_class")
    if new.area_mu is None or new.area_mu <= 0:
        raise _refuse("area-missing", "请填写面积（亩）。", "Give the area in 亩.", "area")


def find_faults(
    lines: Sequence[Counted], ledger: Mapping[str, int], chart: Mapping[str, Account]
) -> list[Found]:
    """All that the eight checks find: of each line, of each account, of what no register holds.

    `ledger` is the balance by account of the chart, debits above nothing. What is found of money adds up:
    over all, counted less books (assets above nothing, debts by themselves).
    """
    return [
        *(found for line in lines for found in _look_at(line)),
        *_compare_ledger(lines, ledger),
        *_list_unregistered(ledger, chart),
    ]


def _look_at(line: Counted) -> Iterator[Found]:
    register = REGISTERS[line.register]
    yield from _look_for_papers(line, register.kind)
    if line.counted_fen is None:
        yield Found("account-clear", "not-counted", line.register, line.line_id)
        return
    gap = line.counted_fen - line.book_fen
    if gap:
        check = "books-money" if register.kind == MONEY else "books-things"
        fault = "more" if gap > 0 else "less"
        yield Found(check, fault, line.register, line.line_id, line.account, line.book_fen, line.counted_fen)
    moved = (line.counted_mu or Decimal(0)) - (line.book_mu or Decimal(0))
    if register.kind == LAND and moved:
        yield Found("books-things", "area", line.register, line.line_id, gap_mu=moved)


def _look_for_papers(line: Counted, kind: str) -> Iterator[Found]:
    def say(check: str, fault: str) -> Found:
        return Found(check, fault, line.register, line.line_id)

    if kind in {CLAIM, DEBT} and not line.party:
        yield say("account-clear", "no-party")
    if kind in {THING, LAND} and not line.place:
        yield say("thing-clear", "no-place")
    if kind in {THING, MONEY} and not line.keeper:
        yield say("thing-clear", "no-keeper")
    if line.register in _DEEDED and not line.deed:
        yield say("title-clear", "no-deed")
    if kind not in {LAND, MONEY} and not line.paper:
        yield say("books-papers", "no-paper")


def _compare_ledger(lines: Sequence[Counted], ledger: Mapping[str, int]) -> Iterator[Found]:
    """Register less ledger, account by account; depreciation goes off the account that it lowers."""
    for account, key in OF_ACCOUNT.items():
        held = sum(line.book_fen for line in lines if line.account.partition("-")[0] == account)
        stands = REGISTERS[key].sign * fold_ledger(ledger).get(account, 0)
        if held != stands:
            yield Found("books-books", "ledger", key, account=account, book_fen=stands, counted_fen=held)


def fold_ledger(ledger: Mapping[str, int]) -> dict[str, int]:
    """Balances with depreciation and amortisation taken off the accounts that they lower."""
    folded: dict[str, int] = {}
    for account, fen in ledger.items():
        head = FOLDED.get(account, account)
        folded[head] = folded.get(head, 0) + fen
    return folded


def _list_unregistered(ledger: Mapping[str, int], chart: Mapping[str, Account]) -> Iterator[Found]:
    for account, fen in sorted(ledger.items()):
        held = account in FOLDED or account in OF_ACCOUNT
        kind = chart[account].kind
        if fen and not held and kind in _ON_THE_SHEET:
            owed = kind == "liability"
            stands, register = (-fen, "debt") if owed else (fen, "")
            yield Found("books-sheet", "no-register", register, account=account, book_fen=stands)


def list_treatments(found: Found) -> tuple[str, ...]:
    """What may become of it: by which side it lies on."""
    if found.check == "books-sheet" or not (found.gap_fen or found.gap_mu):
        return ("noted",)
    if found.fault == "area":
        return ("register",)
    again = found.account.partition("-")[0] == RECOVERED
    ways = ("income",) if _debit(found) > 0 else ("expense",) if again else ("expense", "recover")
    return (*ways, "timing") if found.check in {"books-money", "books-books"} else ways


def check_treatment(found: Found, treatment: str, explanation: str) -> None:
    """Refuse `explanation-missing` and `treatment-mismatch`."""
    if len(clean(explanation)) < 2:
        raise _refuse("explanation-missing", "请写明差异的原因。", "Say why they differ.", "explanation")
    if treatment not in list_treatments(found):
        words = Words(
            "这一差异不能这样处理。盘盈转收入，盘亏转支出或追偿。",
            "This difference cannot be treated so: a gain is income, a loss is expense or recovered.",
        )
        raise Refusal("treatment-mismatch", words, VOUCHER_RULE, "treatment")


def make_lines(found: Found, treatment: str) -> tuple[Line, ...]:
    """The lines of its voucher, through 181; none when nothing is to be posted."""
    if treatment not in POSTED or not found.gap_fen:
        return ()
    debit = _debit(found)
    end = {"income": "504", "expense": "515", "recover": RECOVERED}[treatment]
    return (
        Line(found.account, debit, "清产核资差异"),
        Line(SETTLING, -debit, "清产核资差异"),
        Line(SETTLING, debit, "经批准处理"),
        Line(end, -debit, "经批准处理"),
    )


def _debit(found: Found) -> int:
    """By how much its account goes up on the debit side when the books follow the count."""
    register = REGISTERS.get(found.register)
    return found.gap_fen * (register.sign if register else 1)


def _refuse(code: str, zh: str, en: str, field: str) -> Refusal:
    return Refusal(code, Words(zh, en), RULE, field)
