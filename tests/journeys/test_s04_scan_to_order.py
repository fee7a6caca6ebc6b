"""S04 码上办 (麻城): 群众点单—后台派单—干部接单—群众评单, with 44 frequent items."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.cases.county import ZONE, serial

from huiyin.appeals.api import NewAppeal, find_tracked, report
from huiyin.cases.api import PERSON, Case, get_newest
from huiyin.people.models import Place
from huiyin.register.api import list_frequent_matters

STEPS = ["群众点单", "后台派单", "干部接单", "群众评单"]


def order(desk, key=None):
    matter = next(one for one in list_frequent_matters() if one.title == "停水了")
    spot = Place.objects.first()
    new = NewAppeal(
        "scan", "scan", matter.title, desk.now, phone="13900001234", category_id=matter.category_id,
        spot_id=spot.pk, area_id=spot.area_id, source_key=key,
    )  # fmt: skip
    return report(new, PERSON)


def test_there_are_forty_four_frequent_items_and_four_steps(desk):
    assert len(list_frequent_matters()) == 44
    assert [step.title.zh for step in get_newest("scan").steps] == STEPS


def test_an_order_goes_the_four_steps(desk):
    reported = order(desk)
    number = reported.number
    assert number.startswith("MS260304")
    assert desk.case(number).due_at == desk.now + timedelta(hours=4)
    desk.move(number, "dispatch", "hemin", lead=desk.units["water"])
    assert desk.case(number).due_at == datetime(2026, 3, 9, 17, 30, tzinfo=ZONE)
    desk.later(hours=1).move(number, "sign", "tanxue")
    desk.later(hours=3).move(number, "answer", "tanxue", reply="水阀换好了，来水了")
    assert find_tracked(number, reported.secret).headline.zh
    desk.later(hours=1).move(number, "evaluate", PERSON, solved=True, satisfied=5)
    process = get_newest("scan")
    titles = {step.key: step.title.zh for step in process.steps}
    walked = [
        titles[process.get_stage(entry.body["to"]).step]
        for entry in desk.entries(number)
        if "to" in entry.body
    ]
    assert list(dict.fromkeys(walked)) == STEPS
    assert (desk.case(number).closed_at, desk.verify(number)) == (desk.now, [])


def test_a_phone_that_sends_again_over_a_bad_network_orders_once(desk):
    key = serial()
    first, *again = (order(desk, key) for _ in range(5))
    assert {one.number for one in again} == {first.number}
    assert {one.secret for one in again} == {first.secret}
    assert Case.objects.count() == 1


def test_who_says_it_is_not_solved_gets_it_done_again(desk):
    number = order(desk).number
    desk.move(number, "dispatch", "hemin", lead=desk.units["water"])
    desk.move(number, "sign", "tanxue")
    desk.move(number, "answer", "tanxue", reply="来水了")
    desk.move(number, "evaluate", PERSON, solved=False, satisfied=2)
    assert (desk.stage(number), desk.case(number).round) == ("reopened", 2)


def test_an_urgent_order_is_dispatched_within_the_hour_and_done_in_two(desk):
    number = order(desk).number
    desk.move(number, "regrade", "hemin", grade="urgent", reason="幼儿园停水")
    assert desk.case(number).due_at == desk.now + timedelta(hours=1)
    desk.move(number, "dispatch", "hemin", lead=desk.units["water"])
    assert desk.case(number).due_at == desk.now + timedelta(hours=2)
