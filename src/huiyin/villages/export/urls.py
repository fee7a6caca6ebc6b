"""The addresses of what the provincial platform is given."""

from __future__ import annotations

from django.urls import path

from huiyin.villages.export import views

urlpatterns = [
    path("all/platform", views.platform, name="platform"),
    path("all/platform/export", views.platform_sheet, name="platform-sheet"),
]
