"""Moving a case: done whole, or refused with the rule and nothing written."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.cases.county import ZONE

from huiyin.cases.api import PERSON, SYSTEM, view_case
from huiyin.journal.models import Outbox
from huiyin.kernel.refusals import Refusal


def test_a_move_changes_stage_version_and_journal_and_tells_upward(desk):
    number = desk.open()
    moved = desk.later(minutes=5).move(number, "accept", "linxiao")
    assert (moved.stage, moved.version, moved.repeated) == ("to-dispatch", 2, False)
    entry = desk.entries(number)[-1]
    assert (entry.verb, entry.body["from"], entry.body["to"], entry.body["role"]) == (
        "accept", "received", "to-dispatch", "intake",
    )  # fmt: skip
    assert entry.actor == "林晓 · 县政务服务局"
    event = Outbox.objects.filter(event="case-moved").latest("id").body
    assert (event["number"], event["move"], event["answered"], event["closed"]) == (
        number,
        "accept",
        False,
        False,
    )


@pytest.mark.parametrize(
    ("move", "by", "inputs", "code"),
    [
        ("fly", "linxiao", {}, "no-such-move"),
        ("sign", "tanxue", {}, "wrong-stage"),
        ("accept", "tanxue", {}, "not-your-duty"),
        ("accept", "linxiao", {"grade": "fancy"}, "no-such-grade"),
        ("accept", "linxiao", {"urgent": "ja"}, "input-misshapen"),
        ("answer_at_once", "linxiao", {}, "input-missing"),
        ("answer_at_once", "linxiao", {"reply": " \x00 "}, "input-missing"),
        ("answer_at_once", "linxiao", {"reply": ["x"]}, "input-misshapen"),
        ("answer_at_once", "linxiao", {"reply": "长" * 5001}, "words-too-long"),
        ("add_words", "linxiao", {"words": "还有", "files": [0]}, "input-misshapen"),
        ("add_words", "linxiao", {"words": "还有", "files": 7}, "input-misshapen"),
        ("dispatch", "hemin", {}, "input-missing"),
        ("dispatch", "hemin", {"lead": 10**9}, "input-misshapen"),
        ("dispatch", "hemin", {"lead": True}, "input-misshapen"),
        ("show_way", "hemin", {"way": "nowhere", "reply": "请走"}, "way-not-found"),
        ("merge", "hemin", {"into": "HC000"}, "case-not-found"),
    ],
)
def test_a_refused_move_leaves_nothing_written(desk, move, by, inputs, code):
    assert desk.refuse(desk.open(), move, by, **inputs).code == code


def test_a_category_that_is_none_is_refused(desk):
    given = {"lead": desk.units["water"], "category": 10**9}
    assert desk.refuse(desk.open(), "dispatch", "hemin", **given).code == "category-not-found"


def test_a_number_of_any_signs_is_no_case(desk):
    for number in ("HC1", "\x00", "'; --", "工单"):
        with pytest.raises(Refusal) as caught:
            desk.move(number, "accept", "linxiao")
        assert caught.value.code == "case-not-found"


def test_a_file_of_another_case_cannot_be_given(desk):
    mine, other = desk.open(), desk.open()
    file = desk.give_file(other)
    assert desk.refuse(mine, "add_words", PERSON, words="见图", files=[file]).field == "files"
    desk.move(other, "add_words", PERSON, words="见图", files=[file])
    assert desk.entries(other)[-1].body["inputs"]["files"] == [file]


def test_control_signs_never_reach_the_journal(desk):
    number = desk.open()
    desk.move(number, "add_words", PERSON, words="还有\x00一点\ud800")
    assert desk.entries(number)[-1].body["inputs"]["words"] == "还有一点"


def test_the_same_client_key_acts_once(desk):
    number = desk.open()
    first = desk.move(number, "hurry", PERSON, key="k")
    again = desk.move(number, "hurry", PERSON, key="k")
    assert (first.repeated, again.repeated) == (False, True)
    assert (first.stage, first.version) == (again.stage, again.version)
    assert desk.case(number).hurries == 1


def test_the_same_key_on_another_case_is_another_act(desk):
    one, other = desk.open(), desk.open()
    desk.move(one, "hurry", PERSON, key="k")
    assert not desk.move(other, "hurry", PERSON, key="k").repeated


def test_who_opened_the_page_before_somebody_moved_is_told_so(desk):
    number = desk.open()
    desk.move(number, "hurry", PERSON)
    assert desk.refuse(number, "accept", "linxiao", version=1).code == "changed-meanwhile"
    desk.move(number, "accept", "linxiao", version=2)


def test_the_clock_for_handling_runs_from_the_dispatch(desk):
    number = desk.dispatched()
    assert desk.case(number).due_at == datetime(2026, 3, 11, 17, 30, tzinfo=ZONE)
    desk.later(hours=5).move(number, "sign", "tanxue")
    assert desk.case(number).due_at == datetime(2026, 3, 11, 17, 30, tzinfo=ZONE)
    part = desk.case(number).assignments.get()
    assert (part.signed_at, part.officer.login) == (desk.now, "tanxue")
    assert desk.case(number).officer.login == "tanxue"


def test_nobody_signs_twice(desk):
    number = desk.dispatched(assisting=["water-affairs"])
    desk.move(number, "assist_sign", "gezhendong")
    assert desk.refuse(number, "assist_sign", "gezhendong").code == "signed-already"


def test_a_dispatch_off_the_register_is_refused_with_the_rule(desk):
    refusal = desk.refuse(
        desk.open(), "dispatch", "hemin", lead=desk.units["education"], category=desk.categories["010106"]
    )
    assert (refusal.code, refusal.field) == ("unit-off-list", "lead")
    assert "国办函〔2025〕66号" in refusal.rule
    assert "教育" in refusal.words.zh


def test_a_unit_that_may_only_assist_does_not_lead(desk):
    unit = desk.units["chengguan"]
    number = desk.open(area_id=None)
    assert (
        desk.refuse(number, "dispatch", "hemin", lead=unit, category=desk.categories["010106"]).code
        == "unit-off-list"
    )


def test_without_a_category_every_unit_is_off_the_register(desk):
    assert desk.refuse(desk.open(), "dispatch", "hemin", lead=desk.units["water"]).code == "unit-off-list"


def test_a_designation_needs_a_reason_and_cannot_be_returned(desk):
    number, unit = desk.open(), desk.units["education"]
    assert desk.refuse(number, "dispatch", "hemin", lead=unit, designate=True).code == "reason-missing"
    desk.move(number, "dispatch", "hemin", lead=unit, designate=True, reason="会商后指定")
    refusal = desk.refuse(number, "ask_return", "shuliping", clause="第3条", reason="不归我们")
    assert refusal.code == "designated-unit"


def test_a_new_dispatch_begins_the_clocks_anew(desk):
    number = desk.handled()
    desk.later(days=2).dispatch(number, lead="water-affairs", move="redispatch", reason="水表后归水务")
    assert [part.how for part in desk.case(number).assignments.order_by("id")] == ["superseded", ""]
    first, second = desk.case(number).clocks.filter(key="handle").order_by("id")
    assert (first.outcome, second.outcome) == ("superseded", "running")
    assert desk.case(number).due_at == second.due_at == datetime(2026, 3, 13, 17, 30, tzinfo=ZONE)
    assert desk.refuse(number, "sign", "tanxue").code == "not-your-duty"
    desk.move(number, "sign", "gezhendong")


def test_a_dispatch_from_dispatched_to_another_unit_also_begins_anew(desk):
    number = desk.dispatched(assisting=["water-affairs"])
    desk.later(days=1).dispatch(number, lead="water-affairs", move="redispatch", reason="改派")
    assert desk.clock(number, "sign").started_at == desk.now
    assert desk.case(number).clocks.filter(key="assist", stopped_at=None).count() == 0


def test_a_clock_that_ran_out_stays_late_though_the_case_goes_to_another_unit(desk):
    number = desk.handled()
    desk.later(days=30).dispatch(number, lead="water-affairs", move="redispatch", reason="改派")
    assert desk.case(number).clocks.filter(key="handle").order_by("id").first().outcome == "late"


def test_each_assisting_unit_has_its_own_clock_and_reports_before_the_lead_answers(desk):
    number = desk.open()
    desk.dispatch(number, assisting=["water-affairs", "chengguan"], designate=True, reason="联合处置")
    clocks = desk.case(number).clocks.filter(key="assist")
    assert {clock.unit_id for clock in clocks} == {desk.units["water-affairs"], desk.units["chengguan"]}
    assert {clock.due_at for clock in clocks} == {datetime(2026, 3, 9, 17, 30, tzinfo=ZONE)}
    desk.move(number, "sign", "tanxue")
    desk.move(number, "assist_report", "gezhendong", reply="阀门已关")
    assert desk.case(number).clocks.get(unit_id=desk.units["water-affairs"], key="assist").outcome == "kept"
    refusal = desk.refuse(number, "answer", "tanxue", reply="好了")
    assert (refusal.code, "1" in refusal.words.zh) == ("assisting-open", True)
    assert desk.refuse(number, "assist_report", "gezhendong", reply="再报").code == "not-your-duty"
    desk.move(number, "drop_assisting", "hemin", reason="不用了")
    assert desk.case(number).clocks.filter(key="assist", stopped_at=None).count() == 0
    desk.answer(number)


def test_a_unit_does_not_assist_itself(desk):
    number = desk.dispatched(assisting=["water"])
    assert [part.part for part in desk.case(number).assignments.all()] == ["lead"]


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
    from huiyin.cases.api import Acting, ActingPost

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

    def test_accepted_it_ends_the_part_and_stops_the_clock(self, desk):
        number = desk.dispatched(assisting=["water-affairs"])
        self.ask(desk, number)
        desk.move(number, "accept_return", "guoheng")
        case = desk.case(number)
        assert (case.stage, case.lead_id, case.returns, case.designated) == ("to-dispatch", None, 1, False)
        assert {part.part: part.how for part in case.assignments.all()} == {
            "lead": "returned",
            "assisting": "superseded",
        }
        assert desk.clock(number, "handle").outcome == "kept"
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


class TestEvaluation:
    def test_staff_of_the_handling_unit_do_not_call_back(self, desk):
        from huiyin.cases.api import Acting, ActingPost

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
        from huiyin.cases.api import Acting, ActingPost

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


def test_an_urgent_grade_shortens_the_running_limit(desk):
    number = desk.handled()
    desk.later(hours=1).move(number, "regrade", "hemin", grade="urgent", reason="医院停水")
    assert desk.case(number).due_at == datetime(2026, 3, 4, 12, 0, tzinfo=ZONE)
    assert desk.clock(number, "handle").limits == ["2h"]


def test_a_closed_case_moves_no_more(desk):
    number = desk.answered()
    desk.move(number, "evaluate", PERSON, solved=True, satisfied=5)
    for move in ("hurry", "add_words", "withdraw", "evaluate"):
        assert (
            desk.refuse(number, move, PERSON, words="还有", reason="x", solved=True, satisfied=5).code
            == "wrong-stage"
        )


def test_the_page_offers_what_may_be_tried(desk):
    number = desk.dispatched()
    assert {"sign", "ask_return"} <= {move.key for move in view_case(number, desk.acting("tanxue")).moves}
    assert [move.key for move in view_case(number, desk.acting("luzhengping")).moves] == ["supervise"]
    with pytest.raises(Refusal):
        view_case(number, desk.acting("shuliping"))


def test_the_unit_in_the_journal_is_the_one_acted_for(desk):
    from huiyin.cases.api import Acting, ActingPost

    posts = tuple(ActingPost(desk.units[key], key, "handler") for key in ("education", "water"))
    number = desk.dispatched()
    desk.move(number, "sign", Acting("staff", "两边跑", desk.acting("tanxue").account_id, posts))
    assert desk.entries(number)[-1].actor == "两边跑 · water"


def test_the_system_acts_under_its_own_name(desk):
    number = desk.handled()
    desk.move(number, "ask_person", "tanxue", reply="请拍照", files=[desk.give_file(number)])
    desk.move(number, "resume", SYSTEM, reason="到期")
    assert desk.entries(number)[-1].actor == "系统"
