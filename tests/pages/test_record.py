"""The record of a matter: timeline, clock card, stages, and the citizens' trail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from huiyin.kernel.words import Words
from huiyin.pages.badges import make_badge
from huiyin.pages.records import Attachment, ClockCard, Stage, TimelineStep

NOW = datetime(2026, 11, 21, 2, 24, tzinfo=UTC)
RECORD = '{% import "pages/record.html" as r with context %}'
STEPS = [
    TimelineStep(
        "phone",
        "来电登记",
        "grey",
        "12345 热线",
        "六楼停水<了>",
        at=NOW,
        attachments=(Attachment("录音", "/f/1", 2048),),
    ),
    TimelineStep(
        "map-pin",
        Words("现场核查", "Site visit"),
        "brand",
        "水务公司",
        "泵坏了",
        public=False,
        at=NOW,
        since_previous=timedelta(hours=5),
    ),
    TimelineStep("", "提交审核", future=True, due_at=NOW + timedelta(days=1)),
    TimelineStep("", "回访", future=True, due_words="办结后 24 小时内"),
]


def test_the_timeline_tells_who_did_what_and_how_long_it_took(draw):
    drawn = draw(RECORD + "{{ r.timeline(steps) }}", steps=STEPS)
    assert "12345 热线" in drawn
    assert "六楼停水&lt;了&gt;" in drawn
    assert "距上一步 5 小时" in drawn
    assert 'href="/f/1"' in drawn
    assert "2 KB" in drawn


def test_steps_that_the_person_cannot_see_are_marked(draw):
    assert draw(RECORD + "{{ r.timeline(steps) }}", steps=STEPS).count("诉求人看不到这一步的内容") == 1


def test_steps_to_come_are_dashed_and_have_their_due_times(draw):
    drawn = draw(RECORD + "{{ r.timeline(steps) }}", steps=STEPS)
    assert drawn.count('class="future"') == 2
    assert ">11-22 10:24</time> 前" in drawn
    assert "办结后 24 小时内" in drawn


def test_the_clock_card_shows_its_marks_and_its_reasons(draw):
    badge = make_badge(NOW + timedelta(hours=21, minutes=48), NOW, 546, False, None, NOW)
    card = ClockCard(
        "办结时限", badge, NOW + timedelta(hours=21), "已用 26 时", "共 48 时", ("民生急难类 48 小时",)
    )
    drawn = draw(RECORD + "{{ r.clock_card(card) }}", card=card)
    assert "剩 21 小时 48 分" in drawn
    assert drawn.count('class="tick"') == 2
    assert 'aria-label="时限已用 54%"' in drawn
    assert "民生急难类 48 小时" in drawn


def test_the_steps_of_the_process_say_where_the_matter_is(draw):
    stages = [Stage("登记", "done"), Stage("办理", "now"), Stage("办结")]
    drawn = draw(RECORD + "{{ r.stages(stages, '办理步骤') }}", stages=stages)
    assert drawn.count('aria-current="step"') == 1
    assert "第 2 步，共 3 步：" in drawn
    assert "（已完成）" in drawn


def test_the_citizens_trail_has_ticks_a_present_step_and_what_comes(draw):
    drawn = draw(RECORD + "{{ r.trail(steps, 1) }}", steps=STEPS)
    assert drawn.count("#check") == 1
    assert drawn.count('aria-current="step"') == 1
    assert drawn.count('class="future"') == 2
