"""Payments: asked for, overseen, filed, paid once. The gate of `spending` writes what each move brings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from huiyin.cases.api import Acting, Passing
from huiyin.economy.books.api import Line, NewVoucher, find_account, post_vouchers
from huiyin.economy.contracts.gates import PAYMENT
from huiyin.economy.contracts.knowing import list_officer_names
from huiyin.economy.contracts.models import Contract, Due, Payment, Settlement
from huiyin.economy.contracts.rules import check_payment, refuse_contract
from huiyin.economy.contracts.values import ACCOUNT_OF_WAY, APART, FILED_BEFORE, SPENDING, NewPayment
from huiyin.economy.organisations.api import NewMatter, Organisation, get_limit, note, open_matters
from huiyin.kernel.money import tell_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, take_in_hand

CLOSED = frozenset({"refused", "withdrawn"})


@transaction.atomic
def ask_payments(
    new: Sequence[NewPayment], acting: Acting, now: datetime, keys: Sequence[str | None] = ()
) -> list[Payment]:
    """Open the case of each payment; the same key again answers the same payment.

    Refused: what `check_payment` refuses, `contract-not-found`, `over-contract`, `over-due`.
    """
    organisations = Organisation.objects.select_related("area", "unit").in_bulk(
        {one.organisation_id for one in new}
    )
    for one in new:
        _check(organisations[one.organisation_id], one, now)
    keyed = [*keys, *[None] * (len(new) - len(keys))]
    matters = open_matters(
        [
            _make_matter(organisations[one.organisation_id], one, key)
            for one, key in zip(new, keyed, strict=True)
        ],
        acting,
        now,
    )
    known = {one.case_id: one for one in Payment.objects.filter(case__in=[it.case_id for it in matters])}
    return [
        known.get(matter.case_id) or _write(one, matter.case_id, acting)
        for one, matter in zip(new, matters, strict=True)
    ]


def _make_matter(organisation: Organisation, new: NewPayment, key: str | None) -> NewMatter:
    return NewMatter(
        organisation,
        SPENDING,
        f"大额支出：{clean(new.purpose)}",
        f"付给{clean(new.payee)} {tell_yuan(new.fen)} 元，用途：{clean(new.purpose)}",
        source_key=f"payment:{organisation.pk}:{key}" if key else None,
    )


def _write(new: NewPayment, case_id: int, acting: Acting) -> Payment:
    payment = Payment(
        case_id=case_id,
        organisation_id=new.organisation_id,
        contract_id=new.contract_id,
        due_id=new.due_id,
        purpose=clean(new.purpose),
        payee=clean(new.payee),
        party=new.party,
        way=new.way,
        holder=clean(new.holder) if new.way == "bank" else "",
        bank=clean(new.bank),
        tail=clean(new.tail)[-4:],
        account=new.account,
        fen=new.fen,
        asked_by_id=acting.account_id,
    )
    payment.save(force_insert=True)
    return payment


def _check(organisation: Organisation, new: NewPayment, now: datetime) -> None:
    officers = list_officer_names(organisation.pk, timezone.localdate(now))
    check_payment(new, officers, get_limit("cash-line", organisation.township_id))
    if find_account(organisation.standard, new.account) is None:
        raise Refusal("no-such-account", Words("科目表里没有这个科目。", "No such account."), field="account")
    if new.contract_id is None:
        return
    contract = Contract.objects.filter(pk=new.contract_id, organisation=organisation, incoming=False).first()
    if contract is None or contract.counterparty != clean(new.payee):
        words = Words(
            "合同对方与收款人不一致。请选择与这个收款人签订的合同。",
            "The payee is not the counterparty of that contract. Choose another contract.",
        )
        raise Refusal("contract-not-found", words, FILED_BEFORE, "contract")
    _check_room(contract, new)


def _check_room(contract: Contract, new: NewPayment) -> None:
    """Neither the contract nor one of its dues is paid over."""
    asked = contract.payments.exclude(case__stage__in=CLOSED)
    total = (asked.aggregate(all=Sum("fen"))["all"] or 0) + new.fen
    if total > contract.price_fen:
        words = Words(
            "合同总价 {price} 元，连同本次共申请 {total} 元，超出合同。请先办理合同变更。",
            "The price is {price} yuan; with this {total} yuan are asked for. Amend the contract first.",
        ).fill(price=tell_yuan(contract.price_fen), total=tell_yuan(total))
        raise Refusal("over-contract", words, FILED_BEFORE, "amount")
    if new.due_id is None:
        return
    due = contract.dues.filter(pk=new.due_id, cancelled=False).first()
    if due is None or due.settled_fen + new.fen > due.fen:
        words = Words("这一期没有这么多未付款。", "So much is not open of that due.")
        raise Refusal("over-due", words, field="due")


def pass_spending(passing: Passing) -> None:
    """The gate of `spending`, whichever door a move comes by."""
    payment = (
        Payment.objects.select_for_update(of=("self",))
        .select_related("organisation", "contract")
        .filter(case_id=passing.case_id)
        .first()
    )
    if payment is None:
        return
    under = payment.contract
    if passing.move in {"report", "file", "pay"} and under is not None and under.filed_at is None:
        raise refuse_contract(under.title)
    step = _STEPS.get(passing.move)
    if step is not None:
        step(payment, passing)


def _submit(payment: Payment, passing: Passing) -> None:
    payment.asked_by_id = passing.acting.account_id
    payment.overseen_by_id = payment.filed_by_id = payment.filed_at = None
    payment.save(update_fields=["asked_by", "overseen_by", "filed_by", "filed_at"])


def _oversee(payment: Payment, passing: Passing) -> None:
    _demand_other(passing.acting, payment.asked_by_id)
    payment.overseen_by_id = passing.acting.account_id
    payment.save(update_fields=["overseen_by"])


def _send_back(payment: Payment, passing: Passing) -> None:
    del passing
    payment.overseen_by_id = payment.filed_by_id = payment.filed_at = None
    payment.save(update_fields=["overseen_by", "filed_by", "filed_at"])


def _file(payment: Payment, passing: Passing) -> None:
    _demand_other(passing.acting, payment.asked_by_id, payment.overseen_by_id)
    payment.filed_by_id, payment.filed_at = passing.acting.account_id, passing.now
    payment.save(update_fields=["filed_by", "filed_at"])
    by = _take(passing.acting, passing.now)
    note(payment.organisation, "file-payment", by, passing.now, payment=payment.pk, fen=payment.fen)


def _withdraw(payment: Payment, passing: Passing) -> None:
    del passing
    payment.filed_by_id = payment.filed_at = None
    payment.save(update_fields=["filed_by", "filed_at"])


def _pay(payment: Payment, passing: Passing) -> None:
    """Post the voucher; its key and the payment's only voucher make it once."""
    _demand_other(passing.acting, payment.asked_by_id, payment.overseen_by_id, payment.filed_by_id)
    day = timezone.localdate(passing.now)
    lines = (Line(payment.account, payment.fen), Line(ACCOUNT_OF_WAY[payment.way], -payment.fen))
    new = NewVoucher(
        payment.organisation_id,
        day,
        payment.purpose,
        lines,
        source=f"{PAYMENT}:{payment.pk}",
        key=f"{PAYMENT}:{payment.pk}",
        payee=payment.payee,
        made_by_id=payment.asked_by_id,
        reviewed_by_id=payment.overseen_by_id,
        paid_by_id=passing.acting.account_id,
    )
    voucher = post_vouchers([new], _take(passing.acting, passing.now), passing.now)[0]
    payment.voucher, payment.paid_by_id, payment.paid_on = voucher, passing.acting.account_id, day
    payment.save(update_fields=["voucher", "paid_by", "paid_on"])
    if payment.due_id is not None:
        Due.objects.filter(pk=payment.due_id).update(settled_fen=F("settled_fen") + payment.fen)
        Settlement.objects.create(
            due_id=payment.due_id, voucher=voucher, fen=payment.fen, made_by_id=passing.acting.account_id,
            at=passing.now,
        )  # fmt: skip


_STEPS = {
    "submit": _submit,
    "agree": _oversee,
    "send_back": _send_back,
    "file": _file,
    "withdraw": _withdraw,
    "pay": _pay,
}


def _demand_other(acting: Acting, *held: int | None) -> None:
    if acting.account_id in {one for one in held if one is not None}:
        words = Words(
            "申请、监督、备案、支付须是不同的人。请换一位办理。",
            "Whoever asks, oversees, files and pays must be different people. Have another do it.",
        )
        raise Refusal("same-person", words, APART)


def _take(acting: Acting, now: datetime) -> AccountInHand | None:
    return take_in_hand(acting.account_id, timezone.localdate(now)) if acting.account_id else None
