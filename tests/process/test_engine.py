"""The engine decides from the stage, for the role, with the inputs, under every guard."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from huiyin.kernel.refusals import Refusal
from huiyin.process.api import Actor, Decision, Facts, Listed, Standing, decide, list_moves, list_shipped

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
OFF = Standing(
    off=("水利局",), listed=(Listed("水务公司", "目录第1.1条"), Listed("城管局", "第2条", leads=False))
)
BY_KEY = {process.key: process for process in list_shipped()}


def act(
    move: str,
    stage: str,
    roles: str,
    inputs: dict[str, Any] | None = None,
    process: str = "hotline",
    **facts: Any,
) -> Decision:
    actor = Actor(frozenset(roles.split()), account_id=7, unit_ids=frozenset({70}))
    return decide(BY_KEY[process], move, Facts(stage=stage, now=NOW, **facts), actor, inputs or {})


def refused(*args: Any, **kwargs: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act(*args, **kwargs)
    assert caught.value.words.zh
    assert caught.value.words.en
    return caught.value


def test_an_allowed_move_leads_on_and_says_what_it_does():
    decision = act("accept", "received", "intake", {"grade": "complex"})
    assert (decision.source, decision.target) == ("received", "to-dispatch")
    assert decision.does == ("accept", "regrade")
    assert decision.inputs == {"grade": "complex"}


def test_a_move_that_the_process_lacks_is_refused():
    assert refused("fly", "received", "intake").code == "no-such-move"


def test_a_move_from_another_stage_is_refused():
    assert refused("accept", "closed", "intake").code == "wrong-stage"


def test_a_role_that_the_move_does_not_name_is_refused():
    refusal = refused("accept", "received", "handler@lead auditor")
    assert refusal.code == "not-your-duty"
    assert refusal.rule


def test_a_role_at_the_lead_unit_is_needed_where_the_move_says_so():
    assert act("sign", "dispatched", "handler@lead").target == "handling"
    assert refused("sign", "dispatched", "handler").code == "not-your-duty"
    assert refused("sign", "dispatched", "handler@assisting").code == "not-your-duty"


def test_assisting_staff_report_without_moving_the_case():
    decision = act("assist_report", "handling", "handler@assisting", {"reply": "路面已勘察"})
    assert decision.target == "handling"
    assert not decision.anew


def test_list_moves_shows_each_role_its_own_moves_in_the_order_of_the_file():
    keys = [move.key for move in list_moves(BY_KEY["hotline"], "handling", frozenset({"person"}))]
    assert keys == ["add_words", "hurry", "withdraw"]
    assert list_moves(BY_KEY["hotline"], "closed", frozenset({"person", "centre"})) == []


def test_inputs_that_the_move_does_not_ask_for_are_dropped():
    decision = act("accept", "received", "intake", {"grade": "urgent", "designate": True, "cause": "x"})
    assert decision.inputs == {"grade": "urgent"}


@pytest.mark.parametrize("blank", ["", "  ", "\n", None])
def test_a_required_input_must_say_something(blank):
    refusal = refused("answer_at_once", "received", "intake", {"reply": blank})
    assert (refusal.code, refusal.field) == ("input-missing", "reply")
    assert "告诉诉求人的话" in refusal.words.zh


def test_an_optional_input_left_blank_is_dropped():
    decision = act("answer_at_once", "received", "intake", {"reply": "已修好", "note": " "})
    assert decision.inputs == {"reply": "已修好"}


def test_a_no_is_an_answer():
    decision = act("evaluate", "finished", "person", {"solved": False, "satisfied": 1})
    assert decision.inputs["solved"] is False


def test_a_grade_that_the_process_lacks_is_refused():
    assert refused("accept", "received", "intake", {"grade": "huge"}).code == "no-such-grade"


@pytest.mark.parametrize(
    ("key", "value"),
    [("solved", "yes"), ("solved", 1), ("satisfied", 0), ("satisfied", 6), ("satisfied", True), ("words", 3)],
)
def test_an_input_of_the_wrong_kind_is_refused(key, value):
    refusal = refused("evaluate", "finished", "person", {"solved": True, "satisfied": 5, key: value})
    assert (refusal.code, refusal.field) == ("input-misshapen", key)


def test_entering_the_same_stage_by_name_is_entering_it_anew():
    decision = act("redispatch", "dispatched", "dispatcher", {"lead": 3, "reason": "改由住建局"})
    assert decision.target == "dispatched"
    assert decision.anew


# Guards, one by one.


def test_a_unit_off_the_list_is_refused():
    refusal = refused("dispatch", "to-dispatch", "dispatcher", {"lead": 3}, standing=OFF)
    assert refusal.code == "unit-off-list"
    assert "水利局" in refusal.words.zh
    assert "目录第1.1条把它交给水务公司主办" in refusal.words.zh
    assert "城管局" not in refusal.words.zh, "those who assist are told when nobody leads"
    assert "66号" in refusal.rule


def test_a_unit_off_the_list_is_designated_with_a_reason():
    inputs = {"lead": 3, "designate": True}
    assert refused("dispatch", "to-dispatch", "dispatcher", inputs, standing=OFF).code == "reason-missing"
    inputs["reason"] = "会商后指定"
    assert act("dispatch", "to-dispatch", "dispatcher", inputs, standing=OFF).target == "dispatched"


def test_a_department_s_work_is_not_pushed_down_to_a_township():
    down = Standing(("石门镇政府",), ("石门镇政府",), (Listed("住建局", "清单第12条"),), field="lead")
    refusal = refused("dispatch", "to-dispatch", "dispatcher", {"lead": 3}, standing=down)
    assert (refusal.code, refusal.field) == ("department-work", "lead")
    assert "清单第12条把它交给住建局主办" in refusal.words.zh
    assert "下放乡镇" in refusal.rule


def test_what_has_no_category_or_nobody_on_the_list_is_said_to_be_so():
    bare = Standing(("水利局",), categorised=False, field="assisting")
    refusal = refused("dispatch", "to-dispatch", "dispatcher", {"lead": 3}, standing=bare)
    assert (refusal.code, refusal.field) == ("unit-off-list", "assisting")
    assert "请先选类别" in refusal.words.zh
    nobody = Standing(("水利局",))
    assert (
        "职责准入" in refused("dispatch", "to-dispatch", "dispatcher", {"lead": 3}, standing=nobody).words.zh
    )


def test_only_the_centre_designates_and_a_unit_on_the_list_not_without_a_reason_either():
    inputs = {"lead": 3, "designate": True, "reason": "会商后指定"}
    elsewhere = Standing(("水利局",), may_designate=False)
    refusal = refused("dispatch", "to-dispatch", "dispatcher", inputs, standing=elsewhere)
    assert (refusal.code, refusal.field) == ("not-yours-to-designate", "designate")
    del inputs["reason"]
    assert refused("dispatch", "to-dispatch", "dispatcher", inputs).code == "reason-missing"


def test_a_designated_unit_cannot_return():
    inputs = {"clause": "第三条", "reason": "不是本单位职责"}
    refusal = refused("ask_return", "dispatched", "handler@lead", inputs, designated=True)
    assert refusal.code == "designated-unit"
    assert refusal.rule
    assert act("ask_return", "dispatched", "handler@lead", inputs).target == "return-review"


def test_a_return_cites_its_clause():
    refusal = refused("ask_return", "dispatched", "handler@lead", {"reason": "不归我管"})
    assert (refusal.code, refusal.field) == ("input-missing", "clause")


EXTENSION = {"extra": "5wd", "reason": "等材料到货"}


def test_an_extension_is_asked_once():
    assert act("ask_extension", "handling", "handler@lead", EXTENSION).target == "extension-head"
    refusal = refused("ask_extension", "handling", "handler@lead", EXTENSION, extensions=1)
    assert refusal.code == "extended-already"
    assert refusal.rule


def test_an_extension_is_asked_before_the_limit_passes():
    passed = NOW - timedelta(seconds=1)
    refusal = refused("ask_extension", "handling", "handler@lead", EXTENSION, due_at=passed)
    assert refusal.code == "too-late-to-extend"
    assert refusal.rule
    assert act("ask_extension", "handling", "handler@lead", EXTENSION, due_at=NOW)


def test_whoever_is_too_late_hears_so_before_being_asked_for_a_reason():
    passed = NOW - timedelta(seconds=1)
    assert (
        refused("ask_extension", "handling", "handler@lead", {}, due_at=passed).code == "too-late-to-extend"
    )


def test_an_extension_is_one_of_those_on_offer():
    refusal = refused("ask_extension", "handling", "handler@lead", {**EXTENSION, "extra": "30wd"})
    assert (refusal.code, refusal.field) == ("extension-too-long", "extra")
    assert "5个工作日、10个工作日" in refusal.words.zh
    assert refusal.rule


def test_a_callback_is_made_by_another_unit():
    inputs = {"reached": True, "solved": True}
    refusal = refused("callback", "finished", "callback", inputs, handling_units=frozenset({70, 71}))
    assert refusal.code == "own-unit"
    assert refusal.rule
    assert act("callback", "finished", "callback", inputs, handling_units=frozenset({71})).target == "closed"


def test_whoever_asked_does_not_decide():
    refusal = refused("close", "answered", "unit-head@lead", asked_by=7)
    assert refusal.code == "same-person"
    assert refusal.rule
    assert act("close", "answered", "unit-head@lead", asked_by=8).target == "finished"


def test_stopping_the_clock_needs_evidence_of_its_own():
    inputs = {"reply": "请补充合同"}
    refusal = refused("ask_person", "handling", "handler@lead", inputs, files=2)
    assert (refusal.code, refusal.field) == ("evidence-missing", "files")
    assert refusal.rule
    assert act("ask_person", "handling", "handler@lead", {**inputs, "files": [4]}).target == "awaiting-person"


def test_a_review_date_lies_ahead():
    inputs = {"reason": "管网未到", "files": [4], "review_on": NOW.date()}
    refusal = refused("ask_hanging", "handling", "handler@lead", inputs)
    assert (refusal.code, refusal.field) == ("review-date-past", "review_on")
    assert refusal.rule
    inputs["review_on"] = NOW.date() + timedelta(days=1)
    assert act("ask_hanging", "handling", "handler@lead", inputs).target == "hang-review"


def test_a_review_date_is_a_date_and_must_be_given():
    inputs = {"reason": "管网未到", "files": [4], "review_on": "2027-01-01"}
    assert refused("ask_hanging", "handling", "handler@lead", inputs).code == "input-misshapen"
    assert (
        refused("ask_hanging", "handling", "handler@lead", {**inputs, "review_on": NOW}).field == "review_on"
    )
    assert (
        refused("ask_hanging", "handling", "handler@lead", {**inputs, "review_on": None}).code
        == "input-missing"
    )
    assert act("ask_hanging", "handling", "handler@lead", {**inputs, "review_on": date(2027, 1, 1)})


def test_the_board_decides_only_after_the_rounds_are_spent():
    refusal = refused("to_board", "reopened", "centre", {"reason": "多轮未果"}, round=3)
    assert refusal.code == "rounds-left"
    assert refusal.rule
    assert act("to_board", "reopened", "centre", {"reason": "多轮未果"}, round=4).target == "board-review"


def test_the_board_explains_with_reasons_and_a_remedy():
    refusal = refused("explain", "board-review", "board", {"reply": "理由"}, round=4)
    assert (refusal.code, refusal.field) == ("input-missing", "remedy")
    decision = act("explain", "board-review", "board", {"reply": "理由", "remedy": "可申请行政复议"}, round=4)
    assert decision.target == "explained"
    assert "close" in decision.does


def test_the_lead_unit_answers_after_its_assisting_units():
    refusal = refused("answer", "handling", "handler@lead", {"reply": "已修好"}, assisting_open=2)
    assert refusal.code == "assisting-open"
    assert "2" in refusal.words.zh
    assert "首接负责" in refusal.rule
    assert act("answer", "handling", "handler@lead", {"reply": "已修好"}).target == "answered"


def test_a_matter_is_struck_off_only_after_its_evaluation():
    for rating in ({}, {"reached": False}):
        refusal = refused("strike_off", "evaluated", "centre", process="enterprise", rating=rating)
        assert refusal.code == "not-evaluated"
        assert "一事一评估" in refusal.rule
    rated = {"reached": True, "solved": True}
    assert act("strike_off", "evaluated", "centre", process="enterprise", rating=rated).target == "closed"


def test_a_person_who_was_reached_is_asked_whether_it_is_solved():
    refusal = refused("callback", "finished", "callback", {"reached": True})
    assert (refusal.code, refusal.field) == ("callback-incomplete", "solved")
    assert refusal.rule


def test_an_unreached_person_is_called_again_before_the_case_is_filed():
    refusal = refused("archive", "unreached", "centre", {"reason": "无人接听"}, calls=1)
    assert refusal.code == "calls-left"
    assert refusal.rule
    assert act("archive", "unreached", "centre", {"reason": "无人接听"}, calls=2).target == "closed"


# Ways out.


def test_a_person_who_was_not_reached_is_not_counted_as_satisfied():
    decision = act("callback", "finished", "callback", {"reached": False, "solved": True})
    assert decision.target == "unreached"
    assert decision.does == ("rate",)


def test_an_unsolved_matter_goes_round_again():
    decision = act("evaluate", "finished", "person", {"solved": False, "satisfied": 3})
    assert decision.target == "reopened"
    assert decision.does == ("rate", "next-round")


def test_an_unsolved_matter_that_no_unit_holds_is_dispatched():
    decision = act("evaluate", "finished", "person", {"solved": False, "satisfied": 3}, placed=False)
    assert decision.target == "to-dispatch"
    assert "next-round" in decision.does


def test_a_solved_matter_closes():
    decision = act("evaluate", "finished", "person", {"solved": True, "satisfied": 1})
    assert decision.target == "closed"
    assert decision.does == ("rate", "close")


@pytest.mark.parametrize(
    ("inputs", "target"),
    [
        ({"solved": True, "satisfied": 5}, "closed"),
        ({"solved": True, "satisfied": 3}, "closed"),
        ({"solved": True, "satisfied": 2}, "reopened"),
        ({"solved": True, "satisfied": 1, "understood": True}, "closed"),
        ({"solved": False, "satisfied": 5}, "reopened"),
        ({"solved": False, "satisfied": 1, "understood": True}, "closed"),
        ({"solved": False, "satisfied": 1, "understood": False}, "reopened"),
    ],
)
def test_the_through_train_goes_round_until_the_person_is_satisfied_or_understands(inputs, target):
    assert act("evaluate", "told", "person", inputs, process="through-train").target == target


def test_a_grade_of_the_through_train_is_approved_by_a_second_person():
    asked = act(
        "ask_grade", "triaged", "dispatcher", {"grade": "complex", "reason": "跨部门"}, "through-train"
    )
    assert asked.target == "grade-review"
    grade = {"grade": "complex"}
    assert (
        refused("regrade", "grade-review", "centre", grade, "through-train", asked_by=7).code == "same-person"
    )
    assert act("regrade", "grade-review", "centre", grade, "through-train", asked_by=8).target == "triaged"


def test_a_stuck_matter_is_coordinated_only_after_its_cause_is_named():
    stuck = BY_KEY["stuck"]
    refusal = refused("name_cause", "tracing", "window", {"note": "还在查"}, "stuck")
    assert (refusal.code, refusal.field) == ("input-missing", "cause")
    assert act("name_cause", "tracing", "window", {"cause": "rule"}, "stuck").does == ("name-cause",)
    before = {"received", "tracing", "reopened"}
    assert not before & {*stuck.moves["dispatch"].sources, *stuck.moves["settle"].sources}


def test_a_desk_answer_sent_back_goes_to_the_desk_when_no_unit_holds_the_matter():
    inputs = {"reason": "写清楚"}
    assert act("rework", "answered", "centre", inputs, "stuck", placed=False).target == "to-dispatch"
    assert act("rework", "answered", "centre", inputs, "stuck").target == "handling"
