"""Every change of the register is a version: numbered, signed, with its reason; each can be read again."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.kernel.refusals import Refusal
from huiyin.people.api import AccountInHand
from huiyin.people.models import Account
from huiyin.register import api
from huiyin.register.values import Cause, NewDuty

TODAY = date(2026, 3, 4)
PAPER = Cause("禾政办〔2026〕3号", "sheet")


@pytest.fixture
def admin(county):
    account = Account.objects.create(login="guanxu", name="管旭", password="x")
    return AccountInHand(account.pk, account.login, account.name)


def _new(unit, category, clause="第1条", **more):
    return NewDuty(unit.pk, category.pk, clause, more.pop("since", TODAY), **more)


def test_a_change_of_many_duties_is_one_version_with_its_paper(county, admin, now):
    first = api.add_duties([_new(county.transport_unit, county.roads)], by=admin, now=now, cause=PAPER)
    news = [_new(county.market_unit, county.lane, "第2条"), _new(county.daling_unit, county.bridge, "第3条")]
    changed = api.change_register(news, {first[0].pk: TODAY}, by=admin, now=now, cause=PAPER)
    newest, oldest = api.list_versions()
    assert (oldest.number, newest.number, changed.version) == (1, 2, 2)
    assert (newest.added, newest.ended, newest.reason, newest.by_name) == (2, 1, PAPER.reason, "管旭")
    assert (newest.on, newest.source) == (date(2026, 3, 4), "sheet")


def test_nothing_changed_makes_no_version(county, put_duty, now):
    duty = put_duty(county.transport_unit, county.lane, until=TODAY)
    assert api.change_register(by=None, now=now).version is None
    assert api.change_register(ends={duty.pk: TODAY}, by=None, now=now).version is None
    assert api.change_register(ends={0: TODAY}, by=None, now=now).refused[0].code == "duty-not-found"
    assert api.list_versions() == []


def test_a_version_shows_what_was_added_what_ended_and_what_passed_from_unit_to_unit(county, now):
    kept = api.add_duty(_new(county.transport_unit, county.bridge), by=None, now=now)
    over = api.add_duty(_new(county.market_unit, county.roads), by=None, now=now)
    moved = _new(county.daling_unit, county.bridge, "第9条")
    fresh = _new(county.market_unit, county.lane, "第10条")
    number = api.change_register([moved, fresh], {kept.pk: TODAY, over.pk: TODAY}, by=None, now=now).version
    lines = api.list_differences(number)
    assert [(line.act, line.duty.clause) for line in lines] == [
        ("changed", "第9条"),
        ("added", "第10条"),
        ("ended", "第1条"),
    ]
    assert (lines[0].before.unit_id, lines[0].duty.unit_id) == (
        county.transport_unit.pk,
        county.daling_unit.pk,
    )


def test_each_version_is_read_again_as_it_was(county, now):
    first = api.add_duty(_new(county.transport_unit, county.lane), by=None, now=now)
    api.add_duty(_new(county.market_unit, county.roads, "第2条"), by=None, now=now)
    api.end_duty(first.pk, date(2026, 12, 31), by=None, now=now)
    api.end_duty(first.pk, date(2026, 6, 30), by=None, now=now)
    ends = [
        {duty.clause: duty.valid_until for duty in api.list_register_of(number)} for number in (1, 2, 3, 4)
    ]
    assert ends == [
        {"第1条": None},
        {"第1条": None, "第2条": None},
        {"第1条": date(2026, 12, 31), "第2条": None},
        {"第1条": date(2026, 6, 30), "第2条": None},
    ]
    acts = [(change.act, change.version_id) for change in api.list_history(first.pk)]
    assert acts == [("added", 1), ("ended", 3), ("ended", 4)]


def test_a_duty_that_was_over_before_a_version_is_not_in_it(county, now):
    over = api.add_duty(_new(county.transport_unit, county.lane, since=date(2025, 1, 1)), by=None, now=now)
    api.end_duty(over.pk, date(2025, 12, 31), by=None, now=now)
    assert [duty.pk for duty in api.list_register_of(1)] == [over.pk]
    assert api.list_register_of(2) == []
    with pytest.raises(Refusal, match="version-not-found"):
        api.list_register_of(3)


def test_the_version_of_a_day_is_the_newest_that_there_was(county, now):
    assert api.find_version_on(TODAY) is None
    api.add_duty(_new(county.transport_unit, county.lane), by=None, now=now)
    assert api.find_version_on(date(2026, 3, 3)) is None
    assert api.find_version_on(TODAY).number == 1


def test_twenty_thousand_duties_are_one_version_in_a_few_statements(
    county, now, django_assert_max_num_queries
):
    news = [_new(county.transport_unit, county.lane, f"第{at}条") for at in range(20_000)]
    with django_assert_max_num_queries(40):
        changed = api.change_register(news, by=None, now=now)
    with django_assert_max_num_queries(40):
        api.change_register(ends={duty.pk: TODAY for duty in changed.duties}, by=None, now=now)
    assert [version.ended for version in api.list_versions()] == [20_000, 0]


def test_a_duty_is_found_by_words_of_the_matter_the_clause_the_basis_or_the_unit(county, put_duty):
    broad = put_duty(county.transport_unit, county.roads)
    local = put_duty(county.daling_unit, county.lane, county.daling)

    def find(words, **more):
        return {duty.pk for duty in api.find_duties(api.DutyQuery(words, **more))}

    assert find(county.lane.name) == {broad.pk, local.pk}, "a duty for what lies above holds as well"
    assert find(county.daling_unit.short) == {local.pk}
    assert find(f"{county.lane.name} {county.daling_unit.short}") == {local.pk}
    assert find("目录") == {broad.pk, local.pk}
    assert find("没有这样的事") == set()
    assert find("", area_id=county.baisha.pk) == {broad.pk}
    assert find("", area_id=county.village.pk) == {broad.pk, local.pk}
    assert find("", category_id=county.lane.pk) == {broad.pk, local.pk}
    assert find("", category_id=county.bridge.pk) == {broad.pk}
    assert find("", unit_id=county.daling_unit.pk, part="lead", on=TODAY) == {local.pk}
    assert find("", part="assisting") == set()
    assert find("", on=date(2020, 1, 1)) == set()
    assert api.count_duties(api.DutyQuery("目录", on=TODAY)) == 2
