"""The addresses of whoever runs the system, part by part; mounted under `console/`."""

from __future__ import annotations

from huiyin.administration.signing.urls import urlpatterns as signing

app_name = "administration"
urlpatterns = [*signing]
