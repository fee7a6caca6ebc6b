"""S01 有诉即办 (鹤壁): six channels, one inbox; 一收、二分、三转、四办、五督、六评; then struck off."""

from __future__ import annotations

import pytest
from tests.journeys.reading import read_table
from tests.journeys.walker import walked_steps

STEPS = ["一收", "二分", "三转", "四办", "五督", "六评"]
CHANNELS = {
    "营商服务热线": "linxiao",
    "12345 热线": "linxiao",
    "网民留言": "linxiao",
    "服务管家": "jingyi",
    "“办不成事”窗口": "tianxin",
    "“万人助万企”窗口": "linxiao",
}
"""The six channels, and who of the county writes down what comes by them."""

COMPANY = "禾川县橘香果业有限公司"
VIEWS = {"take": "建账", "sort": "理账", "check": "对账", "hand": "交账", "count": "算账"}


def tell(walker, channel="营商服务热线", words="产业园停车位不足，员工没处停车", **typed):
    """A company's matter is written down: number, and the link for the company."""
    told = {
        "words": words, "channel": channel, "process": "有诉即办", "company": COMPANY,
        "name": "王经理", "phone": "13900001234", "finish": "只登记",
    }  # fmt: skip
    return walker.register("/console/intake", CHANNELS[channel], **{**told, **typed})


def transfer(walker, number):
    return walker.press(number, "转办", "hemin", lead="营商办", category="政策咨询")


def handle(walker, number, reply="已增设 40 个车位"):
    page = walker.press(number, "签收", "guxiuying")
    walker.press(number, "提交答复", "guxiuying", reply=reply)
    return page


def finish(walker, number):
    transfer(walker, number)
    handle(walker, number)
    return walker.press(number, "核验通过", "chengmo")


def ledger(walker, view):
    return walker.open(f"/console/ledger/{view}?process=enterprise", "chengmo")


def totals(walker, view, which=0):
    """The last line of a view's table: the sums."""
    return read_table(ledger(walker, view).find("table", "ledger")[which])[-1]


def test_all_six_channels_come_into_one_inbox_and_keep_their_source(walker):
    for channel in CHANNELS:
        tell(walker, channel)
    inbox = read_table(walker.open("/console/cases?process=enterprise&tab=todo", "hemin").first("table"))
    assert len(inbox) == 6
    taken = read_table(ledger(walker, "take").find("table", "ledger-list")[0])
    assert {row["渠道"] for row in taken} == set(CHANNELS)
    assert all(f"来源{row['渠道']}" in walker.case(row["编号"]).words for row in taken)


def test_a_steward_reports_and_the_matter_goes_through_all_six_steps(walker):
    number, link = tell(walker, "服务管家")
    walked = [walker.case(number, "jingyi")]
    assert walked[-1].steps == STEPS
    walked.append(walker.press(number, "收件", "linxiao"))
    walked.append(transfer(walker, number))
    assert walked[-1].clock.startswith("办理时限 03-11 17:30")
    walked.append(handle(walker.later(days=1), number))
    page = walker.case(number, "chengmo")
    assert (page.stage, page.step) == ("督查核验中", "五督")
    walked += [page, walker.press(number, "核验通过", "chengmo")]
    page = walker.press(number, "回访评估", "maqing", reached="是", solved="是", satisfied="非常满意")
    assert (page.stage, "已评估，正在销号" in walker.open(link).words) == ("待销号", True)
    page = walker.press(number, "销号", "guoheng")
    assert walked_steps([*walked, page]) == STEPS
    assert (page.stage, "已办结销号" in walker.open(link).words) == ("已销号", True)
    assert "已办结销号，感谢您的评估" in walker.texts(number)[-1]
    assert walker.is_whole(number)


def test_nothing_is_struck_off_before_its_evaluation(walker):
    number, link = tell(walker)
    transfer(walker, number)
    handle(walker, number)
    assert "销号" not in walker.case(number).offers
    walker.force(number, "strike_off", "guoheng")
    assert "销号" not in walker.press(number, "核验通过", "chengmo").offers
    walker.force(number, "strike_off", "guoheng")
    assert totals(walker, "count")["销号"] == "0"
    walker.say(link, "evaluate", solved="解决了", satisfied="满意")
    assert walker.press(number, "销号", "guoheng").stage == "已销号"
    assert totals(walker, "count")["清零率"].startswith("100.0%")


