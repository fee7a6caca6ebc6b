"""The addresses of version 1, made from its operations."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path

from huiyin.openapi.v1 import views
from huiyin.openapi.v1.contract import Operation
from huiyin.openapi.v1.guarding import Guarded
from huiyin.openapi.v1.operations import OPERATIONS

_CONVERTERS = {"{number}": "<str:number>", "{file}": "<int:file>"}


def _list_routes() -> Iterator[URLPattern]:
    by_path: dict[str, list[Operation]] = {}
    for operation in OPERATIONS:
        by_path.setdefault(operation.path, []).append(operation)
    for address, operations in by_path.items():
        route = address.removeprefix("/")
        name = route.replace("{", "").replace("}", "").replace("/", "-")
        for part, converter in _CONVERTERS.items():
            route = route.replace(part, converter)
        yield path(route, Guarded(operations), name=name)


urlpatterns: list[URLPattern] = [
    path("", views.show_page, name="page"),
    path("openapi.json", views.show_document, name="document"),
    *_list_routes(),
]
