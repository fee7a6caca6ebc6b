"""What units returned is counted over a period, every count with the cases behind it."""

from __future__ import annotations

from datetime import timedelta

from huiyin.rulings.api import Period, count_returns, list_consultations, list_disputes, list_reviews


def month(court):
    return Period(court.desk.now - timedelta(days=30), court.desk.now + timedelta(days=1))


def test_every_count_has_its_cases(court):
    court.returned()
    court.returned(accepted=False)
    court.ruled()
    court.desk.handled()
    period = month(court)
    records = {one.unit.zh: one for one in count_returns(period)}
    water, affairs = records["水务公司"], records["水利局"]
    assert (water.dispatched, water.returned_of, water.asked) == (5, 3, 3)
    assert (water.accepted, water.refused, water.in_time, water.again) == (2, 1, 3, 0)
    assert (affairs.dispatched, affairs.asked, affairs.again, affairs.ruled_for) == (1, 1, 1, 1)
    for one in records.values():
        assert list_disputes(period, [one.unit_id])[1] == one.asked
        assert list_disputes(period, [one.unit_id], "accepted")[1] == one.accepted
        assert one.asked == one.open + one.accepted + one.refused + one.withdrawn + (
            one.ruled_for + one.ruled_against
        )


def test_a_unit_is_counted_alone_in_one_statement(court, django_assert_num_queries):
    court.ruled()
    with django_assert_num_queries(1):
        (one,) = count_returns(month(court), [court.desk.units["water-affairs"]])
    assert one.unit.zh == "水利局"


def test_what_waits_for_the_centre_stands_on_its_desk_with_all_that_it_needs(court):
    desk = court.desk
    first = desk.dispatched()
    court.ask(first)
    second = court.consulted()
    court.hear()
    (review,) = list_reviews(desk.now)
    assert (review.number, review.unit.zh, review.clause) == (
        first,
        "水务公司",
        "《禾川县派单目录》第1.1.6条",
    )
    assert (review.due_at, review.promised_at) == (
        desk.clock(first, "return").due_at,
        desk.case(first).due_at,
    )
    assert (review.returned, review.accepted, review.dispatched) == (2, 1, 2)
    (dispute,) = list_consultations(desk.now)
    assert (dispute.number, dispute.earlier) == (second, ("accepted 水务公司",))
    assert [(one.unit.zh, one.words) for one in dispute.opinions] == [("水务公司", "水源归水利局")]
    assert dispute.due_at == desk.clock(second, "ruling").due_at
