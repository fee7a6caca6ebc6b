"""The page of one case: what it shows, to whom, and what it keeps to itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from huiyin.cases.api import Case, watch_clocks
from huiyin.people import api as people
from huiyin.register.api import find_category

PHONE = "13900002716"


@pytest.fixture
def water_case(make_case, move, unit_of):
    """A case that the water company handles, the subdistrict assisting."""
    category = find_category("010102")
    case = make_case(
        "六楼以上早晚没水。\n请尽快解决。", title="小区二次供水水压不足", name="王秀兰", phone=PHONE,
        category_id=category.pk if category else None, suggestion="请供水公司和物业一起看看",
        age=timedelta(hours=5),
    )  # fmt: skip
    move(case, "accept", "linxiao", note="地址已核对")
    move(
        case, "dispatch", "hemin", lead=unit_of("water").pk, assisting=[unit_of("chengguan").pk],
        grade="ordinary", designate=True, reason="二次供水由水务公司牵头",
    )  # fmt: skip
    return move(case, "sign", "tanxue")


def _get(client, case, more=""):
    return client.get(f"/console/cases/{case.number}{more}")


def test_the_page_tells_words_suggestion_units_and_the_steps_of_the_source(client, sign_in, water_case):
    page = _get(sign_in(client, "hemin"), water_case).content.decode()
    for words in (
        "小区二次供水水压不足",
        "请尽快解决。",
        "请供水公司和物业一起看看",
        "12345 热线",
        "水务公司 · 谭雪",
        "已签收",
        "待签收",
    ):
        assert words in page
    for step in ("受理", "派单", "办理", "答复", "督办", "办结", "回访", "评价"):
        assert step in page
    assert 'aria-current="step"' in page


def test_the_phone_is_masked_and_nowhere_whole(client, sign_in, water_case):
    page = _get(sign_in(client, "tanxue"), water_case).content.decode()
    assert "139****2716" in page
    assert PHONE not in page
    assert "王秀兰" not in page


def test_a_confidential_person_is_neither_named_nor_numbered_and_the_unit_never_learns_the_door(
    client, sign_in, make_case, move, unit_of
):
    case = make_case("单位欠薪", name="李某", phone=PHONE, identity="confidential")
    move(case, "accept", "linxiao")
    move(case, "dispatch", "hemin", lead=unit_of("water").pk, grade="ordinary", designate=True, reason="指定")
    unit = _get(sign_in(client, "tanxue"), case).content.decode()
    assert "保密，需专门权限" in unit
    assert "139****2716" not in unit
    assert "来电登记" not in unit
    assert "查看号码" not in unit
    centre = _get(sign_in(client, "guoheng"), case).content.decode()
    assert "来电登记" in centre
    assert "查看号码" in centre


def test_a_handler_of_another_unit_is_told_that_there_is_no_such_case(client, sign_in, water_case):
    other = (
        people.Post.objects.filter(role="handler", unit__key="education").select_related("account").first()
    )
    assert other is not None
    signed = sign_in(client, other.account.login)
    for more in ("", "/record", "/reveal", f"/clocks/{water_case.clocks.first().pk}", "/moves/remark"):
        assert _get(signed, water_case, more).status_code == 404
    sent = signed.post(f"/console/cases/{water_case.number}/moves/remark", {"note": "x", "version": 1})
    assert sent.status_code == 404


def test_nobody_sees_a_case_without_signing_in(client, water_case):
    answer = _get(client, water_case)
    assert answer.status_code == 302
    assert "next=" in answer["Location"]


def test_the_timeline_leaves_nothing_out_and_marks_what_the_person_cannot_see(
    client, sign_in, water_case, move
):
    move(water_case, "progress", "tanxue", reply="配件明天到", note="物业不配合")
    move(water_case, "remark", "hemin", note="盯着这件")
    watch_clocks(datetime.now(UTC) + timedelta(days=60))
    page = _get(sign_in(client, "hemin"), water_case).content.decode()
    timeline = page[page.index('<ol class="timeline">') : page.index('id="act"')]
    for told in (
        "来电登记",
        "受理",
        "派单：水务公司（主办）、城关街道办（协办）",
        "签收",
        "进展反馈",
        "内部备注",
        "已到期",
    ):
        assert told in timeline
    assert (
        timeline.index("配件明天到")
        < timeline.index("诉求人看得到", timeline.index("配件明天到"))
        < timeline.index("物业不配合")
    )
    for inner in ("地址已核对", "物业不配合", "盯着这件", "二次供水由水务公司牵头"):
        after = timeline[timeline.index(inner) :]
        assert after.index("内部，诉求人看不到") < 400
    assert "距上一步" in timeline


def test_steps_to_come_are_dashed_with_their_due_times(client, sign_in, water_case):
    page = _get(sign_in(client, "tanxue"), water_case).content.decode()
    ahead = page[page.index('class="future"') : page.index('id="act"')]
    assert "等水务公司经办人" in ahead
    assert "答复" in ahead
    assert "前</span>" in ahead
    assert "内</span>" in ahead


def test_the_clock_names_the_holidays_that_it_skipped(client, sign_in, make_case):
    """Accepted on 30 September 2025: National Day and the Mid-Autumn make-up days lie between."""
    case = make_case("路灯坏了", title="路灯不亮")
    clock = case.clocks.first()
    clock.limits, clock.started_at = ["5wd"], datetime(2025, 9, 29, 2, 0, tzinfo=UTC)
    clock.save()
    page = _get(sign_in(client, "linxiao"), case).content.decode()
    assert "国庆" in page
    assert page.count("不计") > 6
    whole = _get(client, case, f"/clocks/{clock.pk}").content.decode()
    assert "第5个工作日" in whole
    assert "国庆" in whole


def test_a_long_run_of_plain_days_is_drawn_together_but_every_skipped_day_stands_alone(
    client, sign_in, make_case
):
    case = make_case("路灯坏了", title="路灯不亮")
    clock = case.clocks.first()
    clock.limits, clock.started_at = ["15wd"], datetime(2025, 11, 3, 2, 0, tzinfo=UTC)
    clock.save()
    page = _get(sign_in(client, "linxiao"), case).content.decode()
    rows = page[page.index('<ol class="days">') : page.index("</ol>", page.index('<ol class="days">'))]
    assert rows.count('class="skipped"') == 1 + 6
    assert "第1个工作日 至 第4个工作日" in rows


def test_a_limit_that_leans_on_a_year_without_a_notice_says_so(client, sign_in, make_case):
    case = make_case("路灯坏了", title="路灯不亮")
    clock = case.clocks.first()
    clock.limits, clock.started_at = ["5wd"], datetime(datetime.now(UTC).year + 2, 3, 1, 2, 0, tzinfo=UTC)
    clock.save()
    assert "暂算" in _get(sign_in(client, "linxiao"), case).content.decode()


def test_the_record_prints_every_step_with_its_place_in_the_chain(client, sign_in, water_case):
    page = _get(sign_in(client, "hemin"), water_case, "/record").content.decode()
    assert "工单档案" in page
    for seq in range(1, 5):
        assert f"#{seq} " in page
    assert "时限" in page
    assert 'id="act"' not in page


def test_merged_cases_are_listed_on_both_sides(client, sign_in, make_case, move, water_case):
    follower = make_case("三号楼也没水", title="三号楼也没水")
    move(follower, "merge", "linxiao", into=water_case.number)
    signed = sign_in(client, "hemin")
    leader = _get(signed, water_case).content.decode()
    assert "合并的相似诉求" in leader
    assert follower.number in leader
    assert "并 " in leader
    page = _get(signed, follower).content.decode()
    assert f"并入 {water_case.number}" in page
    assert water_case.number in page[page.index('<ol class="timeline">') :]


def test_a_stuck_case_shows_the_matter_that_failed(client, sign_in, make_case, water_case):
    case = make_case(
        "执照办不下来",
        process="stuck",
        channel="stuck-desk",
        by="tianxin",
        failed_case_id=water_case.pk,
        failed_matter="营业执照",
    )
    page = _get(sign_in(client, "tianxin"), case).content.decode()
    assert water_case.number in page
    assert "营业执照" in page


def test_english_has_every_word_of_the_frame(client, sign_in, water_case):
    client.cookies["huiyin_language"] = "en"
    page = _get(sign_in(client, "hemin"), water_case).content.decode()
    assert "Why this date" in page
    assert "Since the step before" in page or "after the step before" in page
    assert Case.objects.filter(pk=water_case.pk).exists()
