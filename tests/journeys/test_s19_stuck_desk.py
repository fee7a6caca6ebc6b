"""S19 “办不成事”窗口 (麻城、鹤壁): linked to what failed, the cause named, answered within a limit."""

from __future__ import annotations

STEPS = ["受理", "查因", "协调", "反馈", "评价"]
WINDOW, CENTRE = "tianxin", "guoheng"


def bring(walker, path="/console/stuck", **typed):
    """Somebody comes to the window: the number of the matter, and the link that is given to them."""
    told = {"words": "营业执照办了三次没办成", "name": "张三", "phone": "13900001234", "finish": "只登记"}
    return walker.register(path, WINDOW, **{**told, **typed})


def bring_licence(walker, **typed):
    return bring(walker, failed_matter="营业执照变更", failed_unit="禾川县市场监督管理局", **typed)


def name_cause(walker, number, cause="材料不全", more=""):
    return walker.press(number, "查明原因", WINDOW, cause=cause, **{"cause-more": more})


def settle(walker, number, reply="已协调，请明天来取"):
    walker.press(number, "协调办成", WINDOW, reply=reply)
    return walker.press(number, "审核反馈", CENTRE)


def test_it_is_linked_to_the_matter_that_failed_and_the_links_lead_back(walker):
    failed, _ = walker.register(
        "/console/intake", "linxiao", words="三号楼停水两天了", finish="登记并受理", phone="13900001234"
    )
    found = walker.open(f"/console/stuck?q={failed}", WINDOW)
    choice = next(link for link in found.find("a") if link.words == "就是这件")
    number, _ = bring(walker, f"/console/stuck{choice.attrs['href']}")
    card = walker.case(number, WINDOW).first("dl", "kv")
    assert card.find("a", href=f"/console/cases/{failed}")
    assert "三号楼停水两天了" in card.words
    listed = walker.open("/console/stuck", WINDOW).words
    assert f"没办成的：{failed}" in listed
    assert "原因还没查清" in listed


def test_what_failed_elsewhere_is_told_in_words_with_the_unit_and_cannot_be_left_out(walker):
    page = walker.open("/console/stuck", WINDOW)
    page = walker.send(page, WINDOW, "/console/stuck", words="没办成", act="register")
    assert (page.status, "请写明哪件事没办成" in page.words) == (422, True)
    number, _ = bring_licence(walker)
    assert "市场监管局：营业执照变更" in walker.case(number, WINDOW).first("dl", "kv").words


def test_the_window_names_the_cause_settles_it_and_the_centre_tells_the_person(walker):
    number, link = bring_licence(walker)
    page = walker.case(number, WINDOW)
    assert page.steps == STEPS
    assert page.clock.startswith("答复时限 03-11 17:30")
    assert "共 5个工作日" in page.clock
    assert "查因时限 03-05 17:30 前" in page.clocks["查因时限"]
    walked = [page, walker.press(number, "受理", WINDOW)]
    assert "协调办成" not in walked[-1].offers
    assert "请填写“没办成的原因”" in walker.refuse(number, "查明原因", WINDOW)
    walked.append(name_cause(walker, number, "部门推诿", "两个窗口要的材料不一致"))
    assert "原因部门推诿：两个窗口要的材料不一致" in walked[-1].words
    assert "按时" in walked[-1].clocks["查因时限"]
    walker.press(number, "协调办成", WINDOW, reply="已协调，请明天来取")
    assert "审核反馈" not in walker.case(number, WINDOW).offers
    walker.force(number, "close", WINDOW)
    form = walker.case(number, CENTRE).first("form", id="act-form").words
    assert "提交后发短信：您反映的“营业执照办了三次没办成”已答复：已协调，请明天来取" in form
    walked.append(walker.press(number, "审核反馈", CENTRE))
    assert walker.runs(number, "answer").outcome == "kept"
    told = walker.open(link)
    assert "已协调，请明天来取" in told.first("section", "answer").words
    assert "没办成的原因已查清" in told.words
    rated = walker.say(link, "evaluate", solved="解决了", satisfied="非常满意")
    assert "谢谢您的评价" in rated.words
    walked.append(walker.case(number))
    assert [page.step for page in walked] == ["受理", "查因", "协调", "反馈", "评价"]
    assert (walked[-1].stage, walked[-1].offers) == ("已办结", [])
    assert walker.is_whole(number)


def test_the_person_reads_each_step_by_message_with_the_time_of_the_answer(walker):
    number, link = bring_licence(walker, finish="受理并查因")
    name_cause(walker, number)
    settle(walker, number)
    accepted, answered = walker.texts(number)
    assert f"已受理，编号 {number}，最晚 3月11日17:30 答复您" in accepted
    assert "已答复：已协调，请明天来取" in answered
    assert link.rsplit("/", 1)[1] not in accepted + answered


def test_a_unit_is_called_in_and_the_limit_for_the_answer_runs_on(walker):
    number, link = bring_licence(walker, finish="受理并查因")
    name_cause(walker, number, "部门推诿")
    page = walker.later(days=1).press(number, "交单位协调", "hemin", lead="营商办", category="政策咨询")
    assert page.clock.startswith("答复时限 03-11 17:30")
    assert "禾川县营商环境建设局" in walker.open(link).first("section", "promise").words
    walker.press(number, "签收", "guxiuying")
    walker.press(number, "提交答复", "guxiuying", reply="执照已办好")
    assert walker.press(number, "审核反馈", CENTRE).stage == "已反馈，待评价"
    assert "执照已办好" in walker.texts(number)[-1]


def test_an_answer_late_is_shown_late_to_the_staff_and_to_the_person(walker):
    number, link = bring_licence(walker, finish="受理并查因")
    name_cause(walker, number, "系统故障")
    walker.later(days=20)
    assert "已经过了时间，对不起" in walker.open(link).first("section", "promise-late").words
    assert settle(walker, number, "好了").stage == "已反馈，待评价"
    assert walker.runs(number, "answer").outcome == "late"
    assert "超时" in walker.case(number).clocks["答复时限"]


def test_not_solved_is_traced_again_with_a_new_limit_and_after_two_rounds_goes_to_the_board(walker):
    number, link = bring_licence(walker, finish="受理并查因")
    for again in (2, 3):
        name_cause(walker, number, "政策不明")
        settle(walker, number, "请等政策")
        assert "提交复核" not in walker.case(number).offers
        walker.later(days=1).say(
            link, "evaluate", solved="没解决", satisfied="非常不满意", words="还是没办成"
        )
        page = walker.case(number)
        assert (page.stage, page.step, f"第 {again} 轮" in page.marks) == ("待再查", "查因", True)
        assert walker.runs(number, "answer").started_at == walker.now
    walker.press(number, "提交复核", CENTRE, reason="两轮未成")
    page = walker.press(
        number, "解释性办结", "fangzheng", reply="依现行规定不能办理", remedy="可申请行政复议"
    )
    assert page.stage == "已解释"
    told = walker.open(link).words
    assert "依现行规定不能办理" in told
    assert "可申请行政复议" in told
    assert "可申请行政复议" in walker.texts(number)[-1]
