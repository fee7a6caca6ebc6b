"""The county and its people, as the tests of the console have them."""

from tests.console.conftest import (
    _county,
    account_of,
    county,
    make_case,
    move,
    now,
    sign_in,
    unit_of,
)

__all__ = ["_county", "account_of", "county", "make_case", "move", "now", "sign_in", "unit_of"]
