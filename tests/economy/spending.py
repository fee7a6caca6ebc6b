"""What tests of payments share: a payment as it is asked for, and whoever takes it further."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from huiyin.cases.api import make_acting, move_case
from huiyin.economy.contracts.api import NewPayment, Payment, ask_payments
from huiyin.people.api import AccountInHand

HANDS = {
    "submit": "bookkeeper",
    "agree": "overseer",
    "report": "director",
    "file": "rural",
    "pay": "cashier",
    "send_back": "rural",
    "disagree": "overseer",
    "withdraw": "bookkeeper",
}
"""Whose hand each move is."""

FILED = ("submit", "agree", "report", "file")
PAYEE = "禾川县山泉建筑有限公司"


def make_payment(organisation_id: int, fen: int = 800_000, **more: object) -> NewPayment:
    """A bank transfer to a company: 8,000 yuan unless told otherwise."""
    given = {
        "organisation_id": organisation_id,
        "purpose": "修水渠",
        "payee": PAYEE,
        "party": "company",
        "way": "bank",
        "account": "153",
        "fen": fen,
        "holder": more.get("payee", PAYEE),
        "bank": "禾川农村商业银行",
        "tail": "0412",
        **more,
    }
    return NewPayment(**given)  # type: ignore[arg-type]


def ask(new: NewPayment, officer: Callable[[str], AccountInHand], now: datetime) -> Payment:
    """The bookkeeper asks for it."""
    return ask_payments([new], make_acting(officer("bookkeeper")), now)[0]


def take(payment: Payment, officer: Callable[[str], AccountInHand], now: datetime, *moves: str) -> Payment:
    """Take it through these moves, each by whoever's it is."""
    for move in moves:
        given = {"reason": "不符合规定"} if move in {"send_back", "disagree", "withdraw"} else {}
        move_case(payment.case.number, move, given, make_acting(officer(HANDS[move])), now)
    payment.refresh_from_db()
    return payment
