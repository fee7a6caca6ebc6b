"""What the tests of rulings share."""

from tests.cases.county import _county_of_module, desk
from tests.rulings.courts import court

__all__ = ["_county_of_module", "court", "desk"]
