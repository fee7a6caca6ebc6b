"""The catalogue in hand is read anew exactly when something in it has changed."""

from __future__ import annotations

import pytest

from huiyin.people.models import Area
from huiyin.register.api import load_catalogue


def test_an_unchanged_catalogue_costs_one_statement(county, django_assert_num_queries):
    first = load_catalogue()
    with django_assert_num_queries(1):
        assert load_catalogue() is first
    assert [one.name for one in first.list_categories(1)] == ["道路交通"]
    assert {one.name for one in first.townships} == {"大岭乡", "白沙镇"}


def _rename(county):
    county.lane.name = "村道坑洼"
    county.lane.save()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_rename, lambda found: "村道坑洼" in {one.name for one in found.categories}),
        (lambda county: county.bridge.delete(), lambda found: len(found.list_categories(3)) == 1),
        (
            lambda _county: Area.objects.create(code="93", name="云雾乡", level="township", path="9/"),
            lambda found: len(found.townships) == 3,
        ),
    ],
    ids=["renamed", "removed", "added"],
)
def test_a_change_is_seen_at_once(county, change, told):
    before = load_catalogue()
    change(county)
    assert not told(before)
    assert told(load_catalogue())
