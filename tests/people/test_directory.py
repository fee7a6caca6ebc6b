"""Looking up units, areas, places and officers."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.kernel.refusals import Refusal
from huiyin.people.api import (
    find_area,
    find_place,
    find_township_of,
    find_unit,
    get_area,
    get_unit,
    list_area_path,
    list_areas,
    list_areas_under,
    list_officers,
    list_places,
    list_units,
    map_units,
)
from huiyin.people.models import Place

TODAY = date(2026, 3, 4)


def test_a_unit_is_found_by_its_key_while_it_is_active(centre, water):
    assert find_unit("water") == water
    assert find_unit("nobody") is None
    water.active = False
    water.save()
    assert find_unit("water") is None
    assert get_unit(water.pk) == water
    assert map_units([water.pk, centre.pk, 0]) == {water.pk: water, centre.pk: centre}


def test_units_are_listed_by_kind(centre, water):
    assert list_units() == [centre, water]
    assert list_units("company") == [water]
    assert water.called.tell("en") == "Water"


def test_what_is_not_there_is_refused_with_words(db):
    for get, code in ((get_unit, "unit-not-found"), (get_area, "area-not-found")):
        with pytest.raises(Refusal, match=code):
            get(0)


def test_officers_are_those_who_hold_the_role_today(make_account, water):
    tan = make_account("tanxue", ("handler", water))
    gone = make_account("gone", ("handler", water))
    gone.posts.update(until_on=date(2026, 3, 3))
    make_account("head", ("unit-head", water))
    assert [officer.id for officer in list_officers(water.pk, TODAY)] == [tan.pk]
    assert len(list_officers(water.pk, TODAY, role="unit-head")) == 1


def test_areas_know_what_lies_above_and_below_them(areas):
    county, township, village = areas["9"], areas["91"], areas["911"]
    assert list_area_path(village.pk) == [county, township, village]
    assert list_areas_under(township.pk) == [township, village]
    assert find_township_of(village.pk) == find_township_of(township.pk) == township
    assert find_township_of(county.pk) is None
    assert list_areas("township") == [township, areas["92"]]
    assert list_areas(parent_id=township.pk) == [village]
    assert find_area("911") == village


def test_an_area_below_1_is_not_taken_for_one_below_12(areas):
    """Paths end in a stroke, so that `1/` does not begin `12/`."""
    assert all(area.path.endswith("/") for area in areas.values())


def test_a_place_is_found_by_its_code_in_any_case(areas):
    place = Place.objects.create(code="HC0012", title="大岭村村委会", area=areas["911"])
    assert find_place(" hc0012 ") == place
    assert find_place("HC9999") is None
    assert list_places(areas["91"].pk) == [place]
    assert list_places(areas["92"].pk) == []
    place.active = False
    place.save()
    assert find_place("HC0012") is None
