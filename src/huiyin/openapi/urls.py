"""The addresses for machines."""

from __future__ import annotations

from django.urls import URLPattern

from huiyin.openapi.open311.urls import urlpatterns as open311

app_name = "openapi"
urlpatterns: list[URLPattern] = [*open311]
