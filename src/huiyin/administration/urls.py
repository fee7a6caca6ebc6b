"""The addresses of whoever runs the system, part by part; mounted under `console/`."""

from __future__ import annotations

from huiyin.administration.audit.urls import urlpatterns as audit
from huiyin.administration.ground.urls import urlpatterns as ground
from huiyin.administration.machines.token_urls import urlpatterns as tokens
from huiyin.administration.machines.urls import urlpatterns as machines
from huiyin.administration.retention.urls import urlpatterns as retention
from huiyin.administration.rights.urls import urlpatterns as rights
from huiyin.administration.setup.urls import urlpatterns as setup
from huiyin.administration.signing.urls import urlpatterns as signing

app_name = "administration"
urlpatterns = [*audit, *ground, *machines, *retention, *rights, *setup, *signing, *tokens]
