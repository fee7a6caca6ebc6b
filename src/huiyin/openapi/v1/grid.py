"""The grid for other systems: which cell a place lies in, and the cells as GeoJSON."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils import timezone
from msgspec import UNSET, Meta, Struct, UnsetType

from huiyin.grid.api import DATUMS, Point, Resolved, Spot, from_gcj, resolve, write_collection
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.openapi.v1.case_shapes import ReadHeaders
from huiyin.openapi.v1.contract import Answer, Call, Operation, Reply
from huiyin.openapi.v1.seeing import make_tag, reply_unless_known, titled
from huiyin.openapi.v1.shapes import Code, Titled
from huiyin.people.api import find_area

Address = Annotated[str, Meta(max_length=500, description="地址，或者说到地点的话。 An address, or words.")]
Lat = Annotated[float, Meta(ge=-90, le=90, description="纬度，度。 Latitude in degrees.")]
Lon = Annotated[float, Meta(ge=-180, le=180, description="经度，度。 Longitude in degrees.")]


class PlaceAsked(Struct):
    """What is asked about: an address, a point, or both; `area` is the code of the area that was given."""

    address: Address = ""
    lat: Lat | UnsetType = UNSET
    lon: Lon | UnsetType = UNSET
    datum: Annotated[str, Meta(pattern="^(WGS-84|GCJ-02)$")] = DATUMS[0]
    area: Code | UnsetType = UNSET


class FoundArea(Struct):
    """A cell, village or township; `whole` names those around it as well."""

    code: str
    level: str
    name: Titled
    whole: str


class FoundPlace(Struct):
    """Where the place lies, as far as it is known; nothing is said that was not found."""

    cell: FoundArea | None
    village: FoundArea | None
    township: FoundArea | None
    mention: Annotated[str, Meta(description="文字里怎么说的。 What the words call it.")]
    how: Annotated[
        str,
        Meta(description="point、border（最近的网格）、text、area，或空。 Empty when nothing was found."),
    ]
    sure: Annotated[bool, Meta(description="只有一个答案，没有相反的。 One answer, and nothing against it.")]
    candidates: list[FoundArea]


def _resolve(call: Call) -> Reply:
    asked: PlaceAsked = call.query
    area = find_area(asked.area) if isinstance(asked.area, str) else None
    point = _read_point(asked)
    if not asked.address.strip() and point is None and area is None:
        words = Words("请给出 address，或者 lat 和 lon。", "Give an address, or lat and lon.")
        raise Refusal("input-shape", words, field="address")
    return Reply(_tell(resolve(text=asked.address, point=point, area_id=area.pk if area else None)))


def _read_point(asked: PlaceAsked) -> Point | None:
    if asked.lat is UNSET and asked.lon is UNSET:
        return None
    if isinstance(asked.lat, UnsetType) or isinstance(asked.lon, UnsetType):
        words = Words("经度和纬度要一起给。", "Give longitude and latitude together.")
        raise Refusal("input-shape", words, field="lat" if asked.lat is UNSET else "lon")
    point = round(asked.lon * 1e7), round(asked.lat * 1e7)
    return from_gcj(point) if asked.datum == "GCJ-02" else point


def _tell(found: Resolved) -> FoundPlace:
    return FoundPlace(
        _tell_area(found.cell),
        _tell_area(found.village),
        _tell_area(found.township),
        found.mention,
        found.how,
        found.sure,
        [one for one in map(_tell_area, found.candidates) if one],
    )


def _tell_area(spot: Spot | None) -> FoundArea | None:
    return FoundArea(spot.code, spot.level, titled(spot.called), spot.whole) if spot else None


class Geometry(Struct):
    """A Polygon or MultiPolygon of RFC 7946, WGS-84."""

    type: str
    coordinates: list[Any]


class CellProperties(Struct):
    """What is known of a cell. `vacant`: nobody is on duty today."""

    code: str
    name: str
    village: str
    township: str
    households: int | None
    people: int | None
    vacant: bool


class CellFeature(Struct):
    """A cell as a Feature."""

    type: str
    id: str
    properties: CellProperties
    geometry: Geometry


class CellCollection(Struct):
    """The cells as a FeatureCollection."""

    type: str
    features: list[CellFeature]


def _list_cells(call: Call) -> Reply:
    content, known = write_collection(timezone.localdate(), holders=False), call.headers.if_none_match
    return reply_unless_known(content, make_tag(content), None if known is UNSET else known)


_TAG = Words(
    "内容标记：再读时放进 If-None-Match，没有变化答 304。",
    "Send it back in If-None-Match: 304 when unchanged.",
)
OPERATIONS = (
    Operation(
        key="resolvePlace",
        method="GET",
        path="/grid/resolve",
        scope="register:read",
        group="register",
        title=Words("这个地点在哪个网格", "Which cell a place lies in"),
        told=Words(
            "按地址里的地名或坐标找网格、村社区、乡镇街道。说不准的列出可能的地方，不替人选。",
            "By the names in an address, or by a point. What is not certain is listed, never chosen.",
        ),
        run=_resolve,
        answers={200: Answer(Words("找到的地方", "What was found"), FoundPlace)},
        query=PlaceAsked,
        problems=(422,),
    ),
    Operation(
        key="listCells",
        method="GET",
        path="/grid/cells",
        scope="register:read",
        group="register",
        title=Words("网格图形", "Shapes of cells"),
        told=Words(
            "全部有图形的网格，GeoJSON（WGS-84），不含网格员。",
            "Every drawn cell as GeoJSON (WGS-84), without its holders.",
        ),
        run=_list_cells,
        answers={
            200: Answer(Words("网格图形", "Shapes of cells"), CellCollection, {"ETag": _TAG}),
            304: Answer(Words("没有变化", "Nothing has changed"), headers={"ETag": _TAG}),
        },
        headers=ReadHeaders,
    ),
)
