"""The addresses of the limits."""

from __future__ import annotations

from django.urls import path

from huiyin.villages.limits import views

urlpatterns = [
    path("limits", views.limits, name="limits"),
    path("limits/<str:key>", views.limit, name="limit"),
]
