"""The grid as GeoJSON, for maps and other systems."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from huiyin.grid.cells import list_cells
from huiyin.grid.reading import tell_polygons
from huiyin.grid.shapes import load_shapes


def tell_collection(on: date, *, holders: bool = True) -> dict[str, Any]:
    """Every drawn cell as a Feature (WGS-84) with code, names, counts and, when asked, who acts that day."""
    return {"type": "FeatureCollection", "features": list(_tell_features(on, holders=holders))}


def _tell_features(on: date, *, holders: bool) -> Iterable[dict[str, Any]]:
    shapes = load_shapes()
    for cell in list_cells(on):
        row, acting = cell.row, cell.acting
        if row.id not in shapes:
            continue
        told: dict[str, Any] = {
            "code": row.code,
            "name": row.name,
            "village": row.village_name,
            "township": row.township_name,
            "households": row.households,
            "people": row.people,
            "vacant": acting is None,
        }
        if holders and acting is not None:
            told |= {"holder": acting.name, "phone": acting.phone}
        yield {
            "type": "Feature",
            "id": row.code,
            "properties": told,
            "geometry": tell_polygons(shapes[row.id]),
        }


def write_collection(on: date, *, holders: bool = True) -> bytes:
    """The same as the bytes of a file."""
    return json.dumps(
        tell_collection(on, holders=holders), ensure_ascii=False, separators=(",", ":")
    ).encode()
