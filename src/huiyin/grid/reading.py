"""Reads a GeoJSON FeatureCollection (RFC 7946) into shapes, and says what of it cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from huiyin.grid.datum import from_gcj
from huiyin.grid.geometry import bound, find_crossing, measure_double
from huiyin.grid.values import Fault, NewShape, Point, Polygons, Ring
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

MOST_FEATURES, MOST_POINTS = 20_000, 2_000_000
_CODES = ("code", "网格编码", "代码", "编码")
_COUNTS = {"households": ("households", "户数"), "people": ("people", "人数", "人口")}
_ONE = 10_000_000


def read_features(content: bytes) -> list[Mapping[str, Any]]:
    """The features of the file. Refuses `bad-geojson`: no FeatureCollection, none in it, or too many."""
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _refuse(_NO_JSON) from None
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list) or told.get("type") != "FeatureCollection":
        raise _refuse(_NO_COLLECTION)
    if not features:
        raise _refuse(_EMPTY)
    if len(features) > MOST_FEATURES:
        raise _refuse(_TOO_MANY.fill(most=MOST_FEATURES))
    return features


def _refuse(words: Words) -> Refusal:
    return Refusal("bad-geojson", words, rule="GeoJSON（RFC 7946）", field="file")


def read_shapes(features: Sequence[Any], datum: str) -> tuple[list[tuple[int, NewShape]], list[Fault]]:
    """Each readable feature as its line and shape in WGS-84, and a fault for every other one."""
    move: Callable[[Point], Point] = from_gcj if datum == "GCJ-02" else _stay
    shapes: list[tuple[int, NewShape]] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    left = MOST_POINTS
    for line, feature in enumerate(features, start=1):
        code = _read_code(feature)
        try:
            shape = _read_shape(feature, code, move)
            left -= sum(len(ring) for rings in shape.polygons for ring in rings)
            _demand_new(code, seen, line, left)
        except _Unreadable as error:
            faults.append(Fault(line, code, error.kind, error.words))
            continue
        shapes.append((line, shape))
    return shapes, faults


class _Unreadable(ValueError):
    """A feature that is none; `kind` and `words` say why."""

    def __init__(self, kind: str, words: Words) -> None:
        super().__init__(kind)
        self.kind, self.words = kind, words


def _stay(point: Point) -> Point:
    return point


def _demand_new(code: str, seen: dict[str, int], line: int, left: int) -> None:
    first = seen.setdefault(code, line)
    if first != line:
        raise _Unreadable("twice", _TWICE.fill(line=first))
    if left < 0:
        raise _Unreadable("too-many-points", _TOO_MANY_POINTS.fill(most=MOST_POINTS))


def _read_code(feature: Any) -> str:
    told = _properties(feature)
    found = [told[key] for key in _CODES if isinstance(told.get(key), str | int)]
    return str(found[0] if found else feature.get("id") or "")[:40] if isinstance(feature, dict) else ""


def _properties(feature: Any) -> Mapping[str, Any]:
    told = feature.get("properties") if isinstance(feature, dict) else None
    return told if isinstance(told, dict) else {}


def _read_shape(feature: Any, code: str, move: Callable[[Point], Point]) -> NewShape:
    if not code:
        raise _Unreadable("no-code", _NO_CODE)
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    told = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"} or not isinstance(told, list) or not told:
        raise _Unreadable("no-polygon", _NO_POLYGON)
    polygons = [_read_polygon(one, move) for one in (told if kind == "MultiPolygon" else [told])]
    counts = {key: _read_count(_properties(feature), names) for key, names in _COUNTS.items()}
    return NewShape(code, polygons, bound(polygons), **counts)


def _read_polygon(told: Any, move: Callable[[Point], Point]) -> list[Ring]:
    if not isinstance(told, list) or not told:
        raise _Unreadable("no-polygon", _NO_POLYGON)
    return [_read_ring(ring, move) for ring in told]


def _read_ring(told: Any, move: Callable[[Point], Point]) -> Ring:
    if not isinstance(told, list):
        raise _Unreadable("no-polygon", _NO_POLYGON)
    ring = list(_drop_repeats(move(_read_point(one)) for one in told))
    if len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    if len(ring) < 3 or measure_double(ring) == 0:
        raise _Unreadable("no-ground", _NO_GROUND)
    crossing = find_crossing(ring)
    if crossing is not None:
        lon, lat = (f"{part / _ONE:.6f}" for part in crossing)
        raise _Unreadable("crosses-itself", _CROSSES.fill(lon=lon, lat=lat))
    return ring


def _drop_repeats(points: Iterator[Point]) -> Iterator[Point]:
    last = None
    for point in points:
        if point != last:
            yield point
        last = point


def _read_point(told: Any) -> Point:
    parts = told[:2] if isinstance(told, list) else []
    whole = len(parts) == 2 and all(
        isinstance(one, int | float) and not isinstance(one, bool) for one in parts
    )
    if not whole or not (abs(parts[0]) <= 180 and abs(parts[1]) <= 90):
        raise _Unreadable("bad-point", _BAD_POINT)
    return round(parts[0] * _ONE), round(parts[1] * _ONE)


def _read_count(told: Mapping[str, Any], names: Sequence[str]) -> int | None:
    given = next((told[name] for name in names if told.get(name) not in (None, "")), None)
    if given is None:
        return None
    text = str(given).removesuffix(".0")
    if isinstance(given, bool) or not (text.isascii() and text.isdigit() and len(text) <= 8):
        raise _Unreadable("bad-count", _BAD_COUNT)
    return int(text)


def tell_polygons(polygons: Polygons) -> dict[str, Any]:
    """The geometry as GeoJSON: outer rings against the clock, holes with it, the first point said again."""
    told = [[_tell_ring(ring, against=not at) for at, ring in enumerate(rings)] for rings in polygons]
    if len(told) == 1:
        return {"type": "Polygon", "coordinates": told[0]}
    return {"type": "MultiPolygon", "coordinates": told}


def _tell_ring(ring: Ring, *, against: bool) -> list[list[float]]:
    turned = ring if (measure_double(ring) > 0) == against else ring[::-1]
    return [[x / _ONE, y / _ONE] for x, y in [*turned, turned[0]]]


_NO_JSON = Words("这不是 JSON 文件。", "This is no JSON file.")
_NO_COLLECTION = Words(
    "要 GeoJSON 的 FeatureCollection：每个网格一个 Feature。",
    "A GeoJSON FeatureCollection is wanted: a Feature for each cell.",
)
_EMPTY = Words("文件里没有网格。", "There is no feature in the file.")
_TOO_MANY = Words("一次最多 {most} 个，请分几次导入。", "At most {most} features: split the file.")
_TOO_MANY_POINTS = Words(
    "边界点太多（最多 {most} 个），请先抽稀。", "Too many points (at most {most}): simplify the lines first."
)
_NO_CODE = Words(
    "没有代码：properties 里要有 code（或“网格编码”）。", "No code: properties must hold `code`."
)
_NO_POLYGON = Words("要有 Polygon 或 MultiPolygon 的图形。", "A Polygon or MultiPolygon is wanted.")
_NO_GROUND = Words("一圈边界至少要三个不在一条线上的点。", "A ring needs three points that are not in line.")
_BAD_POINT = Words("坐标要写成 [经度, 纬度]，单位是度。", "Points are [longitude, latitude] in degrees.")
_BAD_COUNT = Words("户数、人数要填整数。", "Households and people are whole numbers.")
_CROSSES = Words(
    "边界自己和自己相交，在 {lon}, {lat} 附近。请在制图软件里改好。",
    "The border crosses itself near {lon}, {lat}. Mend it where the map was drawn.",
)
_TWICE = Words("和第 {line} 个是同一个代码。", "The same code as feature {line}.")
