"""Addresses of the auditor's pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.administration.audit.views import export_list, show_accesses, show_running
from huiyin.administration.audit.views_record import ask_check, show_record

urlpatterns: list[URLPattern] = [
    path("audit", show_accesses, name="audit"),
    path("audit/running", show_running, name="audit-running"),
    path("audit/record", show_record, name="audit-record"),
    path("audit/record/check", ask_check, name="audit-check"),
    path("audit/export/<str:view>", export_list, name="audit-export"),
]
