"""What the tests of the interfaces share: the demo county, tokens of its accounts, a machine that asks."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.county import _county_of_module, desk, open_desk

from huiyin.people import api as people

__all__ = ["Machine", "_county_of_module", "desk", "open_desk"]

ALL = tuple(people.SCOPES)
WASTE_OF_WATER = "010106"


class Machine:
    """Another system: asks the interface with a token, in JSON."""

    def __init__(self, token: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {token}"} if token else {})

    def get(self, path, **headers):
        return self.client.get(f"/api/v1{path}", headers=headers)

    def post(self, path, body=None, *, raw=None, media="application/json", **headers):
        content = json.dumps(body, ensure_ascii=False).encode() if raw is None else raw
        return self.client.post(f"/api/v1{path}", content, content_type=media, headers=headers)

    def open(self, words="禾川大道路灯坏了三天", *, key=None, **more):
        """The answer to a new case."""
        body = {"process": "hotline", "channel": "hotline", "words": words, **more}
        return self.post("/cases", body, **{"Idempotency-Key": key or str(uuid4())})

    def move(self, number, move, *, headers=None, **inputs):
        """The answer to a move."""
        return self.post(f"/cases/{number}/moves", {"move": move, "inputs": inputs}, **(headers or {}))


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    """Files go into a folder of the test; nothing is limited unless a test says so."""
    settings.MEDIA_ROOT = tmp_path
    settings.API_RATE_TOKEN = settings.API_RATE_ADDRESS = 0


@pytest.fixture
def machine_of(county):
    """`machine_of("linxiao")`: a machine with a token of that account, for every scope if none is named."""

    def make(login, *scopes):
        account = people.find_account(login)
        made = people.make_token(account.pk, "test", scopes or ALL, 30, by=None, now=timezone.now())
        return Machine(made.text)

    return make


@pytest.fixture
def intake(machine_of):
    """The machine of an intake clerk."""
    return machine_of("linxiao")


@pytest.fixture
def dispatcher(machine_of):
    """The machine of a dispatcher."""
    return machine_of("hemin")
