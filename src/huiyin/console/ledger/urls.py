"""Addresses of the ledger, the processes, the places and the calendar."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.console.ledger import views, views_days, views_places, views_processes

urlpatterns: list[URLPattern] = [
    path("ledger", views.ledger, name="ledger"),
    path("ledger/<str:view>", views.ledger, name="ledger"),
    path("processes", views_processes.processes, name="processes"),
    path("processes/<str:key>", views_processes.process, name="process"),
    path("places", views_places.places, name="places"),
    path("workdays", views_days.workdays, name="workdays"),
    path("workdays/set", views_days.change_day, name="change-day"),
]
