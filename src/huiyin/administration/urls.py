"""The addresses of whoever runs the system, part by part; mounted under `console/`."""

from __future__ import annotations

from django.urls import URLPattern

from huiyin.administration.setup import urls as setup

app_name = "administration"
urlpatterns: list[URLPattern] = [
    *setup.urlpatterns,
]
