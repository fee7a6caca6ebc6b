"""What the tests of pages stand on: built assets, the catalogue, addresses that answer in every way."""

from __future__ import annotations

import errno
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import jinja2
import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils.functional import SimpleLazyObject

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages import assets, catalogue, failures
from huiyin.pages.environment import make_environment
from huiyin.pages.render import render

ROOT = Path(__file__).resolve().parents[2]


def _refuse(request: HttpRequest, code: str) -> HttpResponse:
    raise Refusal(
        code, Words("还差<签收>这一步", "It is not <signed for> yet"), rule="办法第十二条", field="words"
    )


def _forbid(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def _lose(request: HttpRequest) -> HttpResponse:
    raise Http404


def _break(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


def _lose_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError("the connection is closed")


def _lose_database_under_a_frame(request: HttpRequest) -> HttpResponse:
    request.frame = SimpleLazyObject(lambda: _lose_database(request))  # type: ignore[attr-defined]
    raise OperationalError("the connection is closed")


def _fill_disk(request: HttpRequest) -> HttpResponse:
    raise OSError(errno.ENOSPC, "No space left on device")


def _greet(request: HttpRequest) -> HttpResponse:
    context = {"frame": "pages/citizen.html", "heading": "你好", "words": "", "rule": "", "back": "/"}
    more = {"typed": [], "resend": False, "request_id": "", "sign_in": ""}
    return render(request, "pages/message.html", {**context, **more})


def _make_addresses() -> ModuleType:
    module = ModuleType("addresses_of_the_tests")
    faces = [
        path("refused/<str:code>", _refuse),
        path("forbidden", _forbid),
        path("broken", _break),
        path("away", _lose_database),
        path("away-with-menu", _lose_database_under_a_frame),
        path("full", _fill_disk),
        path("lost", _lose),
        path("hello", _greet),
    ]
    module.urlpatterns = [
        path("", include("huiyin.pages.urls")),
        path("", include(faces)),
        path("console/", include(faces)),
    ]  # type: ignore[attr-defined]
    module.handler403 = failures.show_forbidden  # type: ignore[attr-defined]
    module.handler404 = failures.show_missing  # type: ignore[attr-defined]
    module.handler500 = failures.show_error  # type: ignore[attr-defined]
    return module


@pytest.fixture(scope="session", autouse=True)
def _built() -> None:
    """Build what a fresh checkout lacks."""
    if not assets.read_manifest().files:
        subprocess.run(["node", "assets/build.mjs"], cwd=ROOT, check=True)
    catalogue.compile_catalogue()


@pytest.fixture(autouse=True)
def _addresses(settings: pytest.FixtureRequest) -> None:
    settings.ROOT_URLCONF = _make_addresses()  # type: ignore[attr-defined]
    settings.ALLOWED_HOSTS = ["testserver"]  # type: ignore[attr-defined]


@pytest.fixture
def client() -> Client:
    """A browser that sees error pages instead of exceptions."""
    return Client(raise_request_exception=False)


@pytest.fixture
def draw() -> Callable[..., str]:
    """Draw a scrap of template source; names given are its context."""
    environment: jinja2.Environment = make_environment(autoescape=True)

    def _draw(source: str, **context: object) -> str:
        return environment.from_string(source).render(csrf_input="", **context)

    return _draw
