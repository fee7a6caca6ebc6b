"""A year's surplus from plan to payment: every step in its order, each held to its article."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from economy.cooperative_village import JOINED, YEAR, again, fill, found
from huiyin.cases.api import Case, make_acting, move_case
from huiyin.economy.books.api import EVER, Line, NewVoucher, post_vouchers, sum_accounts
from huiyin.economy.cooperatives.api import (
    BenefitContract,
    BenefitDue,
    NewBallot,
    NewContract,
    NewMeeting,
    NewPart,
    NewPayment,
    SurplusPlan,
    Terms,
    check_payments,
    explain,
    file_contracts,
    list_lines,
    make_contracts,
    name_subject,
    pay_benefits,
    pay_lines,
    plan_surplus,
    record_meeting,
    replan,
    sum_benefits,
)
from huiyin.economy.postings.api import Posting, Question
from huiyin.kernel.refusals import Refusal

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
TERMS = Terms(1_500_000, 200_000, 100, 600)


@pytest.fixture
def staff(village, officer):
    return lambda role: again(officer(role))


@pytest.fixture
def society(village, officer):
    return found(village, officer("rural"))


@pytest.fixture
def accounts(society, staff):
    return fill(society, staff("bookkeeper"), staff("director"))


@pytest.fixture
def plan(society, accounts, staff):
    return plan_surplus(society, YEAR, TERMS, staff("bookkeeper"), NOW, "once")


@pytest.fixture
def go(plan, staff):
    """Carries a move out as somebody who holds the role, so many days from now."""

    def move(key, role, days=0, **inputs):
        return move_case(plan.case.number, key, inputs, make_acting(staff(role)), NOW + timedelta(days))

    return move


@pytest.fixture
def vote(society, plan, staff):
    def meet(days, agreed=20):
        plan.refresh_from_db()
        ballot = NewBallot("盈余分配方案", agreed, 0, subject=name_subject(plan))
        new = NewMeeting("成员大会", TODAY, TODAY + timedelta(days), 20, ballot)
        return record_meeting(society, new, staff("director"), NOW + timedelta(days))

    return meet


def test_the_plan_is_a_case_in_the_hands_of_the_co_operative_with_a_line_for_each(plan, society):
    case = Case.objects.get(pk=plan.case_id)
    assert (case.process, case.stage, case.lead_id) == ("cooperative-surplus", "drafting", society.unit_id)
    lines = list_lines(plan)
    assert len(lines) == 25
    assert sum(line.total_fen for line in lines) == plan.distributable_fen == 1_170_000
    assert plan.by_volume_fen == 702_000


def test_a_plan_of_the_same_year_is_refused_and_the_same_key_is_one(plan, society, staff):
    with pytest.raises(Refusal) as refused:
        plan_surplus(society, YEAR, TERMS, staff("bookkeeper"), NOW, "twice")
    assert refused.value.code == "year-planned"


def test_less_than_sixty_percent_by_volume_is_refused_article_44(plan, staff):
    with pytest.raises(Refusal) as refused:
        replan(plan.pk, Terms(1_500_000, 0, 100, 599), staff("bookkeeper"), NOW)
    assert refused.value.code == "below-volume"
    assert "第44条" in refused.value.rule


def test_the_plan_lies_open_for_fifteen_days_before_the_assembly_article_40(plan, go, vote):
    go("submit", "bookkeeper")
    go("approve", "overseer")
    sheet = Posting.objects.get(subject=name_subject(plan), turn=1)
    assert sheet.lines.count() == 25
    with pytest.raises(Refusal) as refused:
        go("convene", "director", days=14)
    assert refused.value.code == "not-open-long-enough"
    assert "第40条" in refused.value.rule
    go("convene", "director", days=15)
    vote(14)
    with pytest.raises(Refusal) as refused:
        go("resolve", "director", days=15)
    assert "第40条" in refused.value.rule


def test_a_question_under_the_plan_must_be_answered_before_the_assembly(plan, go):
    go("submit", "bookkeeper")
    go("approve", "overseer")
    sheet = Posting.objects.get(subject=name_subject(plan), turn=1)
    asked = Question.objects.create(posting=sheet, case_id=plan.case_id, words="为什么？", asked_at=NOW)
    with pytest.raises(Refusal) as refused:
        go("convene", "director", days=20)
    assert refused.value.code == "questions-open"
    Question.objects.filter(pk=asked.pk).update(answered_at=NOW)
    go("convene", "director", days=20)


def test_without_a_resolution_nothing_is_posted_article_30(go, vote):
    go("submit", "bookkeeper")
    go("approve", "overseer")
    go("convene", "director", days=16)
    for failed in (False, True):
        if failed:
            assert not vote(16, agreed=12).carried
        with pytest.raises(Refusal) as refused:
            go("resolve", "director", days=16)
        assert refused.value.code == "not-resolved"
        assert "第30条" in refused.value.rule


def test_steps_cannot_be_skipped_and_the_drafter_does_not_approve(plan, go, staff):
    with pytest.raises(Refusal):
        go("begin_payment", "bookkeeper")
    with pytest.raises(Refusal) as refused:
        pay_lines(plan.pk, None, TODAY, staff("cashier"), NOW)
    assert refused.value.code == "not-paying"
    go("submit", "bookkeeper")
    SurplusPlan.objects.filter(pk=plan.pk).update(drafted_by=staff("overseer").id)
    with pytest.raises(Refusal) as refused:
        go("approve", "overseer")
    assert refused.value.code == "same-person"


def _pay_out(plan, go, vote, staff):
    go("submit", "bookkeeper")
    go("approve", "overseer")
    go("convene", "director", days=16)
    vote(16)
    go("resolve", "director", days=16)
    with pytest.raises(Refusal):
        go("begin_payment", "bookkeeper", days=17)
    go("begin_payment", "bookkeeper", days=30)


def test_from_plan_to_payment_and_every_account_gets_its_share_of_the_reserve(
    plan, go, vote, staff, accounts
):
    _pay_out(plan, go, vote, staff)
    with pytest.raises(Refusal) as refused:
        go("finish", "cashier", days=30)
    assert refused.value.code == "lines-unpaid"
    assert pay_lines(plan.pk, [1, 2], TODAY, staff("cashier"), NOW) == 2
    assert pay_lines(plan.pk, None, TODAY, staff("cashier"), NOW) == 23
    chart = sum_accounts([plan.organisation_id], EVER, TODAY + timedelta(60))[plan.organisation_id]
    nets = {code: one.net_fen for code, one in chart.items()}
    assert nets == {"332": 1_300_000, "322": -130_000, "221": 0, "222": 0, "102": -1_170_000}
    go("finish", "cashier", days=30)
    plan.refresh_from_db()
    assert plan.ended_on is not None
    assert sum(one.reserve_fen for one in accounts[0].organisation.cooperative_accounts.all()) == 130_000


def test_a_member_s_sum_is_explained_part_by_part(plan):
    line = list_lines(plan)[0]
    reasons = explain(line)
    assert sum(one.fen for one in reasons) == line.total_fen
    assert reasons[0].mine == 50_000
    assert reasons[0].every == 50_000 * 210


def test_the_database_holds_a_plan_and_its_lines_to_their_sums(plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        SurplusPlan.objects.filter(pk=plan.pk).update(by_rest_fen=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        plan.lines.update(total_fen=1)


PARTS = (NewPart("guaranteed", 60_000, "yearly", date(YEAR, 12, 1)), NewPart("dividend"))


def _promise(society, account, staff, parts=PARTS):
    new = NewContract(
        "guaranteed-dividend", JOINED, JOINED, date(YEAR + 3, 12, 31), parts, account_id=account.pk
    )
    return make_contracts(society, [new], staff("bookkeeper"), NOW)[0]


def test_an_unfiled_contract_is_not_paid_and_a_filed_one_pays_the_oldest_due(society, accounts, staff):
    contract = _promise(society, accounts[0], staff)
    pay = NewPayment(contract.number, "guaranteed", 70_000, TODAY)
    with pytest.raises(Refusal) as refused:
        pay_benefits(society, [pay], staff("cashier"), NOW)
    assert refused.value.code == "not-filed"
    with pytest.raises(Refusal):
        file_contracts(society, None, TODAY, staff("bookkeeper"), NOW)
    file_contracts(society, None, TODAY, staff("rural"), NOW)
    pay_benefits(society, [pay], staff("cashier"), NOW)
    dues = BenefitDue.objects.filter(part__contract=contract).order_by("due_on")
    assert [one.paid_fen for one in dues] == [60_000, 10_000, 0, 0]
    books = sum_accounts([society.pk], EVER, TODAY)[society.pk]
    assert {code: one.net_fen for code, one in books.items()} == {"521": 70_000, "102": -70_000}
    sums = sum_benefits([society.pk], date(YEAR + 2, 1, 1))[society.pk]
    assert (sums.due, sums.paid, sums.overdue) == (120_000, 70_000, 50_000)


def test_money_for_benefits_or_surplus_leaves_by_no_voucher_of_ones_own(society, plan):
    for source in (f"benefit:1-{10**6}", f"surplus:{plan.pk}", "benefit:x"):
        own = NewVoucher(
            society.pk, TODAY, "自编", (Line("521", 9_000_000), Line("102", -9_000_000)), source=source
        )
        with pytest.raises(Refusal) as refused:
            post_vouchers([own], None, NOW)
        assert refused.value.code == "payment-unfiled"


def test_a_dividend_is_never_paid_from_nothing_article_44(society, accounts, staff):
    contract = _promise(society, accounts[0], staff)
    file_contracts(society, None, TODAY, staff("rural"), NOW)
    (refusal,) = check_payments(society, [NewPayment(contract.number, "dividend", 100, TODAY)], NOW)
    assert refusal is not None
    assert refusal.code == "dividend-from-nothing"
    assert "第44条" in refusal.rule
    (refusal,) = check_payments(society, [NewPayment(contract.number, "guaranteed", 10**9, TODAY)], NOW)
    assert refusal is not None
    assert refusal.code == "too-much"


def test_what_a_contract_says_of_the_surplus_comes_from_the_plan_to_the_fen(
    society, accounts, plan, go, vote, staff
):
    contract = _promise(society, accounts[0], staff)
    _pay_out(plan, go, vote, staff)
    due = BenefitDue.objects.get(part__contract=contract, part__kind="dividend")
    line = plan.lines.get(account=accounts[0])
    assert due.fen == line.total_fen - line.by_volume_fen
    pay_lines(plan.pk, None, TODAY, staff("cashier"), NOW)
    due.refresh_from_db()
    assert due.paid_fen == due.fen
    assert BenefitContract.objects.count() == 1
