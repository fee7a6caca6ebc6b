"""The addresses of whoever runs the system, part by part; mounted under `console/`."""

from __future__ import annotations

from huiyin.administration.machines.urls import urlpatterns as machines

app_name = "administration"
urlpatterns = [*machines]
