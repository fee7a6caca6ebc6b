"""What the tests of Open311 share: the demo county, rolled back or really written."""

from __future__ import annotations

from tests.cases.county import _county_of_module, desk, open_desk

__all__ = ["_county_of_module", "desk", "open_desk"]
