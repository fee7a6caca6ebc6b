"""The addresses of distributions."""

from __future__ import annotations

from django.urls import path

from huiyin.villages.distributions import views, views_lines, views_over, views_paying, views_plans

urlpatterns = [
    path("distributions", views_over.over_many, name="distributions-over"),
    path("distributions/export", views_over.export_over, name="export-distributions-over"),
    path("distributions/of/<str:number>", views.of_case, name="distribution-of-case"),
    path("<str:code>/distributions", views.plans, name="distributions"),
    path("<str:code>/distributions/new", views_plans.new_plan, name="new-distribution"),
    path("<str:code>/distributions/aside", views_plans.add_aside, name="set-aside"),
    path("<str:code>/distributions/<int:pk>", views.plan, name="distribution"),
    path("<str:code>/distributions/<int:pk>/change", views_plans.change, name="change-distribution"),
    path("<str:code>/distributions/<int:pk>/lines", views_lines.lines, name="distribution-lines"),
    path("<str:code>/distributions/<int:pk>/export", views_lines.export_lines, name="export-distribution"),
    path("<str:code>/distributions/<int:pk>/owed", views_paying.owed, name="distribution-owed"),
    path("<str:code>/dividends/<int:pk>", views_lines.dividends, name="dividends"),
    path("<str:code>/pay-files/<int:pk>", views_paying.download, name="pay-file"),
    path("<str:code>/pay-files/<int:pk>/returned", views_paying.returned, name="pay-file-returned"),
    path("<str:code>/cards/<int:pk>", views_paying.card, name="household-card"),
]
