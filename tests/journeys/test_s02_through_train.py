"""S02 直通车 (余杭): 上报、研判、分流、处置、监督、办结、反馈、测评; until 满意 or 理解."""

from __future__ import annotations

from tests.journeys.walker import walked_steps

STEPS = ["上报", "研判", "分流", "处置", "监督", "办结", "反馈", "测评"]
COMPANY = "禾川县橘香果业有限公司"
WORDS, SUGGESTION = "厂区门口积水，货车进出困难", "建议疏通门口雨水管"


def visit(walker, **typed):
    """A cadre on a visit to a company writes it down: number, and the link for the company."""
    told = {
        "about": "企业", "company": COMPANY, "words": WORDS, "suggestion": SUGGESTION,
        "name": "王经理", "phone": "13900001234",
    }  # fmt: skip
    return walker.register("/console/visits/new", "ruanqin", **{**told, **typed})


def divert(walker, number):
    return walker.press(number, "分流", "hemin", lead="营商办", category="政策咨询")


def handle(walker, number, reply="雨水管已疏通"):
    """From the unit's desk to the person: the pages on the way."""
    yield walker.press(number, "签收", "guxiuying")
    yield walker.press(number, "提交处置结果", "guxiuying", reply=reply)
    yield walker.press(number, "核验办结", "chengmo")
    yield walker.press(number, "反馈", "guxiuying", reply=reply)


def test_a_cadre_writes_the_problem_and_a_suggestion_which_whoever_acts_reads(walker):
    number, link = visit(walker)
    page = walker.case(number, "linxiao")
    assert (page.stage, page.steps, page.step) == ("已上报", STEPS, "上报")
    assert WORDS in page.words
    assert SUGGESTION in page.words
    card = page.first("dl", "kv").words
    assert ("阮琴" in card, COMPANY in card) == (True, True)
    told = walker.open(link)
    assert (WORDS in told.words, SUGGESTION in told.words) == (True, False)
    walker.press(number, "受理研判", "linxiao")
    divert(walker, number)
    assert SUGGESTION in walker.case(number, "guxiuying").words


def test_a_company_without_a_name_and_a_household_without_a_village_are_asked_for(walker):
    page = walker.open("/console/visits/new", "ruanqin")
    for about, missing in (("企业", "请选择是哪家企业"), ("农户、村组", "请选择走访的乡镇和村")):
        refused = walker.send(page, "ruanqin", "/console/visits/new", about=about, words=WORDS)
        assert (refused.status, missing in refused.words, WORDS in refused.words) == (422, True, True)


def test_a_household_comes_by_the_same_door(walker):
    number, _ = visit(walker, about="农户、村组", company="", township="大岭乡")
    page = walker.case(number, "linxiao")
    assert (number[:2], page.steps, "大岭乡" in page.first("dl", "kv").words) == ("ZT", STEPS, True)


def test_the_company_itself_comes_by_its_line_into_the_same_process_and_follows_it_itself(walker):
    number, link = walker.register(
        "/console/intake", "linxiao", words=WORDS, company=COMPANY, phone="13900001234", name="王经理",
        channel="营商服务热线", process="直通车", finish="登记并受理",
    )  # fmt: skip
    page = walker.case(number, "hemin")
    assert (number[:2], page.steps, page.stage) == ("ZT", STEPS, "研判中")
    assert "营商服务热线" in page.first("dl", "kv").words
    assert {"add_words", "hurry"} <= set(walker.open(link).asked)
    walker.say(link, "hurry", words="货车进不来")
    assert "催 1" in walker.case(number, "hemin").marks


def test_an_ordinary_matter_has_fifteen_working_days(walker):
    number, link = visit(walker)
    walker.press(number, "受理研判", "linxiao")
    page = divert(walker, number)
    assert page.clock.startswith("处置时限 03-25 17:30")
    assert "共 15个工作日" in page.clock
    assert "3 月 25 日 17:30" in walker.open(link).first("section", "promise").words
    assert "最晚 3月25日17:30 答复您" in walker.texts(number)[-1]


