"""What each move of a contract's filing demands and writes; files many at once, each for itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from huiyin.cases.api import Acting, Passing, move_case
from huiyin.economy.contracts.drafting import close_contract, lock_contract
from huiyin.economy.contracts.knowing import list_officer_names
from huiyin.economy.contracts.models import Contract
from huiyin.economy.contracts.rules import check_contract, check_method
from huiyin.economy.contracts.values import APART, NewContract, Rent
from huiyin.economy.organisations.api import get_limit, note
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, take_in_hand

Demand = Callable[[Contract, datetime], None]
_DEMANDS: list[Demand] = []


def register_demand(check: Demand) -> None:
    """Have `check` say whether a contract from the line on was validly resolved on; it raises the refusal.

    Assemblies stand above contracts: whoever knows both registers it when its application is ready.
    """
    if check not in _DEMANDS:
        _DEMANDS.append(check)


def pass_filing(passing: Passing) -> None:
    """The gate of `contract-filing`, whichever door a move comes by."""
    contract = Contract.objects.filter(case_id=passing.case_id).first()
    if contract is None:
        return
    contract = lock_contract(contract.pk)
    if passing.move in {"settle", "report", "file"}:
        check_contract(describe(contract), list_officer_names(contract.organisation_id, contract.from_on))
    if passing.move in {"resolve", "report", "file"}:
        _demand_resolved(contract, passing.now)
    if passing.move == "file":
        _file(contract, passing)
    if passing.move == "withdraw" and contract.dues.filter(settled_fen__gt=0).exists():
        words = Words(
            "已经收过款，不能撤回。请办完备案。", "Money came in under it already: it must be filed."
        )
        raise Refusal("receipts-booked", words)


def describe(contract: Contract) -> NewContract:
    """The contract as it would be drafted anew."""
    return NewContract(
        contract.organisation_id,
        contract.kind,
        contract.title,
        contract.counterparty,
        contract.party,
        contract.subject,
        contract.price_fen,
        contract.from_on,
        contract.until_on,
        [Rent(due.due_on, due.fen) for due in contract.dues.order_by("at")],
        contract.signed_on,
        contract.area_mu,
        contract.amends_id,
    )


def _demand_resolved(contract: Contract, now: datetime) -> None:
    line = get_limit("resolution-line", contract.organisation.township_id)
    check_method(contract.method, contract.resolution, contract.price_fen, line)
    if contract.price_fen >= line:
        for check in _DEMANDS:
            check(contract, now)


def _file(contract: Contract, passing: Passing) -> None:
    if passing.acting.account_id == contract.made_by_id:
        words = Words("拟订合同的人不能备案。", "Whoever drafted it cannot file it.")
        raise Refusal("same-person", words, APART)
    contract.filed_at, contract.filed_by_id = passing.now, passing.acting.account_id
    contract.save(update_fields=["filed_at", "filed_by"])
    if contract.amends_id is not None:
        old = lock_contract(contract.amends_id)
        if old.ended_on is None:
            close_contract(old, max(old.from_on, contract.from_on - timedelta(1)), "amended")
    by = _find_account(passing.acting, passing.now)
    note(contract.organisation, "file-contract", by, passing.now, contract=contract.pk, number=passing.number)


def _find_account(acting: Acting, now: datetime) -> AccountInHand | None:
    return take_in_hand(acting.account_id, timezone.localdate(now)) if acting.account_id else None


def file_many(
    numbers: Sequence[str], note_: str, acting: Acting, now: datetime
) -> list[tuple[str, Refusal | None]]:
    """File each of these contracts and payments, every one checked; what was refused stays, and is told."""
    done: list[tuple[str, Refusal | None]] = []
    for number in dict.fromkeys(numbers):
        try:
            move_case(number, "file", {"note": note_}, acting, now, seen=True)
        except Refusal as refusal:
            done.append((number, refusal))
        else:
            done.append((number, None))
    return done
