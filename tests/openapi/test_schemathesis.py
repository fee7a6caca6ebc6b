"""Every interface keeps what its own document promises: schemathesis tries it with all its checks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings

from huiyin.openapi.v1.cases_files import MEDIA
from huiyin.people import api as people

EXAMPLES = 10
"""For each operation and each kind of data, beside those that cover every bound of every schema."""

schemathesis.serializer.alias([media for media in MEDIA if not media.startswith("image/")], "image/jpeg")
# Schemathesis knows how to send pictures as they are, and sends other files so too.

Headers = Callable[[], dict[str, str]]


def bear_token() -> dict[str, str]:
    """A token with every scope, of an account that may receive and register."""
    account = people.find_account("linxiao")
    made = people.make_token(account.pk, "test", tuple(people.SCOPES), 1, by=None, now=timezone.now())
    # Nothing between here and the application unpacks what comes back.
    return {"Authorization": f"Bearer {made.text}", "Accept-Encoding": "identity"}


@pytest.fixture
def known(county):
    """What one test keeps over all its requests: by which headers the caller is known."""
    # The test's transaction goes on from request to request, as Django's own test client lets it.
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield {}
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


def hold_to(document: str, make_headers: Headers):
    """A test for each operation of the document at that address: it is asked rightly and wrongly."""

    def keep(case, known):
        if not known:
            known.update(make_headers())
        with transaction.atomic():
            case.call_and_validate(headers=known)
            transaction.set_rollback(True)  # each request finds the county as it was

    bounds = settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    schema = schemathesis.openapi.from_wsgi(document, get_wsgi_application())
    return pytest.mark.django_db(schema.parametrize()(bounds(keep)))


test_v1 = hold_to("/api/v1/openapi.json", bear_token)
# Another interface is held to its own document by a line like the one above.
