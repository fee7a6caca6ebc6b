"""The county's ground: areas, the units on it, the places with a QR code."""

from __future__ import annotations

from huiyin.app.demo.county.reading import Row, read_rows
from huiyin.people.api import Area, Place, Unit


def install_ground() -> None:
    """Add the areas, units and places that are missing; areas first, since a township's unit sits in one."""
    _install_areas()
    _install_units()
    _install_places()


def _install_areas() -> None:
    rows = read_rows("areas")
    for level in ("county", "township", "village"):
        known = {area.code: area for area in Area.objects.all()}
        fresh = [_area(row, known) for row in rows if row["level"] == level and row["code"] not in known]
        Area.objects.bulk_create(fresh)
        for area in fresh:
            area.path = f"{area.parent.path if area.parent else ''}{area.pk}/"
        Area.objects.bulk_update(fresh, ["path"])


def _area(row: Row, known: dict[str, Area]) -> Area:
    return Area(
        code=row["code"],
        name=row["name"],
        name_en=row["name_en"],
        level=row["level"],
        parent=known.get(row["parent"]),
        lon_microdegrees=int(row["lon"]),
        lat_microdegrees=int(row["lat"]),
    )


def _install_units() -> None:
    rows = read_rows("units")
    areas = {area.code: area for area in Area.objects.all()}
    known = set(Unit.objects.values_list("key", flat=True))
    Unit.objects.bulk_create(
        _unit(row, areas, sort) for sort, row in enumerate(rows, start=1) if row["key"] not in known
    )
    units = {unit.key: unit for unit in Unit.objects.all()}
    _give_parents(rows, units)
    _give_areas(areas, units)


def _unit(row: Row, areas: dict[str, Area], sort: int) -> Unit:
    return Unit(
        key=row["key"],
        name=row["name"],
        short=row["short"],
        name_en=row["name_en"],
        kind=row["kind"],
        phone=row["phone"],
        area=areas.get(row["area"]),
        sort=sort,
    )


def _give_parents(rows: list[Row], units: dict[str, Unit]) -> None:
    children = [units[row["key"]] for row in rows if row["parent"]]
    parents = {row["key"]: units[row["parent"]] for row in rows if row["parent"]}
    for unit in children:
        unit.parent = unit.parent or parents[unit.key]
    Unit.objects.bulk_update(children, ["parent"])


def _give_areas(areas: dict[str, Area], units: dict[str, Unit]) -> None:
    answering = {row["code"]: units[row["unit"]] for row in read_rows("areas") if row["unit"]}
    fresh = [area for area in areas.values() if area.unit_id is None and area.code in answering]
    for area in fresh:
        area.unit = answering[area.code]
    Area.objects.bulk_update(fresh, ["unit"])


def _install_places() -> None:
    areas = {area.code: area for area in Area.objects.all()}
    Place.objects.bulk_create(
        [
            Place(
                code=row["code"],
                title=row["title"],
                title_en=row["title_en"],
                area=areas[row["area"]],
                lon_microdegrees=int(row["lon"]),
                lat_microdegrees=int(row["lat"]),
            )
            for row in read_rows("places")
        ],
        ignore_conflicts=True,
    )
