"""Every address: health for machines, the staff's pages under `console/`, the interfaces under
`api/`, the citizens' pages at the root."""

from __future__ import annotations

from django.urls import include, path

from huiyin.app import health

urlpatterns = [
    path("health", health.show_health, name="health"),
    path("ready", health.show_readiness, name="ready"),
    path("metrics", health.show_metrics, name="metrics"),
    path("", include("huiyin.pages.urls")),
    path("console/", include("huiyin.administration.urls")),
    path("console/villages/", include("huiyin.villages.urls")),
    path("village", include("huiyin.noticeboard.front")),
    path("village/", include("huiyin.noticeboard.urls")),
    path("console/", include("huiyin.console.urls")),
    path("", include("huiyin.openapi.urls")),
    path("", include("huiyin.portal.urls")),
]

handler400 = "huiyin.pages.failures.show_bad_request"
handler403 = "huiyin.pages.failures.show_forbidden"
handler404 = "huiyin.pages.failures.show_missing"
handler500 = "huiyin.pages.failures.show_error"
