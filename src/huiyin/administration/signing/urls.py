"""Addresses of the pages about signing in."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.administration.signing import views_accounts, views_log, views_rules

urlpatterns: list[URLPattern] = [
    path("security/rules", views_rules.rules, name="sign-in-rules"),
    path("security/accounts", views_accounts.show_accounts, name="sign-in-accounts"),
    path("security/accounts/<int:pk>/unlock", views_accounts.unlock, name="sign-in-unlock"),
    path("security/accounts/<int:pk>/end", views_accounts.end_sessions, name="sign-in-end"),
    path("security/accounts/<int:pk>/second-factor", views_accounts.reset_factor, name="second-factor-reset"),
    path("security/sign-ins", views_log.show_log, name="sign-ins"),
    path("security/sign-ins.xlsx", views_log.export_log, name="sign-ins-file"),
]
