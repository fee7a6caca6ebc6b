"""The county at work."""

from tests.cases.county import _county_of_module, desk

__all__ = ["_county_of_module", "desk"]
