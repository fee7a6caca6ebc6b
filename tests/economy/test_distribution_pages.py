"""The pages of distributions: reckoned while typing, drafted, paid, mended; a villager's own page."""

from __future__ import annotations

import pytest
from django.test import Client

from economy.distributing import YEAR, after, book, carry, draft, earn, settle
from huiyin.economy.distributions.api import Line, PayFile, Payment, Plan, SetAside, list_owed
from huiyin.economy.members.api import make_link
from huiyin.journal.api import list_accesses
from huiyin.kernel.money import tell_yuan


@pytest.fixture
def members(village):
    return settle(village)


@pytest.fixture
def plan(village, officer, members):
    earn(village)
    return draft(village, officer)


@pytest.fixture
def root(village):
    return f"/console/villages/{village.code}"


def test_the_form_shows_what_it_comes_to_and_keeps_nothing(village, members, root, browse):
    earn(village)
    client = browse("bookkeeper")
    shown = client.post(f"{root}/distributions/new", {"year": YEAR, "do": "reckon", "wanted": "100"})
    assert "100.00" in shown.content.decode()
    assert not Plan.objects.exists()
    saved = client.post(f"{root}/distributions/new", {"year": YEAR, "do": "save", "words": "按份额分"})
    assert saved.status_code == 303
    plan = Plan.objects.get(organisation=village)
    assert saved.headers["Location"].endswith(f"/distributions/{plan.pk}?done=drafted")
    assert tell_yuan(plan.members_fen) in client.get(f"{root}/distributions/{plan.pk}").content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"wanted": "99999999"}, "可分配收益只有"),
        ({"source": "201"}, "借款"),
        ({"wanted": "一百"}, "不是金额"),
    ],
)
def test_what_may_not_be_is_said_with_its_article_and_what_was_typed_stays(
    village, members, root, browse, typed, said
):
    earn(village)
    page = browse("bookkeeper").post(f"{root}/distributions/new", {"year": YEAR, "do": "save", **typed})
    assert page.status_code == 422
    assert said in page.content.decode()
    assert next(iter(typed.values())) in page.content.decode()


def test_rent_of_several_years_is_noted_beside_the_form(village, members, root, browse):
    earn(village)
    typed = {"year": YEAR, "kind": "spread", "amount": "600", "years": "3", "what": "鱼塘三年租金"}
    client = browse("bookkeeper")
    assert client.post(f"{root}/distributions/aside", typed).status_code == 303
    assert SetAside.objects.get().fen == 60_000
    assert client.post(f"{root}/distributions/aside", {**typed, "years": "1"}).status_code == 422


def test_everybody_who_looks_finds_the_lines_and_why(village, members, plan, officer, root, browse):
    carry(plan, officer, "paid")
    client = browse("overseer")
    assert "收益分配" in client.get(f"{root}/distributions").content.decode()
    page = client.get(f"{root}/distributions/{plan.pk}/lines?q=3").content.decode()
    assert "共 2 人" in page
    export = client.get(f"{root}/distributions/{plan.pk}/export")
    assert export.content[:2] == b"PK"
    why = client.get(f"{root}/dividends/{members[0].pk}").content.decode()
    assert tell_yuan(Line.objects.get(plan=plan, member=members[0]).fen) in why
    assert client.get(f"{root}/dividends/999999").status_code == 404
    number = plan.case.number
    assert (
        client.get(f"/console/villages/distributions/of/{number}").headers["Location"].endswith(str(plan.pk))
    )
    assert "已发放" in client.get(f"/console/villages/distributions?year={YEAR}").content.decode()
    assert client.get(f"/console/villages/distributions/export?year={YEAR}").content[:2] == b"PK"


def test_the_cashier_takes_the_file_and_it_is_noted_nobody_else_does(village, plan, officer, root, browse):
    carry(plan, officer, "paid")
    file = PayFile.objects.get()
    answer = browse("cashier").get(f"{root}/pay-files/{file.pk}?encoding=gbk&form=txt")
    assert answer.content.decode("gb18030").startswith("批次|")
    assert list_accesses(subject=f"export:pay-file:{file.pk}")
    assert browse("cashier").get(f"{root}/pay-files/{file.pk}?form=exe").status_code == 409
    assert browse("bookkeeper").get(f"{root}/pay-files/{file.pk}").status_code == 403


def test_what_comes_back_is_pasted_mended_and_seen(village, plan, officer, root, browse):
    carry(plan, officer, "paid")
    file, payment = PayFile.objects.get(), Payment.objects.get(number=1)
    cashier, bookkeeper = browse("cashier"), browse("bookkeeper")
    address = f"{root}/pay-files/{file.pk}/returned"
    assert cashier.get(address).status_code == 200
    wrong = cashier.post(address, {"failures": "1,0.01,无此人"})
    assert (wrong.status_code, "请核对" in wrong.content.decode()) == (422, True)
    text = f"1,{payment.fen // 100}.{payment.fen % 100:02d},账号不存在"
    assert cashier.post(address, {"failures": text}).status_code == 303
    owed = bookkeeper.get(f"{root}/distributions/{plan.pk}/owed").content.decode()
    assert "账号不存在" in owed
    card = f"{root}/cards/{payment.household_id}?plan={plan.pk}"
    assert bookkeeper.get(card).status_code == 200
    assert bookkeeper.post(card, {"payee": "李一", "account": "12"}).status_code == 422
    done = bookkeeper.post(card, {"payee": "李一", "account": "6217000000088888", "bank": "农商行"})
    assert done.headers["Location"].endswith(f"/distributions/{plan.pk}/owed?done=card")
    assert len(list_owed(plan)) == 1


def test_she_opens_her_own_page_by_the_secret_and_is_told_only_her_masked_name(
    village, members, plan, officer
):
    secret, client = make_link(members[0]), Client()
    assert "还没有您的分红" in client.get(f"/village/why/{secret}").content.decode()
    carry(plan, officer, "paid")
    answer = client.get(f"/village/why/{secret}")
    page = answer.content.decode()
    assert tell_yuan(Line.objects.get(plan=plan, member=members[0]).fen) in page
    assert "李*" in page
    assert "李1" not in page
    assert "/ask" in page
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert client.get("/village/why/nobody").status_code == 404


def test_her_page_has_each_year(village, members, plan, officer):
    carry(plan, officer, "finished")
    book(village, ("501", after(20).date().replace(year=YEAR + 1), 400_000, "收租金"))
    second = Plan.objects.get(pk=plan.pk)
    assert second.year == YEAR
    secret = make_link(members[0])
    assert f"{YEAR} 年" in Client().get(f"/village/why/{secret}?year={YEAR}").content.decode()
    assert Client().get(f"/village/why/{secret}?year=1999").status_code == 200
