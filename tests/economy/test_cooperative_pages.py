"""The pages of a co-operative: who sees and does what, what is refused and stays typed, what leaves."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from economy.cooperative_village import JOINED, YEAR, again, fill, found
from huiyin.app.demo.county.accounts import PASSWORD
from huiyin.economy.cooperatives.api import (
    BenefitContract,
    Contribution,
    NewContract,
    NewPart,
    SurplusPlan,
    file_contracts,
    make_contracts,
)
from huiyin.people.api import SESSION_COOKIE, sign_in

NOW = timezone.now()
HOME = "/console/villages"


@pytest.fixture
def society(village, officer):
    return found(village, officer("rural"))


@pytest.fixture
def accounts(society, officer):
    return fill(society, again(officer("bookkeeper")), again(officer("director")))


@pytest.fixture
def at(society, accounts):
    return f"{HOME}/{society.code}/cooperative"


def _promise(society, account):
    parts = (NewPart("guaranteed", 60_000, "yearly", date(YEAR, 12, 1)), NewPart("dividend"))
    end = date(YEAR + 3, 12, 31)
    new = NewContract("guaranteed-dividend", JOINED, JOINED, end, parts, account_id=account.pk)
    return make_contracts(society, [new], None, NOW)[0]


def test_every_page_opens_for_whoever_looks_on_and_offers_no_form(society, accounts, at, browse, village):
    contract = _promise(society, accounts[0])
    client = Client()
    client.cookies[SESSION_COOKIE] = sign_in("hexuewen", PASSWORD, NOW).token
    pages = [
        at, f"{at}/contributions", f"{at}/members", f"{at}/members/{accounts[0].pk}", f"{at}/votes",
        f"{at}/surplus", f"{at}/benefits", f"{at}/benefits/{contract.pk}",
        f"{at}/contributions/{accounts[0].contributions.get().pk}/certificate",
        f"{HOME}/all/cooperatives", f"{HOME}/all/cooperatives/new", f"{HOME}/all/benefits",
        f"{HOME}/all/benefits/overdue", f"{HOME}/{village.code}/cooperative",
    ]  # fmt: skip
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        assert "农户0" not in response.content.decode()
    assert "登记，待确认" not in client.get(f"{at}/contributions").content.decode()
    assert client.get(f"{HOME}/{village.code}/cooperative/votes").status_code == 409
    for page in ("contributions", "members", "benefits"):
        assert client.get(f"{at}/{page}/export").headers["Content-Type"].endswith("sheet")
    for page in ("all/cooperatives", "all/benefits", "all/benefits/overdue"):
        assert load_workbook(BytesIO(client.get(f"{HOME}/{page}/export").content)).active.max_row >= 2


def test_labour_as_capital_is_refused_on_the_page_with_the_article_and_a_way_on(at, browse, accounts):
    typed = {
        "do": "enter", "number": "1", "form": "labour", "what": "每年 200 工", "amount": "20000",
        "made_on": "2026-01-05",
    }  # fmt: skip
    response = browse("bookkeeper").post(f"{at}/contributions", typed)
    text = response.content.decode()
    assert response.status_code == 422
    assert "市场主体登记管理条例 第13条" in text
    assert "每年 200 工" in text
    assert "benefits/new" in text
    assert Contribution.objects.filter(form="labour").count() == 0


def test_the_director_confirms_what_the_bookkeeper_entered(at, browse, accounts):
    typed = {
        "do": "enter",
        "number": "1",
        "form": "money",
        "what": "现金",
        "amount": "1,000",
        "made_on": "2026-01-05",
    }
    assert browse("bookkeeper").post(f"{at}/contributions", typed).status_code == 303
    assert browse("bookkeeper").post(f"{at}/contributions", {"do": "confirm"}).status_code == 403
    assert browse("director").post(f"{at}/contributions", {"do": "confirm"}).status_code == 303
    assert Contribution.objects.get(what="现金").confirmed_at is not None


def test_a_plan_is_tried_then_drafted_and_explained(at, browse, accounts):
    keeper = browse("bookkeeper")
    typed = {
        "year": str(YEAR), "surplus": "15000", "loss": "2000", "reserve_per_mille": "10",
        "volume_per_mille": "60",
    }  # fmt: skip
    tried = keeper.post(f"{at}/surplus", {**typed, "do": "try"})
    assert "11,700.00" in tried.content.decode()
    assert SurplusPlan.objects.count() == 0
    low = keeper.post(f"{at}/surplus", {**typed, "volume_per_mille": "59", "do": "draft"})
    assert low.status_code == 422
    assert "第44条" in low.content.decode()
    made = keeper.post(f"{at}/surplus", {**typed, "do": "draft", "client_key": "k"})
    assert made.status_code == 303
    plan = SurplusPlan.objects.get()
    page = f"{HOME}/surplus/{plan.case.number}"
    for role in ("bookkeeper", "director", "cashier", "rural"):
        assert browse(role).get(page).status_code == 200
    line = plan.lines.order_by("account__number").first()
    text = keeper.get(f"{page}/lines/{line.pk}").content.decode()
    assert "按交易量（额）返还" in text
    assert "第44条" in text
    assert keeper.get(f"{page}/export").status_code == 200
    stranger = Client()
    stranger.cookies[SESSION_COOKIE] = sign_in("yuanyuee", PASSWORD, NOW).token
    assert stranger.get(page).status_code == 404
    assert stranger.get(at).status_code == 404


def test_payments_from_a_sheet_are_shown_row_by_row_before_any_is_written(at, society, accounts, browse):
    contract = _promise(society, accounts[0])
    file_contracts(society, None, JOINED, None, NOW)
    book = Workbook()
    for row in (
        ("合同号", "项目", "金额（元）", "支付日期", "凭据号"),
        (contract.number, "保底收益", 600, date(2026, 1, 5), "a"),
        (contract.number, "按股分红", 100, date(2026, 1, 5), "b"),
    ):
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "p.xlsx"
    cashier = browse("cashier")
    wrong = cashier.post(f"{at}/batch/payments", {"file": file, "do": "write"}).content.decode()
    assert "2 行里有 1 行要改" in wrong
    assert "第44条" in wrong
    rows = f"{contract.number}\t保底收益\t600\t2026-01-05\ta"
    assert "全部写入" in cashier.post(f"{at}/batch/payments", {"rows": rows, "do": "check"}).content.decode()
    assert cashier.post(f"{at}/batch/payments", {"rows": rows, "do": "write"}).status_code == 303
    assert sum(due.paid_fen for due in contract.parts.get(kind="guaranteed").dues.all()) == 60_000


def test_a_contract_is_entered_by_its_pattern_and_filed_by_the_township(at, browse, accounts, society):
    typed = {
        "pattern": "rent-job-pension", "number": "1", "signed_on": "2026-01-05", "starts_on": "2026-01-05",
        "ends_on": "2028-12-31", "fen_rent": "3000", "day_rent": "2026-06-30", "schedule_rent": "yearly",
        "fen_wage": "1500", "day_wage": "2026-01-31", "schedule_wage": "monthly", "fen_pension": "600",
        "day_pension": "2026-06-30", "schedule_pension": "half-yearly",
    }  # fmt: skip
    keeper = browse("bookkeeper")
    assert keeper.get(f"{at}/benefits/new?pattern=rent-job-pension&number=1").status_code == 200
    assert keeper.post(f"{at}/benefits/new", {**typed, "fen_rent": ""}).status_code == 422
    assert keeper.post(f"{at}/benefits/new", typed).status_code == 303
    assert browse("rural").post(f"{at}/benefits", {}).status_code == 303
    assert BenefitContract.objects.get().filed_on is not None


def test_extra_votes_beyond_the_fifth_are_refused_with_what_was_typed(at, browse, accounts):
    response = browse("director").post(f"{at}/votes", {"do": "votes", "votes": "1 3\n2 3"})
    assert response.status_code == 422
    assert "第22条" in response.content.decode()
    assert "1 3" in response.content.decode()
    assert browse("director").get(f"{at}/votes?propose=contribution").status_code == 200
