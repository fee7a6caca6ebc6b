"""The addresses of organisations."""

from __future__ import annotations

from django.urls import path

from huiyin.villages.home import views

urlpatterns = [
    path("", views.organisations, name="organisations"),
    path("<str:code>", views.organisation, name="organisation"),
]
