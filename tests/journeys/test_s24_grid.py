"""S24 网格 (微网格): a matter finds its cell, the holder looks, a person settles it, the substitute acts."""

from __future__ import annotations

import pytest

from huiyin.app.demo.county.grid import install_grid
from huiyin.cases.api import Case
from huiyin.placing.api import place_all

CELL, NAME = "999001001005001", "幸福里社区第一网格"


@pytest.fixture
def grid(walker):
    install_grid(walker.now)
    return walker


def report(walker, words, **more):
    """Sent online, then placed as the worker does it: the number."""
    number, _link = walker.report("/report", kind="城市管理", words=words, phone="13900001234", **more)
    place_all(walker.now)
    return number


def do(walker, path, action, login, **typed):
    """The form of that page which goes to `action`, filled in and sent: the page that comes of it."""
    return walker.send(walker.open(path, login), login, action, **typed)


def test_a_matter_that_names_an_estate_goes_the_whole_way(grid):
    number = report(grid, "楼道口的井盖没了，晚上看不见", where="幸福里小区3栋")
    case = grid.case(number, "hemin")
    assert NAME in case.first(id="ground").words
    assert "按文字“幸福里小区3栋”" in case.first(id="ground").words
    assert "石辉" in case.first(id="ground").words

    mine = grid.open("/console/grid/mine", "shihui")
    assert "井盖没了" in mine.words
    own = f"/console/grid/mine/{number}"
    seen = do(grid, own, own, "shihui", note="到现场围起来了，井盖要换")
    assert "到现场围起来了" in seen.words

    settled = do(grid, f"/console/cases/{number}", f"/console/cases/{number}/place", "hemin", area=CELL)
    assert "何敏 已确认" in settled.words
    assert "网格员到场" in settled.words
    assert "地点确认为" in settled.words
    assert Case.objects.get(number=number).area.code == CELL


def test_while_the_holder_is_away_the_substitute_is_shown_and_a_cell_without_anybody_is_warned_of(grid):
    page = grid.open(f"/console/grid/cells/{CELL}", "shihui")
    holder = page.first("select", id="id_holder").find("option")[0]
    day = grid.now.date().isoformat()
    typed = {"holder": holder.attrs["value"], "since": day, "until": day, "reason": "培训"}
    path = f"/console/grid/cells/{CELL}"
    told = do(grid, path, f"{path}/leave", "shihui", **typed)
    assert f"请假至 {day}" in told.words
    assert "今天在岗" in told.words
    assert "没有人在岗" in grid.open("/console/grid", "hemin").words


def test_a_place_that_two_villages_may_mean_is_left_to_a_person(grid):
    number = report(grid, "从上坝村到下坝村的路塌了一段")
    ground = grid.case(number, "hemin").first(id="ground")
    assert "待确认" in ground.words
    assert {"石门镇上坝村", "石门镇下坝村"} <= {option.words for option in ground.find("option")}
    assert Case.objects.get(number=number).area_id is None
