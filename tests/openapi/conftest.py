"""What the tests of the interfaces share: the demo county, and matters as they come in."""

from __future__ import annotations

from tests.cases.county import _county_of_module, desk, open_desk

__all__ = ["_county_of_module", "desk", "open_desk"]
