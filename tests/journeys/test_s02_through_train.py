"""S02 直通车 (余杭): 上报、研判、分流、处置、监督、办结、反馈、测评; until 满意 or 理解."""

from __future__ import annotations

from datetime import datetime

from tests.cases.county import ZONE

from huiyin.appeals.api import Appeal, NewAppeal, find_tracked, report
from huiyin.cases.api import PERSON, get_newest, move_case
from huiyin.people.models import Company

STEPS = ["上报", "研判", "分流", "处置", "监督", "办结", "反馈", "测评"]


def tell(desk, by="ruanqin"):
    company = Company.objects.first()
    new = NewAppeal(
        "through-train", "visit" if by != PERSON else "portal", "厂区门口积水，货车进出困难", desk.now,
        name="王经理", phone="13900001234", company_id=company.pk, suggestion="建议疏通门口雨水管",
    )  # fmt: skip
    return report(new, by if by == PERSON else desk.acting(by))


def divert(desk, number):
    given = {"lead": desk.units["business"], "category": desk.categories["1201"]}
    return desk.move(number, "dispatch", "hemin", **given)


def handle(desk, number, reply="雨水管已疏通"):
    desk.move(number, "sign", "guxiuying")
    desk.move(number, "answer", "guxiuying", reply=reply)
    desk.move(number, "close", "chengmo")
    desk.move(number, "feedback", "guxiuying", reply=reply)


def test_the_steps_bear_the_names_of_the_source(desk):
    process = get_newest("through-train")
    assert [step.title.zh for step in process.steps] == STEPS
    assert process.rounds == 3


def test_a_cadre_writes_the_problem_and_a_suggestion(desk):
    reported = tell(desk)
    assert Appeal.objects.get(case_id=reported.case_id).suggestion == "建议疏通门口雨水管"
    assert desk.case(reported.number).opened_by.login == "ruanqin"


def test_the_company_itself_comes_by_the_other_door_into_the_same_process(desk):
    reported = tell(desk, PERSON)
    assert desk.case(reported.number).process == "through-train"
    assert find_tracked(reported.number, reported.secret).can >= {"add_words", "hurry"}


def test_an_ordinary_matter_has_fifteen_working_days(desk):
    number = tell(desk).number
    desk.move(number, "accept", "linxiao")
    divert(desk, number)
    assert desk.clock(number, "handle").limits == ["15wd"]
    assert desk.case(number).due_at == datetime(2026, 3, 25, 17, 30, tzinfo=ZONE)


def test_a_complex_one_has_two_months_when_another_person_approves_the_grade(desk):
    number = tell(desk).number
    desk.move(number, "accept", "linxiao")
    desk.move(number, "ask_grade", "hemin", grade="complex", reason="涉及管网改造")
    assert desk.stage(number) == "grade-review"
    assert desk.refuse(number, "regrade", "hemin", grade="complex").code == "not-your-duty"
    desk.move(number, "regrade", "guoheng", grade="complex")
    assert desk.case(number).grade == "complex"
    divert(desk, number)
    assert desk.clock(number, "handle").limits == ["2mo"]
    # 4 May is within the holiday: the limit ends on the next working day.
    assert desk.case(number).due_at == datetime(2026, 5, 6, 17, 30, tzinfo=ZONE)


def test_whoever_is_not_satisfied_goes_round_until_satisfied_or_understanding(desk):
    reported = tell(desk)
    number = reported.number
    desk.move(number, "accept", "linxiao")
    divert(desk, number)
    handle(desk.later(days=3), number)
    move_case(number, "evaluate", {"solved": False, "satisfied": 1, "words": "又积水了"}, PERSON, desk.now)
    assert (desk.stage(number), desk.case(number).round) == ("reopened", 2)
    assert desk.clock(number, "handle").started_at == desk.now
    handle(desk.later(days=3), number, "已加装排水沟")
    desk.move(number, "callback", "maqing", reached=True, solved=False, satisfied=2, understood=True)
    case = desk.case(number)
    assert (case.stage, case.round, case.closed_at) == ("closed", 2, desk.now)
    assert [(r.round, r.satisfied, r.understood) for r in case.ratings.order_by("id")] == [
        (1, 1, None),
        (2, 2, True),
    ]
    words = " ".join(word for step in find_tracked(number, reported.secret).steps for word in step.words)
    assert "雨水管已疏通" in words
    assert "已加装排水沟" in words
    assert desk.verify(number) == []


def test_every_step_was_walked_by_its_own_name(desk):
    number = tell(desk).number
    desk.move(number, "accept", "linxiao")
    divert(desk, number)
    handle(desk, number)
    desk.move(number, "evaluate", PERSON, solved=True, satisfied=5)
    process = get_newest("through-train")
    titles = {step.key: step.title.zh for step in process.steps}
    walked = [
        titles[process.get_stage(entry.body["to"]).step]
        for entry in desk.entries(number)
        if "to" in entry.body
    ]
    assert list(dict.fromkeys(walked)) == STEPS
