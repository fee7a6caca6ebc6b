"""Addresses of signing in and out."""

from __future__ import annotations

from django.urls import path

from huiyin.console.sign import views

urlpatterns = [
    path("", views.show_home, name="home"),
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("password", views.change_password, name="password"),
]
