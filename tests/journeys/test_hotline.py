"""12345 (国办发〔2020〕53号): 受理、派单、办理、答复、督办、办结、回访、评价, from a call to its end."""

from __future__ import annotations

from tests.journeys.walker import walked_steps

from huiyin.cases.api import watch_clocks
from huiyin.register.api import list_lawful_ways

STEPS = ["受理", "派单", "办理", "答复", "督办", "办结", "回访", "评价"]


def call(walker, **typed):
    """A call is written down at the desk: number, and the caller's link."""
    told = {"words": "三号楼停水两天了", "name": "张三", "phone": "13900001234", "finish": "只登记"}
    return walker.register("/console/intake", "linxiao", **{**told, **typed})


def dispatch(walker, number, **typed):
    given = {"lead": "水务公司", "category": "农村饮水", "reason": "首接负责"}
    return walker.press(number, "派单", "hemin", **{**given, **typed})


def answer(walker, number, reply="已经修好"):
    walker.press(number, "签收", "tanxue")
    walker.press(number, "提交答复", "tanxue", reply=reply)
    return walker.press(number, "审核办结", "zhaomingde")


def test_a_call_is_answered_by_two_units_called_back_and_closed(walker):
    number, link = call(walker)
    walked = [walker.case(number, "linxiao")]
    assert walked[-1].steps == STEPS
    walked.append(walker.later(minutes=10).press(number, "受理", "linxiao", grade="一般"))
    walker.later(minutes=20)
    assert dispatch(walker, number, assisting=["水利局"]).clock.startswith("办理时限 03-11 17:30")
    walked.append(walker.later(hours=2).press(number, "签收", "tanxue"))
    walker.press(number, "协办签收", "gezhendong")
    page = walker.later(days=1).press(number, "督办", "chengmo", note="居民多次反映")
    assert "督 1" in page.marks
    walker.press(number, "协办反馈", "gezhendong", reply="水源正常")
    walked.append(walker.press(number, "提交答复", "tanxue", reply="表前管已换"))
    walked.append(walker.press(number, "审核办结", "zhaomingde"))
    walker.later(days=1)
    page = walker.press(number, "回访", "maqing", reached="是", solved="是", satisfied="满意")
    assert page.stage == "已办结"
    assert len(page.clocks) >= 4
    assert all("按时" in words for words in page.clocks.values())
    accepted, passed, told = walker.texts(number)
    assert ("受理" in accepted, "水务公司" in passed, "已答复：表前管已换" in told) == (True, True, True)
    told = walker.open(link)
    assert "已办结" in told.first("h1").words
    assert "解决了 · 满意" in told.first("section", "rated").words
    assert "居民多次反映" not in told.words
    assert walker.is_whole(number)
    assert set(walked_steps(walked)) < set(STEPS)


def test_an_urgent_call_has_two_hours_and_one_for_each_step_before(walker):
    number, _ = call(walker, grade="紧急", urgent="on")
    assert walker.case(number, "linxiao").clock.startswith("受理时限 03-04 11:00")
    page = dispatch(walker, number)
    assert (page.clock.startswith("办理时限 03-04 12:00"), "急" in page.marks) == (True, True)
    assert watch_clocks(walker.later(minutes=61).now) >= 1
    assert walker.open("/console/notices", "tanxue").find("a", href=f"/console/cases/{number}")


def test_water_power_gas_and_heating_have_a_day_and_night(walker):
    number, _ = call(walker, grade="水电气暖")
    assert dispatch(walker, number).clock.startswith("办理时限 03-05 10:00")


def test_a_complex_matter_has_fifteen_days(walker):
    number, _ = call(walker, grade="复杂")
    assert dispatch(walker, number).clock.startswith("办理时限 03-19 17:30")


def test_what_the_law_keeps_from_the_hotline_is_not_dispatched_and_the_way_is_told(walker):
    way = list_lawful_ways()[0]
    number, link = call(walker, finish="告知法定途径", way=way.key, reply_way="请按下面的途径办理")
    assert walker.case(number).stage == "告知途径"
    words = walker.open(link).words
    assert ("请按下面的途径办理" in words, " ".join(way.words.split()) in words) == (True, True)
    assert "依法不由热线派单" in walker.texts(number)[-1]


def test_an_objection_to_a_dispatch_is_reviewed_and_dispatched_to_another_unit(walker):
    number, _ = call(walker, grade="一般")
    dispatch(walker, number)
    walker.later(hours=3)
    clause, reason = "《禾川县派单目录》第1.1.6条", "表后归水务"
    page = walker.press(number, "退单", "tanxue", clause=clause, reason=reason)
    assert page.stage == "退单待审"
    asked = walker.case(number).first(kind="notice-amber").words
    assert (clause in asked, reason in asked) == (True, True)
    walker.press(number, "同意退单", "guoheng")
    page = dispatch(walker.later(hours=1), number, lead="水利局")
    assert (page.clock.startswith("办理时限 03-11 17:30"), "退 1" in page.marks) == (True, True)
    assert "水利局" in walker.texts(number)[-1]


def test_after_three_rounds_the_board_explains_and_the_person_reads_reason_and_remedy(walker):
    number, link = call(walker, grade="一般")
    dispatch(walker, number)
    for turn in (2, 3, 4):
        answer(walker.later(days=1), number)
        walker.say(link, "evaluate", solved="没解决", satisfied="非常不满意", words="又停水了")
        assert f"第 {turn} 轮" in walker.case(number).marks
    walker.press(number, "提交复核", "guoheng", reason="三轮未解决")
    walker.later(days=3).press(
        number, "解释性办结", "fangzheng", reply="老旧管网须整体改造", remedy="可以申请行政复议"
    )
    told = walker.open(link)
    assert "复核后作了说明" in told.first("h1").words
    assert ("老旧管网须整体改造" in told.words, "可以申请行政复议" in told.words) == (True, True)
    assert "可以申请行政复议" in walker.texts(number)[-1]
