"""Moving a case: done whole, or refused with the rule and nothing written."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from tests.cases.county import ZONE

from huiyin.cases.api import PERSON, SYSTEM, Later, move_case, move_within, view_case
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


def test_a_move_takes_three_statements_and_one_more_when_it_names_units(desk, django_assert_num_queries):
    number, dispatcher = desk.open(), desk.acting("hemin")
    with django_assert_num_queries(3):  # lock, read, write with its entry and event
        move_within(number, "accept", {}, desk.acting("linxiao"), desk.now)
    given = {"lead": desk.units["water"], "category": desk.categories["010106"]}
    with django_assert_num_queries(4):
        move_within(number, "dispatch", given, dispatcher, desk.now)


def test_a_move_writes_no_part_and_no_clock_that_it_leaves_as_it_was(desk):
    number = desk.dispatched()
    parts, clocks = _list_places("cases_assignment"), _list_places("cases_caseclock")
    desk.move(number, "hurry", PERSON)
    assert (_list_places("cases_assignment"), _list_places("cases_caseclock")) == (parts, clocks)
    desk.move(number, "sign", "tanxue")
    assert _list_places("cases_assignment") != parts


def _list_places(table):
    """Where each row of a table lies: writing one anew, even as it was, moves it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, ctid::text FROM {table} ORDER BY id")  # noqa: S608
        return cursor.fetchall()


def test_whoever_may_not_see_the_case_is_told_that_there_is_none(desk):
    number, stranger = desk.open(), desk.acting("tanxue")
    with pytest.raises(Refusal) as caught:
        move_case(number, "accept", {}, stranger, desk.now, seen=True)
    assert caught.value.code == "case-not-found"
    assert desk.refuse(number, "accept", stranger).code != "case-not-found"
    assert move_case(number, "accept", {}, desk.acting("linxiao"), desk.now, seen=True).version == 2


def test_inputs_are_read_later_only_by_whoever_may_try_the_move(desk):
    number, read = desk.open(), []

    def look(case_id, move):
        read.append((case_id, move.key))
        return {}

    with pytest.raises(Refusal):
        move_case(number, "accept", Later(look), desk.acting("tanxue"), desk.now)
    assert read == []
    move_case(number, "accept", Later(look), desk.acting("linxiao"), desk.now, key="k")
    assert move_case(number, "accept", Later(look), desk.acting("linxiao"), desk.now, key="k").repeated
    assert read == [(desk.case(number).pk, "accept")]


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
    assert "《禾川县派单目录》第1.1.6条把它交给水利局主办" in refusal.words.zh


def test_a_unit_that_may_only_assist_does_not_lead(desk):
    unit = desk.units["chengguan"]
    number = desk.open(area_id=None)
    refusal = desk.refuse(number, "dispatch", "hemin", lead=unit, category=desk.categories["010106"])
    assert (refusal.code, refusal.field) == ("department-work", "lead")
    assert "《禾川县派单目录》第1.1.6条把它交给水利局主办" in refusal.words.zh
    assert "下放乡镇" in refusal.rule


def test_without_a_category_every_unit_is_off_the_register(desk):
    assert desk.refuse(desk.open(), "dispatch", "hemin", lead=desk.units["water"]).code == "unit-off-list"


def test_a_designation_needs_a_reason_and_cannot_be_returned(desk):
    number, unit = desk.open(), desk.units["education"]
    assert desk.refuse(number, "dispatch", "hemin", lead=unit, designate=True).code == "reason-missing"
    desk.move(number, "dispatch", "hemin", lead=unit, designate=True, reason="会商后指定")
    refusal = desk.refuse(number, "ask_return", "shuliping", clause="第3条", reason="不归我们")
    assert refusal.code == "designated-unit"


def test_another_unit_signs_anew_but_the_person_is_answered_by_the_day_that_was_promised(desk):
    number = desk.handled()
    promised = desk.case(number).due_at
    desk.later(days=2).dispatch(number, lead="water-affairs", move="redispatch", reason="水表后归水务")
    assert [part.how for part in desk.case(number).assignments.order_by("id")] == ["superseded", ""]
    clock = desk.case(number).clocks.get(key="handle")
    assert (clock.outcome, clock.unit_id) == ("running", desk.units["water-affairs"])
    assert desk.case(number).due_at == clock.due_at == promised
    assert desk.clock(number, "sign").started_at == desk.now
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
    clock = desk.case(number).clocks.get(key="handle")
    assert (clock.unit_id, clock.due_at < desk.now) == (desk.units["water"], True)
    desk.move(number, "sign", "gezhendong")
    desk.move(number, "answer", "gezhendong", reply="已经修好")
    desk.move(number, "close", "guoheng")
    clock.refresh_from_db()
    assert (clock.outcome, clock.unit_id) == ("late", desk.units["water"])


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
