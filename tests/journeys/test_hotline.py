"""12345 (国办发〔2020〕53号): 受理、派单、办理、答复、督办、办结、回访、评价, from a call to its end."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.cases.county import WASTE_OF_WATER, ZONE

from huiyin.appeals import messages
from huiyin.appeals.api import Message, NewAppeal, find_tracked, report
from huiyin.cases.api import PERSON, get_newest, watch_clocks
from huiyin.journal.models import Outbox

STEPS = ["受理", "派单", "办理", "答复", "督办", "办结", "回访", "评价"]


def call(desk, **more):
    told = {"process": "hotline", "channel": "hotline", "words": "三号楼停水两天了", "opened_at": desk.now}
    return report(NewAppeal(**told, name="张三", phone="13900001234", **more), desk.acting("linxiao"))


def messages_of(desk):
    for event in Outbox.objects.filter(event="case-moved").order_by("id"):
        messages.write_message(event.body, desk.now)
    return list(Message.objects.order_by("id").values_list("text", flat=True))


def test_the_steps_bear_the_names_of_the_source(desk):
    assert [step.title.zh for step in get_newest("hotline").steps] == STEPS


def test_a_call_is_answered_by_two_units_called_back_and_closed(desk):
    reported = call(desk)
    number = reported.number
    desk.later(minutes=10).move(number, "accept", "linxiao", grade="ordinary")
    desk.later(minutes=20).dispatch(number, assisting=["water-affairs"], category=WASTE_OF_WATER)
    assert desk.case(number).due_at == datetime(2026, 3, 11, 17, 30, tzinfo=ZONE)
    desk.later(hours=2).move(number, "sign", "tanxue")
    desk.move(number, "assist_sign", "gezhendong")
    desk.later(days=1).move(number, "supervise", "chengmo", note="居民多次反映")
    desk.move(number, "assist_report", "gezhendong", reply="水源正常")
    desk.move(number, "answer", "tanxue", reply="表前管已换")
    desk.move(number, "close", "zhaomingde")
    desk.later(days=1).move(number, "callback", "maqing", reached=True, solved=True, satisfied=4)
    case = desk.case(number)
    assert (case.stage, case.round, case.supervisions, case.closed_at) == ("closed", 1, 1, desk.now)
    assert {clock.outcome for clock in case.clocks.all()} == {"kept"}
    told = messages_of(desk)
    assert ["受理" in told[0], "水务公司" in told[1], "已答复" in told[2], len(told)] == [True, True, True, 3]
    assert "表前管已换" in told[-1]
    tracked = find_tracked(number, reported.secret)
    assert (tracked.headline.zh, tracked.closed, tracked.rating.satisfied) == ("已办结", True, 4)
    assert desk.verify(number) == []


def test_an_urgent_call_has_two_hours_and_one_for_each_step_before(desk):
    number = call(desk, grade="urgent", urgent=True).number
    assert desk.case(number).due_at == desk.now + timedelta(hours=1)
    desk.dispatch(number)
    assert desk.case(number).due_at == desk.now + timedelta(hours=2)
    assert watch_clocks(desk.later(minutes=61).now) >= 1


def test_water_power_gas_and_heating_have_a_day_and_night(desk):
    number = call(desk, grade="utility").number
    desk.dispatch(number)
    assert desk.case(number).due_at == desk.now + timedelta(hours=24)


def test_a_complex_matter_has_fifteen_days(desk):
    number = call(desk, grade="complex").number
    desk.dispatch(number)
    assert desk.case(number).due_at == datetime(2026, 3, 19, 17, 30, tzinfo=ZONE)


def test_what_the_law_keeps_from_the_hotline_is_not_dispatched_and_the_way_is_told(desk):
    from huiyin.register.api import list_lawful_ways

    reported = call(desk)
    way = list_lawful_ways()[0]
    desk.move(reported.number, "show_way", "linxiao", way=way.pk, reply="请按下面的途径办理")
    assert desk.stage(reported.number) == "not-dispatched"
    assert way.words in find_tracked(reported.number, reported.secret).steps[-1].words


def test_an_objection_to_a_dispatch_is_reviewed_and_dispatched_to_another_unit(desk):
    number = call(desk).number
    desk.dispatch(number)
    desk.later(hours=3).move(
        number, "ask_return", "tanxue", clause="《禾川县派单目录》第1.1.6条", reason="表后归水务"
    )
    desk.move(number, "accept_return", "guoheng")
    desk.later(hours=1).dispatch(number, lead="water-affairs", category=WASTE_OF_WATER)
    case = desk.case(number)
    assert (case.returns, case.lead_id, case.due_at) == (
        1,
        desk.units["water-affairs"],
        datetime(2026, 3, 11, 17, 30, tzinfo=ZONE),
    )


def test_after_three_rounds_the_board_explains_and_the_person_reads_reason_and_remedy(desk):
    reported = call(desk)
    number = reported.number
    desk.dispatch(number)
    for _ in range(3):
        desk.later(days=1).move(number, "sign", "tanxue")
        desk.answer(number)
        desk.move(number, "evaluate", PERSON, solved=False, satisfied=1)
    assert desk.case(number).round == 4
    desk.move(number, "to_board", "guoheng", reason="三轮未解决")
    desk.later(days=3).move(
        number, "explain", "fangzheng", reply="老旧管网须整体改造", remedy="可以申请行政复议"
    )
    tracked = find_tracked(number, reported.secret)
    assert tracked.headline.zh.startswith("复核后作了说明")
    assert {"老旧管网须整体改造", "可以申请行政复议"} <= set(tracked.steps[-1].words)
    assert "行政复议" in messages_of(desk)[-1]
