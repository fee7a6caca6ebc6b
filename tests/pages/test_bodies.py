"""A request that says it is too large is answered before it is read."""

from __future__ import annotations

import io

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from huiyin.pages.bodies import LimitBodies


class Unread(io.BytesIO):
    """A body that nobody may read."""

    def read(self, *_):
        raise AssertionError("it was read")


def send(length, **headers):
    environ = RequestFactory().post("/hello")
    given = environ.environ | {"CONTENT_LENGTH": length, "wsgi.input": Unread()} | headers
    return LimitBodies(lambda _request: None)(WSGIRequest(given))


@pytest.fixture(autouse=True)
def _limit(settings):
    settings.LARGEST_REQUEST = 64 * 1024 * 1024


def test_too_much_at_once_is_413_in_words():
    answer = send(str(100 * 1024 * 1024))
    assert answer.status_code == 413
    assert "64 MB" in answer.content.decode()


def test_a_machine_is_told_in_json():
    answer = send("99999999999", HTTP_ACCEPT="application/json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (413, "application/json")


@pytest.mark.parametrize("length", ["", "0", "67108864", "-1", "a lot"])
def test_whatever_fits_or_says_nothing_goes_on(length):
    assert send(length) is None
