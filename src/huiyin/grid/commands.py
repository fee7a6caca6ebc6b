"""`huiyin grid`: takes in and gives out the map of cells, and says where a text or a point lies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from huiyin.grid.datum import DATUMS, from_gcj
from huiyin.grid.exporting import write_collection
from huiyin.grid.resolving import resolve
from huiyin.grid.shapes import check_file, import_file
from huiyin.grid.values import Check, Point, Resolved, Spot
from huiyin.people.api import find_area


@click.group()
def grid() -> None:
    """Cells on the map, and which one a place lies in. 网格"""


@grid.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", "checking", is_flag=True, help="Only say what it would do. 只核对")
@click.option("--datum", type=click.Choice(DATUMS), default=DATUMS[0], show_default=True, help="坐标系")
def import_shapes(file: Path, datum: str, *, checking: bool) -> None:
    """Take in the shapes of a GeoJSON FeatureCollection, whole or not at all. 导入图形"""
    content = file.read_bytes()
    check = check_file(content, datum)
    _say(check)
    if check.faults:
        raise SystemExit(1)
    if not checking:
        import_file(content, file.name, datum, by=None, now=timezone.now())
        click.echo("written 已写入")


def _say(check: Check) -> None:
    for fault in check.faults:
        click.echo(f"{fault.line}  {fault.code}  {fault.words.zh} {fault.words.en}")
    for remark in check.remarks:
        click.echo(f"{remark.zh} {remark.en}")
    counts = (len(check.added), len(check.changed), len(check.same), len(check.faults))
    click.echo("new 新增 {}, changed 修改 {}, same 没变 {}, wrong 有误 {}".format(*counts))


@grid.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export_shapes(file: Path) -> None:
    """Write every drawn cell with who acts today as GeoJSON (WGS-84). 导出"""
    file.write_bytes(write_collection(timezone.localdate()))
    click.echo(str(file))


@grid.command("resolve")
@click.argument("text", default="")
@click.option("--point", help="LON,LAT in degrees. 经度,纬度")
@click.option("--datum", type=click.Choice(DATUMS), default=DATUMS[0], show_default=True, help="坐标系")
@click.option("--area", default="", help="The code of the area that was given. 所在地方代码")
@click.option("--json", "as_json", is_flag=True, help="Answer JSON.")
def resolve_place(text: str, point: str | None, datum: str, area: str, *, as_json: bool) -> None:
    """Say which cell, village and township TEXT or a point speaks of. 这是哪个网格"""
    given = find_area(area) if area else None
    found = resolve(text=text, point=_read_point(point, datum), area_id=given.pk if given else None)
    click.echo(json.dumps(tell_resolved(found), ensure_ascii=False) if as_json else _tell(found))


def _read_point(told: str | None, datum: str) -> Point | None:
    if not told:
        return None
    try:
        lon, lat = (float(part) for part in told.split(","))
    except ValueError:
        raise click.BadParameter("LON,LAT", param_hint="--point") from None
    point = round(lon * 1e7), round(lat * 1e7)
    return from_gcj(point) if datum == "GCJ-02" else point


def tell_resolved(found: Resolved) -> dict[str, Any]:
    """The answer as JSON holds it."""
    return {
        "cell": _tell_spot(found.cell),
        "village": _tell_spot(found.village),
        "township": _tell_spot(found.township),
        "mention": found.mention,
        "how": found.how,
        "sure": found.sure,
        "candidates": [_tell_spot(one) for one in found.candidates],
    }


def _tell_spot(spot: Spot | None) -> dict[str, str] | None:
    return {"code": spot.code, "name": spot.whole, "level": spot.level} if spot else None


def _tell(found: Resolved) -> str:
    deepest = found.deepest
    first = f"{deepest.whole} ({deepest.code})" if deepest else "unknown 不知道"
    lines = [
        first,
        f"  {found.how or '-'}  {found.mention or '-'}  {'sure 确定' if found.sure else 'open 待确认'}",
    ]
    return "\n".join([*lines, *(f"  ? {one.whole} ({one.code})" for one in found.candidates)])
