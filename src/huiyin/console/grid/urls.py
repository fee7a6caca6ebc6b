"""Addresses of the map, of cells, and of the cells that somebody holds."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.console.grid.views_cell import show_cell, write_leave
from huiyin.console.grid.views_map import download_shapes, download_sheet, show_map
from huiyin.console.grid.views_mine import show_mine, show_my_case

urlpatterns: list[URLPattern] = [
    path("grid", show_map, name="grid"),
    path("grid/sheet", download_sheet, name="grid-sheet"),
    path("grid/shapes", download_shapes, name="grid-shapes"),
    path("grid/cells/<str:code>", show_cell, name="grid-cell"),
    path("grid/cells/<str:code>/leave", write_leave, name="grid-leave"),
    path("grid/mine", show_mine, name="my-cells"),
    path("grid/mine/<str:number>", show_my_case, name="my-case"),
]
