"""The addresses of GeoReport v2, each in both formats."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.openapi.open311 import views

_METHODS = (
    ("discovery", views.discover, "discovery"),
    ("services", views.show_services, "services"),
    ("services/<str:code>", views.show_definition, "service"),
    ("requests", views.handle_requests, "requests"),
    ("requests/<str:number>", views.show_request, "request"),
    ("tokens/<str:token>", views.show_token, "token"),
)
urlpatterns: list[URLPattern] = [
    path("open311/v2/openapi.json", views.show_document, {"form": "json"}, "open311-document"),
    *(
        path(f"open311/v2/{address}.{form}", view, {"form": form}, f"open311-{name}-{form}")
        for address, view, name in _METHODS
        for form in ("json", "xml")
    ),
    path("open311/v2/<path:rest>", views.refuse_unknown, name="open311-unknown"),
]
