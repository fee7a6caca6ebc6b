"""Matches what falls due under contracts to vouchers on the books, and books what came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Sum

from huiyin.economy.books.api import Line, NewVoucher, Voucher, find_account, post_vouchers
from huiyin.economy.contracts.gates import DUE, demand_contract_filed
from huiyin.economy.contracts.models import Due, Settlement
from huiyin.economy.contracts.rules import check_way, reckon_outflow
from huiyin.economy.contracts.values import ACCOUNT_OF_WAY, FILED_BEFORE
from huiyin.economy.organisations.api import demand, get_limit, note
from huiyin.kernel.money import tell_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came in for a due: how much, when, how, and the account that is credited."""

    due_id: int
    fen: int
    on: date
    way: str = "bank"
    account: str = "501"
    key: str | None = None


@transaction.atomic
def receive(receipt: Receipt, by: AccountInHand, now: datetime) -> Settlement:
    """Book what came in for a due and match it. By the bookkeeper; the same key again answers the same.

    Refuses `due-not-found`, `over-due`, `contract-unfiled` (all but the first receipt), `cash-too-much`.
    """
    due = _lock_due(receipt.due_id)
    contract = due.contract
    demand(by, contract.organisation, "bookkeeper")
    key = f"{DUE}:{due.pk}:{receipt.key}" if receipt.key else None
    if key:
        known = Settlement.objects.filter(due=due, voucher__key=key).first()
        if known is not None:
            return known
    if not contract.incoming:
        words = Words("这是付款合同。付款请走“大额支出”。", "This contract is paid: use “Large spending”.")
        raise Refusal("not-incoming", words)
    _check_fits(due, receipt.fen)
    demand_contract_filed(contract)
    line = get_limit("cash-line", contract.organisation.township_id)
    check_way(receipt.way, contract.counterparty, contract.counterparty, receipt.fen, line)
    if receipt.account[:1] != "5" and receipt.account[:3] not in {"112", "211"}:
        words = Words("请选择收入科目。", "Choose an account of income.")
        raise Refusal("no-such-account", words, field="account")
    if find_account(contract.organisation.standard, receipt.account) is None:
        raise Refusal("no-such-account", Words("科目表里没有这个科目。", "No such account."), field="account")
    new = NewVoucher(
        contract.organisation_id,
        receipt.on,
        f"收{contract.counterparty}：{contract.title} 第 {due.at} 期",
        (Line(ACCOUNT_OF_WAY[receipt.way], receipt.fen), Line(receipt.account, -receipt.fen)),
        source=f"{DUE}:{due.pk}",
        key=key,
        payee=contract.counterparty,
        made_by_id=by.id,
    )
    voucher = post_vouchers([new], by, now)[0]
    return _settle(due, voucher, receipt.fen, by, now)


@transaction.atomic
def match_voucher(due_id: int, month: date, number: int, by: AccountInHand, now: datetime) -> Settlement:
    """Match a voucher that stands on the books already: as much of it as the due still lacks.

    Refuses `voucher-not-found`, `voucher-used`, `contract-unfiled`, `over-due`.
    """
    due = _lock_due(due_id)
    contract = due.contract
    demand(by, contract.organisation, "bookkeeper")
    voucher = Voucher.objects.select_for_update(of=("self",)).filter(
        organisation_id=contract.organisation_id, month__month=month, number=number,
        reverses__isnull=True, reversed_by__isnull=True,
    ).first()  # fmt: skip
    if voucher is None:
        words = Words(
            "账上没有这张凭证，或者已经冲销。请核对月份和号数。", "There is no such voucher on the books."
        )
        raise Refusal("voucher-not-found", words, field="number")
    demand_contract_filed(contract)
    moved = reckon_outflow([Line(code, fen) for code, fen in zip(voucher.accounts, voucher.fen, strict=True)])
    moved = -moved if contract.incoming else moved
    used = Settlement.objects.filter(voucher=voucher).aggregate(all=Sum("fen"))["all"] or 0
    fen = min(moved - used, due.fen - due.settled_fen)
    if fen <= 0:
        words = Words(
            "这张凭证没有可以核对的收（付）款，或者已经全部核对过。",
            "Nothing of that voucher is left to be matched.",
        )
        raise Refusal("voucher-used", words, field="number")
    return _settle(due, voucher, fen, by, now)


def _lock_due(due_id: int) -> Due:
    held = Due.objects.select_for_update(of=("self", "contract")).select_related("contract__organisation")
    due = held.filter(pk=due_id, cancelled=False).first()
    if due is None:
        raise Refusal("due-not-found", Words("没有这一期应收款。", "There is no such due."))
    return due


def _check_fits(due: Due, fen: int) -> None:
    left = due.fen - due.settled_fen
    if not 0 < fen <= left:
        words = Words("这一期还差 {left} 元。请填不超过它的金额。", "{left} yuan are open: give no more.")
        raise Refusal("over-due", words.fill(left=tell_yuan(left)), FILED_BEFORE, "amount")


def _settle(due: Due, voucher: Voucher, fen: int, by: AccountInHand, now: datetime) -> Settlement:
    Due.objects.filter(pk=due.pk).update(settled_fen=F("settled_fen") + fen)
    row = Settlement.objects.create(due=due, voucher=voucher, fen=fen, made_by_id=by.id, at=now)
    note(due.contract.organisation, "settle-due", by, now, due=due.pk, voucher=voucher.pk, fen=fen)
    return row
