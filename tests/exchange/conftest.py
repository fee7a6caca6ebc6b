"""What the tests of the exchange share: the demo county, and another system that may be reached."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.cases.county import _county_of_module, desk, open_desk
from tests.exchange.receiving import LOOPBACK, receive

__all__ = ["_county_of_module", "desk", "open_desk"]


@pytest.fixture
def receiver(settings):
    """Another system on this machine, in a network that the county has allowed."""
    settings.EXCHANGE_NETWORKS = LOOPBACK
    with receive() as running:
        yield running


@pytest.fixture
def now():
    return timezone.now()
