"""What the tests of placing share: the demo county with its cells, and cases in it."""

from __future__ import annotations

from tests.console.conftest import account_of, make_case, now
from tests.grid.conftest import area_of, grid

__all__ = ["account_of", "area_of", "grid", "make_case", "now"]
