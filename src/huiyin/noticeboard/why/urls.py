"""The address of a villager's own page; the secret in it stands on the certificate."""

from __future__ import annotations

from django.urls import path

from huiyin.noticeboard.why import views

urlpatterns = [
    path("why/<str:secret>", views.show_why, name="why"),
]
