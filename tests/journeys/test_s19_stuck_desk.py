"""S19 “办不成事”窗口 (麻城、鹤壁): linked to what failed, the cause named, answered within a limit."""

from __future__ import annotations

from datetime import datetime

from tests.cases.county import ZONE

from huiyin.appeals.api import Appeal, NewAppeal, report
from huiyin.cases.api import PERSON, get_newest

STEPS = ["受理", "查因", "协调", "反馈", "评价"]


def bring(desk, failed=None):
    new = NewAppeal(
        "stuck", "stuck-desk", "营业执照办了三次没办成", desk.now, name="张三", phone="13900001234",
        failed_case_id=failed, failed_matter="营业执照变更",
    )  # fmt: skip
    return report(new, desk.acting("tianxin")).number


def test_the_steps_bear_their_names(desk):
    assert [step.title.zh for step in get_newest("stuck").steps] == STEPS


def test_it_is_linked_to_what_failed(desk):
    failed = desk.answered()
    appeal = Appeal.objects.get(case__number=bring(desk, desk.case(failed).pk))
    assert (appeal.failed_case.number, appeal.failed_matter) == (failed, "营业执照变更")


def test_the_window_names_the_cause_settles_it_and_the_centre_tells_the_person(desk):
    number = bring(desk)
    assert desk.case(number).due_at == datetime(2026, 3, 11, 17, 30, tzinfo=ZONE)
    assert desk.clock(number, "trace").due_at == datetime(2026, 3, 5, 17, 30, tzinfo=ZONE)
    desk.move(number, "accept", "tianxin")
    assert desk.refuse(number, "name_cause", "tianxin").field == "cause"
    desk.move(number, "name_cause", "tianxin", cause="材料要求不一致")
    assert desk.case(number).cause == "材料要求不一致"
    desk.move(number, "settle", "tianxin", reply="已协调，请明天来取")
    assert desk.refuse(number, "close", "tianxin").code == "same-person"
    desk.move(number, "close", "guoheng")
    assert desk.clock(number, "answer").outcome == "kept"
    desk.move(number, "evaluate", PERSON, solved=True, satisfied=5)
    process = get_newest("stuck")
    titles = {step.key: step.title.zh for step in process.steps}
    walked = [
        titles[process.get_stage(entry.body["to"]).step]
        for entry in desk.entries(number)
        if "to" in entry.body
    ]
    assert list(dict.fromkeys(walked)) == ["受理", "查因", "协调", "反馈", "评价"]
    assert desk.verify(number) == []


def test_a_unit_is_called_in_and_the_limit_for_the_answer_runs_on(desk):
    number = bring(desk)
    due = desk.case(number).due_at
    desk.move(number, "accept", "tianxin")
    desk.move(number, "name_cause", "tianxin", cause="部门互相推")
    given = {"lead": desk.units["business"], "category": desk.categories["1201"]}
    desk.later(days=1).move(number, "dispatch", "hemin", **given)
    assert desk.case(number).due_at == due
    desk.move(number, "sign", "guxiuying")
    desk.move(number, "answer", "guxiuying", reply="执照已办好")
    desk.move(number, "close", "guoheng")
    assert desk.stage(number) == "finished"


def test_an_answer_late_is_late(desk):
    number = bring(desk)
    desk.move(number, "accept", "tianxin")
    desk.move(number, "name_cause", "tianxin", cause="系统故障")
    desk.later(days=20).move(number, "settle", "tianxin", reply="好了")
    desk.move(number, "close", "guoheng")
    assert desk.clock(number, "answer").outcome == "late"


def test_not_solved_is_traced_again_with_a_new_limit_and_after_two_rounds_goes_to_the_board(desk):
    number = bring(desk)
    desk.move(number, "accept", "tianxin")
    for _ in range(2):
        desk.move(number, "name_cause", "tianxin", cause="政策不明")
        desk.move(number, "settle", "tianxin", reply="请等政策")
        desk.move(number, "close", "guoheng")
        desk.later(days=1).move(number, "evaluate", PERSON, solved=False, satisfied=1)
        assert desk.stage(number) == "reopened"
        assert desk.clock(number, "answer").started_at == desk.now
    desk.move(number, "to_board", "guoheng", reason="两轮未成")
    desk.move(number, "explain", "fangzheng", reply="依现行规定不能办理", remedy="可申请行政复议")
    assert desk.stage(number) == "explained"
