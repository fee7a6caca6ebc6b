"""The worklist: who sees what, tabs, filters, order, pages, search, columns."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.cases.api import TABS
from huiyin.people.api import list_areas
from huiyin.register.api import find_category

HOUR = timedelta(hours=1)
_ROW = re.compile(r'<td class="title">.*?<a href="/console/cases/(\w+)"', re.DOTALL)


@pytest.fixture
def hemin(client, sign_in):
    return sign_in(client, "hemin")


def _list(client, query=""):
    return client.get(f"/console/cases{query}").content.decode()


def numbers(page):
    return _ROW.findall(page)


def _count_of(page, tab):
    found = re.search(
        rf'<a href="/console/cases\?tab={tab}"[^>]*>[^<]*<span class="count[^"]*">([\d,]+)<', page
    )
    return int(found[1]) if found else None


@pytest.fixture
def some_cases(make_case, move, unit_of):
    """Six cases in different states; by name."""
    water = unit_of("water").pk
    made = {
        "new": make_case("村口路灯不亮", age=HOUR),
        "late": make_case("三天没有自来水", age=timedelta(days=40)),
        "sent": make_case("二次供水水压不足", age=3 * HOUR),
        "signed": make_case("水表读数不对", age=4 * HOUR),
        "answered": make_case("水费多收", age=5 * HOUR),
        "withdrawn": make_case("已经自己解决", age=6 * HOUR),
    }
    for name in ("sent", "signed", "answered"):
        move(made[name], "dispatch", "hemin", lead=water, designate=True, reason="当事单位，指定办理")
    for name in ("signed", "answered"):
        move(made[name], "sign", "tanxue")
    move(made["answered"], "answer", "tanxue", reply="已经退还多收的水费。")
    move(made["withdrawn"], "withdraw", "linxiao", reason="本人撤回")
    return made


def test_the_count_on_every_tab_is_the_length_of_its_list(some_cases, client, sign_in):
    for login in ("hemin", "tanxue", "guoheng", "luzhengping"):
        sign_in(client, login)
        page = _list(client, "?tab=open")
        for tab in TABS:
            listed = numbers(_list(client, f"?tab={tab}"))
            assert _count_of(page, tab) in (len(listed), None if tab == "all" else -1), (login, tab)


def test_a_handler_sees_the_cases_of_their_own_unit_alone(some_cases, client, sign_in):
    sign_in(client, "tanxue")
    seen = set(numbers(_list(client, "?tab=all")))
    assert seen == {some_cases[name].number for name in ("sent", "signed", "answered")}
    assert some_cases["new"].title not in _list(client, "?q=路灯")
    sign_in(client, "dengzhiyuan")
    assert numbers(_list(client, "?tab=all")) == []


def test_what_is_due_first_stands_first_and_the_number_last(some_cases, hemin):
    page = _list(hemin, "?tab=open")
    assert numbers(page)[0] == some_cases["late"].number
    head = re.findall(r"<th [^>]*>(.*?)</th>", page, re.DOTALL)
    assert "剩余时限" in head[1]
    assert "编号" in head[-1]


@pytest.mark.parametrize(
    ("order", "first"), [("opened", "new"), ("moved", "withdrawn"), ("number", "withdrawn"), ("due", "late")]
)
def test_clicking_a_heading_orders_the_list(some_cases, hemin, order, first):
    page = _list(hemin, f"?tab=all&order={order}")
    assert numbers(page)[0] == some_cases[first].number
    assert page.count("aria-sort") == (0 if order == "moved" else 1)


def test_fifty_stand_on_a_page_and_the_pages_together_hold_all(make_case, hemin):
    made = {make_case(f"第 {at} 件").number for at in range(53)}
    first, second = _list(hemin, "?tab=open"), _list(hemin, "?tab=open&page=2")
    assert len(numbers(first)) == 50
    assert {*numbers(first), *numbers(second)} == made
    assert "第 51–53 条，共 53 条" in second
    assert numbers(_list(hemin, "?tab=open&page=99")) == numbers(second)


def test_two_characters_are_found_anywhere_in_the_words(some_cases, hemin):
    assert numbers(_list(hemin, "?q=水压")) == [some_cases["sent"].number]
    assert numbers(_list(hemin, "?q=路灯&tab=review")) == []


def test_a_phone_is_found_and_never_shown(make_case, hemin):
    case = make_case("电话找人", name="张某", phone="13900001234")
    page = _list(hemin, "?q=13900001234")
    assert numbers(page) == [case.number]
    assert "1390000" not in page.partition("<tbody>")[2].partition("</tbody>")[0]


def test_a_whole_number_leads_straight_to_the_case(some_cases, client, sign_in):
    number = some_cases["new"].number
    sign_in(client, "hemin")
    assert client.get(f"/console/cases?q= {number.lower()}")["Location"] == f"/console/cases/{number}"
    sign_in(client, "tanxue")
    answer = client.get(f"/console/cases?q={number}")
    assert answer.status_code == 200
    assert numbers(answer.content.decode()) == []


def test_filters_narrow_the_list_and_stay_chosen(make_case, hemin):
    town, other = list_areas("township")[:2]
    category = find_category("010101")
    here = make_case("停水", township_id=town.pk, area_id=town.pk, category_id=category.pk, urgent=True)
    make_case("停水", township_id=other.pk, area_id=other.pk)
    top = find_category("01").pk
    for query in (f"township={town.pk}", f"category={top}", "urgent=yes"):
        assert numbers(_list(hemin, f"?tab=open&{query}")) == [here.number], query
    page = _list(hemin, f"?tab=open&township={town.pk}")
    assert f'<option value="{town.pk}" selected>' in page
    assert "清除筛选" in page
    assert (
        len(
            numbers(_list(hemin, "?stage=received&process=hotline&channel=hotline&grade=ordinary&state=open"))
        )
        == 2
    )
    assert len(numbers(_list(hemin, "?stage=kind:open"))) == 2
    assert numbers(_list(hemin, "?opened_to=2001-01-01")) == []


@pytest.mark.parametrize(
    "query",
    [
        "township=x",
        "township=9999999999999999999999",
        "opened_from=2026-13-45",
        "view=-1",
        "tab=nothing",
        "order=id;--",
        "page=-4",
        "q=%00",
    ],
)
def test_nonsense_in_the_address_filters_nothing(make_case, hemin, query):
    case = make_case()
    assert case.number in numbers(_list(hemin, f"?tab=open&{query}")) or query.startswith("tab")


def test_an_empty_list_is_one_sentence_and_one_link(hemin):
    page = _list(hemin, "?tab=overdue")
    assert "这里没有工单，都办完了。" in page
    assert "查看全部工单" in page
    assert "没有符合这些条件的工单" in _list(hemin, "?q=找不到的字")
    assert "还没有工单" in _list(hemin, "?tab=all")


def test_words_from_outside_are_escaped(make_case, hemin):
    make_case("内容", title='<img src=x onerror="alert(1)">', place="<b>地点</b>")
    page = _list(hemin, '?tab=open&q=<script>alert("q")</script>')
    assert "<script>alert" not in page
    page = _list(hemin, "?tab=open")
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_marks_say_urgent_merged_and_hurried(make_case, move, hemin):
    leader = make_case("小区停水", urgent=True)
    move(make_case("小区停水"), "merge", "hemin", into=leader.number)
    move(leader, "hurry", "linxiao", words="催一下")
    row = _list(hemin, "?tab=open").split(f"/console/cases/{leader.number}")[0].rsplit("<tr", 1)[1]
    assert ">急<" in row
    assert ">并 1<" in row
    assert ">催 1<" in row


def test_htmx_gets_the_list_alone_and_the_back_button_the_page(make_case, hemin):
    make_case()
    htmx = {"HX-Request": "true", "HX-Target": "worklist"}
    part = hemin.get("/console/cases?tab=open&q=&township=", headers=htmx)
    assert part["HX-Push-Url"] == "/console/cases?tab=open"
    text = part.content.decode()
    assert text.lstrip().startswith('<div id="worklist">')
    assert "<html" not in text
    assert 'hx-swap-oob="true"' in text
    assert "/console/cases/export?tab=open" in text
    whole = hemin.get("/console/cases", headers={**htmx, "HX-History-Restore-Request": "true"})
    assert "<html" in whole.content.decode()


def test_columns_are_chosen_and_kept_in_this_browser(make_case, hemin):
    make_case(place="禾川大道 3 号")
    assert "禾川大道 3 号" not in _list(hemin, "?tab=open")
    answer = hemin.post(
        "/console/cases/columns", {"column": ["place", "grade", "made-up"], "query": "?tab=open"}
    )
    assert answer["Location"] == "/console/cases?tab=open"
    page = _list(hemin, "?tab=open")
    assert "禾川大道 3 号" in page
    assert "受理时间</a>" not in page


def test_who_runs_the_system_sees_no_case_and_is_told_why(some_cases, client, sign_in):
    for login in ("guanxu", "anran"):
        sign_in(client, login)
        page = _list(client, "?tab=all&q=水费")
        assert "不看工单内容" in page
        assert some_cases["answered"].number not in page
        assert client.get("/console/cases/export?tab=all").status_code == 403


@pytest.mark.parametrize("login", ["hemin", "tanxue", "luzhengping"])
@pytest.mark.parametrize("query", ["", "?tab=open", "?tab=all&q=水费&township=3", "?tab=todo&urgent=yes"])
def test_a_worklist_takes_at_most_twelve_statements(some_cases, client, sign_in, login, query):
    sign_in(client, login)
    with CaptureQueriesContext(connection) as taken:
        client.get(f"/console/cases{query}")
    assert len(taken) <= 12, [one["sql"][:90] for one in taken.captured_queries]


def test_the_list_is_whole_in_english(some_cases, hemin):
    hemin.cookies["huiyin_language"] = "en"
    page = _list(hemin, "?tab=open&q=")
    told = re.sub(
        r"<option.*?</option>|<td class=.title.*?</td>|<td class=.pick.*?</td>|<a [^>]*lang=.zh.*?</a>",
        "",
        page,
        flags=re.DOTALL,
    )
    told = re.sub(r'title="[^"]*"|何敏|谭雪|禾川县回音|禾', "", told)
    assert re.findall(r"[\u4e00-\u9fff]+", told) == []
