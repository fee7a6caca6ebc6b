"""The addresses of whoever runs the system, part by part; mounted under `console/`."""

from __future__ import annotations

from huiyin.administration.machines.token_urls import urlpatterns as tokens

app_name = "administration"
urlpatterns = [*tokens]
