"""The addresses of registers, valuations and inventories."""

from __future__ import annotations

from django.urls import path

from huiyin.villages.assets import (
    views_acts,
    views_differences,
    views_entries,
    views_inventory,
    views_progress,
    views_registers,
    views_sheets,
    views_valuations,
)

NUMBER, CODE = "inventories/<str:number>", "<str:code>/assets"

urlpatterns = [
    path("inventories", views_progress.inventories, name="inventories"),
    path("inventories/differences", views_differences.differences, name="differences"),
    path("inventories/export", views_progress.export_inventories, name="export-inventories"),
    path("inventories/open", views_progress.open_year, name="open-inventories"),
    path("inventories/rounds/<int:pk>", views_progress.show_round, name="inventory-round"),
    path("valuations", views_valuations.valuations, name="valuations"),
    path("valuations/<int:pk>", views_valuations.settle_valuation, name="settle-valuation"),
    path(NUMBER, views_inventory.inventory, name="inventory"),
    path(f"{NUMBER}/count", views_acts.count, name="inventory-count"),
    path(f"{NUMBER}/explain", views_acts.explain, name="inventory-explain"),
    path(f"{NUMBER}/elders", views_acts.elders, name="inventory-elders"),
    path(f"{NUMBER}/agree", views_acts.agree, name="inventory-agree"),
    path(f"{NUMBER}/move", views_acts.move, name="inventory-move"),
    path(f"{NUMBER}/found", views_entries.found, name="inventory-found"),
    path(f"{NUMBER}/photo", views_acts.photograph, name="inventory-photo"),
    path(f"{NUMBER}/import", views_sheets.import_count, name="import-count"),
    path(f"{NUMBER}/export", views_inventory.export_lines, name="export-count"),
    path(f"{NUMBER}/differences", views_inventory.export_differences, name="export-differences"),
    path("<str:code>/inventories", views_inventory.own_inventories, name="own-inventories"),
    path(CODE, views_registers.assets, name="assets"),
    path(f"{CODE}/export", views_registers.export_assets, name="export-assets"),
    path(f"{CODE}/new", views_entries.new_asset, name="new-asset"),
    path(f"{CODE}/import", views_sheets.import_assets, name="import-assets"),
    path(f"{CODE}/drafts/<int:pk>", views_sheets.preview, name="asset-draft"),
    path(f"{CODE}/<int:pk>", views_registers.asset, name="asset"),
    path(f"{CODE}/<int:pk>/change", views_entries.change, name="change-asset"),
    path(f"{CODE}/<int:pk>/end", views_entries.end, name="end-asset"),
    path(f"{CODE}/<int:pk>/value", views_valuations.value, name="value-asset"),
]
