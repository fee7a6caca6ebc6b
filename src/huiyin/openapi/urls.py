"""The addresses for machines."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from huiyin.openapi.missing import show_missing
from huiyin.openapi.open311.urls import urlpatterns as open311

app_name = "openapi"
urlpatterns: list[URLPattern | URLResolver] = [
    *open311,
    path("api/v1/", include("huiyin.openapi.v1.urls")),
    # Last: whatever no interface answers to is told in the machines' way.
    path("api/<path:rest>", show_missing, name="missing"),
]
