"""Saved views, and the list as a spreadsheet."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import load_workbook

from huiyin.cases.api import list_views
from huiyin.people.api import find_account

_ROW = re.compile(r'<td class="title">.*?<a href="/console/cases/(\w+)"', re.DOTALL)


@pytest.fixture
def hemin(client, sign_in):
    return sign_in(client, "hemin")


def _views(login):
    return list_views(find_account(login).pk)


def _save(client, name, query="?tab=open&urgent=yes&order=opened"):
    return client.post("/console/views", {"name": name, "query": query})


def test_a_list_is_kept_under_a_name_as_a_further_tab(make_case, hemin):
    case = make_case("急事", urgent=True)
    make_case("平常事")
    page = hemin.get(_save(hemin, "只看急的")["Location"]).content.decode()
    assert "视图已保存" in page
    assert "只看急的" in page
    assert _ROW.findall(page) == [case.number]
    assert re.search(r'<a href="/console/cases\?[^"]*view=\d+"[^>]*aria-current="page">只看急的', page)
    assert _views("hemin")[0].filters == {"tab": "open", "urgent": "yes", "order": "opened"}


def test_a_view_keeps_its_own_columns(make_case, hemin):
    make_case(place="禾川大道 3 号")
    place = _save(hemin, "看地点", "?tab=open")["Location"]
    query = "?" + place.partition("?")[2]
    hemin.post("/console/cases/columns", {"column": ["place"], "query": query})
    assert "禾川大道 3 号" in hemin.get(place).content.decode()
    assert "禾川大道 3 号" not in hemin.get("/console/cases?tab=open").content.decode()


def test_a_name_that_cannot_be_is_asked_for_again_and_nothing_is_lost(hemin):
    answer = _save(hemin, "一二三四五六七八九十一二三四五六七八九十一")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "20 字以内" in page
    assert "一二三四五六七八九十一" in page
    assert "urgent=yes" in page
    assert not _views("hemin")


def test_a_view_is_removed_by_its_owner_alone(client, sign_in):
    sign_in(client, "hemin")
    _save(client, "我的")
    view = _views("hemin")[0]
    sign_in(client, "songyu")
    client.post(f"/console/views/{view.pk}/removal")
    assert _views("hemin")
    assert client.get(f"/console/cases?view={view.pk}&tab=open").status_code == 200
    sign_in(client, "hemin")
    answer = client.post(f"/console/views/{view.pk}/removal")
    assert "视图已删除" in client.get(answer["Location"]).content.decode()
    assert not _views("hemin")


def test_the_name_of_a_view_is_escaped(hemin):
    page = hemin.get(_save(hemin, "<b>粗</b>")["Location"]).content.decode()
    assert "<b>粗" not in page


def _sheet(client, query):
    answer = client.get(f"/console/cases/export{query}")
    assert answer["Content-Disposition"].endswith(".xlsx")
    return [list(row) for row in load_workbook(io.BytesIO(b"".join(answer)), read_only=True).active.values]


def test_the_spreadsheet_holds_exactly_the_list(make_case, hemin):
    for at in range(52):
        make_case(f"第 {at} 件", urgent=at % 2 == 0)
    query = "?tab=open&order=opened&urgent=yes"
    head, *rows = _sheet(hemin, query)
    listed = _ROW.findall(hemin.get(f"/console/cases{query}").content.decode())
    assert [row[-1] for row in rows] == listed
    assert len(listed) == 26
    assert head == [
        "剩余时限",
        "到期时间",
        "诉求",
        "乡镇",
        "类别",
        "承办单位",
        "状态",
        "经办",
        "受理时间",
        "编号",
    ]


def test_the_spreadsheet_follows_the_columns_and_names_its_day(make_case, hemin, now):
    make_case()
    hemin.post("/console/cases/columns", {"column": ["grade"], "query": ""})
    assert _sheet(hemin, "?tab=open")[0] == ["剩余时限", "到期时间", "诉求", "等级", "编号"]
    name = hemin.get("/console/cases/export?tab=open")["Content-Disposition"]
    assert re.search(r"20\d\d-\d\d-\d\d\.xlsx$", name)


def test_no_cell_is_a_formula_and_no_phone_is_in_it(make_case, hemin):
    make_case("x", title="=HYPERLINK(1)", name="张某", phone="13900001234")
    row = _sheet(hemin, "?tab=open")[1]
    assert row[2] == "'=HYPERLINK(1)"
    assert not any("13900001234" in str(cell) for cell in row)


def test_a_handler_exports_the_cases_of_their_unit_alone(make_case, client, sign_in):
    make_case()
    sign_in(client, "tanxue")
    assert len(_sheet(client, "?tab=all")) == 1
