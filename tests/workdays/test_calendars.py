"""A calendar tells each date by notice, override or weekday, and names its own contents."""

from __future__ import annotations

from datetime import date, time, timedelta

import chinese_calendar
import pytest

from huiyin.kernel.words import Words
from huiyin.workdays.api import NOTICED, Calendar, DayRule, Uncountable


def rule(on: date, works: bool, zh: str = "") -> DayRule:
    return DayRule(on, works, Words(zh), "县政府通知")


def ruled(*rules: DayRule, **others) -> Calendar:
    return Calendar({each.on: each for each in rules}, **others)


def test_every_date_of_every_notice_agrees_with_the_published_data():
    calendar, on = Calendar(), date(min(NOTICED), 1, 1)
    while on.year <= max(NOTICED):
        day = calendar.day(on)
        assert day.works == chinese_calendar.is_workday(on) == calendar.works(on.toordinal())
        assert not day.provisional
        on += timedelta(days=1)


def test_the_kinds_of_days_have_names_in_both_languages():
    calendar = Calendar()
    told = {
        on: calendar.day(date.fromisoformat(on))
        for on in ("2026-09-25", "2026-10-10", "2026-10-11", "2026-10-12")
    }
    assert [(day.kind, day.works) for day in told.values()] == [
        ("holiday", False), ("makeup", True), ("weekend", False), ("workday", True)
    ]  # fmt: skip
    assert [day.name.zh for day in told.values()] == ["中秋节", "国庆节调休上班", "周日", "工作日"]
    assert told["2026-10-10"].name.en == "Make-up working day for National Day"


@pytest.mark.parametrize("year", [1950, 2003, 2050])
def test_a_year_without_a_notice_is_told_by_weekday_and_provisional(year):
    calendar = Calendar()
    day = calendar.day(date(year, 10, 1))
    assert day.provisional
    assert day.works == (date(year, 10, 1).weekday() < 5)


def test_an_override_rules_its_date_and_leaves_the_year_provisional_until_announced():
    on = date(2050, 10, 3)
    assert on.weekday() == 0
    calendar = ruled(rule(on, False, "国庆节"))
    day = calendar.day(on)
    assert (day.works, day.kind, day.name.zh, day.provisional) == (False, "holiday", "国庆节", True)
    announced = ruled(rule(on, False, "国庆节"), announced=frozenset({2050}))
    assert not announced.day(on).provisional
    assert not announced.day(date(2050, 5, 4)).provisional


def test_an_override_makes_a_weekend_a_working_day_and_back():
    calendar = ruled(rule(date(2026, 10, 17), True), rule(date(2026, 10, 10), False))
    assert (calendar.day(date(2026, 10, 17)).kind, calendar.day(date(2026, 10, 17)).name.zh) == (
        "makeup",
        "调休上班",
    )
    assert (calendar.day(date(2026, 10, 10)).kind, calendar.day(date(2026, 10, 10)).name.zh) == (
        "holiday",
        "休息日",
    )
    assert calendar.works(date(2026, 10, 17).toordinal())
    assert not calendar.works(date(2026, 10, 10).toordinal())


def test_the_digest_names_the_contents_whatever_their_order():
    one, other = rule(date(2026, 10, 12), False, "县庆"), rule(date(2026, 10, 17), True)
    assert ruled(one, other) == ruled(other, one)
    assert hash(ruled(one, other)) == hash(ruled(other, one))
    different = [
        Calendar(), ruled(one), ruled(one, other), Calendar(close=time(18)), Calendar(zone="Asia/Urumqi"),
        Calendar(announced=frozenset({2050})),
    ]  # fmt: skip
    assert len({calendar.digest for calendar in different}) == len(different)
    assert all(len(calendar.digest) == 16 for calendar in different)


def test_a_calendar_keeps_its_contents_when_the_mapping_changes_later():
    rules = {date(2026, 10, 12): rule(date(2026, 10, 12), False)}
    calendar = Calendar(rules)
    before = calendar.digest
    rules.clear()
    assert not calendar.day(date(2026, 10, 12)).works
    assert Calendar(calendar.overrides).digest == before


def test_a_calendar_that_contradicts_itself_is_refused():
    with pytest.raises(Uncountable):
        Calendar({date(2026, 1, 1): rule(date(2026, 1, 2), True)})
    with pytest.raises(Uncountable):
        _ = Calendar(zone="Asia/Nowhere").tzinfo
