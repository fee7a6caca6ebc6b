"""Takes in the shapes of a file, whole or not at all, and tells those that are there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Count, Max, TextField
from django.db.models.functions import Cast

from huiyin.grid.checking import Held, check_shapes
from huiyin.grid.datum import DATUMS
from huiyin.grid.landmarks import place_landmarks
from huiyin.grid.models import Shape
from huiyin.grid.names import tell_area
from huiyin.grid.reading import read_features, read_shapes
from huiyin.grid.store import read_polygons
from huiyin.grid.values import Check, NewShape, Polygons, Spot
from huiyin.journal.api import append
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, list_areas, make_entry

AT_ONCE = 1_000


def check_file(content: bytes, datum: str = "WGS-84") -> Check:
    """What the file would do; nothing is written. Refuses `bad-geojson` and `unknown-datum`."""
    if datum not in DATUMS:
        words = Words("坐标系只能是 WGS-84 或 GCJ-02。", "The datum is WGS-84 or GCJ-02.")
        raise Refusal("unknown-datum", words, field="datum")
    read, faults = read_shapes(read_features(content), datum)
    areas = {area.pk: area for area in list_areas()}
    spots = {area.code: tell_area(area, areas) for area in areas.values()}
    villages = {area.code: area.name for area in areas.values() if area.level == "village"}
    return check_shapes(read, faults, spots, _list_held(), villages)


def _list_held() -> dict[str, Held]:
    rows = Shape.objects.values_list("area__code", "polygons", "households", "people")
    return {code: Held(read_polygons(kept), homes, people) for code, kept, homes, people in rows}


@transaction.atomic
def import_file(content: bytes, name: str, datum: str, *, by: AccountInHand | None, now: datetime) -> Check:
    """Write every shape of the file, or none when anything in it is wrong (`shapes-wrong`)."""
    check = check_file(content, datum)
    if check.faults:
        words = Words(
            "有 {count} 处错误，没有写入。第 {line} 个：{why}",
            "{count} faults: nothing was written. Feature {line}: {why}",
        )
        first = check.faults[0]
        told = words.fill(count=len(check.faults), line=first.line, why=first.words)
        raise Refusal("shapes-wrong", told, field="file")
    areas = {area.code: area.pk for area in list_areas()}
    fresh = {*check.added, *check.changed}
    write_shapes([shape for shape in check.shapes if shape.code in fresh], areas, by, now)
    counts = {"added": len(check.added), "changed": len(check.changed)}
    append([make_entry("grid", "shapes-imported", by, now, file=name[:200], datum=datum, **counts)])
    return check


def write_shapes(
    shapes: Sequence[NewShape], areas: Mapping[str, int], by: AccountInHand | None, now: datetime
) -> None:
    """Write checked shapes; each stands in the record of its area by the digest of its polygons."""
    if not shapes:
        return
    held = {one.pk: one for one in Shape.objects.filter(pk__in=[areas[shape.code] for shape in shapes])}
    rows = [_make_row(shape, areas[shape.code], held.get(areas[shape.code]), now) for shape in shapes]
    columns = [field.name for field in Shape._meta.concrete_fields if field.name != "area"]  # noqa: SLF001
    Shape.objects.bulk_create(
        rows, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["area"], update_fields=columns
    )
    append([make_entry(f"area:{one.code}", "shape-set", by, now, **_tell_shape(one)) for one in shapes])
    place_landmarks()


def _make_row(shape: NewShape, area_id: int, held: Shape | None, now: datetime) -> Shape:
    west, south, east, north = shape.bounds
    return Shape(
        area_id=area_id,
        polygons=shape.polygons,
        west=west,
        south=south,
        east=east,
        north=north,
        households=shape.households if shape.households is not None or held is None else held.households,
        people=shape.people if shape.people is not None or held is None else held.people,
        changed_at=now,
    )


def _tell_shape(shape: NewShape) -> dict[str, Any]:
    drawn = json.dumps(shape.polygons, separators=(",", ":")).encode()
    points = sum(len(ring) for rings in shape.polygons for ring in rings)
    told = {"points": points, "digest": hashlib.sha256(drawn).hexdigest()}
    counts = {"households": shape.households, "people": shape.people}
    return told | {key: count for key, count in counts.items() if count is not None}


def load_shapes() -> Mapping[int, Polygons]:
    """Polygons by the id of their area, only to be read; one statement while none of them has changed."""
    return _load(str(Shape.objects.aggregate(count=Count("pk"), last=Max("changed_at"))))


@lru_cache(maxsize=1)
def _load(stamp: str) -> Mapping[int, Polygons]:
    """Equal stamps come from equal rows, so that what was read may be kept."""
    del stamp
    rows = Shape.objects.annotate(told=Cast("polygons", TextField())).values_list("pk", "told")
    return {pk: read_polygons(msgspec.json.decode(told)) for pk, told in rows}


def list_drawn(level: str | None = None) -> list[tuple[Spot, Shape]]:
    """Areas in use that have a shape, with it, by code; of one level when that is named."""
    areas = {area.pk: area for area in list_areas()}
    wanted = {pk for pk, area in areas.items() if level in {None, area.level}}
    found = sorted(Shape.objects.filter(pk__in=wanted), key=lambda one: areas[one.pk].code)
    return [(tell_area(areas[one.pk], areas), one) for one in found]
