"""Addresses of the import of shapes."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.administration.ground.views import preview, upload

urlpatterns: list[URLPattern] = [
    path("grid/import", upload, name="grid-import"),
    path("grid/import/<int:pk>", preview, name="grid-preview"),
]
