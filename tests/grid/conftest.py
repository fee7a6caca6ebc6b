"""What the tests of the grid share: the demo county with its cells, holders and landmarks."""

from __future__ import annotations

import pytest

from huiyin.people import api as people


@pytest.fixture
def grid(county):
    """The demo county with cells, shapes, holders and landmarks."""
    from huiyin.app.demo.county.grid import install_grid

    install_grid()


@pytest.fixture
def area_of(county):
    """`area_of("999001003002")`: the area of that code."""
    return people.find_area
