"""Addresses of the page of rights."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.administration.rights.views import end, give, show_rights

urlpatterns: list[URLPattern] = [
    path("rights", show_rights, name="rights"),
    path("rights/give", give, name="rights-give"),
    path("rights/<int:pk>/end", end, name="rights-end"),
]
