"""What the journeys share: the county with nobody in it yet, and somebody who walks through its pages."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import timezone
from tests.cases.county import ZONE, _county_of_module
from tests.journeys.walker import Walker

__all__ = ["_county_of_module", "walker"]


@pytest.fixture
def walker(_county_of_module, db, monkeypatch):
    """The county at ten on Wednesday, 4 March 2026, with no case yet; its pages go by the walker's clock."""
    one = Walker(datetime(2026, 3, 4, 10, 0, tzinfo=ZONE))
    monkeypatch.setattr(timezone, "now", lambda: one.now)
    return one
