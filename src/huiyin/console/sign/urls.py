"""Addresses of signing in and out, and of what an account keeps about its own sign-in."""

from __future__ import annotations

from django.urls import path

from huiyin.console.sign import views, views_password, views_second_factor, views_sessions, views_sign_on

urlpatterns = [
    path("", views.show_home, name="home"),
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-in/code", views.ask_code, name="sign-in-code"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("sign-on", views_sign_on.begin, name="sign-on"),
    path("sign-on/back", views_sign_on.come_back, name="sign-on-back"),
    path("sign-on/end", views_sign_on.end, name="sign-on-end"),
    path("password", views_password.change_password, name="password"),
    path("second-factor", views_second_factor.show_state, name="second-factor"),
    path("second-factor/begin", views_second_factor.begin, name="second-factor-begin"),
    path("second-factor/confirm", views_second_factor.confirm, name="second-factor-confirm"),
    path("second-factor/codes", views_second_factor.renew_codes, name="second-factor-codes"),
    path("second-factor/remove", views_second_factor.remove, name="second-factor-remove"),
    path("sessions", views_sessions.show_sessions, name="sessions"),
    path("sessions/end", views_sessions.end, name="sessions-end"),
]
