"""A sheet hangs for its days, answers what is asked under it, and is corrected in the open."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from huiyin.economy.postings.api import Field, NewPosting, PostingLine, correct_line, demand_over, put_up
from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

NOW = timezone.now()
DAY = timezone.localdate(NOW)


@pytest.fixture
def sheet(village):
    """A roster of two people for five days."""
    return NewPosting(
        village.pk, "roster", "成员名单", "case:RY1", (Field("name", Words("姓名", "Name")),),
        (("member:1", {"name": "王*"}), ("member:2", {"name": "李*"})), DAY, 5,
    )  # fmt: skip


def test_a_sheet_is_over_when_its_last_day_has_passed(village, sheet):
    posting = put_up(sheet, None, NOW)
    with pytest.raises(Refusal) as early:
        demand_over(village.pk, "case:RY1", 1, NOW + timedelta(days=5))
    assert early.value.code == "posting-runs"
    assert "第30条" in early.value.rule
    assert demand_over(village.pk, "case:RY1", 1, NOW + timedelta(days=6)) == posting


def test_the_same_sheet_hangs_once_and_the_second_comes_after_the_first(village, sheet):
    assert put_up(sheet, None, NOW).pk == put_up(sheet, None, NOW).pk
    with pytest.raises(Refusal) as refused:
        demand_over(village.pk, "case:RY1", 2, NOW)
    assert refused.value.code == "not-posted"


def test_a_corrected_line_stands_beside_the_wrong_one_and_in_the_journal(village, sheet):
    posting = put_up(sheet, None, NOW)
    first = posting.lines.get(at=1)
    fresh = correct_line(first.pk, {"name": "汪*"}, "姓氏写错", None, NOW)
    assert PostingLine.objects.get(pk=first.pk).cells == {"name": "王*"}
    assert fresh.corrects_id == first.pk
    with pytest.raises(Refusal):
        correct_line(first.pk, {"name": "黄*"}, "又改", None, NOW)
    verbs = [one.verb for one in list_entries(f"organisation:{village.code}")]
    assert verbs == ["put-up", "correct-posting"]


def test_days_are_counted_on_the_countys_clock(village, sheet):
    posting = put_up(sheet, None, datetime(2026, 3, 1, 23, 30, tzinfo=timezone.get_current_timezone()))
    assert posting.until_on - posting.from_on == timedelta(days=5)
    assert isinstance(posting.from_on, date)
