"""The addresses of the villages' public pages; mounted under `village/`."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "noticeboard"
urlpatterns: list[URLPattern] = []
