"""The register for everybody: searched, printed, exported, by versions; designations with their reasons."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from huiyin.people.models import Unit
from huiyin.register.api import Cause, Duty, change_register, list_versions


@pytest.fixture
def open_as(sign_in):
    def visit(login, path, status=200):
        answer = sign_in(Client(), login).get(path)
        assert answer.status_code == status, answer.content.decode()[:800]
        return answer.content.decode() if "sheet" not in answer.headers["Content-Type"] else answer

    return visit


def _sheet(answer):
    return [list(row) for row in load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)]


def test_anybody_of_the_staff_searches_the_register_by_words_of_the_matter(open_as):
    page = open_as("tanxue", "/console/duties?q=路灯")
    assert "城管局" in page
    assert "《禾川县派单目录》第2.3条" in page
    assert "水务公司" not in page.split("<table")[1]
    none = open_as("tanxue", "/console/duties?q=火星移民")
    assert "没有这样的职责" in none


def test_a_unit_sees_its_own_list(open_as):
    page = open_as("tanxue", "/console/duties?unit=mine")
    assert "本单位职责" in page
    table = page.split("<table")[1]
    assert "《城市供水条例》" in table
    assert "城管局" not in table


def test_the_register_is_asked_by_unit_area_category_part_and_day(open_as):
    shimen = Unit.objects.get(key="shimen")
    page = open_as("hemin", f"/console/duties?area={shimen.area_id}&part=lead&q=占道")
    assert "石门镇政府" in page
    assert "龙泉镇政府" not in page.split("<table")[1]
    before = open_as("hemin", "/console/duties?on=2025-06-01&q=赋权乡镇事项清单")
    assert "2025-06-01 的清单上没有这样的职责" in before
    assert "2024-01-01 的清单上没有" in open_as("hemin", "/console/duties?on=2024-01-01")
    for nonsense in ("?on=x&unit=x&area=-1&category=x&part=x&page=x", "?unit=99999999999999999&area=999999"):
        open_as("hemin", f"/console/duties{nonsense}")


def test_what_is_listed_is_exported_and_printed(open_as):
    rows = _sheet(open_as("hemin", "/console/duties/export?q=路灯"))
    assert rows[0][:4] == ["编号", "类别代码", "类别", "单位"]
    assert {row[3] for row in rows[1:]} == {"城管局"}
    paper = open_as("hemin", "/console/duties/print?q=路灯")
    assert "打印" in paper
    assert "城管局" in paper


def test_a_duty_has_its_page_with_clause_basis_and_history(open_as):
    duty = Duty.objects.filter(clause__contains="第1项").select_related("unit")[0]
    page = open_as("hemin", f"/console/duties/{duty.pk}")
    assert duty.clause in page
    assert "行政处罚法第二十四条" in page
    assert "禾政发〔2026〕1号 《赋权乡镇事项清单（2026年版）》" in page
    assert "提出调整" in page
    assert "提出调整" not in open_as("shenji", f"/console/duties/{duty.pk}")
    open_as("hemin", "/console/duties/999999", status=404)


def test_the_versions_are_listed_with_author_and_paper_and_show_what_they_changed(open_as, now):
    old = Duty.objects.get(category__code="0203", unit__key="urban")
    news, ends = [], {old.pk: date(2026, 12, 31)}
    number = change_register(news, ends, by=None, now=now, cause=Cause("禾政办〔2026〕9号", "sheet")).version
    page = open_as("shenji", "/console/duties/versions")
    assert "禾政办〔2026〕9号" in page
    assert "Excel 导入" in page
    one = open_as("shenji", f"/console/duties/versions/{number}")
    assert "到 2026-12-31 为止" in one
    open_as("shenji", "/console/duties/versions/99", status=404)


def test_each_version_leaves_as_a_spreadsheet_whole_or_its_changes(open_as):
    powers, catalogue = list_versions()[:2]
    whole = _sheet(open_as("hemin", f"/console/duties/versions/{catalogue.number}/export"))
    assert len(whole) == catalogue.added + 1
    changes = _sheet(open_as("hemin", f"/console/duties/versions/{powers.number}/export?what=changes"))
    assert len(changes) == powers.added + 1
    assert {row[0] for row in changes[1:]} == {"新增"}


def test_designations_are_listed_with_their_reason_for_the_centre_and_exported(
    open_as, make_case, move, unit_of
):
    case = make_case()
    move(case, "dispatch", "hemin", lead=unit_of("education").pk, designate=True, reason="会商后由教育局先办")
    page = open_as("guoheng", "/console/duties/designated")
    assert "会商后由教育局先办" in page
    assert "教育局" in page
    assert "何敏" in page
    rows = _sheet(open_as("guoheng", "/console/duties/designated/export"))
    assert rows[1][4:6] == ["教育局", "会商后由教育局先办"]
    other = open_as("guoheng", f"/console/duties/designated?unit={unit_of('water').pk}")
    assert "这段时间没有指定办理的工单" in other
    open_as("tanxue", "/console/duties/designated", status=403)


def test_a_dispatch_off_the_list_is_told_the_clause_and_led_to_the_list_and_to_an_admission(
    sign_in, make_case, unit_of
):
    from huiyin.cases.api import Case
    from huiyin.register.api import Category

    case = make_case()
    version = Case.objects.get(number=case.number).version
    hemin = sign_in(Client(), "hemin")
    category = Category.objects.get(code="030201")
    sent = {"lead": unit_of("shimen").pk, "category": category.pk, "version": version}
    page = hemin.post(f"/console/cases/{case.number}/moves/dispatch", sent)
    assert page.status_code == 409
    told = page.content.decode()
    assert "《禾川县派单目录》第3.2条把它交给住建局主办" in told
    assert "不得将部门职责下放乡镇街道" in told
    assert f"/console/admissions/new?category={category.pk}" in told
