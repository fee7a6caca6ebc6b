"""A large payment passes four people; nothing above the line leaves unfiled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.economy.spending import FILED, PAYEE, ask, make_payment, take

from huiyin.cases.api import make_acting, move_case
from huiyin.economy.assets.api import Difference, Inventory
from huiyin.economy.books.api import Line, NewVoucher, Voucher, post_vouchers
from huiyin.economy.contracts.api import NewContract, Payment, Rent, draft_contracts, register_filed_source
from huiyin.economy.organisations.api import Officer, set_limit
from huiyin.kernel.refusals import Refusal

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
LINE = 500_000


def _spend(village, fen, account="511", **more) -> NewVoucher:
    return NewVoucher(village.pk, TODAY, "付款", (Line(account, fen), Line("102", -fen)), **more)


def _refused(new: NewVoucher) -> Refusal:
    with transaction.atomic(), pytest.raises(Refusal) as refused:
        post_vouchers([new], None, NOW)
    return refused.value


def test_a_payment_goes_through_four_hands_and_is_posted_with_all_of_them(village, officer):
    payment = take(ask(make_payment(village.pk), officer, NOW), officer, NOW, *FILED, "pay")
    voucher = payment.voucher
    assert (voucher.source, voucher.payee, sum(voucher.fen)) == (f"payment:{payment.pk}", PAYEE, 0)
    hands = [voucher.made_by_id, voucher.reviewed_by_id, payment.filed_by_id, voucher.paid_by_id]
    assert hands == [officer(role).id for role in ("bookkeeper", "overseer", "rural", "cashier")]


def test_nothing_is_paid_before_the_township_has_filed_it(village, officer):
    payment = take(ask(make_payment(village.pk), officer, NOW), officer, NOW, *FILED[:-1])
    with pytest.raises(Refusal) as refused:
        take(payment, officer, NOW, "pay")
    assert refused.value.code == "wrong-stage"
    voucher = post_vouchers([_spend(village, 100)], None, NOW)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(voucher=voucher, paid_by=officer("cashier").id)


def test_a_filing_is_paid_once(village, officer):
    payment = take(ask(make_payment(village.pk), officer, NOW), officer, NOW, *FILED, "pay")
    with pytest.raises(Refusal):
        take(payment, officer, NOW, "pay")
    again = _refused(
        _spend(village, 800_000, "153", source=f"payment:{payment.pk}", key="another", payee=PAYEE)
    )
    assert again.code == "not-the-payment"


@pytest.mark.parametrize(
    "change",
    [
        {"payee": "别的公司"},
        {"lines": (Line("153", 900_000), Line("102", -900_000))},
        {"source": "payment:999999"},
    ],
)
def test_a_filing_pays_nobody_else_and_no_other_sum(village, officer, change):
    payment = take(ask(make_payment(village.pk), officer, NOW), officer, NOW, *FILED)
    key = f"payment:{payment.pk}"
    assert _refused(replace(_spend(village, 800_000, "153", source=key, key=key, payee=PAYEE), **change)).rule


def test_the_books_refuse_what_reaches_the_line_unless_it_was_filed(village):
    post_vouchers([_spend(village, LINE - 1)], None, NOW)
    refused = _refused(_spend(village, LINE))
    assert refused.code == "payment-unfiled"
    assert "先备案" in refused.rule
    assert "5,000.00" in refused.words.zh


def test_what_moves_between_cash_and_bank_comes_in_or_takes_back_passes(village):
    drawn = NewVoucher(village.pk, TODAY, "提现", (Line("101", LINE), Line("102", -LINE)))
    income = NewVoucher(village.pk, TODAY, "补助", (Line("102", LINE), Line("503", -LINE)))
    _, received = post_vouchers([drawn, income], None, NOW)
    back = NewVoucher(
        village.pk, TODAY, "冲销", (Line("102", -LINE), Line("503", LINE)), reverses_id=received.pk
    )
    wrong = replace(back, lines=(Line("102", -2 * LINE), Line("503", 2 * LINE)))
    assert _refused(wrong).code == "not-a-reversal"
    assert len(post_vouchers([back], None, NOW)) == 1


def test_parts_to_one_payee_within_some_days_count_as_one(village):
    post_vouchers([_spend(village, 300_000, payee="张三超市")], None, NOW)
    refused = _refused(_spend(village, 200_000, payee="张三超市"))
    assert refused.code == "payment-split"
    assert "化整为零" in refused.rule
    assert _refused(_spend(village, 250_000, payee=" 张三超市 ")).code == "payment-split"
    post_vouchers([_spend(village, 200_000, payee="李四超市")], None, NOW)
    later = replace(_spend(village, 200_000, payee="张三超市"), made_on=TODAY + timedelta(10))
    post_vouchers([later], None, NOW)


def test_parts_within_one_batch_count_as_one_too(village):
    with pytest.raises(Refusal) as refused:
        post_vouchers([_spend(village, 250_000, payee="张三超市")] * 2, None, NOW)
    assert refused.value.code == "payment-split"


def test_a_township_sets_its_own_line(village, officer):
    set_limit("filing-line", 100_000, "镇村财规定", officer("rural"), NOW, village.township_id)
    assert _refused(_spend(village, 100_000)).code == "payment-unfiled"


def test_whoever_is_owed_under_an_unfiled_contract_is_paid_nothing(village, officer):
    works = NewContract(
        village.pk,
        "works",
        "修水渠",
        PAYEE,
        "company",
        "南渠 300 米",
        1_000_000,
        TODAY,
        TODAY + timedelta(90),
        [Rent(TODAY, 1_000_000)],
    )
    contract = draft_contracts([works], make_acting(officer("bookkeeper")), NOW)[0]
    refused = _refused(_spend(village, 100, payee=PAYEE))
    assert (refused.code, "先备案" in refused.rule) == ("contract-unfiled", True)
    payment = ask(make_payment(village.pk, contract_id=contract.pk), officer, NOW)
    take(payment, officer, NOW, "submit", "agree")
    with pytest.raises(Refusal) as caught:
        take(payment, officer, NOW, "report")
    assert caught.value.code == "contract-unfiled"


def test_a_contract_is_not_paid_over(village, officer):
    works = NewContract(
        village.pk,
        "works",
        "修水渠",
        PAYEE,
        "company",
        "南渠 300 米",
        1_000_000,
        TODAY,
        TODAY + timedelta(90),
        [Rent(TODAY, 1_000_000)],
    )
    contract = draft_contracts([works], make_acting(officer("bookkeeper")), NOW)[0]
    ask(make_payment(village.pk, 600_000, contract_id=contract.pk), officer, NOW)
    with pytest.raises(Refusal) as refused:
        ask(make_payment(village.pk, 400_001, contract_id=contract.pk), officer, NOW)
    assert refused.value.code == "over-contract"


def test_article_44_no_money_goes_through_somebody_elses_account(village, officer):
    with pytest.raises(Refusal) as refused:
        ask(make_payment(village.pk, holder="周德顺"), officer, NOW)
    assert refused.value.code == "personal-account"
    assert "第44条" in refused.value.rule
    payment = ask(make_payment(village.pk), officer, NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(holder="周德顺")


def test_article_35_no_officer_is_lent_money(village, officer):
    director = Officer.objects.get(organisation=village, office="director").name
    with pytest.raises(Refusal) as refused:
        ask(make_payment(village.pk, payee=director, party="person", account="112"), officer, NOW)
    assert (refused.value.code, "第35条" in refused.value.rule) == ("officer-borrows", True)
    assert _refused(_spend(village, 100_000, "112", payee=director)).code == "officer-borrows"


def test_much_is_not_paid_in_cash(village, officer):
    with pytest.raises(Refusal) as refused:
        ask(make_payment(village.pk, 100_001, way="cash"), officer, NOW)
    assert refused.value.code == "cash-too-much"
    assert "现金管理" in refused.value.rule


def test_whoever_asks_does_not_oversee_and_the_database_holds_to_it(village, officer):
    payment = take(ask(make_payment(village.pk), officer, NOW), officer, NOW, "submit")
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(overseen_by=payment.asked_by_id)
    with pytest.raises(Refusal) as refused:
        move_case(payment.case.number, "agree", {}, make_acting(officer("bookkeeper")), NOW)
    assert refused.value.code == "not-your-duty"


def test_sources_that_are_filed_elsewhere_may_pay(village):
    approved = {"distribution:7"}
    register_filed_source("for-this-test", lambda one: one.summary in approved)
    paid = replace(_spend(village, LINE, source="for-this-test:7"), summary="distribution:7")
    assert post_vouchers([paid], None, NOW)
    assert _refused(_spend(village, LINE, source="for-this-test:7")).code == "payment-unfiled"


def test_money_that_an_inventory_found_missing_is_written_off_once_and_exactly(village, officer):
    case = ask(make_payment(village.pk), officer, NOW).case
    inventory = Inventory.objects.create(
        organisation=village, case=case, year=TODAY.year, as_of=TODAY, opened_at=NOW
    )
    row = Difference.objects.create(
        inventory=inventory, kind="books", fault="short", account="101", book_fen=900_000, counted_fen=200_000
    )
    key = f"inventory:{inventory.pk}:{row.pk}"
    lines = (Line("181", 700_000), Line("101", -700_000))
    new = NewVoucher(village.pk, TODAY, "盘亏", lines, source=f"inventory:{inventory.pk}", key=key)
    more = (Line("181", 700_001), Line("101", -700_001))
    assert _refused(replace(new, lines=more)).code == "payment-unfiled"
    assert _refused(replace(new, key=None)).code == "payment-unfiled"
    assert post_vouchers([new], None, NOW)


ACTS = st.one_of(
    st.tuples(
        st.just("voucher"),
        st.integers(1, 900_000),
        st.sampled_from(["", "甲", "乙"]),
        st.sampled_from(["", "payment:1", "spending", "due:1"]),
    ),
    st.tuples(st.just("payment"), st.integers(100_000, 900_000), st.integers(0, 5), st.booleans()),
    st.tuples(st.just("income"), st.integers(1, 900_000)),
    st.tuples(st.just("transfer"), st.integers(1, 900_000)),
    st.tuples(st.just("reverse"), st.integers(0, 20)),
    st.tuples(st.just("replay"), st.integers(0, 20), st.booleans()),
)  # fmt: skip


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(ACTS, max_size=14))
def test_no_sequence_of_acts_pays_above_the_line_what_was_not_filed(village, officer, acts):
    with transaction.atomic():
        for act in acts:
            try:
                with transaction.atomic():
                    _act(village, officer, act)
            except (Refusal, IntegrityError):  # a second reversal is refused by the database itself
                pass
        _check_books(village)
        transaction.set_rollback(True)


def _act(village, officer, act) -> None:
    posted = list(Voucher.objects.filter(organisation=village).order_by("id"))
    match act:
        case ("voucher", fen, payee, source):
            post_vouchers([_spend(village, fen, payee=payee, source=source)], None, NOW)
        case ("payment", fen, steps, skip):
            moves = (*FILED, "pay")[:steps]
            take(
                ask(make_payment(village.pk, fen), officer, NOW),
                officer,
                NOW,
                *(moves[1:] if skip else moves),
            )
        case ("income", fen):
            new = NewVoucher(village.pk, TODAY, "收款", (Line("102", fen), Line("501", -fen)))
            post_vouchers([new], None, NOW)
        case ("transfer", fen):
            new = NewVoucher(village.pk, TODAY, "提现", (Line("101", fen), Line("102", -fen)))
            post_vouchers([new], None, NOW)
        case ("reverse", at) if posted:
            old = posted[at % len(posted)]
            lines = [Line(code, -fen) for code, fen in zip(old.accounts, old.fen, strict=True)]
            post_vouchers([NewVoucher(village.pk, TODAY, "冲销", lines, reverses_id=old.pk)], None, NOW)
        case ("replay", at, keyed) if posted:
            old = posted[at % len(posted)]
            lines = [Line(code, fen) for code, fen in zip(old.accounts, old.fen, strict=True)]
            key = old.key if keyed else None
            new = NewVoucher(village.pk, TODAY, "再付", lines, source=old.source, key=key, payee=old.payee)
            post_vouchers([new], None, NOW)


def _check_books(village) -> None:
    """Whatever reached the line and left for good is the one voucher of a payment that is on file."""
    filed = dict(Payment.objects.filter(filed_at__isnull=False).values_list("voucher_id", "fen"))
    for one in Voucher.objects.filter(organisation=village):
        out = -sum(fen for code, fen in zip(one.accounts, one.fen, strict=True) if code in {"101", "102"})
        if out >= LINE and one.reverses_id is None:
            assert filed.get(one.pk) == out
