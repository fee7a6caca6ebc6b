"""A contract goes to the township's file step by step; until then its first receipt alone is booked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases.api import make_acting, move_case
from huiyin.economy.assemblies.api import Meeting, Resolution
from huiyin.economy.books.api import Line, NewVoucher, post_vouchers
from huiyin.economy.contracts.api import (
    Contract,
    Due,
    NewContract,
    Receipt,
    Rent,
    change_contract,
    draft_contracts,
    end_contract,
    file_many,
    match_voucher,
    receive,
    set_method,
    spread_rents,
)
from huiyin.economy.organisations.api import Kinship, Officer
from huiyin.kernel.refusals import Refusal

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture
def lease(village) -> NewContract:
    """A pond let for three years, 12,000 yuan in three rents; the first fell due a month ago."""
    start = TODAY - timedelta(30)
    rents = [Rent(start + timedelta(365 * year), 400_000) for year in range(3)]
    return NewContract(
        village.pk,
        "lease",
        "南塘承包",
        "禾川县绿源水产有限公司",
        "company",
        "南塘水面 30 亩",
        1_200_000,
        start,
        start + timedelta(1094),
        rents,
    )


@pytest.fixture
def take(officer):
    """Takes the contract through these moves."""

    def go(contract: Contract, *moves: str) -> Contract:
        who = {"resolve": "director", "file": "rural", "send_back": "rural"}
        for move in moves:
            if move == "resolve":
                set_method(contract.pk, "delegates", "2026-03", officer("director"), NOW)
            given = {"reason": "材料不齐"} if move in {"send_back", "withdraw"} else {}
            move_case(
                contract.case.number, move, given, make_acting(officer(who.get(move, "bookkeeper"))), NOW
            )
        contract.refresh_from_db()
        return contract

    return go


FILED = ("settle", "resolve", "report", "file")


def _draft(new, officer) -> Contract:
    return draft_contracts([new], make_acting(officer("bookkeeper")), NOW)[0]


def _receive(due: Due, officer, fen: int | None = None):
    return receive(Receipt(due.pk, fen or due.fen, TODAY), officer("bookkeeper"), NOW)


def test_a_contract_is_filed_by_the_township_after_the_villages_own_steps(lease, officer, take):
    contract = take(_draft(lease, officer), *FILED)
    assert contract.filed_by_id == officer("rural").id
    assert (contract.case.stage, contract.case.stage_kind) == ("filed", "closed")


def test_the_steps_are_locked_in_their_order(lease, officer, take):
    contract = _draft(lease, officer)
    for move in ("report", "file"):
        with pytest.raises(Refusal) as refused:
            take(contract, move)
        assert refused.value.code == "wrong-stage"


def test_only_the_first_receipt_is_booked_before_the_filing(lease, officer, take):
    contract = _draft(lease, officer)
    first, second, _ = contract.dues.order_by("at")
    _receive(first, officer)
    with pytest.raises(Refusal) as refused:
        _receive(second, officer)
    assert refused.value.code == "contract-unfiled"
    assert "先备案" in refused.value.rule
    take(contract, *FILED)
    assert _receive(second, officer).voucher.source == f"due:{second.pk}"


def test_a_receipt_is_refused_by_the_books_themselves_when_the_contract_is_not_filed(lease, officer):
    contract = _draft(lease, officer)
    first, second, _ = contract.dues.order_by("at")
    _receive(first, officer)
    voucher = NewVoucher(
        contract.organisation_id, TODAY, "收租", (Line("102", 1), Line("501", -1)), source=f"due:{second.pk}"
    )
    with pytest.raises(Refusal) as refused:
        post_vouchers([voucher], None, NOW)
    assert refused.value.code == "contract-unfiled"


def test_a_due_is_not_received_over(lease, officer, take):
    contract = take(_draft(lease, officer), *FILED)
    due = contract.dues.order_by("at")[0]
    _receive(due, officer, 300_000)
    with pytest.raises(Refusal) as refused:
        _receive(due, officer, 100_001)
    assert refused.value.code == "over-due"
    with pytest.raises(IntegrityError), transaction.atomic():
        Due.objects.filter(pk=due.pk).update(settled_fen=due.fen + 1)


def test_a_voucher_on_the_books_is_matched_once(lease, officer, take, village):
    contract = take(_draft(lease, officer), *FILED)
    first, second, _ = contract.dues.order_by("at")
    new = NewVoucher(village.pk, TODAY, "收塘租", (Line("102", 500_000), Line("501", -500_000)))
    voucher = post_vouchers([new], None, NOW)[0]
    month = TODAY.replace(day=1)
    assert match_voucher(first.pk, month, voucher.number, officer("bookkeeper"), NOW).fen == 400_000
    assert match_voucher(second.pk, month, voucher.number, officer("bookkeeper"), NOW).fen == 100_000
    with pytest.raises(Refusal) as refused:
        match_voucher(second.pk, month, voucher.number, officer("bookkeeper"), NOW)
    assert refused.value.code == "voucher-used"


def test_article_35_the_collective_pledges_nothing(lease, officer):
    with pytest.raises(Refusal) as refused:
        _draft(replace(lease, kind="guarantee"), officer)
    assert refused.value.code == "pledge-forbidden"
    assert "第35条" in refused.value.rule


def test_article_35_neither_an_officer_nor_kin_borrows(lease, officer, village):
    director = Officer.objects.get(organisation=village, office="director")
    Kinship.objects.create(officer=director, name="周小弟", relation="弟弟")
    for name in (director.name, "周小弟"):
        with pytest.raises(Refusal) as refused:
            _draft(replace(lease, kind="loan", counterparty=name, party="person"), officer)
        assert refused.value.code == "officer-borrows"
        assert "第35条" in refused.value.rule


def test_a_large_contract_asks_for_a_valid_resolution_of_the_assembly(lease, officer, take, village):
    rents = [Rent(one.due_on, 5_000_000) for one in lease.rents]
    contract = _draft(replace(lease, price_fen=15_000_000, rents=rents), officer)
    take(contract, "settle")
    set_method(contract.pk, "board", "", officer("director"), NOW)
    with pytest.raises(Refusal) as refused:
        move_case(contract.case.number, "resolve", {}, make_acting(officer("director")), NOW)
    assert refused.value.code == "resolution-missing"
    assert "第26条" in refused.value.rule
    with pytest.raises(Refusal) as refused:
        take(contract, "resolve")
    assert refused.value.code == "not-resolved"
    meeting = Meeting.objects.create(
        organisation=village, title="大会", noticed_on=TODAY - timedelta(20), held_on=TODAY - timedelta(2)
    )
    Resolution.objects.create(
        meeting=meeting, matter="contract", subject=f"contract:{contract.pk}", title="发包", valid=True,
        decided_at=NOW - timedelta(1),
    )  # fmt: skip
    take(contract, "resolve", "report", "file")
    assert contract.filed_at is not None


def test_a_contract_is_changed_while_it_is_drafted_and_never_after(lease, officer, take):
    contract = _draft(lease, officer)
    cheaper = replace(lease, price_fen=900_000, rents=[Rent(one.due_on, 300_000) for one in lease.rents])
    assert change_contract(contract.pk, cheaper, officer("bookkeeper"), NOW).price_fen == 900_000
    take(contract, *FILED)
    with pytest.raises(Refusal) as refused:
        change_contract(contract.pk, lease, officer("bookkeeper"), NOW)
    assert refused.value.code == "contract-fixed"


def test_an_amendment_is_filed_and_then_takes_the_place_of_the_old_one(lease, officer, take):
    old = take(_draft(lease, officer), *FILED)
    later = lease.from_on + timedelta(365)
    new = replace(
        lease, amends_id=old.pk, from_on=later, price_fen=700_000,
        rents=[Rent(later, 350_000), Rent(later + timedelta(365), 350_000)],
    )  # fmt: skip
    take(_draft(new, officer), *FILED)
    old.refresh_from_db()
    assert (old.ended_on, old.ended_why) == (later - timedelta(1), "amended")
    assert [due.cancelled for due in old.dues.order_by("at")] == [False, True, True]


def test_an_ended_contract_asks_for_no_later_rent(lease, officer, take):
    contract = take(_draft(lease, officer), *FILED)
    end_contract(contract.pk, TODAY, "承租方退租", officer("director"), NOW)
    assert contract.dues.filter(cancelled=True).count() == 2


def test_many_are_filed_at_once_each_checked_for_itself(lease, officer, take):
    ready = [take(_draft(lease, officer), *FILED[:-1]) for _ in range(2)]
    wrong = take(_draft(lease, officer), *FILED[:-1])
    Due.objects.filter(contract=wrong, at=3).delete()
    numbers = [one.case.number for one in (*ready, wrong)]
    told = dict(file_many(numbers, "", make_acting(officer("rural")), NOW))
    assert [told[one.case.number] for one in ready] == [None, None]
    assert told[wrong.case.number].code == "rents-differ"
    assert Contract.objects.filter(filed_at__isnull=False).count() == 2


@given(
    st.integers(1, 10**12),
    st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    st.integers(0, 4000),
    st.sampled_from([1, 3, 6, 12]),
)
def test_rents_always_add_up_to_the_price_and_lie_within_the_term(price, start, days, months):
    end = start + timedelta(days)
    rents = spread_rents(price, start, end, months)
    assert sum(rent.fen for rent in rents) == price
    assert all(start <= rent.due_on <= end for rent in rents)
    assert max(rent.fen for rent in rents) - min(rent.fen for rent in rents) < len(rents)
