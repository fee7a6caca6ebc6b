"""The map of cells, one cell, the cells that somebody holds, and the place on the page of a case."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from huiyin.app.demo.county.grid import install_grid
from huiyin.cases.api import Case
from huiyin.grid.api import find_inside, list_cells, list_drawn, list_duty
from huiyin.grid.models import Holder
from huiyin.journal.api import list_entries
from huiyin.people.api import find_area
from huiyin.placing.api import Placing, place_case

CELL = "999001001001001"
SHANGBA = "999001003002"


@pytest.fixture
def grid(county):
    install_grid()


@pytest.fixture
def desk(grid, client, sign_in):
    """`desk("hemin")`: a browser in which that account is signed in."""
    return lambda login: sign_in(client, login)


@pytest.fixture
def case_in(grid, make_case):
    """`case_in(CELL)`: a case whose point lies in that cell, placed by the job."""

    def make(code, words="楼道的灯坏了", **more):
        lon, lat = next(
            find_inside(shape.polygons) for spot, shape in list_drawn("cell") if spot.code == code
        )
        case = make_case(words, lon_microdegrees=lon // 10, lat_microdegrees=lat // 10, **more)
        place_case(case.pk, timezone.now())
        return case

    return make


def _text(response):
    return response.content.decode()


def test_the_county_is_drawn_with_an_address_on_every_cell_and_listed_by_township(desk):
    page = _text(desk("hemin").get("/console/grid"))
    cells = list_cells(timezone.localdate())
    assert len(set(re.findall(r'<a href="/console/grid/cells/(\d+)" aria-label', page))) == len(cells)
    assert "城关街道" in page
    assert "网格今天没有人在岗" in page


def test_a_township_lists_its_cells_with_whoever_is_on_duty(desk):
    page = _text(desk("hemin").get(f"/console/grid?township={find_area('999001001000').pk}"))
    assert "北门社区第一网格" in page
    assert "石辉" in page
    assert "上坝村第一网格" not in page


def test_vacant_cells_are_listed_and_a_search_finds_a_cell_by_its_holder(desk):
    browser = desk("hemin")
    page = _text(browser.get("/console/grid?show=vacant"))
    vacant = [cell for cell in list_cells(timezone.localdate()) if cell.acting is None]
    assert vacant
    assert all(cell.row.name in page for cell in vacant)
    assert "北门社区第一网格" in _text(browser.get("/console/grid?q=石辉"))
    assert "没有这样的网格" in _text(browser.get("/console/grid?q=nothing-like-it"))


def test_the_map_leaves_as_a_sheet_and_as_geojson_with_masked_phones(desk):
    browser = desk("hemin")
    sheet = browser.get("/console/grid/sheet")
    assert sheet["Content-Type"].startswith("application/vnd.openxmlformats")
    shapes = browser.get("/console/grid/shapes")
    told = shapes.json()
    assert len(told["features"]) == len(list_cells(timezone.localdate()))
    assert not re.search(rb"1990000\d{4}", shapes.content)


def test_who_works_on_matters_may_call_and_others_read_the_mask(desk):
    code = next(
        one.row.code for one in list_cells(timezone.localdate()) if one.acting and not one.acting.account_id
    )
    assert 'href="tel:1990000' in _text(desk("hemin").get(f"/console/grid/cells/{code}"))
    page = _text(desk("guanxu").get(f"/console/grid/cells/{code}"))
    assert "tel:" not in page
    assert "199****" in page


def test_leave_is_written_down_by_the_township_and_the_substitute_acts(desk):
    cell = find_area(CELL)
    first, second = list_duty([cell.pk], timezone.localdate())[cell.pk]
    browser, today = desk("shihui"), timezone.localdate()
    days = {"since": today.isoformat(), "until": (today + timedelta(days=1)).isoformat(), "reason": "开会"}
    answer = browser.post(f"/console/grid/cells/{CELL}/leave", {"holder": first.id, **days})
    assert answer.status_code == 303
    page = _text(browser.get(answer["Location"]))
    assert "已记下请假" in page
    duty = list_duty([cell.pk], today)[cell.pk]
    assert [one.id for one in duty if one.acts] == [second.id]
    back = browser.post(f"/console/grid/cells/{CELL}/leave", {"absence": duty[0].absence_id})
    assert back.status_code == 303
    assert [one.id for one in list_duty([cell.pk], today)[cell.pk] if one.acts] == [first.id]


def test_leave_of_somebody_else_is_not_written_by_a_stranger_and_bad_days_are_told(desk):
    holder = Holder.objects.filter(cell__code=CELL).first()
    today = timezone.localdate().isoformat()
    path = f"/console/grid/cells/{CELL}/leave"
    assert desk("tanxue").post(path, {"holder": holder.pk, "since": today, "until": today}).status_code == 403
    wrong = desk("shihui").post(path, {"holder": holder.pk, "since": "soon", "until": today})
    assert wrong.status_code == 409
    assert "2026-01-31" in _text(wrong)


def test_a_cell_that_is_not_there_is_told(desk):
    assert desk("hemin").get("/console/grid/cells/nowhere").status_code == 404


def test_the_holder_sees_the_cases_of_the_cell_and_writes_down_what_was_seen(desk, case_in):
    case = case_in(CELL, phone="13900001234", name="王小二")
    browser = desk("shihui")
    assert case.title in _text(browser.get("/console/grid/mine"))
    page = _text(browser.get(f"/console/grid/mine/{case.number}"))
    assert "王小二" not in page
    note = {"note": "到现场看过，灯泡坏了", "client_key": "k1"}
    for _ in range(2):
        assert browser.post(f"/console/grid/mine/{case.number}", note).status_code == 303
    assert [one.verb for one in list_entries(f"case:{case.number}")].count("cell-noted") == 1
    assert "到现场看过，灯泡坏了" in _text(browser.get(f"/console/grid/mine/{case.number}"))
    assert "到现场看过，灯泡坏了" in _text(desk("hemin").get(f"/console/cases/{case.number}"))
    assert browser.post(f"/console/grid/mine/{case.number}", {"note": " "}).status_code in {409, 403, 404}


def test_a_confidential_case_and_one_of_another_cell_are_not_shown_to_the_holder(desk, case_in):
    hidden = case_in(CELL, identity="confidential")
    other = case_in(f"{SHANGBA}001")
    browser = desk("shihui")
    listed = _text(browser.get("/console/grid/mine"))
    assert hidden.number not in listed
    for case in (hidden, other):
        assert browser.get(f"/console/grid/mine/{case.number}").status_code == 404
        assert browser.post(f"/console/grid/mine/{case.number}", {"note": "看一看这件事"}).status_code == 404


def test_whoever_holds_no_cell_is_told_so(desk):
    assert "不负责任何网格" in _text(desk("hemin").get("/console/grid/mine"))


def test_the_page_of_a_case_shows_the_cell_its_holder_and_asks_to_settle(desk, case_in):
    case = case_in(CELL)
    browser = desk("hemin")
    page = _text(browser.get(f"/console/cases/{case.number}"))
    assert "北门社区第一网格" in page
    assert "按定位" in page
    assert "tel:0999-5300017" in page or "0999-5300017" in page
    answer = browser.post(f"/console/cases/{case.number}/place", {"area": CELL})
    assert answer.status_code == 303
    case.refresh_from_db()
    assert (case.area.code, case.township.code) == (CELL, "999001001000")
    page = _text(browser.get(f"/console/cases/{case.number}"))
    assert "何敏 已确认" in page
    assert "地点确认为 城关街道北门社区北门社区第一网格" in page or "地点确认为" in page


def test_words_alone_are_proposed_with_the_cells_as_choices(desk, grid, make_case):
    case = make_case("石门镇上坝村3组的路灯坏了")
    place_case(case.pk, timezone.now())
    page = _text(desk("hemin").get(f"/console/cases/{case.number}"))
    assert "按文字“石门镇上坝村3组”" in page
    assert f'<option value="{SHANGBA}001">' in page
    assert Case.objects.get(pk=case.pk).area_id is None


def test_settling_is_refused_to_who_may_not_see_the_case_and_for_no_area(desk, case_in):
    case = case_in(CELL)
    path = f"/console/cases/{case.number}/place"
    assert desk("tanxue").post(path, {"area": CELL}).status_code == 404
    assert desk("shenji").post(path, {"area": CELL}).status_code == 403
    assert desk("hemin").post(path, {"area": "nowhere"}).status_code == 404
    assert Placing.objects.get(pk=case.pk).confirmed_at is None


def test_what_a_person_settled_stays_when_places_are_proposed_anew(desk, case_in):
    case = case_in(CELL)
    desk("hemin").post(f"/console/cases/{case.number}/place", {"area": f"{SHANGBA}001"})
    place_case(case.pk, timezone.now())
    assert Placing.objects.get(pk=case.pk).cell.code == f"{SHANGBA}001"
