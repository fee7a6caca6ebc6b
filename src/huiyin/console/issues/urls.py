"""Addresses of hot issues."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.console.issues import views, views_acts

urlpatterns: list[URLPattern] = [
    path("issues", views.issues, name="issues"),
    path("issues/run", views_acts.run, name="run-issues"),
    path("issues/<int:pk>", views.issue, name="issue"),
    path("issues/<int:pk>/acts", views_acts.act, name="issue-act"),
]
