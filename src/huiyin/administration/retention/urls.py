"""Addresses of the page on how long data is kept."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.administration.retention.views import run_now, set_rules, show_keeping

urlpatterns: list[URLPattern] = [
    path("retention", show_keeping, name="keeping"),
    path("retention/set", set_rules, name="keeping-set"),
    path("retention/run", run_now, name="keeping-run"),
]
