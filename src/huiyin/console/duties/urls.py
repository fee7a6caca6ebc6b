"""Addresses of the register, its versions, designations and admissions."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.console.duties import views, views_admissions, views_designated, views_versions

urlpatterns: list[URLPattern] = [
    path("duties", views.duties, name="duties"),
    path("duties/export", views.export, name="export-duties"),
    path("duties/print", views.print_out, name="print-duties"),
    path("duties/designated", views_designated.designated, name="designated"),
    path("duties/designated/export", views_designated.export_designated, name="export-designated"),
    path("duties/versions", views_versions.versions, name="register-versions"),
    path("duties/versions/<int:version>", views_versions.show_version, name="register-version"),
    path("duties/versions/<int:version>/export", views_versions.export_version, name="export-version"),
    path("duties/<int:pk>", views.duty, name="duty"),
    path("admissions", views_admissions.admissions, name="admissions"),
    path("admissions/new", views_admissions.new_admission, name="new-admission"),
    path("admissions/<str:number>/change", views_admissions.change_admission, name="change-admission"),
]
