"""The county's own days and limits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.journal.api import drain_outbox, list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.models import Account
from huiyin.people.values import AccountInHand
from huiyin.register import api
from huiyin.register.values import DaySetting

STORM = DaySetting(date(2026, 3, 5), works=False, name=Words("暴雨停工", "Storm"), source="禾政办〔2026〕3号")


@pytest.fixture
def admin(db):
    account = Account.objects.create(login="guanxu", name="管旭")
    return AccountInHand(account.pk, "guanxu", "管旭")


def _heard():
    events = []
    drain_outbox(events.append)
    return [event.name for event in events]


def test_a_day_set_here_rules_the_calendar(admin, now):
    assert api.load_calendar().day(STORM.on).works
    api.set_day(STORM, by=admin, now=now)
    day = api.load_calendar().day(STORM.on)
    assert (day.works, day.name.en) == (False, "Storm")
    assert [one.on for one in api.list_days(2026)] == [STORM.on]


def test_the_calendar_is_read_in_two_statements(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        api.load_calendar()


def test_setting_a_day_is_journalled_and_told_upward(admin, now):
    api.set_day(STORM, by=admin, now=now)
    assert [entry.verb for entry in list_entries("register")] == ["day-set", "calendar-changed"]
    assert _heard() == ["calendar-changed"]


def test_a_day_is_set_by_a_named_paper_or_not_at_all(admin, now):
    with pytest.raises(Refusal, match="source-needed"):
        api.set_day(DaySetting(STORM.on, works=False, name=Words("停工"), source=" "), by=admin, now=now)


def test_a_day_can_be_taken_back(admin, now):
    api.set_day(STORM, by=admin, now=now)
    api.clear_day(STORM.on, by=admin, now=now)
    assert api.load_calendar().day(STORM.on).works
    assert _heard() == ["calendar-changed", "calendar-changed"]


def test_a_year_is_provisional_until_its_notice_is_entered(admin, now):
    first = date(2031, 1, 1)
    assert api.load_calendar().day(first).provisional
    new_year = DaySetting(first, works=False, name=Words("元旦", "New Year"), source="国办发明电")
    api.announce_year(2031, [new_year], "国办发明电", by=admin, now=now)
    day = api.load_calendar().day(first)
    assert (day.provisional, day.works) == (False, False)


def test_a_notice_holds_days_of_its_year_and_of_the_december_before(admin, now):
    eve, stray = (
        DaySetting(on, works=True, name=Words("调休"), source="通知")
        for on in (date(2030, 12, 29), date(2030, 11, 29))
    )
    api.announce_year(2031, [eve], "通知", by=admin, now=now)
    with pytest.raises(Refusal, match="day-outside-year"):
        api.announce_year(2031, [stray], "通知", by=admin, now=now)


def test_a_limit_set_here_stands_over_the_one_in_the_process(admin, now):
    key = ("hotline", "handle", "ordinary")
    assert api.load_limits() == {}
    api.set_limit(key, "10wd", "禾政办〔2026〕1号", by=admin, now=now)
    api.set_limit(key, " 7wd ", by=admin, now=now)
    assert api.load_limits() == {key: "7wd"}
    assert [entry.body["before"] for entry in list_entries("register")] == [None, "10wd"]
    assert [limit.by_id for limit in api.list_limits()] == [admin.id]
    api.clear_limit(key, by=admin, now=now + timedelta(minutes=1))
    assert api.load_limits() == {}
    assert _heard() == ["limit-changed"] * 3


@pytest.mark.parametrize("limit", ["", "soon", "0wd", "5 weeks", "-1d"])
def test_what_is_no_limit_is_refused_with_words(admin, now, limit):
    with pytest.raises(Refusal, match="bad-limit") as refused:
        api.set_limit(("hotline", "handle", "ordinary"), limit, by=admin, now=now)
    assert refused.value.words.en


@given(st.integers(1, 9999), st.sampled_from(["h", "d", "wd", "mo"]))
def test_every_limit_that_is_well_written_is_read_as_it_stands(amount, unit):
    from huiyin.register.limits import read_limit

    assert str(read_limit(f"{amount}{unit}")) == f"{amount}{unit}"
