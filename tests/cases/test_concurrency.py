"""Two who act at the same moment: each sees what the other did, and nothing is done twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from tests.cases.county import serial

from huiyin.cases import watching
from huiyin.cases.api import SYSTEM, Case, free_members, open_cases, share_answer
from huiyin.journal.api import verify
from huiyin.journal.models import Outbox
from huiyin.kernel.refusals import Refusal

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works):
    """Run the works at the same moment, each on its own connection; what each answered, or why it did not."""
    start = Barrier(len(works))

    def run(work):
        start.wait()
        try:
            return work()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_the_same_source_key_on_two_connections_opens_one_case(open_desk):
    new = open_desk.new(source_key=serial())
    found = at_once(*[lambda: open_cases([new], SYSTEM)[0]] * 4)
    assert sum(one.fresh for one in found) == 1
    assert len({one.number for one in found}) == 1
    assert Case.objects.count() == 1


def test_the_same_client_key_on_two_connections_acts_once(open_desk):
    number = open_desk.open()
    open_desk.acting("linxiao")
    found = at_once(*[lambda: open_desk.move(number, "hurry", "linxiao", key="k1")] * 4)
    assert sorted(one.repeated for one in found) == [False, True, True, True]
    assert open_desk.case(number).hurries == 1


def test_a_move_that_waited_sees_what_the_other_wrote(open_desk):
    """The assisting unit reports while the handler signs: neither writes over the clocks of the other."""
    number = open_desk.dispatched(assisting=["water-affairs"])
    open_desk.acting("gezhendong"), open_desk.acting("tanxue")
    at_once(
        lambda: open_desk.move(number, "assist_report", "gezhendong", reply="阀门已关"),
        lambda: open_desk.move(number, "sign", "tanxue"),
    )
    parts = {part.part: part for part in open_desk.case(number).assignments.all()}
    assert parts["assisting"].ended_at is not None
    assert parts["lead"].signed_at is not None
    assert open_desk.clock(number, "assist").outcome == "kept"
    assert open_desk.clock(number, "sign").outcome == "kept"


def test_of_two_dispatches_the_second_is_told_where_the_case_stands(open_desk):
    number = open_desk.open()
    open_desk.acting("hemin"), open_desk.units, open_desk.categories
    found = at_once(*[lambda: open_desk.dispatch(number)] * 2)
    assert "wrong-stage" in found
    assert open_desk.case(number).assignments.count() == 1


def test_two_cases_merged_into_each_other_end_as_one_group(open_desk):
    one, other = open_desk.open(), open_desk.open()
    open_desk.acting("linxiao")
    found = at_once(
        lambda: open_desk.move(one, "merge", "linxiao", into=other),
        lambda: open_desk.move(other, "merge", "linxiao", into=one),
    )
    assert "same-case" in found
    assert sorted(case.members for case in Case.objects.all()) == [0, 1]


def test_a_follower_is_let_go_while_its_leader_is_merged(open_desk):
    leader, follower, top = open_desk.open(), open_desk.open(), open_desk.open()
    open_desk.move(follower, "merge", "linxiao", into=leader)
    open_desk.acting("hemin")
    at_once(
        lambda: open_desk.move(follower, "unmerge", "hemin", reason="不是一件事"),
        lambda: open_desk.move(leader, "merge", "linxiao", into=top),
    )
    following = Case.objects.filter(group__number=top).count()
    assert open_desk.case(top).members == following == 1
    assert open_desk.case(leader).members == 0


def test_two_workers_tell_each_warning_once(open_desk):
    for _ in range(20):
        open_desk.open()
    open_desk.later(days=3)
    found = at_once(*[lambda: watching.watch_clocks(open_desk.now, 500)] * 2)
    assert sum(found) == 20
    assert Outbox.objects.filter(event="clock-expired").count() == 20
    assert verify().findings == []


def test_a_worker_passes_over_a_case_that_somebody_moves(open_desk):
    number = open_desk.open()
    open_desk.later(days=3)
    with transaction.atomic():
        open_desk.move(number, "accept", "linxiao")
        assert at_once(lambda: watching.watch_clocks(open_desk.now)) == [0]
    assert watching.watch_clocks(open_desk.now) == 0


def test_an_answer_shared_by_two_jobs_reaches_each_member_once(open_desk):
    leader, *members = (open_desk.open() for _ in range(5))
    for member in members:
        open_desk.move(member, "merge", "linxiao", into=leader)
    version = open_desk.case(leader).version
    found = at_once(*[lambda: share_answer(leader, "水已经来了", version, open_desk.now)] * 2)
    assert sum(found) == 4
    assert all(sum(e.verb == "share_answer" for e in open_desk.entries(member)) == 1 for member in members)
    assert free_members(leader, open_desk.now) == 0
