"""Addresses of the doors."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.console.doors import views_done, views_intake, views_stuck, views_visit

urlpatterns: list[URLPattern] = [
    path("intake", views_intake.intake, name="intake"),
    path("intake/alike", views_intake.show_alike, name="alike"),
    path("intake/earlier", views_intake.show_earlier, name="earlier"),
    path("intake/villages", views_intake.show_villages, name="villages"),
    path("intake/ending", views_intake.show_ending, name="ending"),
    path("intake/companies", views_visit.show_companies, name="companies"),
    path("registered/<str:number>", views_done.registered, name="registered"),
    path("visits/new", views_visit.visit, name="visit"),
    path("stuck", views_stuck.stuck, name="stuck"),
]
