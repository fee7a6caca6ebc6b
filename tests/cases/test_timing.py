"""Clocks: which one governs, when somebody is warned, and what a new calendar or limit changes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.cases.county import ZONE

from huiyin.cases import jobs, timing, watching
from huiyin.cases.api import PERSON, explain_clock, recount_clocks, resume_hung, watch_clocks
from huiyin.journal.models import Outbox
from huiyin.kernel.words import Words
from huiyin.process.api import list_shipped
from huiyin.register.api import DaySetting, load_calendar, set_day, set_limit


def events(name):
    return [event.body for event in Outbox.objects.filter(event=name).order_by("id")]


def told(desk, number):
    return [
        (e.verb, e.body["clock"], e.body["share"])
        for e in desk.entries(number)
        if e.verb.startswith("clock-")
    ]


def holiday(desk, *days):
    for on in days:
        set_day(
            DaySetting(date(*on), works=False, name=Words("放假", "Holiday"), source="禾政办〔2026〕1号"),
            by=None,
            now=desk.now,
        )


def test_the_main_clock_governs_while_it_runs(desk):
    number = desk.dispatched()
    case = desk.case(number)
    assert case.due_at == desk.clock(number, "handle").due_at > desk.clock(number, "sign").due_at


def test_before_it_the_clock_that_ends_first_governs(desk):
    number = desk.open()
    assert desk.case(number).due_at == desk.clock(number, "accept").due_at
    desk.move(number, "accept", "linxiao")
    assert desk.case(number).due_at == desk.clock(number, "dispatch").due_at


def test_after_the_answer_the_callback_governs(desk):
    number = desk.answered()
    assert desk.case(number).due_at == desk.clock(number, "callback").due_at
    assert desk.clock(number, "handle").outcome == "kept"


def test_a_closed_case_keeps_the_due_date_that_it_had(desk):
    number = desk.answered()
    due = desk.case(number).due_at
    desk.move(number, "evaluate", PERSON, solved=True, satisfied=5)
    assert (desk.case(number).due_at, desk.case(number).paused_at) == (due, None)


def test_a_due_date_can_be_explained_day_by_day(desk):
    due = explain_clock(desk.clock(desk.dispatched(), "handle"))
    assert [day.on.day for day in due.days if day.counted] == [5, 6, 9, 10, 11]
    assert {day.code for day in due.days if not day.counted} == {"start", "weekend"}


def test_warnings_come_at_their_shares_and_then_the_expiry(desk):
    number = desk.handled()
    shares = []
    while desk.now < datetime(2026, 3, 12, 9, 0, tzinfo=ZONE):
        watch_clocks(desk.later(hours=1).now)
    shares = [(verb, share) for verb, clock, share in told(desk, number) if clock == "handle"]
    assert shares == [("clock-warned", 500), ("clock-warned", 800), ("clock-expired", None)]
    assert watch_clocks(desk.later(days=30).now) == 0


def test_a_worker_that_slept_tells_the_latest_warning_alone(desk):
    number = desk.handled()
    due = desk.case(number).due_at
    watch_clocks(due - timedelta(minutes=5))
    watch_clocks(due + timedelta(minutes=5))
    assert [row for row in told(desk, number) if row[1] == "handle"] == [
        ("clock-warned", "handle", 800),
        ("clock-expired", "handle", None),
    ]


def test_a_warning_names_the_case_and_the_unit_whose_clock_it_is(desk):
    number = desk.dispatched()
    watch_clocks(desk.case(number).due_at)
    found = events("clock-expired")
    assert {(body["clock"], body["unit_id"], body["owner"]) for body in found} == {
        ("handle", desk.units["water"], "lead"),
        ("sign", desk.units["water"], "lead"),
    }
    assert {body["number"] for body in found} == {number}


def test_a_clock_of_the_centre_is_nobody_elses(desk):
    number = desk.answered()
    watch_clocks(desk.case(number).due_at)
    assert [(body["clock"], body["unit_id"], body["owner"]) for body in events("clock-expired")] == [
        ("callback", None, "centre")
    ]


def test_a_paused_clock_warns_nobody(desk):
    number = desk.handled()
    desk.move(number, "ask_person", "tanxue", reply="请拍照", files=[desk.give_file(number)])
    assert watch_clocks(desk.later(days=60).now) == 0
    desk.move(number, "supply", PERSON, words="见图")
    assert desk.case(number).due_at > desk.now
    assert watch_clocks(desk.later(days=60).now) == 1


def test_a_warning_that_came_before_the_pause_is_still_told(desk):
    number = desk.handled()
    desk.at(2026, 3, 11, 16, 0).move(
        number, "ask_person", "tanxue", reply="请拍照", files=[desk.give_file(number)]
    )
    assert watch_clocks(desk.later(days=30).now) == 1
    assert told(desk, number) == [("clock-warned", "handle", 800)]
    assert watch_clocks(desk.now) == 0


def test_more_time_is_warned_of_anew(desk):
    number = desk.handled()
    watch_clocks(desk.at(2026, 3, 11, 17, 0).now)
    desk.move(number, "ask_extension", "tanxue", extra="5wd", reason="管件在途")
    desk.move(number, "endorse_extension", "zhaomingde")
    desk.move(number, "grant_extension", "guoheng", reply="等管件")
    assert desk.clock(number, "handle").warns == [500, 800]
    watch_clocks(desk.at(2026, 3, 18, 17, 0).now)
    assert [row[2] for row in told(desk, number)] == [800, 800]


def test_a_grade_whose_limit_has_passed_already_is_told_at_once(desk):
    number = desk.handled()
    desk.later(hours=5).move(number, "regrade", "hemin", grade="urgent", reason="医院停水")
    assert desk.case(number).due_at < desk.now
    assert watch_clocks(desk.now) == 1
    assert told(desk, number)[-1] == ("clock-expired", "handle", None)
    assert watch_clocks(desk.later(days=1).now) == 0


def test_an_expiry_is_not_told_again_when_the_calendar_changes(desk):
    number = desk.handled()
    watch_clocks(desk.later(days=30).now)
    holiday(desk, (2026, 5, 20))
    assert recount_clocks(desk.now) == 1
    assert watch_clocks(desk.now) == 0
    assert [row[0] for row in told(desk, number)] == ["clock-expired"]


def test_a_new_holiday_moves_open_due_dates_and_says_so(desk):
    number, closed = desk.dispatched(), desk.answered()
    desk.move(closed, "evaluate", PERSON, solved=True, satisfied=5)
    before = desk.case(number).due_at
    holiday(desk, (2026, 3, 10), (2026, 3, 5))
    assert recount_clocks(desk.now) == 1
    case = desk.case(number)
    assert case.due_at == datetime(2026, 3, 13, 17, 30, tzinfo=ZONE)
    entry = desk.entries(number)[-1]
    change = next(change for change in entry.body["changes"] if change["clock"] == "handle")
    moved = [datetime.fromisoformat(change[when]) for when in ("before", "after")]
    assert (entry.verb, moved) == ("clock-recounted", [before, case.due_at])
    assert recount_clocks(desk.now) == 0
    assert desk.verify(number) == []


def test_a_day_far_away_changes_no_due_date_and_no_journal(desk):
    number = desk.dispatched()
    length = len(desk.entries(number))
    holiday(desk, (2026, 12, 1))
    assert recount_clocks(desk.now) == 1
    assert len(desk.entries(number)) == length


def test_recounting_goes_on_until_every_case_is_counted(desk):
    for _ in range(5):
        desk.open()
    holiday(desk, (2026, 3, 5))
    assert [recount_clocks(desk.now, limit=2) for _ in range(4)] == [2, 2, 1, 0]


def test_a_paused_clock_is_recounted_without_losing_its_due_date(desk):
    number = desk.handled()
    desk.move(number, "ask_person", "tanxue", reply="请拍照", files=[desk.give_file(number)])
    due = desk.case(number).due_at
    holiday(desk, (2026, 3, 10))
    recount_clocks(desk.now)
    assert desk.case(number).due_at == due
    desk.move(number, "supply", PERSON, words="见图")
    assert desk.case(number).due_at > due


def test_the_countys_own_limit_is_used(desk):
    set_limit(("hotline", "handle", "ordinary"), "7d", "禾政发〔2026〕3号", by=None, now=desk.now)
    number = desk.dispatched()
    assert desk.clock(number, "handle").limits == ["7d"]
    assert desk.case(number).due_at == datetime(2026, 3, 11, 17, 30, tzinfo=ZONE)


def test_running_clocks_keep_the_limit_with_which_they_started(desk):
    number = desk.dispatched()
    set_limit(("hotline", "handle", "ordinary"), "2h", by=None, now=desk.now)
    holiday(desk, (2026, 12, 1))
    recount_clocks(desk.now)
    assert desk.clock(number, "handle").limits == ["5wd"]


def test_what_hangs_is_taken_up_on_its_day_in_the_county(desk):
    number = desk.handled()
    review_on = date(2026, 3, 24)
    desk.move(
        number, "ask_hanging", "tanxue", reason="等改造", files=[desk.give_file(number)], review_on=review_on
    )
    desk.move(number, "hang", "guoheng", reply="改造后办")
    assert resume_hung(desk.at(2026, 3, 23, 23, 59).now) == 0
    assert resume_hung(desk.at(2026, 3, 24, 0, 5).now) == 1
    assert (desk.stage(number), desk.case(number).hung_until) == ("handling", None)
    assert resume_hung(desk.now) == 0


def test_the_jobs_of_the_clock_take_what_the_queue_gives_them(desk):
    desk.open()
    jobs.watch_clocks(timestamp=0)
    jobs.recount_clocks(timestamp=0)
    jobs.recount_clocks_now(name="calendar-changed", body={})
    jobs.resume_hung(timestamp=0)
    assert len(events("clock-expired")) == 1


def test_next_moment_drops_what_lies_behind(desk):
    process = next(process for process in list_shipped() if process.key == "hotline")
    rules = timing.Rules(load_calendar(), {})
    clock = timing.start_clock(process, process.clocks["handle"], "ordinary", desk.now, rules)
    due = timing.count_clock(clock, rules.calendar)
    warns = [500, 800]
    assert timing.next_moment(due, warns, desk.now) < timing.next_moment(due, [800], desk.now)
    assert timing.next_moment(due, warns, due.due_at) is None
    assert warns == []


def test_as_many_clocks_are_seen_to_as_are_asked_for(desk):
    for _ in range(3):
        desk.open()
    assert [watching.watch_clocks(desk.later(days=9).now, 2) for _ in range(3)] == [2, 1, 0]
