"""The addresses of whoever runs the system, part by part; mounted under `console/`."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "administration"
urlpatterns: list[URLPattern] = []
