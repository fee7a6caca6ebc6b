"""The pages of shares, as whoever works in the village sees them."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from huiyin.economy.organisations.api import Organisation
from huiyin.economy.shares.api import (
    Certificate,
    Share,
    ShareBook,
    ShareEntry,
    SharePlan,
    ShareTransfer,
    open_ledgers,
)

from .holding import resolve, settle

NOW = timezone.now()


@pytest.fixture
def people(village):
    """Two households of three, ten units each."""
    return settle(village)


@pytest.fixture
def book(village, people):
    """Their share book."""
    made = ShareBook.objects.create(
        organisation=village, fixed_on=date(2021, 1, 1), total_units=60, held_units=60
    )
    Share.objects.bulk_create(
        Share(book=made, household_id=one.household_id, member=one, units=10) for one in people
    )
    open_ledgers([made.pk], None, NOW)
    return made


@pytest.fixture
def home(village):
    """Where the village's pages begin."""
    return f"/console/villages/{village.code}"


def test_a_plan_that_divides_property_is_refused_on_the_form_with_what_was_typed(
    village, people, browse, home
):
    typed = {
        "what": "property",
        "counted_on": "2026-01-01",
        "collective_per_mille": "0",
        "title_1": "基本股",
        "basis_1": "each",
        "units_1": "12",
        "most_1": "44",
    }
    page = browse("bookkeeper").post(f"{home}/shares/plan", typed)
    assert page.status_code == 422
    assert "第36条" in page.text
    assert 'value="12"' in page.text
    made = browse("bookkeeper").post(f"{home}/shares/plan", {**typed, "what": "income"})
    assert made.status_code == 303
    number = SharePlan.objects.get().case.number
    sheet = browse("director").get(f"/console/villages/share-plans/{number}/export")
    assert sheet.content.startswith(b"PK")
    assert "72" in browse("director").get(f"/console/villages/share-plans/{number}").text


def test_a_split_is_typed_on_the_households_page_and_keeps_the_sum(village, people, book, browse, home):
    place = f"{home}/shares/households/{people[0].household_id}"
    typed = {f"units_{people[0].pk}": "5", f"units_{people[1].pk}": "16", "words": "全家同意"}
    page = browse("bookkeeper").post(place, typed)
    assert page.status_code == 422
    assert "30" in page.text
    done = browse("bookkeeper").post(place, {**typed, f"units_{people[1].pk}": "15"})
    assert done.status_code == 303
    transfer = ShareTransfer.objects.get()
    assert [(one.from_member_id, one.to_member_id, one.units) for one in transfer.parts.all()] == [
        (people[0].pk, people[1].pk, 5)
    ]
    assert transfer.case.number in done.headers["Location"]
    assert "待审核" in browse("director").get(done.headers["Location"]).text


def test_the_form_of_a_gift_names_people_of_another_household_by_its_number(
    village, people, book, browse, home
):
    client = browse("bookkeeper")
    found = client.get(f"{home}/shares/transfers/new?number=1&household=2")
    assert f"units_{people[3].pk}" in found.text
    typed = {
        "from": people[0].pk,
        "kind": "give",
        "household": "2",
        f"units_{people[3].pk}": "99",
        "words": "赠与",
    }
    page = client.post(f"{home}/shares/transfers/new", typed)
    assert page.status_code == 422
    assert "不够转出" in page.text


def test_book_ledger_and_changes_can_be_read_and_taken_away_by_whoever_looks_on(village, book, browse, home):
    client = browse("overseer")
    for path in ("", "/ledger", "/transfers", "/certificates"):
        assert client.get(f"{home}/shares{path}").status_code == 200
    assert client.get(f"{home}/shares?q=99").text.count("没有找到这样的户") == 1
    for path in ("/export", "/ledger/export", "/transfers/export", "/certificates/export"):
        assert client.get(f"{home}/shares{path}").content.startswith(b"PK")
    assert client.get(f"{home}/shares/transfers/new").status_code == 403
    assert ShareEntry.objects.count() == 6


def test_certificates_are_issued_and_printed_from_the_page(village, book, browse, home):
    client = browse("bookkeeper")
    assert client.post(f"{home}/shares/certificates/issue").status_code == 303
    printed = client.post(f"{home}/shares/certificates/print", {"reason": "发证"})
    assert printed.headers["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF-")
    one = Certificate.objects.order_by("id")[0]
    assert client.get(f"{home}/shares/certificates/{one.pk}").status_code == 200
    lost = client.post(f"{home}/shares/certificates/{one.pk}", {"reason": "遗失"})
    assert lost.status_code == 303
    assert browse("cashier").post(f"{home}/shares/certificates/issue").status_code == 403


def test_the_clerk_founds_an_organisation_and_registers_a_charter_by_the_pages(village, browse, home):
    client = browse("rural")
    charter = {
        "reserve_per_mille": "200",
        "collective_per_mille": "100",
        "holding_cap_per_mille": "40",
        "spread_years": "1",
        "residual": "311",
        "pays_to": "member",
        "adopted_on": "2026-01-05",
    }
    typed = {
        "area": village.area_id,
        "kind": "economic",
        "name": "上坝村第五组经济合作社",
        "code": "N299900100300299HC",
        "founded_on": "2026-01-05",
        **charter,
    }
    assert client.get("/console/villages/over/founding").status_code == 200
    assert client.post("/console/villages/over/founding", {**typed, "code": "1"}).status_code == 422
    assert client.post("/console/villages/over/founding", typed).status_code == 303
    assert Organisation.objects.filter(area_id=village.area_id).count() >= 2
    refused = client.post(f"{home}/charters", charter)
    assert refused.status_code == 422
    assert "第28条" in refused.text
    resolve(village, "charter:2", NOW, "charter")
    assert client.post(f"{home}/charters", charter).status_code == 303
    assert client.get(f"{home}/charters").text.count("40‰") >= 1
    assert client.get(f"{home}/close").status_code == 200
    assert client.get("/console/villages/over/closed").status_code == 200
