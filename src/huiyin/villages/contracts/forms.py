"""The forms of contracts and payments: what is typed becomes values, or is refused by its field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from huiyin.economy.contracts.api import Contract, NewContract, NewPayment, Rent, spread_rents
from huiyin.kernel.money import read_yuan, tell_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, read_number
from huiyin.kernel.words import Words
from huiyin.villages.answering import read_day

Typed = dict[str, str]
CONTRACT_FIELDS = (
    "kind", "title", "counterparty", "party", "subject", "area", "price", "signed_on", "from_on", "until_on",
    "every", "rents",
)  # fmt: skip
PAYMENT_FIELDS = (
    "purpose", "payee", "party", "way", "account", "amount", "holder", "bank", "tail", "contract", "due",
)  # fmt: skip
EVERY: dict[str, Words] = {
    "12": Words("每年一次", "Once a year"),
    "6": Words("每半年一次", "Twice a year"),
    "3": Words("每季度一次", "Every quarter"),
    "1": Words("每月一次", "Every month"),
    "0": Words("一次付清", "At once"),
}
"""How often a sum of the contract falls due."""
MOST_SIGNS = 200


def read_typed(sent: Mapping[str, str], fields: tuple[str, ...]) -> Typed:
    """What was typed, cleaned."""
    return {key: clean(sent.get(key, ""))[: 4000 if key == "rents" else MOST_SIGNS] for key in fields}


def _read_area(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        area = Decimal(text)
    except InvalidOperation:
        area = Decimal(-1)
    if not area.is_finite() or not 0 <= area < 10**9 or -int(area.as_tuple().exponent) > 4:
        words = Words("面积请填亩数，最多四位小数。", "Give the area in mu, with at most four decimals.")
        raise Refusal("bad-area", words, field="area")
    return area


def make_contract(typed: Typed, organisation_id: int, amends_id: int | None = None) -> NewContract:
    """The contract that was typed; refuses what cannot be read."""
    price = read_yuan(typed["price"], "price")
    since, until = read_day(typed["from_on"], "from_on"), read_day(typed["until_on"], "until_on")
    if until < since:
        raise Refusal(
            "bad-dates", Words("合同止期不能早于起期。", "The end is before the start."), field="until_on"
        )
    return NewContract(
        organisation_id,
        typed["kind"],
        typed["title"],
        typed["counterparty"],
        typed["party"],
        typed["subject"],
        price,
        since,
        until,
        _read_rents(typed, price, since, until),
        read_day(typed["signed_on"], "signed_on") if typed["signed_on"] else None,
        _read_area(typed["area"]),
        amends_id,
    )


def _read_rents(typed: Typed, price: int, since: date, until: date) -> list[Rent]:
    """Line by line `2026-03-01 4000`; or spread evenly over the term when nothing was written."""
    lines = [line.split() for line in typed["rents"].splitlines() if line.strip()]
    if not lines:
        months = read_number(typed["every"], 2) or 0
        return spread_rents(price, since, until, months) if months else [Rent(since, price)]
    rents = []
    for parts in lines:
        if len(parts) != 2:
            words = Words(
                "每行写日期和金额，如“2026-03-01 4000”。", "Each line: date and sum, “2026-03-01 4000”."
            )
            raise Refusal("bad-rents", words, field="rents")
        rents.append(Rent(read_day(parts[0], "rents"), read_yuan(parts[1], "rents")))
    return rents


def describe_contract(contract: Contract) -> Typed:
    """A contract as it stands in the form."""
    rents = contract.dues.filter(cancelled=False).order_by("at")
    return {
        "kind": contract.kind,
        "title": contract.title,
        "counterparty": contract.counterparty,
        "party": contract.party,
        "subject": contract.subject,
        "area": str(contract.area_mu.normalize()) if contract.area_mu is not None else "",
        "price": tell_yuan(contract.price_fen),
        "signed_on": contract.signed_on.isoformat() if contract.signed_on else "",
        "from_on": contract.from_on.isoformat(),
        "until_on": contract.until_on.isoformat(),
        "every": "12",
        "rents": "\n".join(
            f"{due.due_on.isoformat()} {tell_yuan(due.fen).replace(',', '')}" for due in rents
        ),
    }


def make_payment(typed: Typed, organisation_id: int) -> NewPayment:
    """The payment that was typed; refuses what cannot be read."""
    contract, _, due = typed["contract"].partition(".")
    return NewPayment(
        organisation_id,
        typed["purpose"],
        typed["payee"],
        typed["party"],
        typed["way"],
        typed["account"],
        read_yuan(typed["amount"]),
        typed["holder"],
        typed["bank"],
        typed["tail"],
        read_number(contract),
        read_number(due or typed["due"]),
    )
