"""The addresses of what the townships look over."""

from __future__ import annotations

from django.urls import path

from huiyin.villages.oversight import views_filings, views_hints, views_reviews

urlpatterns = [
    path("oversight/filings", views_filings.filings, name="filings"),
    path("oversight/filings/file", views_filings.file_picked, name="file-picked"),
    path("oversight/filings/export", views_filings.export_filings, name="export-filings"),
    path("oversight/hints", views_hints.hints, name="hints"),
    path("oversight/hints/export", views_hints.export_hints, name="export-hints"),
    path("oversight/hints/refresh", views_hints.refresh, name="refresh-hints"),
    path("oversight/hints/<int:pk>", views_hints.hint, name="hint"),
    path("oversight/arrears", views_filings.arrears, name="arrears"),
    path("oversight/arrears/export", views_filings.export_arrears, name="export-arrears"),
    path("oversight/reviews", views_reviews.reviews, name="reviews"),
    path("oversight/reviews/plan", views_reviews.plan, name="plan-reviews"),
    path("oversight/reviews/export", views_reviews.export_reviews, name="export-reviews"),
    path("oversight/reviews/<int:pk>", views_reviews.review, name="review"),
    path("oversight/audits", views_reviews.audits, name="audits"),
    path("oversight/audits/export", views_reviews.export_audits, name="export-audits"),
    path("oversight/audits/<int:pk>", views_reviews.audit, name="audit"),
]
