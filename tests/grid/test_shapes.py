"""A map is taken in whole or not at all, and whatever is wrong with it is told feature by feature."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from huiyin.grid.api import check_file, get_cell, import_file, list_cells, set_counts, write_collection
from huiyin.grid.datum import to_gcj
from huiyin.grid.models import Shape
from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.people.api import AREA_KEEPER, AreaCard

CELL, OTHER = "999001001001001", "999001001001002"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def exported(grid):
    return json.loads(write_collection(timezone.localdate()))


def _write(features):
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _feature(code, ring, **more):
    return {
        "type": "Feature",
        "properties": {"code": code, **more},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def _kinds(check):
    return [(one.line, one.kind) for one in check.faults]


def test_what_was_exported_comes_back_as_it_is(exported, now):
    check = check_file(_write(exported["features"]))
    assert (len(check.same), check.added, check.changed, check.faults) == (
        len(list_cells(now.date())),
        [],
        [],
        [],
    )


def test_an_unknown_code_an_overlap_and_a_bad_feature_are_told_each_at_its_line(exported):
    features = exported["features"][:3]
    features[1]["geometry"] = features[0]["geometry"]
    features += [
        _feature("nowhere", features[0]["geometry"]["coordinates"][0]),
        _feature(OTHER, [[112.3, 29.1], [112.4, 29.2], [112.4, 29.1], [112.3, 29.3]]),
        {"type": "Feature", "properties": {}, "geometry": None},
        _feature("999001001001003", [[112.3, 29.1], [112.31, 29.1], [999, 29.2]]),
    ]
    found = _kinds(check_file(_write(features)))
    assert {kind for _, kind in found} == {"overlaps", "unknown", "crosses-itself", "no-code", "bad-point"}
    assert {(4, "unknown"), (5, "crosses-itself"), (6, "no-code"), (7, "bad-point")} <= set(found)


def test_a_cell_beyond_the_county_is_told(exported):
    ring = [[100.0, 29.0], [100.01, 29.0], [100.01, 29.01], [100.0, 29.0]]
    assert _kinds(check_file(_write([_feature(CELL, ring)]))) == [(1, "outside")]


def test_a_file_with_one_fault_writes_nothing(exported, now):
    features = [exported["features"][0] | {"properties": {"code": CELL, "households": 7}}]
    before = Shape.objects.get(area__code=CELL).households
    with pytest.raises(Refusal) as refused:
        import_file(
            _write([*features, _feature("nowhere", [[0, 0], [1, 0], [1, 1]])]),
            "x",
            "WGS-84",
            by=None,
            now=now,
        )
    assert refused.value.code == "shapes-wrong"
    assert Shape.objects.get(area__code=CELL).households == before
    import_file(_write(features), "x", "WGS-84", by=None, now=now)
    assert Shape.objects.get(area__code=CELL).households == 7
    assert list_entries(f"area:{CELL}")[-1].verb == "shape-set"
    assert list_entries("grid")[-1].body["file"] == "x"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"type":"Feature"}', b'{"type":"FeatureCollection","features":[]}']
)
def test_what_is_no_map_is_refused(content, grid):
    with pytest.raises(Refusal) as refused:
        check_file(content)
    assert refused.value.code == "bad-geojson"


def test_a_map_in_the_other_datum_lands_where_it_belongs(exported):
    feature = exported["features"][0]
    ring = feature["geometry"]["coordinates"][0]
    shown = [to_gcj((round(x * 1e7), round(y * 1e7))) for x, y in ring]
    feature["geometry"]["coordinates"] = [[[x / 1e7, y / 1e7] for x, y in shown]]
    (shape,) = check_file(_write([feature]), "GCJ-02").shapes
    held = Shape.objects.get(area__code=shape.code)
    assert all(
        abs(one - other) < 20
        for one, other in zip(shape.bounds, (held.west, held.south, held.east, held.north), strict=True)
    )


def test_a_cell_without_ground_is_remarked(grid, now):
    AREA_KEEPER.add(AreaCard("999001001001009", "北门社区第九网格", "999001001001"), by=None, now=now)
    content = _write([json.loads(write_collection(now.date()))["features"][0]])
    assert any("北门社区第九网格" in one.zh for one in check_file(content).remarks)
    assert not get_cell("999001001001009", now.date()).row.drawn
    with pytest.raises(Refusal):
        set_counts("999001001001009", 1, 1, by=None, now=now)
