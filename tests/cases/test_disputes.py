"""A return is reviewed once; the second dispute is settled by the units together, and then for good."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.cases.county import ZONE

from huiyin.appeals.api import hear_now, list_notices
from huiyin.cases.api import watch_clocks
from huiyin.journal.api import drain_outbox
from huiyin.register.api import set_limit

CLAUSE, WHY = "《禾川县派单目录》第1.1.6条", "表后管归业主"


def ask(desk, number, by="tanxue"):
    desk.move(number, "ask_return", by, clause=CLAUSE, reason=WHY)


def disputed(desk, **more):
    """A case whose first return was refused."""
    number = desk.dispatched(**more)
    ask(desk, number)
    desk.move(number, "refuse_return", "guoheng", reason="表前管归水务")
    return number


def consulted(desk):
    """A case of which the second unit, too, wants to be rid."""
    number = desk.dispatched()
    ask(desk, number)
    desk.move(number, "accept_return", "guoheng")
    desk.later(hours=1).dispatch(number, lead="water-affairs")
    ask(desk, number, "gezhendong")
    return number


def rule(desk, number, lead="water", by="guoheng", **more):
    desk.move(number, "rule", by, lead=desk.units[lead], reason="管网由供水企业管护", clause=CLAUSE, **more)


def bells(desk, unit):
    return {one.kind for one in list_notices([desk.units[unit]])}


def hear():
    while drain_outbox(hear_now):
        pass


class TestTimeToReturn:
    def test_a_return_is_asked_within_a_working_day_of_the_dispatch(self, desk):
        number = desk.dispatched()
        desk.at(2026, 3, 5, 17, 29)
        ask(desk, number)
        assert desk.stage(number) == "return-review"

    def test_after_that_it_is_refused_by_the_rule(self, desk):
        number = desk.dispatched()
        desk.at(2026, 3, 5, 17, 31)
        refusal = desk.refuse(number, "ask_return", "tanxue", clause=CLAUSE, reason=WHY)
        assert (refusal.code, "03-05 17:30" in refusal.words.zh) == ("too-late-to-return", True)
        assert "派单办法" in refusal.rule

    def test_the_county_sets_the_limit(self, desk):
        set_limit(("hotline", "return-window", "ordinary"), "2wd", by=None, now=desk.now)
        number = desk.dispatched()
        desk.at(2026, 3, 6, 17, 0)
        ask(desk, number)

    def test_that_the_time_is_over_is_nobodys_fault(self, desk):
        number = desk.dispatched()
        watch_clocks(desk.later(days=30).now)
        told = {entry.body.get("clock") for entry in desk.entries(number)}
        assert ("return-window" in told, "handle" in told) == (False, True)

    def test_a_refused_unit_may_dispute_that_within_the_same_limit(self, desk):
        number = disputed(desk)
        window = desk.clock(number, "return-window")
        assert window.started_at == desk.now
        desk.later(days=1)
        ask(desk, number)
        assert desk.stage(number) == "consultation"


class TestThePromise:
    def test_a_return_and_another_dispatch_do_not_put_it_off(self, desk):
        number = desk.dispatched()
        promised = desk.case(number).due_at
        ask(desk.later(hours=5), number)
        desk.later(days=1).move(number, "accept_return", "guoheng")
        assert desk.case(number).due_at == promised
        desk.later(days=1).dispatch(number, lead="water-affairs")
        assert desk.case(number).due_at == promised
        assert desk.clock(number, "handle").unit_id == desk.units["water-affairs"]

    def test_while_no_unit_holds_the_case_the_centre_is_warned(self, desk):
        number = desk.dispatched()
        ask(desk, number)
        desk.move(number, "accept_return", "guoheng")
        watch_clocks(desk.later(days=30).now)
        hear()
        assert "clock-expired" in bells(desk, "service-centre")


class TestConsultation:
    @pytest.mark.parametrize("make", [disputed, consulted])
    def test_the_second_dispute_does_not_go_to_the_simple_review(self, desk, make):
        number = make(desk)
        if make is disputed:
            ask(desk, number)
        case = desk.case(number)
        assert (case.stage, case.stage_kind, case.disputes) == ("consultation", "review", 1)
        for move in ("accept_return", "refuse_return", "withdraw_ask"):
            assert desk.refuse(number, move, "guoheng", reason="x").code in {"wrong-stage", "not-your-duty"}

    def test_the_units_that_gave_it_back_before_are_asked(self, desk):
        number = consulted(desk)
        parts = {(part.unit_id, part.part) for part in desk.case(number).assignments.filter(ended_at=None)}
        assert parts == {(desk.units["water-affairs"], "lead"), (desk.units["water"], "consulted")}
        hear()
        assert "consulted" in bells(desk, "water")

    def test_each_has_two_working_days_for_its_opinion(self, desk):
        number = consulted(desk)
        clock = desk.clock(number, "opinion")
        assert (clock.unit_id, clock.due_at) == (
            desk.units["water"],
            datetime(2026, 3, 6, 17, 30, tzinfo=ZONE),
        )
        desk.move(number, "give_opinion", "tanxue", opinion="水源归水利局")
        assert desk.clock(number, "opinion").outcome == "kept"
        assert desk.entries(number)[-1].body["unit"] == desk.units["water"]
        assert desk.refuse(number, "give_opinion", "tanxue", opinion="再说").code == "not-your-duty"

    def test_the_centre_invites_more_units_each_once(self, desk):
        number = consulted(desk)
        more = [desk.units["housing"], desk.units["water"]]
        desk.later(hours=2).move(number, "invite", "guoheng", invited=more)
        assert desk.case(number).assignments.filter(part="consulted", ended_at=None).count() == 2
        assert desk.clock(number, "opinion").unit_id == desk.units["housing"]
        assert desk.refuse(number, "invite", "guoheng", invited=more).code == "consulted-already"
        desk.move(number, "give_opinion", "luoting", opinion="小区内归物业")

    def test_no_ruling_before_the_opinions_are_in_or_their_time_is_over(self, desk):
        number = consulted(desk)
        given = {"lead": desk.units["water"], "reason": "管网归水务"}
        assert desk.refuse(number, "rule", "guoheng", **given).code == "opinions-open"
        desk.at(2026, 3, 6, 17, 31)
        rule(desk, number)
        silent = desk.case(number).assignments.get(part="consulted")
        assert (silent.how, silent.answered_at) == ("silent", None)

    def test_one_that_stays_undecided_is_told_to_the_leader_and_the_board(self, desk):
        number = consulted(desk)
        watch_clocks(desk.later(days=10).now)
        hear()
        assert desk.stage(number) == "consultation"
        for unit in ("service-centre", "county-office", "review-board"):
            assert "clock-expired" in bells(desk, unit), unit


class TestRuling:
    def opined(self, desk):
        number = consulted(desk)
        desk.move(number, "give_opinion", "tanxue", opinion="归水利局")
        return number

    def test_it_names_the_units_and_has_a_number_in_its_year(self, desk):
        number = self.opined(desk)
        promised = desk.case(number).due_at
        rule(desk, number, assisting=[desk.units["housing"]])
        case = desk.case(number)
        assert (case.stage, case.lead_id, case.designated) == ("dispatched", desk.units["water"], True)
        assert (case.ruling, case.disputes, case.due_at) == ("裁〔2026〕1号", 2, promised)
        assert desk.entries(number)[-1].body["ruling"] == "裁〔2026〕1号"
        second = self.opined(desk)
        rule(desk, second)
        assert desk.case(second).ruling == "裁〔2026〕2号"

    def test_after_it_no_unit_can_return_the_case(self, desk):
        number = self.opined(desk)
        rule(desk, number)
        refusal = desk.refuse(number, "ask_return", "tanxue", clause=CLAUSE, reason=WHY)
        assert (refusal.code, "裁〔2026〕1号" in refusal.words.zh) == ("ruled-already", True)
        assert "裁〔2026〕1号" in refusal.rule

    def test_whoever_dispatched_the_case_does_not_rule_on_it(self, desk):
        from huiyin.cases.api import Acting, ActingPost

        number = self.opined(desk)
        account, unit = desk.acting("hemin").account_id, desk.units["service-centre"]
        both = Acting("staff", "何敏", account, (ActingPost(unit, "中心", "centre"),))
        given = {"lead": desk.units["water"], "reason": "管网归水务"}
        assert desk.refuse(number, "rule", both, **given).code == "dispatched-it"

    def test_a_leader_may_rule_when_the_centre_does_not(self, desk):
        number = self.opined(desk)
        rule(desk, number, by="luzhengping")

    def test_it_gives_its_reason(self, desk):
        number = self.opined(desk)
        assert desk.refuse(number, "rule", "guoheng", lead=desk.units["water"]).field == "reason"

    def test_a_dispatcher_does_not_undo_it_by_the_way(self, desk):
        number = self.opined(desk)
        rule(desk, number)
        given = {"lead": desk.units["water-affairs"], "reason": "改派"}
        assert desk.refuse(number, "redispatch", "hemin", **given).code == "ruling-stands"
        desk.move(number, "redispatch", "hemin", **given, designate=True)
        refusal = desk.refuse(number, "ask_return", "gezhendong", clause=CLAUSE, reason=WHY)
        assert refusal.code == "ruled-already"

    def test_in_a_later_round_it_still_binds(self, desk):
        number = self.opined(desk)
        rule(desk, number)
        desk.move(number, "sign", "tanxue")
        desk.answer(number)
        desk.later(hours=3).move(
            number, "callback", "maqing", reached=True, solved=False, satisfied=1, understood=False
        )
        desk.move(number, "sign", "tanxue")
        refusal = desk.refuse(number, "ask_return", "tanxue", clause=CLAUSE, reason=WHY)
        assert refusal.code == "ruled-already"

    def test_its_record_is_whole(self, desk):
        number = self.opined(desk)
        rule(desk, number)
        assert desk.verify(number) == []


def test_an_urgent_matter_leaves_an_hour_to_return_it(desk):
    number = desk.dispatched(grade="urgent", urgent=True)
    desk.now += timedelta(minutes=61)
    refusal = desk.refuse(number, "ask_return", "tanxue", clause=CLAUSE, reason=WHY)
    assert refusal.code == "too-late-to-return"
