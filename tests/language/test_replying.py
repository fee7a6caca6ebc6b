"""A reply is read against its matter: more never costs, nothing never passes, the same is the same."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.language.api import FINDINGS, GOOD, LINES, POINTS, POOR, SIDES, check_reply, join_matter

MATTER = "建设路口摆摊占道\n建设路口每天早上有人摆摊占道，什么时候能管一管？能不能划个地方让他们去？"
FULL = (
    "您好！关于建设路口摆摊占道，城管局 11 月 20 日到现场核实，占道摊位 3 处，"
    "按《市容管理办法》第十二条已责令撤离；"
    "11 月 25 日前在老车站划好疏导点，可以免费进场摆摊。如再出现，请拨打 0999-5301234 找城管局市容股。"
)
OFFICES = ("有关部门", "市交通局", "城关镇人民政府", "相关单位", "县住建局", "水务公司")
PASSING = (
    "您好，您反映的问题已转{office}调查处理。",
    "网友：您好！您的留言已收悉，已转交{office}办理，感谢您的支持。",
    "您好，您反映的情况我们已批转至{office}核实，请耐心等待。",
    "您的诉求已收悉，我办已将您反映的问题移交{office}，如有进展将及时反馈，谢谢！",
    "关于您反映的问题，已交由{office}处理。",
)
DAYS = st.tuples(st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 31)).map(
    lambda day: f"{day[0]}年{day[1]}月{day[2]}日"
)
WORDS = st.lists(
    st.sampled_from(
        [
            "您好",
            "已到现场核实",
            "已转有关部门",
            "感谢您的支持",
            "预计月底前完成",
            "请拨打 0999-5300000",
            "尽快处理",
            "摊位已撤离",
        ]
    ),
    max_size=8,
).map("，".join)


def codes(reply: str, matter: str = MATTER) -> set[str]:
    return {one.code for one in check_reply(reply, matter).findings}


def test_a_reply_that_tells_deed_day_ground_and_contact_lacks_nothing():
    check = check_reply(FULL, MATTER)
    assert LINES.find_band(check) == GOOD
    assert check.findings == ()
    assert check.score > 70


@given(office=st.sampled_from(OFFICES), words=st.sampled_from(PASSING), days=st.lists(DAYS, max_size=4))
def test_mere_forwarding_is_never_good_whatever_days_stand_beside_it(office, words, days):
    reply = words.format(office=office) + "".join(days)
    check = check_reply(reply, MATTER)
    assert LINES.find_band(check) == POOR
    assert check.hollow
    assert check.score <= 40
    assert "only-forwarded" in codes(reply)


@given(reply=WORDS, day=DAYS)
def test_a_day_more_never_lowers_the_score(reply, day):
    before = check_reply(reply, MATTER).score
    for more in (f"{reply}，{day}", f"{reply}。{day}", f"{day}，{reply}"):
        assert check_reply(more, MATTER).score >= before


@given(reply=st.text(max_size=300), matter=st.text(max_size=200))
def test_no_text_breaks_it_and_the_same_texts_give_the_same_check(reply, matter):
    check = check_reply(reply, matter)
    assert check == check_reply(reply, matter)
    assert 0 <= check.score <= 100
    assert set(check.points) == set(POINTS)
    assert all(one.weight >= 1 and one.words.zh and one.words.en for one in check.findings)


@given(reply=WORDS)
def test_what_is_lost_is_told(reply):
    check = check_reply(reply, MATTER)
    if check.score < LINES.good:
        assert check.findings


def test_the_sides_make_a_hundred_and_every_word_is_there_twice():
    assert sum(POINTS.values()) == 100
    assert set(SIDES) == set(POINTS)
    assert all(words.zh and words.en for words in [*FINDINGS.values(), *SIDES.values()])


@pytest.mark.parametrize(
    ("reply", "lacks"),
    [
        ("", "empty"),
        ("您好，来信收悉，感谢您对我们工作的支持。", "only-received"),
        ("您好，请您到市交警队咨询。", "only-referred"),
        ("摊位都已经撤走了。", "no-time"),
        ("我们将尽快处理，摊位的事已经记下来，大家都知道了，会管的。", "promise-without-time"),
        ("路上的水管修好了，大家可以放心用水，以后也不会再停了。", "off-matter"),
        ("摊位撤走了，路口的位置已经空出来，早上可以走车了。", "no-contact"),
        ("摊主说每天早上来摆摊的人很多，路口确实占道。", "unanswered-when"),
        ("建设路口摆摊占道的事我们知道，早上人多的时候路是窄一些。", "no-deed"),
        ("举报人王小明，您好！摊位已撤离。", "personal-name"),
        ("摊位已撤离，有事打 13812345678 找我。", "personal-number"),
        ("摊位已责令撤离，城管每天早上值守，路口已经畅通，大家放心。\n2026年11月20日", "signed-day-only"),
    ],
)
def test_each_lack_is_found(reply, lacks):
    assert lacks in codes(reply)


def test_personal_numbers_are_masked_in_what_is_told():
    told = "".join(one.words.zh for one in check_reply("打 13812345678", MATTER).findings)
    assert "13812345678" not in told
    assert "5678" in told


def test_a_copied_reply_costs_points_and_is_told():
    alone, copied = check_reply(FULL, MATTER), check_reply(FULL, MATTER, copied=True)
    assert copied.score < alone.score
    assert {one.code for one in copied.findings} == {"copied"}


def test_a_reply_to_another_matter_ties_less():
    other = join_matter(["六楼没水", "我家六楼早晚没水，请检修水泵。"])
    assert check_reply(FULL, MATTER).points["ties"] > check_reply(FULL, other).points["ties"]


def test_a_long_reply_is_read_in_a_few_milliseconds():
    long = FULL * 40
    start = perf_counter()
    for _ in range(5):
        check_reply(long[:5000], MATTER)
    assert (perf_counter() - start) / 5 < 0.2  # a busy machine; a usual reply takes one millisecond
