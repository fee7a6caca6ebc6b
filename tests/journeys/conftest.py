"""What the journeys share."""

from tests.cases.county import _county_of_module, desk, open_desk

__all__ = ["_county_of_module", "desk", "open_desk"]
