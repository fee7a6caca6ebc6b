"""The addresses of the pages about tokens."""

from __future__ import annotations

from django.urls import path

from huiyin.administration.machines import views_tokens

urlpatterns = [
    path("tokens", views_tokens.tokens, name="tokens"),
    path("tokens/<int:pk>/revocation", views_tokens.revoke, name="revoke-token"),
]
