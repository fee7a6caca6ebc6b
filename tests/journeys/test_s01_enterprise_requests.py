"""S01 有诉即办 (鹤壁): six channels, one inbox; 一收、二分、三转、四办、五督、六评; then struck off."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.cases.county import ZONE

from huiyin.appeals.api import NewAppeal, report
from huiyin.cases.api import PERSON, SYSTEM, Filters, get_newest, list_cases, share_answer
from huiyin.people.models import Company

CHANNELS = ["enterprise-line", "hotline", "board", "steward", "stuck-desk", "ten-thousand"]
STEPS = ["一收", "二分", "三转", "四办", "五督", "六评"]
BUSINESS = "1201"


def tell(desk, channel="enterprise-line", words="产业园停车位不足，员工没处停车", by=SYSTEM):
    company = Company.objects.first()
    new = NewAppeal(
        "enterprise", channel, words, desk.now, name="王经理", phone="13900001234", company_id=company.pk
    )
    return report(new, desk.acting(by) if isinstance(by, str) else by).number


def transfer(desk, number, **more):
    given = {"lead": desk.units["business"], "category": desk.categories[BUSINESS], **more}
    return desk.move(number, "dispatch", "hemin", **given)


def handle(desk, number, reply="已增设 40 个车位"):
    desk.move(number, "sign", "guxiuying")
    desk.move(number, "answer", "guxiuying", reply=reply)


def step_of(desk, number):
    process = get_newest("enterprise")
    stage = process.get_stage(desk.stage(number))
    return next(step.title.zh for step in process.steps if step.key == stage.step)


def test_the_steps_bear_the_names_of_the_source(desk):
    assert [step.title.zh for step in get_newest("enterprise").steps] == STEPS


def test_all_six_channels_come_into_one_inbox_and_keep_their_source(desk):
    for channel in CHANNELS:
        tell(desk, channel)
    rows = list_cases(Filters(process="enterprise", tab="todo"), desk.acting("hemin"), desk.now)
    assert {row.channel_id for row in rows} == set(CHANNELS)
    assert {row.channel for row in rows} >= {"营商服务热线", "12345 热线", "网民留言", "服务管家"}


def test_a_steward_reports_and_the_matter_goes_through_all_six_steps(desk):
    number = tell(desk, "steward", by="jingyi")
    walked = [step_of(desk, number)]
    desk.move(number, "accept", "linxiao")
    walked.append(step_of(desk, number))
    transfer(desk, number)
    walked.append(step_of(desk, number))
    assert desk.case(number).due_at == datetime(2026, 3, 11, 17, 30, tzinfo=ZONE)
    handle(desk.later(days=1), number)
    walked.insert(3, "四办")
    walked.append(step_of(desk, number))
    desk.move(number, "close", "chengmo")
    walked.append(step_of(desk, number))
    assert walked == STEPS
    desk.move(number, "callback", "maqing", reached=True, solved=True, satisfied=5)
    assert desk.stage(number) == "evaluated"
    desk.move(number, "strike_off", "guoheng")
    case = desk.case(number)
    assert (case.stage, get_newest("enterprise").get_stage(case.stage).title.zh) == ("closed", "已销号")
    assert desk.verify(number) == []


def test_nothing_is_struck_off_before_its_evaluation(desk):
    number = tell(desk)
    transfer(desk, number)
    handle(desk, number)
    assert desk.refuse(number, "strike_off", "guoheng").code == "wrong-stage"
    desk.move(number, "close", "chengmo")
    assert desk.refuse(number, "strike_off", "guoheng").code == "wrong-stage"
    desk.move(number, "evaluate", PERSON, solved=True, satisfied=4)
    desk.move(number, "strike_off", "guoheng")


def test_the_unit_that_handled_it_does_not_verify_its_own_result(desk):
    number = tell(desk)
    transfer(desk, number)
    handle(desk, number)
    assert desk.refuse(number, "close", "guxiuying").code == "not-your-duty"


@pytest.mark.parametrize(
    ("said", "stage"), [({"satisfied": 1}, "reopened"), ({"satisfied": 2, "understood": True}, "evaluated")]
)
def test_who_is_neither_satisfied_nor_understands_goes_round_again(desk, said, stage):
    number = tell(desk)
    transfer(desk, number)
    handle(desk, number)
    desk.move(number, "close", "chengmo")
    desk.move(number, "callback", "maqing", reached=True, solved=True, **said)
    assert desk.stage(number) == stage
    assert desk.case(number).round == (2 if stage == "reopened" else 1)


def test_the_same_matter_of_three_companies_is_handled_once_and_answered_three_times(desk):
    leader, *others = (tell(desk, channel) for channel in CHANNELS[:3])
    for other in others:
        desk.move(other, "merge", "linxiao", into=leader)
    transfer(desk, leader)
    handle(desk, leader)
    desk.move(leader, "close", "chengmo")
    assert share_answer(leader, "已增设 40 个车位", desk.case(leader).version, desk.now) == 2
    for number in (leader, *others):
        desk.move(number, "evaluate", PERSON, solved=True, satisfied=5)
        desk.move(number, "strike_off", "guoheng")
    rows = list_cases(Filters(process="enterprise", state="closed"), desk.acting("hemin"), desk.now)
    assert {row.channel_id for row in rows} == set(CHANNELS[:3])
