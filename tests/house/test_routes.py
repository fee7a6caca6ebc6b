"""Every route says who may use it, and holds to it: tried by every role and by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from huiyin.openapi.v1.guarding import TOKEN
from huiyin.openapi.v1.operations import OPERATIONS
from huiyin.openapi.v1.views import make_document
from huiyin.people.api import EVERYONE, SCOPES, STAFF, find_account, make_token
from huiyin.process.api import ROLES

MACHINES = {"health", "ready", "metrics"}
BY_TOKEN = {f"{TOKEN}:{scope}" for scope in SCOPES}


ANYBODY = {"intake", "handler", "leader", "admin", "cashier", "rural"}
"""Who tries what any account may open: six of those who run it, work at a unit, or keep a village's money."""


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
    if EVERYONE not in getattr(view, "access", frozenset({EVERYONE})) and not view.access & BY_TOKEN
]
FOR_MACHINES = [
    (path, operation)
    for path, _, view in ALL
    for operation in getattr(view, "operations", {}).values()
    if operation.scope
]


@pytest.mark.parametrize(("path", "name", "view"), ALL, ids=[name for _, name, _ in ALL])
def test_every_route_declares_who_may_use_it(path: str, name: str, view: Any) -> None:
    if name in MACHINES or name.startswith("pages:"):
        return
    access = getattr(view, "access", None)
    assert access, f"{path} declares nobody"
    assert access <= {EVERYONE, STAFF, *ROLES} or access <= BY_TOKEN


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
        "<int:file>": "1",
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
        if STAFF in view.access and role not in ANYBODY:
            continue
        status = _try(client, address)
        if STAFF in view.access or role in view.access:
            assert status not in {401, 500}, (role, status)
            if status == 403:
                pytest.fail(f"{role} is declared for {address} and turned away")
        else:
            assert status == 403, (role, status)


def _ask(client: Client, operation: Any, address: str, **headers: str) -> Any:
    """The operation's own request: without a body where it takes one."""
    return client.generic(
        operation.method, address, b"", content_type="application/json", headers={"Accept": "*/*", **headers}
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "operation"), FOR_MACHINES, ids=[operation.key for _, operation in FOR_MACHINES]
)
def test_a_machine_is_let_in_by_a_token_of_that_scope_alone(
    path: str, operation: Any, people_of_every_role: Any, a_case: str
) -> None:
    address = _address(path, a_case)
    assert "<" not in address
    for client in (Client(), *people_of_every_role.values()):  # nobody's cookie opens anything
        turned_away = _ask(client, operation, address)
        assert turned_away.status_code == 401
        assert turned_away.headers["Content-Type"] == "application/problem+json"
        assert turned_away.headers["WWW-Authenticate"]
    account = find_account("linxiao")
    assert account is not None
    others = [scope for scope in SCOPES if scope != operation.scope]
    for scopes, statuses in ((others, {403}), ([operation.scope], {200, 400, 404, 415, 422})):
        token = make_token(account.pk, "test", scopes, 1, by=None, now=timezone.now()).text
        answer = _ask(Client(), operation, address, Authorization=f"Bearer {token}")
        assert answer.status_code in statuses, (scopes, answer.status_code)


def test_every_operation_of_the_interface_is_in_its_document_and_no_other() -> None:
    written = {
        (method.upper(), path) for path, methods in make_document()["paths"].items() for method in methods
    }
    routed = {
        (
            method,
            "/"
            + path.removeprefix("api/v1/")
            .replace("<str:number>", "{number}")
            .replace("<int:file>", "{file}"),
        )
        for path, _, view in ALL
        for method in getattr(view, "operations", {})
        if path.startswith("api/v1/")
    }
    assert written == routed == {(operation.method, operation.path) for operation in OPERATIONS}
    plain = {
        name for path, name, view in ALL if path.startswith("api/v1/") and not hasattr(view, "operations")
    }
    assert plain == {"openapi:page", "openapi:document"}
