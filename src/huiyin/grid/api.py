"""The door of the grid."""

from huiyin.grid.absences import begin_absence, end_absence, get_holder
from huiyin.grid.cells import Cell, get_cell, list_cells, set_counts
from huiyin.grid.datum import DATUMS, from_gcj
from huiyin.grid.exporting import tell_collection, write_collection
from huiyin.grid.geometry import bound, find_inside
from huiyin.grid.holders import (
    HOLDER_KEEPER,
    HolderCard,
    list_cell_history,
    list_duty,
    list_held_cells,
    list_holders,
    tell_phone,
)
from huiyin.grid.landmarks import KINDS, LANDMARK_KEEPER, LandmarkCard
from huiyin.grid.models import Holder, Shape
from huiyin.grid.resolving import micro_point, resolve
from huiyin.grid.shapes import check_file, import_file, list_drawn, load_shapes, write_shapes
from huiyin.grid.store import CellRow
from huiyin.grid.values import Check, NewShape, OnDuty, Point, Polygons, Resolved, Spot

__all__ = [
    "DATUMS",
    "HOLDER_KEEPER",
    "KINDS",
    "LANDMARK_KEEPER",
    "Cell",
    "CellRow",
    "Check",
    "Holder",
    "HolderCard",
    "LandmarkCard",
    "NewShape",
    "OnDuty",
    "Point",
    "Polygons",
    "Resolved",
    "Shape",
    "Spot",
    "begin_absence",
    "bound",
    "check_file",
    "end_absence",
    "find_inside",
    "from_gcj",
    "get_cell",
    "get_holder",
    "import_file",
    "list_cell_history",
    "list_cells",
    "list_drawn",
    "list_duty",
    "list_held_cells",
    "list_holders",
    "load_shapes",
    "micro_point",
    "resolve",
    "set_counts",
    "tell_collection",
    "tell_phone",
    "write_collection",
    "write_shapes",
]
