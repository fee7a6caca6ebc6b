"""Other systems ask which cell a place lies in, and read the cells as GeoJSON."""

from __future__ import annotations

import pytest

from huiyin.app.demo.county.grid import install_grid
from huiyin.grid.api import find_inside, list_drawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def grid(intake):
    install_grid()
    return intake


def test_an_address_is_placed_with_what_it_rests_on(grid):
    found = grid.get("/grid/resolve?address=石门镇上坝村3组路灯坏了").json()
    assert found["village"]["code"] == "999001003002"
    assert found["village"]["whole"] == "石门镇上坝村"
    assert (found["cell"], found["how"], found["mention"], found["sure"]) == (
        None,
        "text",
        "石门镇上坝村3组",
        True,
    )
    assert len(found["candidates"]) == 3


def test_a_point_is_placed_in_its_cell(grid):
    spot, shape = list_drawn("cell")[0]
    lon, lat = find_inside(shape.polygons)
    found = grid.get(f"/grid/resolve?lat={lat / 1e7}&lon={lon / 1e7}").json()
    assert (found["cell"]["code"], found["how"]) == (spot.code, "point")


@pytest.mark.parametrize(
    "query", ["", "?lat=29.1", "?lon=112.3", "?lat=95&lon=112", "?lat=x&lon=1", "?lat=1&lon=1&datum=BD-09"]
)
def test_what_asks_nothing_or_nonsense_is_told(grid, query):
    assert grid.get(f"/grid/resolve{query}").status_code == 422


def test_the_cells_are_geojson_without_their_holders_and_sent_once(grid):
    first = grid.get("/grid/cells")
    told = first.json()
    assert told["type"] == "FeatureCollection"
    assert len(told["features"]) == len(list_drawn("cell"))
    assert "holder" not in told["features"][0]["properties"]
    assert grid.get("/grid/cells", **{"If-None-Match": first.headers["ETag"]}).status_code == 304
