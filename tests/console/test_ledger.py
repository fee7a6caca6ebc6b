"""The ledger's five views."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from huiyin.cases.api import (
    add_up,
    ledger_by_channel,
    ledger_by_officer,
    ledger_by_unit,
    ledger_results,
    make_acting,
)
from huiyin.console.ledger.asking import read_asked
from huiyin.console.ledger.balance import make_balances
from huiyin.console.ledger.sheets import Rate
from huiyin.register import api as register

pytestmark = pytest.mark.django_db
VIEWS = ("take", "sort", "check", "hand", "count")


@pytest.fixture
def asked(now):
    return read_asked({}, timezone.localdate(now))


@pytest.fixture
def worked(make_case, move, unit_of, now):
    """Six matters: just in, merged, with a unit, answered, closed after a callback, redone."""
    water = register.find_category("010101").pk
    lead = unit_of("water").pk

    def take(words, *moves):
        case = make_case(words, category_id=water)
        for key, login, inputs in moves:
            move(case, key, login, **inputs)
        return case

    dispatch = ("dispatch", "hemin", {"lead": lead})
    sign = ("sign", "tanxue", {})
    done = [dispatch, sign, ("answer", "tanxue", {"reply": "修好了"}), ("close", "zhaomingde", {})]
    leader = take("城关停水", dispatch)
    return {
        "new": make_case("还没分类的事"),
        "dispatched": leader,
        "merged": take("城关也停水", ("merge", "hemin", {"into": leader.number})),
        "answered": take("东湖停水", *done),
        "closed": take(
            "白沙停水", *done, ("callback", "maqing", {"reached": True, "solved": True, "satisfied": 5})
        ),
        "redone": take(
            "石门停水", *done, ("callback", "maqing", {"reached": True, "solved": False, "satisfied": 1})
        ),
    }


def open_view(client, view, **query):
    return client.get(reverse("console:ledger", args=[view]), query)


def test_what_came_in_is_counted_by_channel(worked, asked, account_of, now):
    rows = ledger_by_channel(asked.scope, make_acting(account_of("hemin")), now)
    assert [(row["key"], row["taken"], row["closed"], row["merged"]) for row in rows] == [
        ("hotline", 6, 1, 1)
    ]


def test_both_sides_of_every_account_are_equal(worked, asked, account_of, now):
    balances = make_balances(asked.scope, make_acting(account_of("hemin")), now)
    assert [balance.difference for balance in balances] == [0, 0, 0]
    assert balances[0].whole[1] == 6


def test_every_dispatch_has_exactly_one_end(worked, asked, account_of, now):
    rows = ledger_by_unit(asked.scope, make_acting(account_of("hemin")), now)
    for row in rows:
        assert row["dispatched"] == sum(
            row[key] for key in ("open", "answered", "done", "returned", "unsolved", "moved")
        )
    water = next(row for row in rows if row["dispatched"])
    assert (water["dispatched"], water["open"], water["answered"], water["done"], water["unsolved"]) == (
        5,
        2,
        1,
        1,
        1,
    )


def test_what_was_handed_over_says_to_whom_and_whether_in_time(worked, asked, account_of, now):
    rows = ledger_by_officer(asked.scope, make_acting(account_of("hemin")), now)
    by_officer = {row["officer"]: row for row in rows}
    assert (by_officer["谭雪"]["handed"], by_officer["谭雪"]["signed"], by_officer["谭雪"]["late"]) == (
        3,
        3,
        0,
    )
    assert by_officer["谭雪"]["kept"] == 3
    assert by_officer[None]["signed"] == 0


def test_a_callback_that_said_not_solved_counts_though_the_matter_is_redone(worked, asked, account_of, now):
    sums = add_up(ledger_results(asked.scope, make_acting(account_of("hemin")), now))
    assert (sums["taken"], sums["closed"], sums["cleared"]) == (6, 1, 1)
    assert (sums["asked_solved"], sums["solved"], sums["satisfied"]) == (2, 1, 1)
    assert (sums["again"], sums["rounds"]) == (1, 2)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens_empty_and_full(client, sign_in, worked, view):
    sign_in(client, "chengmo")
    assert open_view(client, view).status_code == 200
    empty = open_view(client, view, since="2001-01-01", until="2001-02-01")
    assert empty.status_code == 200
    assert "这段时间没有工单" in empty.content.decode()


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_exported_with_its_totals(client, sign_in, worked, view):
    sign_in(client, "chengmo")
    answer = open_view(client, view, export="sheet")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet.max_row >= 3
    assert sheet.cell(sheet.max_row, 1).value == "合计"


def test_the_register_of_cases_is_exported_one_by_one(client, sign_in, worked):
    sign_in(client, "chengmo")
    sheet = load_workbook(BytesIO(open_view(client, "take", export="list").content)).active
    assert sheet.max_row == 7
    assert worked["new"].number in {cell.value for cell in sheet["A"]}


def test_a_channel_process_or_unit_narrows_the_ledger(client, sign_in, worked, unit_of):
    sign_in(client, "chengmo")
    assert worked["new"].number in open_view(client, "take", channel="hotline").content.decode()
    for narrowed in ({"channel": "scan"}, {"process": "enterprise"}, {"unit": unit_of("agriculture").pk}):
        assert worked["new"].number not in open_view(client, "take", **narrowed).content.decode()


def test_the_period_is_of_whole_days_in_the_county(make_case, account_of, now):
    make_case("今天的事")
    make_case("前天的事", age=timedelta(days=2))
    today = timezone.localdate(now).isoformat()
    asked = read_asked({"since": today, "until": today}, timezone.localdate(now))
    assert ledger_by_channel(asked.scope, make_acting(account_of("hemin")), now)[0]["taken"] == 1


def test_days_the_wrong_way_round_are_turned_and_nonsense_is_this_year(now):
    asked = read_asked({"since": "2026-05-01", "until": "2026-01-01", "unit": "x"}, timezone.localdate(now))
    assert (asked.since.isoformat(), asked.until.isoformat(), asked.unit_id) == (
        "2026-01-01",
        "2026-05-01",
        None,
    )
    assert read_asked({"since": "2026-02-31"}, timezone.localdate(now)).since.month == 1


def test_a_steward_counts_only_what_they_may_see(client, sign_in, worked):
    page = open_view(sign_in(client, "jingyi"), "take").content.decode()
    assert worked["new"].number not in page
    assert "这段时间没有工单" in page


def test_a_handler_and_an_administrator_keep_no_ledger(client, sign_in):
    assert open_view(sign_in(client, "tanxue"), "take").status_code == 403
    assert open_view(sign_in(client, "guanxu"), "take").status_code == 403


def test_there_is_no_sixth_view(client, sign_in):
    assert open_view(sign_in(client, "chengmo"), "sixth").status_code == 404


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [(1, 3, "33.3%（1/3）"), (0, 0, "–（0/0）"), (2, 3, "66.7%（2/3）"), (5, 5, "100.0%（5/5）")],
)
def test_a_rate_shows_its_numerator_and_denominator(part, whole, told):
    assert str(Rate(part, whole)) == told
