"""Drafts contracts, changes them while they are drafted, ends them; each with the case of its filing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from huiyin.cases.api import Acting
from huiyin.economy.contracts.knowing import list_officer_names
from huiyin.economy.contracts.models import Contract, Due
from huiyin.economy.contracts.rules import check_contract, is_incoming
from huiyin.economy.contracts.values import FILING, KINDS, METHODS, NewContract
from huiyin.economy.organisations.api import NewMatter, Organisation, demand, note, open_matters
from huiyin.kernel.money import tell_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

CHANGEABLE = "drafting"


@transaction.atomic
def draft_contracts(
    new: Sequence[NewContract], acting: Acting, now: datetime, keys: Sequence[str | None] = ()
) -> list[Contract]:
    """Draft each contract and open the case of its filing; the same key again answers the same contract.

    Refused: what `check_contract` refuses, an amended contract that is not in force (`not-in-force`).
    """
    today = timezone.localdate(now)
    organisations = Organisation.objects.select_related("area", "unit").in_bulk(
        {one.organisation_id for one in new}
    )
    for one in new:
        check_contract(one, list_officer_names(one.organisation_id, today))
        _check_amended(one)
    keyed = [*keys, *[None] * (len(new) - len(keys))]
    matters = open_matters(
        [
            _make_matter(organisations[one.organisation_id], one, key)
            for one, key in zip(new, keyed, strict=True)
        ],
        acting,
        now,
    )
    known = {one.case_id: one for one in Contract.objects.filter(case__in=[it.case_id for it in matters])}
    return [
        known.get(matter.case_id) or _write(one, matter.case_id, acting)
        for one, matter in zip(new, matters, strict=True)
    ]


def _make_matter(organisation: Organisation, new: NewContract, key: str | None) -> NewMatter:
    kind = KINDS[new.kind].zh
    return NewMatter(
        organisation,
        FILING,
        f"{kind}合同：{clean(new.title)}",
        f"与{clean(new.counterparty)}，{tell_yuan(new.price_fen)} 元，{new.from_on} 至 {new.until_on}。"
        f"{clean(new.subject)}",
        source_key=f"contract:{organisation.pk}:{key}" if key else None,
    )


def _write(new: NewContract, case_id: int, acting: Acting) -> Contract:
    contract = Contract(
        case_id=case_id,
        organisation_id=new.organisation_id,
        amends_id=new.amends_id,
        made_by_id=acting.account_id,
    )
    _fill(contract, new)
    contract.save(force_insert=True)
    _write_dues(contract, new)
    return contract


def _fill(contract: Contract, new: NewContract) -> None:
    contract.kind, contract.party, contract.incoming = new.kind, new.party, is_incoming(new.kind)
    contract.title, contract.counterparty = clean(new.title), clean(new.counterparty)
    contract.subject, contract.area_mu, contract.price_fen = clean(new.subject), new.area_mu, new.price_fen
    contract.signed_on, contract.from_on, contract.until_on = new.signed_on, new.from_on, new.until_on


def _write_dues(contract: Contract, new: NewContract) -> None:
    Due.objects.bulk_create(
        Due(contract=contract, at=at, due_on=rent.due_on, fen=rent.fen)
        for at, rent in enumerate(sorted(new.rents, key=lambda rent: rent.due_on), 1)
    )


def _check_amended(new: NewContract) -> None:
    if new.amends_id is None:
        return
    held = Contract.objects.filter(
        pk=new.amends_id, organisation_id=new.organisation_id, filed_at__isnull=False, ended_on__isnull=True
    )
    if not held.exists():
        words = Words("只能变更已备案、没有终止的合同。", "Only a filed contract in force can be amended.")
        raise Refusal("not-in-force", words)


@transaction.atomic
def change_contract(contract_id: int, new: NewContract, by: AccountInHand, now: datetime) -> Contract:
    """Change what is still being drafted; journalled. Refuses `contract-fixed`, and as drafting does."""
    contract = lock_contract(contract_id)
    demand(by, contract.organisation, "bookkeeper")
    if contract.case.stage != CHANGEABLE or contract.dues.filter(settled_fen__gt=0).exists():
        words = Words(
            "合同已经不在拟订中，不能直接改。请先退回修改，或者备案后办理变更。",
            "It is drafted no more: have it sent back, or amend it once it is filed.",
        )
        raise Refusal("contract-fixed", words, "合同备案：变更须重新备案")
    new = replace(new, amends_id=contract.amends_id)
    check_contract(new, list_officer_names(contract.organisation_id, timezone.localdate(now)))
    _fill(contract, new)
    contract.save()
    contract.dues.all().delete()
    _write_dues(contract, new)
    note(contract.organisation, "change-contract", by, now, contract=contract.pk, fen=new.price_fen)
    return contract


def lock_contract(contract_id: int) -> Contract:
    """The contract, locked, with its organisation and case; refuses `contract-not-found`."""
    held = Contract.objects.select_for_update(of=("self",)).select_related("organisation", "case")
    found = held.filter(pk=contract_id).first()
    if found is None:
        raise Refusal("contract-not-found", Words("没有这份合同。", "There is no such contract."))
    return found


@transaction.atomic
def set_method(contract_id: int, method: str, resolution: str, by: AccountInHand, now: datetime) -> None:
    """Say by whom the contract was decided on, and in which resolution; before it is reported."""
    contract = lock_contract(contract_id)
    demand(by, contract.organisation, "director")
    if contract.case.stage != "deciding":
        words = Words("现在不能填写民主程序。", "The procedure cannot be entered now.")
        raise Refusal("wrong-stage", words)
    if method not in METHODS:
        raise Refusal(
            "method-missing", Words("请选择由谁议定。", "Say by whom it was decided on."), field="method"
        )
    contract.method, contract.resolution = method, clean(resolution)[:120]
    contract.save(update_fields=["method", "resolution"])
    told = {"contract": contract.pk, "method": method, "resolution": contract.resolution}
    note(contract.organisation, "decide-contract", by, now, **told)


@transaction.atomic
def end_contract(contract_id: int, on: date, why: str, by: AccountInHand, now: datetime) -> Contract:
    """End a filed contract on that day; what falls due later is cancelled. By the director, with a reason.

    Refuses `contract-unfiled`, `ended-already`, `reason-needed`, `bad-dates`.
    """
    contract = lock_contract(contract_id)
    demand(by, contract.organisation, "director")
    if contract.filed_at is None or contract.ended_on is not None:
        words = Words("只能终止已备案、没有终止的合同。", "Only a filed contract in force can be ended.")
        raise Refusal("ended-already", words)
    if not clean(why):
        raise Refusal("reason-needed", Words("请写明终止的原因。", "Say why it ends."), field="reason")
    if on < contract.from_on:
        words = Words("终止日期不能早于合同起期。", "It cannot end before it began.")
        raise Refusal("bad-dates", words, field="on")
    close_contract(contract, on, clean(why))
    note(
        contract.organisation,
        "end-contract",
        by,
        now,
        contract=contract.pk,
        on=on.isoformat(),
        why=clean(why),
    )
    return contract


def close_contract(contract: Contract, on: date, why: str) -> None:
    """Write that it has ended; what is not settled and falls due later is cancelled."""
    contract.ended_on, contract.ended_why = on, why
    contract.save(update_fields=["ended_on", "ended_why"])
    contract.dues.filter(due_on__gt=on, settled_fen__lt=F("fen")).update(cancelled=True)
