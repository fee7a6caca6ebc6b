"""The pages of contracts, payments and oversight, each by whoever works there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.economy.spending import PAYEE, ask, make_payment

from huiyin.cases.api import make_acting
from huiyin.economy.books.api import Line, NewVoucher, Voucher, post_vouchers
from huiyin.economy.contracts.api import (
    Contract,
    Hint,
    NewContract,
    OfficeAudit,
    Payment,
    Rent,
    Review,
    draft_contracts,
    refresh_hints,
)
from huiyin.economy.organisations.api import Officer

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
HOME = "/console/villages"


@pytest.fixture
def typed() -> dict[str, str]:
    """A lease as the bookkeeper types it."""
    return {
        "kind": "lease",
        "title": "南塘承包",
        "counterparty": "禾川县绿源水产有限公司",
        "party": "company",
        "subject": "南塘水面",
        "area": "30.5",
        "price": "12,000",
        "from_on": (TODAY - timedelta(30)).isoformat(),
        "until_on": (TODAY + timedelta(900)).isoformat(),
        "every": "12",
        "rents": "",
        "client_key": "k1",
    }


def _text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_lease_goes_from_the_form_to_the_file_and_its_rent_is_booked(village, browse, typed):
    own = f"{HOME}/{village.code}/contracts"
    keeper, director, clerk = browse("bookkeeper"), browse("director"), browse("rural")
    assert "登记合同" in _text(keeper.get(f"{own}/new"))
    made = keeper.post(f"{own}/new", typed)
    assert made.status_code == 303
    again = keeper.post(f"{own}/new", typed)
    assert again["Location"] == made["Location"]
    contract = Contract.objects.get()
    page, act = f"{own}/{contract.pk}", f"{own}/{contract.pk}/act"
    assert "还没有备案" in _text(keeper.get(page))
    assert keeper.post(act, {"do": "settle"}).status_code == 303
    assert (
        director.post(act, {"do": "resolve", "method": "board", "resolution": "第 3 次"}).status_code == 303
    )
    assert keeper.post(act, {"do": "report"}).status_code == 303
    waiting = _text(clerk.get(f"{HOME}/oversight/filings"))
    assert "南塘承包" in waiting
    assert "批量备案" in waiting
    asked = _text(clerk.post(f"{HOME}/oversight/filings/file", {"pick": contract.case.number}))
    assert "备案 1 件" in asked
    told = _text(clerk.post(f"{HOME}/oversight/filings/file", {"pick": contract.case.number, "sure": "yes"}))
    assert "已备案 1 件" in told
    due = contract.dues.order_by("at")[0]
    given = {"do": "receive", "due": due.pk, "amount": "40", "on": TODAY.isoformat(), "client_key": "r1"}
    assert [keeper.post(act, given).status_code for _ in range(2)] == [303, 303]
    assert Voucher.objects.filter(source=f"due:{due.pk}").count() == 1
    assert "南塘承包" in _text(keeper.get(f"{own}?state=filed"))
    assert keeper.get(f"{own}/export")["Content-Type"].endswith("sheet")
    refused = director.post(act, {"do": "end", "on": TODAY.isoformat(), "reason": ""})
    assert refused.status_code == 422
    assert "终止的原因" in refused.content.decode()
    assert director.post(act, {"do": "end", "on": TODAY.isoformat(), "reason": "退租"}).status_code == 303


def test_a_form_that_was_filled_in_wrongly_keeps_what_was_typed(village, browse, typed):
    answer = browse("bookkeeper").post(
        f"{HOME}/{village.code}/contracts/new", {**typed, "rents": "2026-03-01 100"}
    )
    assert answer.status_code == 422
    assert "各期应收" in answer.content.decode()
    assert "禾川县绿源水产有限公司" in answer.content.decode()


def test_a_payment_goes_through_the_pages_of_four_people(village, browse):
    own = f"{HOME}/{village.code}/spending"
    typed = {
        "purpose": "修水渠",
        "payee": PAYEE,
        "party": "company",
        "way": "bank",
        "account": "153",
        "amount": "8000",
        "holder": PAYEE,
        "bank": "农商行",
        "tail": "0412",
        "client_key": "p1",
    }
    keeper = browse("bookkeeper")
    wrong = keeper.post(f"{own}/new", {**typed, "holder": "周德顺"})
    assert wrong.status_code == 422
    assert "第44条" in wrong.content.decode()
    assert keeper.post(f"{own}/new", typed).status_code == 303
    payment = Payment.objects.get()
    page, act = f"{own}/{payment.pk}", f"{own}/{payment.pk}/act"
    for role, move in (("bookkeeper", "submit"), ("overseer", "agree"), ("director", "report")):
        assert browse(role).post(act, {"do": move}).status_code == 303
    cashier = browse("cashier")
    assert "还没有备案，不能支付" in _text(cashier.get(page))
    assert cashier.post(act, {"do": "pay"}).status_code == 422
    assert browse("rural").post(act, {"do": "file"}).status_code == 303
    assert "支付并记账" in _text(cashier.get(page))
    sent = {"do": "pay", "client_key": "c1"}
    assert [cashier.post(act, sent).status_code for _ in range(2)] == [303, 303]
    payment.refresh_from_db()
    assert payment.voucher is not None
    assert "已支付" in _text(keeper.get(own))
    assert keeper.get(f"{own}/export").status_code == 200


def test_the_number_of_a_case_leads_to_its_own_page(village, browse, officer):
    payment = ask(make_payment(village.pk), officer, NOW)
    answer = browse("director").get(f"{HOME}/oversight/filing/{payment.case.number}")
    assert (answer.status_code, answer["Location"]) == (303, f"{HOME}/{village.code}/spending/{payment.pk}")


def test_another_villages_contract_is_not_there(village, browse, officer, villages):
    other = next(one for one in villages if one.township_id != village.township_id)
    new = NewContract(
        other.pk, "lease", "别村的", "某某", "person", "地", 100, TODAY, TODAY, [Rent(TODAY, 100)]
    )
    contract = Contract.objects.create(
        organisation=other,
        case=ask(make_payment(village.pk), officer, NOW).case,
        kind=new.kind,
        title=new.title,
        counterparty="某某",
        price_fen=100,
        incoming=True,
        from_on=TODAY,
        until_on=TODAY,
    )
    assert browse("bookkeeper").get(f"{HOME}/{other.code}/contracts/{contract.pk}").status_code == 404
    assert browse("bookkeeper").get(f"{HOME}/{village.code}/contracts/{contract.pk}").status_code == 404
    assert browse("rural").get(f"{HOME}/{other.code}/spending").status_code == 404


def test_a_hint_is_opened_and_dismissed_by_the_township(village, browse):
    lines = (Line("511", 300_000), Line("102", -300_000))
    post_vouchers([NewVoucher(village.pk, TODAY, "付款", lines)] * 2, None, NOW)
    clerk = browse("rural")
    assert clerk.post(f"{HOME}/oversight/hints/refresh").status_code == 303
    assert "疑似化整为零" in _text(clerk.get(f"{HOME}/oversight/hints?kind=split"))
    hint = Hint.objects.get(kind="split")
    page = f"{HOME}/oversight/hints/{hint.pk}"
    assert "不得化整为零" in _text(clerk.get(page))
    assert clerk.post(page, {"reason": "x"}).status_code == 422
    assert clerk.post(page, {"reason": "核实为两件事，票据齐全"}).status_code == 303
    assert "票据齐全" in _text(browse("bookkeeper").get(page))
    assert clerk.get(f"{HOME}/oversight/hints/export?state=dismissed").status_code == 200


def test_arrears_stand_in_a_list_over_all_villages(village, browse, officer):
    start = TODAY - timedelta(30)
    new = NewContract(
        village.pk,
        "lease",
        "门面出租",
        "赵大顺",
        "person",
        "门面",
        600_000,
        start,
        TODAY,
        [Rent(start, 600_000)],
    )
    contract = draft_contracts([new], make_acting(officer("bookkeeper")), NOW)[0]
    Contract.objects.filter(pk=contract.pk).update(filed_at=NOW)
    text = _text(browse("rural").get(f"{HOME}/oversight/arrears"))
    assert "门面出租" in text
    assert "6,000.00" in text
    assert browse("rural").get(f"{HOME}/oversight/arrears/export").status_code == 200
    refresh_hints(NOW)
    assert "合同款拖欠" in _text(browse("bookkeeper").get(f"{HOME}/{village.code}/contracts/{contract.pk}"))


def test_a_review_is_planned_found_answered_and_closed(village, browse):
    clerk, director = browse("rural"), browse("director")
    assert village.code in _text(clerk.get(f"{HOME}/oversight/reviews/plan"))
    assert clerk.post(f"{HOME}/oversight/reviews/plan", {"pick": village.code}).status_code == 303
    review = Review.objects.get()
    page = f"{HOME}/oversight/reviews/{review.pk}"
    assert director.post(page, {"do": "findings", "words": "没有问题"}).status_code == 403
    assert clerk.post(page, {"do": "findings", "words": "两张凭证没有附件"}).status_code == 303
    assert clerk.post(page, {"do": "conclusion", "words": "办结"}).status_code == 422
    assert director.post(page, {"do": "answer", "words": "已补齐"}).status_code == 303
    assert clerk.post(page, {"do": "conclusion", "words": "整改到位"}).status_code == 303
    assert "整改到位" in _text(director.get(page))
    assert "已办结" in _text(clerk.get(f"{HOME}/oversight/reviews"))
    assert clerk.get(f"{HOME}/oversight/reviews/export").status_code == 200


def test_officers_whose_term_ends_are_audited(village, browse):
    officer = Officer.objects.create(
        organisation=village, office="director", name="老理事", since_on=TODAY - timedelta(900),
        until_on=TODAY - timedelta(9),
    )  # fmt: skip
    clerk = browse("rural")
    assert "老理事" in _text(clerk.get(f"{HOME}/oversight/audits?state=due"))
    page = f"{HOME}/oversight/audits/{officer.pk}"
    given = {"auditor": "镇农经站", "begun_on": TODAY.isoformat(), "done_on": TODAY.isoformat(), "result": ""}
    assert clerk.post(page, given).status_code == 422
    assert browse("bookkeeper").post(page, {**given, "result": "没有问题"}).status_code == 403
    assert clerk.post(page, {**given, "result": "没有发现问题"}).status_code == 303
    assert OfficeAudit.objects.get().done_on == TODAY
    assert "没有发现问题" in _text(clerk.get(page))
    assert clerk.get(f"{HOME}/oversight/audits/export").status_code == 200


def test_an_overseer_looks_on_and_files_nothing(browse):
    client = browse("overseer")
    for path in ("filings", "hints", "arrears", "reviews", "audits"):
        assert client.get(f"{HOME}/oversight/{path}").status_code == 200
    assert client.post(f"{HOME}/oversight/filings/file", {"pick": "x"}).status_code == 403
