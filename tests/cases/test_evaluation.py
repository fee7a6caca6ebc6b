"""Callbacks, ratings, rounds and the board: nobody judges their own work, and nothing ends in silence."""

from __future__ import annotations

from datetime import datetime

from tests.cases.county import ZONE

from huiyin.cases.api import PERSON, Acting, ActingPost


class TestEvaluation:
    def test_staff_of_the_handling_unit_do_not_call_back(self, desk):
        both = Acting("staff", "兼职", 1, (ActingPost(desk.units["water"], "供水公司", "callback"),))
        assert desk.refuse(desk.answered(), "callback", both, reached=True, solved=True).code == "own-unit"

    def test_whoever_was_not_reached_is_neither_solved_nor_satisfied(self, desk):
        number = desk.answered()
        desk.move(number, "callback", "maqing", reached=False, solved=True, satisfied=5)
        rating = desk.case(number).ratings.get()
        assert (rating.reached, rating.solved, rating.satisfied) == (False, None, None)
        assert desk.stage(number) == "unreached"

    def test_it_is_filed_only_after_the_calls_that_the_process_asks_for(self, desk):
        number = desk.answered()
        desk.move(number, "callback", "maqing", reached=False)
        assert desk.refuse(number, "archive", "guoheng", reason="联系不上").code == "calls-left"
        desk.later(days=1).move(number, "callback", "maqing", reached=False)
        desk.move(number, "archive", "guoheng", reason="联系不上")
        assert desk.case(number).closed_at == desk.now

    def test_reached_but_not_asked_whether_it_is_solved_is_no_callback(self, desk):
        assert desk.refuse(desk.answered(), "callback", "maqing", reached=True).code == "callback-incomplete"

    def test_solved_and_satisfied_are_kept_apart(self, desk):
        number = desk.answered()
        desk.move(number, "callback", "maqing", reached=True, solved=True, satisfied=2, words="太慢")
        rating = desk.case(number).ratings.get()
        assert (rating.solved, rating.satisfied, rating.source, rating.lead_id) == (
            True,
            2,
            "callback",
            desk.units["water"],
        )
        assert desk.stage(number) == "closed"

    def test_not_solved_comes_back_in_a_new_round_with_new_clocks_to_the_same_lead(self, desk):
        number = desk.answered()
        desk.later(days=1).move(number, "evaluate", PERSON, solved=False, satisfied=1)
        case = desk.case(number)
        assert (case.stage, case.round, case.lead_id, case.answered_at) == (
            "reopened",
            2,
            desk.units["water"],
            None,
        )
        assert desk.clock(number, "handle").round == 2
        assert case.due_at == datetime(2026, 3, 12, 17, 30, tzinfo=ZONE)
        assert [(part.round, part.how) for part in case.assignments.order_by("id")] == [
            (1, "not-solved"),
            (2, ""),
        ]
        desk.move(number, "sign", "tanxue")

    def test_an_answer_given_at_once_and_not_solved_is_dispatched(self, desk):
        number = desk.open()
        desk.move(number, "answer_at_once", "linxiao", reply="请重启水表")
        desk.move(number, "evaluate", PERSON, solved=False, satisfied=1)
        assert (desk.stage(number), desk.case(number).round) == ("to-dispatch", 2)
        assert desk.clock(number, "dispatch").outcome == "running"

    def test_after_the_rounds_the_board_explains_with_a_remedy(self, desk):
        number = desk.answered()
        for _ in range(3):
            desk.move(number, "evaluate", PERSON, solved=False, satisfied=1)
            if desk.case(number).round <= 3:
                assert desk.refuse(number, "to_board", "guoheng", reason="多轮").code == "rounds-left"
                desk.move(number, "sign", "tanxue")
                desk.answer(number)
        desk.move(number, "to_board", "guoheng", reason="三轮未解决")
        assert desk.refuse(number, "explain", "fangzheng", reply="理由").field == "remedy"
        desk.move(number, "explain", "fangzheng", reply="老管网", remedy="可申请行政复议")
        case = desk.case(number)
        assert (case.stage, case.closed_at, case.lead_id) == ("explained", desk.now, desk.units["water"])
        assert case.clocks.filter(stopped_at=None).count() == 0

    def test_a_board_member_of_the_handling_unit_does_not_decide(self, desk):
        number = desk.answered()
        for _ in range(3):
            desk.move(number, "evaluate", PERSON, solved=False, satisfied=1)
            if desk.case(number).round <= 3:
                desk.move(number, "sign", "tanxue")
                desk.answer(number)
        desk.move(number, "to_board", "guoheng", reason="三轮未解决")
        own = Acting("staff", "自家人", 1, (ActingPost(desk.units["water"], "供水公司", "board"),))
        assert desk.refuse(number, "explain", own, reply="理由", remedy="复议").code == "own-unit"
        desk.move(number, "back_from_board", "fangzheng", reason="再办一次")
        assert desk.stage(number) == "reopened"
