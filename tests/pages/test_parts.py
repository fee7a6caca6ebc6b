"""Small parts of pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from huiyin.kernel.words import Words
from huiyin.pages.badges import make_badge
from huiyin.pages.frames import Tab
from huiyin.pages.paging import number_pages

NOW = datetime(2026, 11, 21, 2, 24, tzinfo=UTC)
EVIL = "<script>alert(1)</script>"
PARTS = '{% import "pages/parts.html" as p with context %}'


def test_a_tag_has_a_tint_a_shape_and_words(draw):
    drawn = draw(PARTS + "{{ p.status_tag('blue', 'dot', words) }}", words=Words("办理中", "In hand"))
    assert drawn == '<span class="tag tone-blue shape-dot">办理中</span>'


def test_every_part_escapes_what_it_is_given(draw):
    calls = """
    {{ p.status_tag('blue', 'dot', evil) }}{{ p.mark(evil) }}{{ p.kv([(evil, evil)]) }}
    {{ p.crumbs([(evil, '#')]) }}
    {{ p.notice('red', evil, evil) }}{{ p.empty(evil, evil, '#') }}{{ p.opens('x', evil) }}
    {{ p.bars([(evil, evil, 5)]) }}
    {{ p.kpi(evil, evil, evil, evil) }}{{ p.tabs(tabs, evil) }}{{ p.pick(evil, evil) }}
    {{ p.confirm_dialog('x', evil, '#', evil, '') }}
    """
    drawn = draw(PARTS + calls, evil=EVIL, tabs=[Tab(EVIL, "#", 3)])
    assert "<script" not in drawn
    assert drawn.count("&lt;script&gt;") >= 17


def test_a_badge_never_speaks_by_colour_alone(draw):
    badge = make_badge(NOW - timedelta(days=2, hours=6), NOW - timedelta(days=9), 1300, False, None, NOW)
    drawn = draw(PARTS + "{{ p.time_badge(badge) }}", badge=badge)
    assert "badge-late" in drawn
    assert "#triangle-alert" in drawn
    assert "超 2天6时" in drawn
    assert '<rect width="1000"' in drawn


def test_a_paused_badge_has_a_dashed_bar(draw):
    badge = make_badge(NOW + timedelta(hours=3), NOW, 500, True, None, NOW)
    assert draw(PARTS + "{{ p.time_badge(badge) }}", badge=badge).count("<rect") > 3


def test_only_an_urgent_view_has_a_red_count(draw):
    tabs = [
        Tab("我的待办", "?v=mine", 119, current=True),
        Tab("已超时", "?v=late", 7, urgent=True),
        Tab("空", "?", 0, urgent=True),
    ]
    drawn = draw(PARTS + "{{ p.tabs(tabs, '视图') }}", tabs=tabs)
    assert drawn.count("count-red") == 1
    assert drawn.count('aria-current="page"') == 1


def test_the_pager_tells_where_one_stands(draw):
    drawn = draw(PARTS + "{{ p.pager(paging) }}", paging=number_pages({"page": "2"}, 1236, 50))
    assert "第 51–100 条，共 1,236 条" in drawn
    assert 'rel="prev"' in drawn
    assert "…" in drawn


def test_the_batch_bar_holds_the_callers_buttons(draw):
    drawn = draw(PARTS + "{% call p.batch_bar() %}<button>催办</button>{% endcall %}")
    assert "<button>催办</button>" in drawn
    assert "已选 <b data-count>0</b> 件" in drawn


def test_a_dialog_is_a_form_that_acts_once(draw):
    drawn = draw(
        PARTS + "{% call p.confirm_dialog('close', '办结', '/c/1', '办结', csrf_input) %}X{% endcall %}"
    )
    assert 'name="client_key"' in drawn
    assert 'aria-labelledby="close-title"' in drawn


def test_filters_say_things_in_their_own_words(draw):
    drawn = draw(
        "{{ 1204 | number }} {{ none | number }} {{ '13900001234' | phone_mask }} {{ 35840 | size }} "
        "{{ text | paragraphs }}",
        text="a<\nb\n\nc",
    )
    assert drawn == "1,204 – 139****1234 35 KB <p>a&lt;<br>b</p><p>c</p>"


def test_a_moment_keeps_the_whole_time_in_its_title(draw):
    drawn = draw("{{ at | moment }}", at=datetime(2025, 11, 21, 2, 24, 33, tzinfo=UTC))
    assert (
        drawn
        == '<time datetime="2025-11-21T10:24:33+08:00" title="2025-11-21 10:24:33">2025-11-21 10:24</time>'
    )
