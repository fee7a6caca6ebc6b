"""More time, a pause, a return, hanging: asked by one, decided by another, and what it does to the clocks."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.cases.county import ZONE

from huiyin.cases.api import PERSON, Acting, ActingPost


class TestExtension:
    def ask(self, **more):
        return {"extra": "5wd", "reason": "管件在途", **more}

    def test_it_goes_to_the_head_then_to_the_centre_and_moves_the_due_date(self, desk):
        number = desk.handled()
        desk.move(number, "ask_extension", "tanxue", **self.ask())
        assert desk.case(number).due_at == datetime(2026, 3, 11, 17, 30, tzinfo=ZONE)
        desk.move(number, "endorse_extension", "zhaomingde")
        desk.move(number, "grant_extension", "guoheng", reply="等管件")
        case = desk.case(number)
        assert (case.due_at, case.extensions) == (datetime(2026, 3, 18, 17, 30, tzinfo=ZONE), 1)
        assert desk.clock(number, "handle").limits == ["5wd", "5wd"]
        assert desk.entries(number)[-1].body["extended"] == "5wd"

    def test_it_is_given_once_a_round(self, desk):
        number = desk.handled()
        desk.move(number, "ask_extension", "tanxue", **self.ask())
        desk.move(number, "endorse_extension", "zhaomingde")
        desk.move(number, "grant_extension", "guoheng", reply="等管件")
        assert desk.refuse(number, "ask_extension", "tanxue", **self.ask()).code == "extended-already"

    def test_it_is_asked_before_the_limit_has_passed(self, desk):
        number = desk.handled()
        desk.at(2026, 3, 11, 17, 30).move(number, "ask_extension", "tanxue", **self.ask())
        desk.move(number, "withdraw_ask", "tanxue")
        desk.later(seconds=1)
        assert desk.refuse(number, "ask_extension", "tanxue", **self.ask()).code == "too-late-to-extend"

    def test_it_is_one_of_those_that_the_process_offers(self, desk):
        given = self.ask(extra="30wd")
        assert desk.refuse(desk.handled(), "ask_extension", "tanxue", **given).code == "extension-too-long"

    def test_nobody_decides_what_they_asked_or_endorsed(self, desk, everything):
        number = desk.handled()
        desk.move(number, "ask_extension", everything, **self.ask())
        assert desk.refuse(number, "endorse_extension", everything).code == "same-person"
        desk.move(number, "withdraw_ask", everything)
        desk.move(number, "ask_extension", "tanxue", **self.ask())
        desk.move(number, "endorse_extension", everything)
        assert desk.refuse(number, "grant_extension", everything, reply="批准").code == "same-person"
        assert desk.refuse(number, "refuse_extension", everything, reason="不批").code == "same-person"
        desk.move(number, "grant_extension", "guoheng", reply="批准")

    def test_refused_it_leaves_the_due_date(self, desk):
        number = desk.handled()
        desk.move(number, "ask_extension", "tanxue", **self.ask())
        desk.move(number, "refuse_extension", "zhaomingde", reason="来得及")
        assert desk.case(number).due_at == datetime(2026, 3, 11, 17, 30, tzinfo=ZONE)
        assert desk.case(number).asked is None


@pytest.fixture
def everything(desk):
    """One person who is handler and head at the water company and sits in the centre as well."""
    unit = desk.units["water"]
    roles = [ActingPost(unit, "供水公司", role) for role in ("handler", "unit-head")]
    return Acting(
        "staff",
        "多面手",
        desk.acting("luoting").account_id,
        (*roles, ActingPost(desk.units["service-centre"], "中心", "centre")),
    )


class TestPause:
    def test_waiting_for_the_person_needs_evidence(self, desk):
        assert desk.refuse(desk.handled(), "ask_person", "tanxue", reply="请拍照").code == "evidence-missing"

    def test_the_due_date_moves_by_the_working_days_of_the_pause(self, desk):
        number = desk.handled()
        file = desk.give_file(number)
        desk.later(days=1).move(number, "ask_person", "tanxue", reply="请拍照", files=[file])
        case = desk.case(number)
        assert (case.paused_at, case.stage) == (desk.now, "awaiting-person")
        clock = desk.clock(number, "handle")
        assert (clock.next_at, clock.pauses[0]["reason"]) == (None, "请拍照")
        desk.at(2026, 3, 9, 9, 0).move(number, "supply", PERSON, words="见图")
        assert desk.case(number).due_at == datetime(2026, 3, 13, 17, 30, tzinfo=ZONE)
        assert desk.case(number).paused_at is None
        assert desk.clock(number, "handle").next_at > desk.now

    def test_a_clock_that_is_stopped_while_it_stands_was_kept(self, desk):
        number = desk.handled()
        desk.move(number, "ask_person", "tanxue", reply="请拍照", files=[desk.give_file(number)])
        desk.later(days=60).move(number, "withdraw", PERSON, reason="已经好了")
        clock = desk.clock(number, "handle")
        assert (clock.outcome, clock.pauses[0]["until"], clock.paused_at) == (
            "kept",
            desk.now.isoformat(),
            None,
        )


class TestReturn:
    def ask(self, desk, number):
        desk.move(number, "ask_return", "tanxue", clause="第1.1.6条", reason="表后管")

    def test_accepted_it_ends_the_part_and_the_clock_of_the_answer_runs_on_for_nobody(self, desk):
        number = desk.dispatched(assisting=["water-affairs"])
        due = desk.case(number).due_at
        self.ask(desk, number)
        desk.move(number, "accept_return", "guoheng")
        case = desk.case(number)
        assert (case.stage, case.lead_id, case.returns, case.designated) == ("to-dispatch", None, 1, False)
        assert {part.part: part.how for part in case.assignments.all()} == {
            "lead": "returned",
            "assisting": "superseded",
        }
        clock = desk.clock(number, "handle")
        assert (clock.outcome, clock.unit_id, clock.due_at) == ("running", None, due)
        assert desk.clock(number, "assist").stopped_at == desk.now
        assert desk.refuse(number, "sign", "tanxue").code == "wrong-stage"

    def test_it_cites_a_clause(self, desk):
        assert desk.refuse(desk.dispatched(), "ask_return", "tanxue", reason="表后管").field == "clause"

    def test_refused_with_designation_it_cannot_be_asked_again(self, desk):
        number = desk.dispatched()
        self.ask(desk, number)
        desk.move(number, "refuse_return", "guoheng", reason="表前", designate=True)
        part = desk.case(number).assignments.get()
        assert (desk.case(number).designated, part.designated) == (True, True)
        assert (
            desk.refuse(number, "ask_return", "tanxue", clause="第1条", reason="还是不归").code
            == "designated-unit"
        )

    def test_whoever_asked_has_taken_the_case_up_when_it_stays(self, desk):
        number = desk.dispatched()
        self.ask(desk, number)
        desk.move(number, "refuse_return", "guoheng", reason="表前")
        part = desk.case(number).assignments.get()
        assert (part.signed_at, part.officer.login, desk.case(number).officer.login) == (
            desk.now,
            "tanxue",
            "tanxue",
        )

    def test_the_clock_of_the_unit_runs_on_meanwhile(self, desk):
        number = desk.dispatched()
        due = desk.case(number).due_at
        self.ask(desk.later(days=1), number)
        assert desk.clock(number, "handle").due_at == due
        assert desk.clock(number, "handle").paused_at is None


class TestHanging:
    def hang(self, desk, number, on):
        desk.move(
            number,
            "ask_hanging",
            "tanxue",
            reason="要等管网改造",
            files=[desk.give_file(number)],
            review_on=on,
        )
        desk.move(number, "hang", "guoheng", reply="改造后办")

    def test_the_clock_stands_until_it_is_taken_up(self, desk):
        number = desk.handled()
        self.hang(desk, number, desk.now.date() + timedelta(days=20))
        assert (desk.case(number).hung_until.isoformat(), desk.case(number).paused_at) == (
            "2026-03-24",
            desk.now,
        )
        desk.later(days=5).move(number, "resume", "tanxue", reason="提前改造了")
        assert (desk.case(number).hung_until, desk.case(number).paused_at) == (None, None)

    def test_its_review_date_lies_ahead(self, desk):
        number = desk.handled()
        given = {"reason": "等", "files": [desk.give_file(number)], "review_on": desk.now.date()}
        assert desk.refuse(number, "ask_hanging", "tanxue", **given).code == "review-date-past"

    def test_today_is_the_countys_today(self, desk):
        """At half past midnight in the county it is still yesterday in UTC."""
        number = desk.handled()
        desk.at(2026, 3, 5, 0, 30)
        given = {"reason": "等", "files": [desk.give_file(number)], "review_on": desk.now.date()}
        assert desk.refuse(number, "ask_hanging", "tanxue", **given).code == "review-date-past"