def test_the_unit_that_handled_it_does_not_verify_its_own_result(walker):
    number, _ = tell(walker)
    transfer(walker, number)
    handle(walker, number)
    assert "核验通过" not in walker.case(number, "guxiuying").offers
    assert "您的岗位" in walker.force(number, "close", "guxiuying").words


@pytest.mark.parametrize(
    ("said", "stage", "turn"),
    [
        ({"satisfied": "非常不满意"}, "待再办", 2),
        ({"satisfied": "不满意", "understood": "是"}, "待销号", 1),
    ],
)
def test_who_is_neither_satisfied_nor_understands_goes_round_again(walker, said, stage, turn):
    number, _ = tell(walker)
    finish(walker, number)
    page = walker.press(number, "回访评估", "maqing", reached="是", solved="是", **said)
    assert (page.stage, walker.state(number)[2]) == (stage, turn)


def test_the_same_matter_of_three_companies_is_handled_once_and_answered_three_times(walker):
    first, *others = (tell(walker, channel) for channel in list(CHANNELS)[:3])
    leader = first[0]
    picked = "&".join(f"pick={number}" for number, _ in (first, *others))
    page = walker.open(f"/console/cases/batch?move=merge&{picked}", "linxiao")
    page = walker.send(page, "linxiao", "/console/cases/batch", into=leader)
    assert "2 件已经办好" in page.words
    page = walker.case(leader, "hemin")
    assert "并 2" in page.marks
    assert all(number in page.words for number, _ in others)
    finish(walker, leader)
    for number, link in (first, *others):
        assert "已增设 40 个车位" in walker.open(link).first("section", "answer").words
        assert "已答复：已增设 40 个车位" in walker.texts(number)[-1]
        walker.say(link, "evaluate", solved="解决了", satisfied="非常满意")
        assert walker.press(number, "销号", "guoheng").stage == "已销号"
    rows = [
        row for row in read_table(ledger(walker, "take").first("table", "ledger"))[:-1] if row["收到"] != "0"
    ]
    assert {row["渠道"]: row["办结"] for row in rows} == dict.fromkeys(list(CHANNELS)[:3], "1")


def test_who_writes_down_what_another_channel_told_is_shown_that_it_is_alike(walker):
    number, _ = tell(walker)
    page = walker.open("/console/intake", "linxiao")
    words = "产业园停车位不足，员工没处停车"
    page = walker.send(page, "linxiao", "/console/intake", words=words, act="look")
    assert number in page.first("div", id="alike").words


def test_the_five_views_of_the_ledger_agree(walker):
    numbers = [tell(walker, channel, words=f"{channel}：园区停车位不足") for channel in CHANNELS]
    (closed, link), (again, his), (open_, _), (other, _), *_ = numbers
    finish(walker, closed)
    walker.say(link, "evaluate", solved="解决了", satisfied="非常满意")
    walker.press(closed, "销号", "guoheng")
    finish(walker, again)
    walker.later(hours=1).say(his, "evaluate", solved="没解决", satisfied="不满意", words="车位还是不够")
    walker.press(again, "签收", "guxiuying")
    transfer(walker, open_)
    walker.press(other, "并案", "linxiao", into=open_)
    for view, title in VIEWS.items():
        page = ledger(walker, view)
        assert f"台账：{title}" in page.words
        tabs = [link.words for link in page.find("a") if link.words in VIEWS.values()]
        assert tabs == list(VIEWS.values())
    take, sort, check, hand, count = (totals(walker, view) for view in VIEWS)
    assert take["收到"] == sort["收到"] == count["收到"] == "6"
    assert take["办结"] == sort["办结"] == count["办结"] == count["销号"] == "1"
    assert take["并案"] == sort["并案"] == "1"
    assert (check["派出"], check["不满意再办"], check["差额"]) == ("4", "1", "0")
    assert hand["交办"] == check["派出"]
    assert (hand["签收"], count["再办"], count["最多轮次"]) == (check["签收"], "1", "2")
    balances = ledger(walker, "check").find("p", "balance-end")
    assert [one.words for one in balances] == ["差额 0"] * 3
