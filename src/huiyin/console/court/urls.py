"""Addresses of the return court."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.console.court import views_desk, views_precedents, views_returns

urlpatterns: list[URLPattern] = [
    path("court", views_desk.show_court, name="court"),
    path("court/<str:number>/decision", views_desk.decide, name="court-decide"),
    path("precedents", views_precedents.show_precedents, name="precedents"),
    path("precedents/<int:pk>/withdrawal", views_precedents.withdraw, name="withdraw-precedent"),
    path("precedents/<int:pk>/restoration", views_precedents.restore, name="restore-precedent"),
    path("returns", views_returns.show_returns, name="returns"),
    path("returns/cases", views_returns.show_disputes, name="return-cases"),
]
