"""Every route says who may use it, and holds to it: tried by every role and by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from huiyin.people.api import EVERYONE, STAFF
from huiyin.process.api import ROLES

MACHINES = {"health", "ready", "metrics"}


def _routes(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, str, Any]]:
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, path, pattern.namespace or space)
        elif isinstance(pattern, URLPattern):
            yield path, f"{space}:{pattern.name}" if space else str(pattern.name), pattern.callback


ALL = list(_routes(get_resolver()))
GUARDED = [
    (path, name, view)
    for path, name, view in ALL
    if EVERYONE not in getattr(view, "access", frozenset({EVERYONE}))
]


@pytest.mark.parametrize(("path", "name", "view"), ALL, ids=[name for _, name, _ in ALL])
def test_every_route_declares_who_may_use_it(path: str, name: str, view: Any) -> None:
    if name in MACHINES or name.startswith("pages:"):
        return
    access = getattr(view, "access", None)
    assert access, f"{path} declares nobody"
    assert access <= {EVERYONE, STAFF, *ROLES}


def _address(path: str, number: str) -> str:
    """The path with its parts filled in by things that exist, or plausibly might."""
    parts = {
        "<str:number>": number,
        "<int:pk>": "1",
        "<str:move>": "remark",
        "<str:key>": "hotline",
        "audit/export/<str:view>": "audit/export/accesses",
        "<str:view>": "take",
        "<str:code>": "HC0001",
        "<str:part>": "units",
        "<str:thing>": "songyu",
        "<int:version>": "1",
    }
    for slot, value in parts.items():
        path = path.replace(slot, value)
    return "/" + path


def _try(client: Client, address: str) -> int:
    """The status of a visit; a route that takes only forms is sent an empty one."""
    status = client.get(address).status_code
    return client.post(address).status_code if status == 405 else status


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "name", "view"), GUARDED, ids=[name for _, name, _ in GUARDED])
def test_a_route_turns_away_whoever_is_not_named(
    path: str, name: str, view: Any, people_of_every_role: Any, a_case: str
) -> None:
    address = _address(path, a_case)
    if "<" in address:
        pytest.fail(f"no sample for {address}: add one to the test")
    assert _try(Client(), address) in {302, 401}
    for role, client in people_of_every_role.items():
        status = _try(client, address)
        if STAFF in view.access or role in view.access:
            assert status not in {401, 500}, (role, status)
            if status == 403:
                pytest.fail(f"{role} is declared for {address} and turned away")
        else:
            assert status == 403, (role, status)
