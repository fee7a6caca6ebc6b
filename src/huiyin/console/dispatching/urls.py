"""Addresses of the pages on the suggestions."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.console.dispatching import views_models, views_outcomes, views_thresholds, views_words

urlpatterns: list[URLPattern] = [
    path("triage", views_models.show_versions, name="triage"),
    path("triage/trainings", views_models.train, name="triage-train"),
    path("triage/versions/<int:version>", views_models.show_version, name="triage-version"),
    path("triage/versions/<int:version>/promotion", views_models.put_in_force, name="triage-promote"),
    path("triage/thresholds", views_thresholds.show_thresholds, name="triage-thresholds"),
    path("triage/thresholds/export", views_thresholds.export, name="triage-thresholds-export"),
    path("triage/thresholds/<str:code>", views_thresholds.edit_threshold, name="triage-threshold"),
    path("triage/outcomes", views_outcomes.show_outcomes, name="triage-outcomes"),
    path("triage/outcomes/export", views_outcomes.export, name="triage-outcomes-export"),
    path("triage/words", views_words.edit_words, name="triage-words"),
]
