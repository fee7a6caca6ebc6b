"""Who answers for what: by ancestor, by area, by date; and the record of changes."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.people.api import AccountInHand
from huiyin.people.models import Account
from huiyin.register import api
from huiyin.register.values import NewDuty

TODAY = date(2026, 3, 4)
ADMIN = AccountInHand(99, "guanxu", "管旭")


def _ids(duties):
    return [duty.id for duty in duties]


def test_a_duty_for_a_category_holds_for_what_lies_below_it(county, put_duty):
    broad = put_duty(county.transport_unit, county.roads)
    assert _ids(api.list_duties_for(county.lane.pk, None, TODAY)) == [broad.pk]
    assert _ids(api.list_duties_for(county.roads.pk, None, TODAY)) == [broad.pk]


def test_a_duty_for_one_category_does_not_hold_for_its_sister_or_parent(county, put_duty):
    put_duty(county.transport_unit, county.lane)
    assert api.list_duties_for(county.bridge.pk, None, TODAY) == []
    assert api.list_duties_for(county.country.pk, None, TODAY) == []


def test_a_duty_in_a_township_holds_in_its_villages_and_nowhere_else(county, put_duty):
    local = put_duty(county.daling_unit, county.lane, county.daling)
    for area, found in (
        (county.village, [local.pk]),
        (county.daling, [local.pk]),
        (county.baisha, []),
        (county.all, []),
    ):
        assert _ids(api.list_duties_for(county.lane.pk, area.pk, TODAY)) == found
    assert api.list_duties_for(county.lane.pk, None, TODAY) == []


def test_the_most_specific_duty_comes_first(county, put_duty):
    broad = put_duty(county.transport_unit, county.roads)
    helping = put_duty(county.market_unit, county.lane, part="assisting")
    wide = put_duty(county.transport_unit, county.lane)
    township = put_duty(county.daling_unit, county.lane, county.daling)
    village = put_duty(county.daling_unit, county.lane, county.village)
    found = api.list_duties_for(county.lane.pk, county.village.pk, TODAY)
    assert _ids(found) == [village.pk, township.pk, wide.pk, helping.pk, broad.pk]
    assert (found[0].depth, found[0].local, found[-1].depth, found[-1].local) == (3, True, 1, False)


def test_a_duty_holds_from_its_first_day_to_its_last(county, put_duty):
    put_duty(county.transport_unit, county.lane, since=date(2026, 3, 1), until=date(2026, 3, 31))
    held = [
        api.list_duties_for(county.lane.pk, None, date(2026, m, d))
        for m, d in ((2, 28), (3, 1), (3, 31), (4, 1))
    ]
    assert [len(duties) for duties in held] == [0, 1, 1, 0]


def test_a_closed_unit_answers_for_nothing(county, put_duty):
    put_duty(county.transport_unit, county.lane)
    county.transport_unit.active = False
    county.transport_unit.save()
    assert api.list_duties_for(county.lane.pk, None, TODAY) == []
    off = api.list_units_off_register(frozenset({county.transport_unit.pk}), county.lane.pk, None, TODAY)
    assert off == {county.transport_unit.pk}


def test_a_unit_is_on_the_register_or_it_is_not(county, put_duty):
    duty = put_duty(county.transport_unit, county.country)
    found = api.unit_on_register(county.transport_unit.pk, county.lane.pk, county.village.pk, TODAY)
    assert (found.id, found.clause) == (duty.pk, "《目录》第1条")
    assert api.unit_on_register(county.market_unit.pk, county.lane.pk, county.village.pk, TODAY) is None


def test_a_unit_that_only_assists_is_not_on_the_register_as_lead(county, put_duty):
    put_duty(county.market_unit, county.lane, part="assisting")
    unit = county.market_unit.pk
    assert api.unit_on_register(unit, county.lane.pk, None, TODAY)
    assert api.unit_on_register(unit, county.lane.pk, None, TODAY, part="lead") is None


def test_several_units_are_checked_in_one_statement(county, put_duty, django_assert_num_queries):
    put_duty(county.transport_unit, county.roads)
    asked = frozenset({county.transport_unit.pk, county.market_unit.pk, county.daling_unit.pk})
    with django_assert_num_queries(1):
        off = api.list_units_off_register(asked, county.lane.pk, county.village.pk, TODAY)
    assert off == {county.market_unit.pk, county.daling_unit.pk}


def test_the_lead_is_the_most_specific_duty_that_leads(county, put_duty):
    put_duty(county.market_unit, county.lane, part="assisting")
    broad = put_duty(county.transport_unit, county.roads)
    assert api.find_lead_duty(county.lane.pk, None, TODAY).id == broad.pk
    assert api.find_lead_duty(county.lane.pk, None, date(2020, 1, 1)) is None


def test_a_duty_is_admitted_with_its_clause_and_ended_on_record(county, now):
    Account.objects.create(pk=ADMIN.id, login=ADMIN.login, name=ADMIN.name, password="x")
    new = NewDuty(county.transport_unit.pk, county.lane.pk, "《派单目录》第4.3.2条", TODAY)
    duty = api.add_duty(new, by=ADMIN, now=now)
    api.end_duty(duty.pk, date(2026, 12, 31), by=ADMIN, now=now)
    assert api.list_duties_of(county.transport_unit.pk, date(2026, 12, 31)) == [duty]
    assert api.list_duties_of(county.transport_unit.pk, date(2027, 1, 1)) == []
    entries = [entry for entry in list_entries("register") if entry.verb != "register-version"]
    assert [(entry.verb, entry.actor) for entry in entries] == [
        ("duty-added", "管旭"),
        ("duty-ended", "管旭"),
    ]


@pytest.mark.parametrize(
    ("change", "code"), [({"clause": " "}, "clause-needed"), ({"part": "king"}, "part-unknown")]
)
def test_a_duty_without_clause_or_part_is_refused(county, now, change, code):
    told = {"clause": "第1条", "valid_from": TODAY, **change}
    new = NewDuty(county.transport_unit.pk, county.lane.pk, **told)
    with pytest.raises(Refusal, match=code):
        api.add_duty(new, by=ADMIN, now=now)


def test_a_duty_does_not_end_before_it_begins(county, put_duty, now):
    duty = put_duty(county.transport_unit, county.lane)
    for number, code in ((duty.pk, "ends-before-start"), (0, "duty-not-found")):
        with pytest.raises(Refusal, match=code):
            api.end_duty(number, date(2024, 12, 31), by=ADMIN, now=now)


def test_every_duty_is_listed_and_none_ends_before_it_begins(county, put_duty, now):
    over = put_duty(county.transport_unit, county.lane, until=date(2025, 2, 1))
    held = put_duty(county.market_unit, county.roads)
    assert {duty.pk for duty in api.list_all_duties()} == {over.pk, held.pk}
    new = NewDuty(county.market_unit.pk, county.lane.pk, "第1条", TODAY, valid_until=date(2026, 3, 3))
    with pytest.raises(Refusal, match="ends-before-start"):
        api.add_duty(new, by=ADMIN, now=now)
