"""What the tests of the administration share with those of the console."""

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
