"""What the township's file demands of every voucher before it stands on the books."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from huiyin.economy.books.api import NewVoucher, Voucher
from huiyin.economy.contracts.knowing import list_officer_names
from huiyin.economy.contracts.models import Contract, Due, Payment
from huiyin.economy.contracts.rules import (
    LENT,
    is_mirror,
    reckon_most,
    reckon_outflow,
    refuse_borrowing,
    refuse_contract,
    refuse_split,
    refuse_unfiled,
)
from huiyin.economy.contracts.store import sum_unfiled
from huiyin.economy.organisations.api import Organisation, get_limits
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words

IsFiled = Callable[[NewVoucher], bool]
_SOURCES: dict[str, IsFiled] = {}
DUE, PAYMENT = "due", "payment"
"""Starts of the sources of vouchers that settle a due, and that pay what was filed."""


def register_filed_source(prefix: str, is_filed: IsFiled) -> None:
    """Let vouchers whose source is `prefix:…` pay above the line when `is_filed` says that it was filed.

    Called when the application of a package above is ready. It must look at what was approved, never at the
    voucher alone.
    """
    if _SOURCES.get(prefix, is_filed) is not is_filed:
        raise ValueError(f"source {prefix} is registered already")
    _SOURCES[prefix] = is_filed


@dataclass(slots=True)
class _Known:
    """What the gate reads for all vouchers at once."""

    limits: dict[int, dict[str, int]]
    payments: dict[int, Payment]
    reversed: dict[int, Voucher]
    dues: dict[int, Due]
    unfiled: dict[tuple[int, str], str]
    within: dict[tuple[int, str], list[tuple[date, int]]] = field(default_factory=dict)


def demand_filed(vouchers: Sequence[NewVoucher]) -> None:
    """Refuse a voucher by which money leaves that the township should have filed and has not.

    `payment-unfiled`, `payment-split`, `contract-unfiled`, `officer-borrows`, `not-the-payment`,
    `not-a-reversal`. What only goes between cash and bank, comes in, or takes a voucher back exactly, passes.
    """
    watched = [one for one in vouchers if _is_watched(one)]
    if not watched:
        return
    known = _read(watched)
    for one in watched:
        _judge(one, known)


def _is_watched(one: NewVoucher) -> bool:
    return reckon_outflow(one.lines) > 0 or one.source.startswith(f"{DUE}:")


def _judge(one: NewVoucher, known: _Known) -> None:
    out = reckon_outflow(one.lines)
    _check_due(one, known)
    if out <= 0:
        return
    if one.reverses_id is not None:
        _check_reversal(one, known)
        return
    prefix, _, rest = one.source.partition(":")
    if prefix == PAYMENT and rest.isdecimal():
        _check_payment(one, out, known.payments.get(int(rest)), known)
        return
    is_filed = _SOURCES.get(prefix)
    if is_filed is None or not is_filed(one):
        _check_plain(one, out, known)


def _check_due(one: NewVoucher, known: _Known) -> None:
    prefix, _, rest = one.source.partition(":")
    if prefix != DUE or not rest.isdecimal():
        return
    due = known.dues.get(int(rest))
    if due is None or due.contract.organisation_id != one.organisation_id:
        words = Words("没有这一期应收款。", "There is no such due.")
        raise Refusal("due-not-found", words)
    demand_contract_filed(due.contract)


def demand_contract_filed(contract: Contract) -> None:
    """Refuses `contract-unfiled` for what is not filed: its first receipt alone may be booked before."""
    if contract.filed_at is not None:
        return
    if not contract.incoming or contract.dues.filter(settled_fen__gt=0).exists():
        raise refuse_contract(contract.title)


def _check_reversal(one: NewVoucher, known: _Known) -> None:
    taken = known.reversed.get(one.reverses_id or 0)
    if (
        taken is None
        or taken.organisation_id != one.organisation_id
        or not is_mirror(one.lines, taken.accounts, taken.fen)
    ):
        words = Words(
            "冲销凭证须与原凭证逐行相反、金额相同。请重新冲销。",
            "A reversal takes back exactly what stood there. Reverse it anew.",
        )
        raise Refusal("not-a-reversal", words, "会计法 第15条；财会〔2023〕14号")


def _check_payment(one: NewVoucher, out: int, payment: Payment | None, known: _Known) -> None:
    if payment is None or payment.filed_at is None:
        raise refuse_unfiled(out, known.limits[one.organisation_id]["filing-line"])
    same = (payment.organisation_id, payment.fen, payment.payee) == (one.organisation_id, out, one.payee)
    if not same or payment.voucher_id is not None or one.key != f"{PAYMENT}:{payment.pk}":
        words = Words(
            "凭证与备案的支付不一致，或者这笔备案已经支付过。一笔备案只能支付一次。",
            "The voucher is not what was filed, or that was paid already. A filing is paid once.",
        )
        raise Refusal("not-the-payment", words, "一笔备案、一次支付")


def _check_plain(one: NewVoucher, out: int, known: _Known) -> None:
    limits, payee = known.limits[one.organisation_id], clean(one.payee)
    line = limits["filing-line"]
    if out >= line:
        raise refuse_unfiled(out, line)
    if (one.organisation_id, payee) in known.unfiled:
        raise refuse_contract(known.unfiled[one.organisation_id, payee])
    _check_split(one, out, payee, known)
    lent = any(part.fen > 0 and part.account.partition("-")[0] in LENT for part in one.lines)
    if lent and payee and payee in list_officer_names(one.organisation_id, one.made_on):
        raise refuse_borrowing(payee)


def _check_split(one: NewVoucher, out: int, payee: str, known: _Known) -> None:
    if not payee:
        return
    limits = known.limits[one.organisation_id]
    days = limits["split-days"]
    held = known.within.setdefault((one.organisation_id, payee), [])
    total = reckon_most(held, one.made_on, out, days)
    held.append((one.made_on, out))
    if total > out and total >= limits["filing-line"]:
        raise refuse_split(payee, total, days, limits["filing-line"])


def _read(watched: Sequence[NewVoucher]) -> _Known:
    organisations = _lock({one.organisation_id for one in watched})
    keys = ["filing-line", "split-days"]
    of_township = {
        township: get_limits(keys, township)
        for township in {one.township_id for one in organisations.values()}
    }
    limits = {own: of_township[one.township_id] for own, one in organisations.items()}
    ids = _list_ids(watched)
    payments = Payment.objects.select_for_update().in_bulk(ids[PAYMENT])
    dues = Due.objects.select_related("contract").in_bulk(ids[DUE])
    taken = Voucher.objects.in_bulk({one.reverses_id for one in watched if one.reverses_id})
    known = _Known(limits, payments, taken, dues, _list_unfiled(watched))
    known.within = _read_within(watched, limits)
    return known


def _lock(organisations: set[int]) -> dict[int, Organisation]:
    """Hold them, so that two payments to one payee are reckoned one after the other, in whichever months."""
    held = Organisation.objects.select_for_update(no_key=True).filter(pk__in=organisations).order_by("pk")
    return {one.pk: one for one in held}


def _list_ids(watched: Sequence[NewVoucher]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {DUE: set(), PAYMENT: set()}
    for one in watched:
        prefix, _, rest = one.source.partition(":")
        if prefix in found and rest.isdecimal() and len(rest) < 16:
            found[prefix].add(int(rest))
    return found


def _list_unfiled(watched: Sequence[NewVoucher]) -> dict[tuple[int, str], str]:
    """By organisation and payee, the title of the contract that is not filed and so is not paid."""
    names = {clean(one.payee) for one in watched} - {""}
    found = Contract.objects.filter(
        Q(ended_on__isnull=True), organisation_id__in={one.organisation_id for one in watched},
        counterparty__in=names, incoming=False,
    ).values_list("organisation_id", "counterparty", "title", "filed_at", "case__stage")  # fmt: skip
    filed = {(own, name) for own, name, _, at, _ in found if at is not None}
    return {
        (own, name): title
        for own, name, title, at, stage in found
        if at is None and stage != "withdrawn" and (own, name) not in filed
    }


def _read_within(
    watched: Sequence[NewVoucher], limits: dict[int, dict[str, int]]
) -> dict[tuple[int, str], list[tuple[date, int]]]:
    """What went to the same payees, unfiled, around the days of these vouchers."""
    widest = timedelta(max(one["split-days"] for one in limits.values()))
    days = [one.made_on for one in watched]
    names = {clean(one.payee) for one in watched} - {""}
    if not names:
        return {}
    return sum_unfiled(
        {one.organisation_id for one in watched},
        names,
        min(days) - widest,
        max(days) + widest,
        list_filed_sources(),
    )


def list_filed_sources() -> list[str]:
    """Starts of the sources that pay what was filed."""
    return [PAYMENT, *_SOURCES]
