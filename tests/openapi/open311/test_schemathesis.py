"""The document of Open311 is tried by schemathesis with all its checks, by good and by bad requests."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

ROUNDS = 4
KINDS = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]


@pytest.fixture
def document(desk):
    """The document as the product serves it, with the demo county's services."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # as Django's own client does: the test's transaction stays
    desk.open(channel="open311")
    yield schemathesis.openapi.from_wsgi("/open311/v2/openapi.json", get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_answer_is_as_the_document_says(document):
    operations = [result.ok() for result in document.get_all_operations()]
    assert len(operations) == 14
    tried = sum(_try(operation, kind) for operation in operations for kind in KINDS)
    assert tried > len(operations)


def _try(operation, kind):
    """How many requests of this kind were sent to the operation; each is held against every check."""
    sent = 0

    @given(operation.as_strategy(generation_mode=kind))
    @settings(
        max_examples=ROUNDS,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def send(case):
        nonlocal sent
        sent += 1
        case.call_and_validate(checks=CHECKS.get_all(), headers={"Accept-Encoding": "identity"})

    send()
    return sent
