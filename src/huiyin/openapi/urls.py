"""The addresses for machines."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "openapi"
urlpatterns: list[URLPattern] = []
