"""Disputes and rulings stand beside the records of their cases, and can be made from them again."""

from __future__ import annotations

import pytest
from tests.rulings.courts import CLAUSE

from huiyin.cases.api import PERSON
from huiyin.register.api import list_duties_of
from huiyin.rulings.api import Dispute, Ruling, keep_all, keep_disputes


def told(number):
    return [
        (one.unit.key, one.outcome, one.again)
        for one in Dispute.objects.filter(case__number=number).select_related("unit").order_by("seq")
    ]


def test_a_return_stands_from_the_moment_that_it_is_asked(court):
    number = court.desk.dispatched()
    court.ask(number)
    court.hear()
    assert told(number) == [("water", "open", False)]
    one = Dispute.objects.get()
    assert (one.asked_at, one.in_time, one.clause) == (court.desk.now, True, CLAUSE)
    assert "谭雪" in one.asked_by


@pytest.mark.parametrize(("accepted", "outcome"), [(True, "accepted"), (False, "refused")])
def test_its_decision_stands_beside_it(court, accepted, outcome):
    number = court.returned(accepted=accepted)
    court.hear()
    assert told(number) == [("water", outcome, False)]
    one = Dispute.objects.get()
    assert (one.decided_at, one.decided_in_time) == (court.desk.now, True)
    assert "郭恒" in one.decided_by


def test_a_late_decision_is_known_as_late(court):
    number = court.desk.dispatched()
    court.ask(number)
    court.desk.later(days=20).move(number, "accept_return", "guoheng")
    court.hear()
    assert Dispute.objects.get().decided_in_time is False


def test_what_a_unit_takes_back_or_a_person_withdraws_was_never_decided(court):
    first, second = court.desk.dispatched(), court.desk.dispatched()
    for number in (first, second):
        court.ask(number)
    court.desk.move(first, "withdraw_ask", "tanxue")
    court.desk.move(second, "withdraw", PERSON, reason="好了")
    court.hear()
    assert [*told(first), *told(second)] == [("water", "withdrawn", False), ("water", "lapsed", False)]
    court.ask(first)
    court.hear()
    assert told(first)[-1] == ("water", "open", False)


def test_a_ruling_tells_who_won_and_what_each_unit_said(court):
    number = court.ruled()
    assert told(number) == [("water", "accepted", False), ("water-affairs", "ruled-for", True)]
    ruling = Ruling.objects.get()
    assert (ruling.number, ruling.year, ruling.serial) == ("裁〔2026〕1号", 2026, 1)
    assert (ruling.lead.key, ruling.clause, ruling.reason) == ("water", CLAUSE, "管网由供水企业管护")
    assert [(one["name"], one["words"]) for one in ruling.opinions] == [
        ("水利局", "管网归水务公司"),
        ("水务公司", "水源归水利局"),
    ]
    assert Dispute.objects.get(outcome="ruled-for").ruling == ruling


def test_a_unit_that_said_nothing_in_time_is_named_as_silent(court):
    number = court.returned()
    court.desk.later(hours=1).dispatch(number, lead="water-affairs")
    court.ask(number, "gezhendong")
    court.desk.later(days=9)
    given = {"lead": court.desk.units["water-affairs"], "reason": "水源管护"}
    court.desk.move(number, "rule", "guoheng", **given)
    court.hear()
    silent = [one["name"] for one in Ruling.objects.get().opinions if not one.get("at")]
    assert silent == ["水务公司"]
    assert told(number)[-1] == ("water-affairs", "ruled-against", True)


def test_a_cited_clause_of_the_list_is_tied_to_its_duty(court):
    desk = court.desk
    duty = list_duties_of(desk.units["water"], desk.now.date())[0]
    exact, spaced, other = desk.dispatched(), desk.dispatched(), desk.dispatched()
    court.ask(exact, clause=duty.clause)
    court.ask(spaced, clause=f" {duty.clause.replace('第', ' 第')} ")
    court.ask(other, clause="县里去年的会议纪要")
    court.hear()
    ties = dict(Dispute.objects.values_list("case__number", "duty__clause"))
    assert ties == {exact: duty.clause, spaced: duty.clause, other: None}


def test_the_same_record_gives_the_same_rows_however_often_it_is_read(court):
    number = court.ruled()
    case = court.desk.case(number)
    before = list(Dispute.objects.order_by("id").values())
    keep_disputes(case.pk)
    assert list(Dispute.objects.order_by("id").values()) == before
    Dispute.objects.all().delete()
    Ruling.objects.all().delete()
    assert keep_all() == 1
    assert told(number) == [("water", "accepted", False), ("water-affairs", "ruled-for", True)]
