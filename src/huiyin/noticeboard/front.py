"""The first address of the villages' public pages, `village` itself."""

from __future__ import annotations

from django.urls import path

from huiyin.noticeboard import views_home

app_name = "village"
urlpatterns = [path("", views_home.show_home, name="home")]
