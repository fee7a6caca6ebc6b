"""Addresses of the switches and of the built files that browsers ask for by name."""

from __future__ import annotations

from django.urls import path

from huiyin.pages import views

app_name = "pages"
urlpatterns = [
    path("language/<str:language>", views.switch_language, name="language"),
    path("print/<str:size>", views.switch_print, name="print"),
]
