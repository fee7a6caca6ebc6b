"""The month's income and expense hang item by item, from the books alone, and cannot be altered unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from huiyin.economy.books.api import Line, NewVoucher, post_vouchers
from huiyin.economy.organisations.api import set_limit
from huiyin.economy.postings.api import (
    Posting,
    PostingLine,
    chain_lines,
    correct_line,
    find_period,
    list_months,
    preview_month,
    put_up,
    put_up_month,
    read_sheet,
    verify_postings,
)
from huiyin.economy.postings.telling import mask_payee
from huiyin.economy.postings.values import Field, NewPosting
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

TODAY = timezone.localdate()
NOW = timezone.now()
LAST = TODAY.replace(day=1) - timedelta(days=1)
MONTH = LAST.replace(day=1)


@pytest.fixture
def enter(village, officer):
    """`enter(day, "修渠", ("511", 1000), ("102", -1000))`: a reviewed voucher on the books."""
    hands = {"made_by_id": officer("bookkeeper").id, "reviewed_by_id": officer("reviewer").id}

    def post(on, summary, *lines, **more):
        told = {**hands, **more}
        new = NewVoucher(village.pk, on, summary, tuple(Line(*line) for line in lines), **told)
        return post_vouchers([new], None, NOW)[0]

    return post


@pytest.fixture
def month(enter):
    """A month with money that came, went, was only owed, and was carried to the bank."""
    enter(MONTH - timedelta(days=1), "以前的租金", ("102", 50_000), ("501", -50_000))
    enter(MONTH, "鱼塘租金", ("102", 100_000), ("501", -100_000))
    enter(MONTH, "修渠工钱", ("511", 30_000), ("102", -30_000), payee="陈建国")
    enter(MONTH, "应收机动地租金", ("112", 20_000), ("501", -20_000))
    enter(MONTH, "现金存银行", ("102", 5_000), ("101", -5_000))
    enter(MONTH, "领用农药", ("401", 700), ("121", -700))


def test_every_fen_of_the_month_is_told_and_adds_up_with_what_there_was(village, officer, month):
    posting = put_up_month(village, MONTH, officer("director"), NOW)
    sheet = read_sheet(posting)
    told = [line.now.cells["what"] for line in sheet.lines]
    assert told == ["上期结余", "鱼塘租金", "修渠工钱", "应收机动地租金", "现金存银行", "本期结余"]
    assert sheet.totals == {"income": 105_000, "expense": 35_000, "profit": 90_000}
    opening, closing = sheet.lines[0].now.cells["balance"], sheet.lines[-1].now.cells["balance"]
    assert (opening, closing) == (50_000, 120_000)
    assert sheet.lines[2].now.cells["payee"] == "陈*"
    assert sheet.faults == []


def test_a_month_that_runs_is_refused_with_the_article(village, officer):
    with pytest.raises(Refusal) as refused:
        put_up_month(village, TODAY, officer("director"), NOW)
    assert refused.value.code == "period-runs"
    assert "第30条" in refused.value.rule


def test_a_month_with_a_voucher_nobody_reviewed_is_refused(village, officer, enter):
    enter(MONTH, "鱼塘租金", ("102", 100), ("501", -100), reviewed_by_id=None)
    with pytest.raises(Refusal) as refused:
        put_up_month(village, MONTH, officer("director"), NOW)
    assert refused.value.code == "month-not-reviewed"
    assert "第30条" in refused.value.rule


def test_only_the_director_puts_it_up_and_only_the_director_corrects(village, officer, month):
    for role in ("bookkeeper", "overseer", "rural"):
        with pytest.raises(Refusal) as refused:
            put_up_month(village, MONTH, officer(role), NOW)
        assert refused.value.code == "not-your-duty"
    line = put_up_month(village, MONTH, officer("director"), NOW).lines.get(at=2)
    with pytest.raises(Refusal):
        correct_line(line.pk, {**line.cells, "what": "别的"}, "改", officer("bookkeeper"), NOW)
    assert (
        correct_line(line.pk, {**line.cells, "what": "别的"}, "写错", officer("director"), NOW).corrects
        == line
    )


def test_what_comes_on_the_books_later_hangs_as_a_supplement(village, officer, month, enter):
    director = officer("director")
    put_up_month(village, MONTH, director, NOW)
    with pytest.raises(Refusal) as refused:
        put_up_month(village, MONTH, director, NOW)
    assert refused.value.code == "posted-already"
    enter(LAST, "补记电费", ("511", 900), ("102", -900))
    more = put_up_month(village, MONTH, director, NOW)
    assert (more.turn, more.lines.count()) == (2, 3)
    assert [one.cells.get("balance") for one in more.lines.order_by("at")] == [120_000, None, 119_100]


def test_a_voucher_reversed_later_is_told_where_it_hangs(village, officer, enter):
    paid = enter(MONTH, "招待费", ("513", 4_000), ("101", -4_000))
    posting = put_up_month(village, MONTH, officer("director"), NOW)
    enter(TODAY, "冲销招待费", ("513", -4_000), ("101", 4_000), reverses_id=paid.pk)
    line = next(one for one in read_sheet(posting).lines if one.now.key == f"voucher:{paid.pk}")
    assert line.now.cells["what"] == f"招待费（已于 {TODAY.isoformat()} 冲销）"
    assert [old.cells["what"] for old in line.before] == ["招待费"]
    assert verify_postings([village.pk]) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda posting: PostingLine.objects.filter(posting=posting, at=2).update(cells={"what": "别的"}),
        lambda posting: PostingLine.objects.filter(posting=posting, at=2).delete(),
        lambda posting: Posting.objects.filter(pk=posting.pk).update(until_on=posting.from_on),
        lambda posting: Posting.objects.filter(pk=posting.pk).update(digest="0" * 64),
        lambda posting: Posting.objects.filter(pk=posting.pk).update(words="另加的话"),
    ],
    ids=["a line", "a line gone", "the last day", "the digest", "the words"],
)
def test_whatever_is_changed_in_the_database_is_found(village, officer, month, change):
    posting = put_up_month(village, MONTH, officer("director"), NOW)
    assert verify_postings() == []
    change(posting)
    assert [one.posting_id for one in verify_postings()] == [posting.pk]


def test_a_correction_that_is_changed_or_taken_away_is_found(village, officer, month):
    posting = put_up_month(village, MONTH, officer("director"), NOW)
    line = posting.lines.get(at=2)
    fresh = correct_line(line.pk, {**line.cells, "income": 1}, "写错", officer("director"), NOW)
    assert verify_postings() == []
    PostingLine.objects.filter(pk=fresh.pk).update(cells={**line.cells, "income": 2})
    assert [one.line for one in verify_postings()] == [2]
    PostingLine.objects.filter(pk=fresh.pk).delete()
    assert [one.line for one in verify_postings()] == [2]


def test_a_sheet_that_hangs_too_short_or_is_dated_back_is_refused_with_the_article(village):
    new = NewPosting(
        village.pk,
        "contract",
        "合同",
        "contract:1",
        (Field("a", Words("甲", "A")),),
        [("1", {"a": "x"})],
        TODAY,
        4,
    )
    back = replace(new, days=5, from_on=TODAY - timedelta(days=6))
    for one, code in ((new, "posting-too-short"), (back, "posting-backdated")):
        with pytest.raises(Refusal) as refused:
            put_up(one, None, NOW)
        assert refused.value.code == code
        assert "第30条" in refused.value.rule


def test_the_months_of_a_village_are_posted_due_or_late(village, officer, month):
    put_up_month(village, MONTH, officer("director"), NOW)
    on = LAST + timedelta(days=5)
    states = list_months([village], on, 3)[village.pk]
    assert [one.state for one in states] == ["posted", "late", "late"]
    village.founded_on = MONTH
    assert len(list_months([village], on, 3)[village.pk]) == 1


def test_a_township_may_post_by_the_quarter_and_never_less_often(village, officer, month):
    with pytest.raises(Refusal) as refused:
        set_limit("posting-months", 4, "懒", None, NOW, village.township_id)
    assert "第30条" in refused.value.rule
    set_limit("posting-months", 3, "往来不多", None, NOW, village.township_id)
    period = preview_month(village, MONTH).period
    assert period == find_period(MONTH, 3)
    assert period.subject.startswith("months:")


@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), every=st.sampled_from([1, 2, 3]))
def test_periods_follow_on_each_other_without_gap(day, every):
    period = find_period(day, every)
    assert period.first <= day <= period.last
    assert find_period(period.last + timedelta(days=1), every).first == period.last + timedelta(days=1)


@given(st.data())
def test_correcting_lines_never_loses_one(data):
    count = data.draw(st.integers(1, 6))
    rows = [PostingLine(pk=at, at=at, cells={"n": at}) for at in range(1, count + 1)]
    newest = {row.at: row for row in rows}
    for pk in range(count + 1, count + 1 + data.draw(st.integers(0, 8))):
        at = data.draw(st.integers(1, count))
        newest[at] = PostingLine(pk=pk, at=at, corrects_id=newest[at].pk, cells={"n": pk})
        rows.append(newest[at])
    lines = chain_lines(sorted(rows, key=lambda row: (row.at, row.pk)))
    assert [line.at for line in lines] == list(range(1, count + 1))
    assert sorted(row.pk for line in lines for row in (*line.before, line.now)) == sorted(
        row.pk for row in rows
    )
    assert all(line.now is newest[line.at] for line in lines)


@pytest.mark.parametrize(
    ("payee", "told"),
    [
        ("陈建国", "陈*"),
        ("欧阳建国", "欧*"),
        ("供电所", "供电所"),
        ("禾川县水务公司", "禾川县水务公司"),
        ("", ""),
    ],
)
def test_people_are_masked_and_bodies_are_named(payee, told):
    assert mask_payee(payee) == told
