"""What the tests of admissions share: the demo county at work."""

from __future__ import annotations

from tests.cases.county import _county_of_module, desk

__all__ = ["_county_of_module", "desk"]
