"""The cells with their households and people, as a list; cells themselves are areas, shapes come by file."""

from __future__ import annotations

from django.utils import timezone

from huiyin.administration.setup.fields import NO, YES, Field, Row
from huiyin.administration.setup.keeping import save_singly
from huiyin.administration.setup.listings import Acts, Listing
from huiyin.grid.api import list_cell_history, list_cells, set_counts
from huiyin.journal.api import StoredEntry
from huiyin.kernel.words import Words
from huiyin.people.api import find_area

FIELDS = (
    Field("code", Words("代码", "Code"), required=True, fixed=True, listed=True, width=20, most=20),
    Field("name", Words("网格", "Cell"), told=True, listed=True, width=24),
    Field("village", Words("村社区", "Village"), told=True, listed=True),
    Field("township", Words("乡镇街道", "Township"), told=True, listed=True),
    Field("households", Words("户数", "Households"), "whole", listed=True),
    Field("people", Words("人数", "People"), "whole", listed=True),
    Field("acting", Words("今天在岗", "On duty today"), told=True, listed=True),
    Field("drawn", Words("有图形", "Drawn"), "yes-no", told=True, listed=True, width=8),
)


def _list_rows() -> list[Row]:
    return [
        {
            "code": cell.row.code,
            "name": cell.row.name,
            "village": cell.row.village_name,
            "township": cell.row.township_name,
            "households": "" if cell.row.households is None else str(cell.row.households),
            "people": "" if cell.row.people is None else str(cell.row.people),
            "acting": cell.acting.name if cell.acting else "",
            "drawn": YES if cell.row.drawn else NO,
        }
        for cell in list_cells(timezone.localdate())
    ]


def _change(row: Row, acts: Acts) -> None:
    counts = [int(row[key]) if row[key] else None for key in ("households", "people")]
    set_counts(row["code"], counts[0], counts[1], by=acts.by, now=acts.now)


def _list_entries(row: Row) -> list[StoredEntry]:
    area = find_area(row["code"])
    return list_cell_history(area.pk, area.code) if area else []


CELLS = Listing(
    key="cells",
    title=Words("网格", "Cells"),
    about=Words(
        "每个网格多少户、多少人；图形用 GeoJSON 导入", "Households and people; shapes come by GeoJSON"
    ),
    icon="map",
    fields=FIELDS,
    identity="code",
    name="name",
    rows=_list_rows,
    save=save_singly(_change),
    adds=False,
    entries=_list_entries,
    links=lambda row: [
        (Words("看这个网格", "See the cell"), f"/console/grid/cells/{row['code']}"),
        (Words("导入图形", "Import shapes"), "/console/grid/import"),
    ],
)
