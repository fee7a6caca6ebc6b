"""The bell of a unit: what its people should know at once, each thing once."""

from __future__ import annotations

import pytest

from huiyin.appeals import hearing, jobs
from huiyin.appeals.api import (
    NOTICE_KINDS,
    Message,
    NewAppeal,
    count_unread,
    hear_now,
    list_notices,
    read_notices,
    report,
)
from huiyin.appeals.models import Notice
from huiyin.appeals.notices import note_clock, note_move
from huiyin.cases.api import PERSON, SYSTEM, watch_clocks
from huiyin.journal.api import Event
from huiyin.journal.models import Outbox
from huiyin.people.models import Unit


def ring(desk):
    """Hear everything that happened, as the jobs do."""
    for event in Outbox.objects.order_by("id"):
        if event.event == "case-moved":
            note_move(event.body, desk.now)
        elif event.event.startswith("clock-"):
            note_clock(event.body, event.event, desk.now)


def bell(desk, *units):
    return [(one.kind, one.case.number) for one in list_notices([desk.units[unit] for unit in units])]


def test_a_dispatch_rings_at_each_unit_that_has_a_part(desk):
    number = desk.dispatched(assisting=["water-affairs"])
    ring(desk)
    assert bell(desk, "water") == bell(desk, "water-affairs") == [("dispatched", number)]
    assert bell(desk, "housing") == []


def test_each_thing_rings_once_though_it_is_heard_twice(desk):
    desk.dispatched()
    event = Outbox.objects.filter(event="case-moved").latest("id").body
    assert [note_move(event, desk.now) for _ in range(2)] == [1, 0]


@pytest.mark.parametrize(
    ("move", "by", "inputs", "kind"),
    [
        ("hurry", PERSON, {}, "hurried"),
        ("supervise", "chengmo", {"note": "请抓紧"}, "supervised"),
        ("add_words", PERSON, {"words": "还在停"}, "more-words"),
    ],
)
def test_what_people_say_rings(desk, move, by, inputs, kind):
    number = desk.handled()
    Outbox.objects.all().delete()
    desk.move(number, move, by, **inputs)
    ring(desk)
    assert bell(desk, "water") == [(kind, number)]
    assert kind in NOTICE_KINDS


def test_a_case_that_comes_back_rings_at_its_lead(desk):
    number = desk.answered()
    Outbox.objects.all().delete()
    desk.move(number, "evaluate", PERSON, solved=False, satisfied=1)
    ring(desk)
    assert bell(desk, "water") == [("reopened", number)]


def test_what_concerns_no_unit_rings_nowhere(desk):
    desk.move(desk.open(), "accept", "linxiao")
    ring(desk)
    assert Notice.objects.count() == 0


def test_warnings_ring_at_the_unit_whose_clock_it_is(desk):
    number = desk.dispatched()
    Outbox.objects.all().delete()
    watch_clocks(desk.case(number).due_at)
    ring(desk)
    ring(desk)
    assert set(bell(desk, "water")) == {("clock-expired", number)}
    assert len(bell(desk, "water")) == 2
    assert {one.body["clock"] for one in list_notices([desk.units["water"]])} == {"handle", "sign"}


def test_the_centres_own_clocks_ring_at_the_centre_and_not_at_the_unit(desk):
    number = desk.answered()
    Outbox.objects.all().delete()
    watch_clocks(desk.case(number).due_at)
    ring(desk)
    assert bell(desk, "water") == []
    centre = Unit.objects.get(kind="centre").key
    assert bell(desk, centre) == [("clock-expired", number)]


def test_what_was_read_is_unread_no_more(desk):
    desk.dispatched(), desk.dispatched()
    ring(desk)
    units = [desk.units["water"]]
    assert count_unread(units) == 2
    assert read_notices(units, desk.now) == 2
    assert (count_unread(units), read_notices(units, desk.now), len(list_notices(units))) == (0, 0, 2)
    assert len(list_notices(units, most=1)) == 1


def test_the_job_of_the_clock_notes_what_it_hears(desk):
    desk.dispatched()
    watch_clocks(desk.later(days=2).now)
    event = Outbox.objects.filter(event__startswith="clock-").latest("id")
    jobs.hear_clock(name=event.event, body=event.body)
    assert Notice.objects.count() == 1


def test_all_at_once_as_the_demo_hears_it(desk):
    new = [
        NewAppeal("hotline", "portal", words, desk.now, phone="13900001234")
        for words in ("停水了", "停水两天")
    ]
    leader, member = (report(one, SYSTEM).number for one in new)
    desk.move(member, "merge", "linxiao", into=leader)
    desk.move(leader, "answer_at_once", "linxiao", reply="来水了")
    for event in list(Outbox.objects.order_by("id")):
        hear_now(Event(event.event, event.subject, event.body, event.at))
    assert desk.stage(member) == "finished"
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    assert hearing.hear_now is hear_now