def test_a_complex_one_has_two_months_when_another_person_approves_the_grade(walker):
    number, link = visit(walker)
    walker.press(number, "受理研判", "linxiao")
    page = walker.press(number, "申请定级", "hemin", grade="复杂", reason="涉及管网改造")
    assert (page.stage, "核准等级" in page.offers) == ("定级待审", False)
    assert "您的岗位" in walker.force(number, "regrade", "hemin", grade="complex").words
    page = walker.case(number)
    assert {"复杂", "涉及管网改造"} <= {one.words for one in page.first(kind="notice-amber").find("dd")}
    assert walker.press(number, "核准等级", "guoheng").stage == "研判中"
    page = divert(walker, number)
    assert "等级复杂" in page.first("dl", "kv").words
    # 4 May is within the holiday: the limit ends on the next working day.
    assert page.clock.startswith("处置时限 05-06 17:30")
    assert "共 2个月" in page.clock
    assert "5 月 6 日 17:30" in walker.open(link).first("section", "promise").words


def test_whoever_is_not_satisfied_goes_round_until_satisfied_or_understanding(walker):
    number, link = visit(walker)
    walker.press(number, "受理研判", "linxiao")
    divert(walker, number)
    assert len(list(handle(walker.later(days=3), number))) == 4
    page = walker.say(link, "evaluate", solved="没解决", satisfied="非常不满意", words="又积水了")
    assert "您还不满意，已退回重办" in page.words
    page = walker.case(number, "guxiuying")
    assert (page.stage, "第 2 轮" in page.marks, "又积水了" in page.words) == ("待再处置", True, True)
    assert walker.runs(number, "handle").started_at == walker.now
    *_, told = handle(walker.later(days=3), number, "已加装排水沟")
    assert told.stage == "已反馈，待测评"
    called = walker.press(
        number, "回访测评", "maqing", reached="是", solved="否", satisfied="不满意", understood="是"
    )
    assert (called.stage, called.step) == ("测评通过", "测评")
    record = walker.open(f"/console/cases/{number}/record", "guoheng")
    rounds = [row for table in record.find("table") for row in table.first("tbody").find("tr")]
    told = [[cell.words for cell in row.find("td")][:6] for row in rounds]
    assert ["1", "网上", "是", "否", "非常不满意", "–"] in told
    assert ["2", "回访 · 马青", "是", "否", "不满意", "是"] in told
    words = walker.open(link).words
    assert ("雨水管已疏通" in words, "已加装排水沟" in words) == (True, True)
    assert walker.is_whole(number)


def test_who_neither_is_satisfied_nor_understands_is_never_closed(walker):
    number, link = visit(walker)
    walker.press(number, "受理研判", "linxiao")
    divert(walker, number)
    for again in (2, 3, 4):
        assert [*handle(walker, number)][-1].stage == "已反馈，待测评"
        walker.say(
            link, "evaluate", solved="没解决", satisfied="不满意", understood="不能理解", words="还积水"
        )
        assert f"第 {again} 轮" in walker.case(number).marks
    assert "提交复核" in walker.case(number).offers


def test_every_step_is_walked_by_its_own_name_and_the_person_has_an_answer(walker):
    number, link = visit(walker)
    walked = [
        walker.case(number, "linxiao"),
        walker.press(number, "受理研判", "linxiao"),
        divert(walker, number),
    ]
    walked += handle(walker, number)
    walker.say(link, "evaluate", solved="解决了", satisfied="非常满意")
    walked.append(walker.case(number))
    assert walked_steps(walked) == STEPS
    assert [one.words for one in walked[-1].first("ol", "steps").find("li", "future")] == []
    assert "雨水管已疏通" in walker.open(link).first("section", "answer").words
    assert "已办结：雨水管已疏通" in walker.texts(number)[-1]
