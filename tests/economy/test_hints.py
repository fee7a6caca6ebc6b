"""Hints of risk are found over the books by rule, and are dismissed with a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.economy.spending import FILED, ask, make_payment, take

from huiyin.cases.api import make_acting
from huiyin.economy.books.api import BookMonth, Line, NewVoucher, post_vouchers
from huiyin.economy.contracts.api import (
    HINTS,
    Contract,
    Hint,
    NewContract,
    Receipt,
    Rent,
    dismiss_hint,
    draft_contracts,
    list_hints,
    receive,
    refresh_hints,
)
from huiyin.economy.organisations.api import Kinship, Officer, set_limit
from huiyin.kernel.refusals import Refusal

NOW = timezone.now().replace(day=20)
TODAY = timezone.localdate(NOW)


@pytest.fixture
def spend(village):
    """Posts a payment of so many fen, so many days ago."""

    def post(fen, ago=0, payee="", account="511", money="102"):
        lines = (Line(account, fen), Line(money, -fen))
        new = NewVoucher(village.pk, TODAY - timedelta(ago), "付款", lines, payee=payee)
        return post_vouchers([new], None, NOW)[0]

    return post


@pytest.fixture
def lease(village, officer) -> Contract:
    """A shop let for a year until ten days ago, on file."""
    start = TODAY - timedelta(375)
    new = NewContract(
        village.pk,
        "lease",
        "门面出租",
        "赵大顺",
        "person",
        "村口门面一间",
        600_000,
        start,
        start + timedelta(365),
        [Rent(start, 300_000), Rent(start + timedelta(180), 300_000)],
    )
    contract = draft_contracts([new], make_acting(officer("bookkeeper")), NOW)[0]
    Contract.objects.filter(pk=contract.pk).update(filed_at=NOW, filed_by=officer("rural").id)
    return contract


def _found(kind: str) -> list[Hint]:
    refresh_hints(NOW)
    return list(Hint.objects.filter(kind=kind).order_by("id"))


def test_quiet_books_give_no_hint(village, spend):
    spend(100_000, 3, "县供电公司")
    assert {hint.kind for hint in Hint.objects.all()} <= {"silent"}


def test_parts_beyond_the_days_that_block_are_still_seen(spend):
    spend(300_000, 20, "张三超市")
    last = spend(300_000, 5, "张三超市")
    (hint,) = _found("split")
    assert (hint.voucher_id, hint.fen, hint.count) == (last.pk, 600_000, 2)


def test_parts_of_one_day_without_a_payee_are_seen(spend):
    spend(300_000), spend(300_000)
    assert [hint.fen for hint in _found("split")] == [600_000]


def test_the_same_payee_again_and_again(spend):
    for ago in (80, 60, 40, 20):
        spend(150_000, ago, "老李农资")
    assert [(hint.told, hint.count) for hint in _found("payee")] == [("老李农资", 4)]


def test_kin_of_an_officer_in_vouchers_and_contracts(village, spend, lease):
    director = Officer.objects.get(organisation=village, office="director")
    Kinship.objects.create(officer=director, name="赵大顺", relation="姐夫")
    voucher = spend(10_000, 2, "赵大顺")
    found = _found("kin")
    assert {(hint.voucher_id, hint.contract_id) for hint in found} == {(voucher.pk, None), (None, lease.pk)}
    assert all("姐夫" in hint.told for hint in found)


def test_much_cash_and_cash_drawn_to_be_paid_in_parts(village, spend):
    drawn = NewVoucher(
        village.pk, TODAY - timedelta(5), "提现", (Line("101", 600_000), Line("102", -600_000))
    )
    (drawn,) = post_vouchers([drawn], None, NOW)
    for ago in (4, 3):
        spend(300_000, ago, f"散工{ago}", money="101")
    assert len(_found("cash")) == 2
    assert [(hint.voucher_id, hint.count) for hint in _found("cash-parts")] == [(drawn.pk, 2)]


def test_a_closed_month_that_is_reversed(village, spend):
    old = spend(20_000, 40)
    BookMonth.objects.filter(pk=old.month_id).update(closed_at=NOW)
    back = NewVoucher(
        village.pk, TODAY, "冲销", (Line("511", -20_000), Line("102", 20_000)), reverses_id=old.pk
    )
    (back,) = post_vouchers([back], None, NOW)
    assert [hint.voucher_id for hint in _found("closed-month")] == [back.pk]


def test_money_to_an_officer_by_name(village, spend):
    name = Officer.objects.get(organisation=village, office="cashier").name
    spend(10_000, 2, name, "212")
    paid = spend(10_000, 1, name)
    assert [hint.voucher_id for hint in _found("personal")] == [paid.pk]


def test_arrears_end_when_they_are_paid_and_an_expired_lease_is_seen(lease, officer):
    (hint,) = _found("arrears")
    assert (hint.contract_id, hint.fen, hint.count) == (lease.pk, 600_000, 2)
    assert [one.contract_id for one in _found("expired")] == [lease.pk]
    for due in lease.dues.order_by("at"):
        receive(Receipt(due.pk, due.fen, TODAY), officer("bookkeeper"), NOW)
    assert _found("arrears") == []
    assert [one.count for one in _found("expired")] == [2]


def test_a_contract_in_force_that_is_not_filed(lease):
    Contract.objects.update(filed_at=None, filed_by=None)
    assert [hint.contract_id for hint in _found("unfiled")] == [lease.pk]


def test_a_month_that_is_not_posted_and_a_line_of_the_townships_own(village, spend, officer):
    spend(300_000, 40, "甲")
    assert [hint.organisation_id for hint in _found("silent")] == [village.pk]
    spend(20_000, 35, "甲")
    set_limit("filing-line", 310_000, "镇规定", officer("rural"), NOW, village.township_id)
    assert [hint.fen for hint in _found("split")] == [320_000]


def test_what_was_filed_is_no_hint(village, officer):
    for _ in range(2):
        take(ask(make_payment(village.pk), officer, NOW), officer, NOW, *FILED, "pay")
    assert _found("split") == _found("payee") == []


def test_a_hint_is_dismissed_by_the_township_with_a_reason_and_stays_so(spend, officer):
    spend(300_000), spend(300_000)
    (hint,) = _found("split")
    with pytest.raises(Refusal) as refused:
        dismiss_hint(hint.pk, "核实是两件事", officer("bookkeeper"), NOW)
    assert refused.value.code == "not-your-duty"
    with pytest.raises(Refusal) as refused:
        dismiss_hint(hint.pk, " ", officer("rural"), NOW)
    assert refused.value.code == "reason-needed"
    dismiss_hint(hint.pk, "核实是两件事", officer("rural"), NOW)
    assert _found("split")[0].dismissed_at is not None
    assert list_hints(officer("rural")).filter(kind="split").count() == 0
    assert list_hints(officer("rural"), dismissed=True).count() == 1


def test_every_kind_of_hint_cites_its_rule():
    assert all(kind.rule and kind.title.en for kind in HINTS.values())
