"""A text or a point is told as the area that it means; what is not certain is listed, nothing is invented."""

from __future__ import annotations

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.grid.api import LANDMARK_KEEPER, LandmarkCard, find_inside, list_drawn, resolve
from huiyin.people.api import AREA_KEEPER, AreaCard

SHANGBA, XIABA = "999001003002", "999001003003"


def _codes(found):
    return [one.code if one else None for one in (found.township, found.village, found.cell)]


def test_a_village_in_its_township_is_found_with_its_cells_as_candidates(grid):
    found = resolve(text="石门镇上坝村3组路灯坏了")
    assert _codes(found) == ["999001003000", SHANGBA, None]
    assert (found.how, found.mention, found.sure) == ("text", "石门镇上坝村3组", True)
    assert {one.code[:12] for one in found.candidates} == {SHANGBA}


def test_a_landmark_and_its_other_names_lead_to_the_cell(grid):
    named, called = resolve(text="幸福里小区3栋楼道灯坏了"), resolve(text="幸福里3栋")
    assert named.cell is not None
    assert named.cell == called.cell
    assert called.mention == "幸福里3栋"


def test_two_villages_are_candidates_and_only_what_they_share_is_said(grid):
    found = resolve(text="从上坝村到下坝村的路")
    assert _codes(found) == ["999001003000", None, None]
    assert [one.code for one in found.candidates] == [SHANGBA, XIABA]
    assert not found.sure


def test_a_township_named_right_before_a_village_of_another_is_a_contradiction(grid):
    found = resolve(text="城关街道上坝村")
    assert found.deepest is None
    assert {one.code for one in found.candidates} == {"999001001000", SHANGBA}


@pytest.fixture
def twin(grid):
    """A second 上坝村, in 白沙镇."""
    return AREA_KEEPER.add(AreaCard("999001005099", "上坝村", "999001005000"), by=None, now=timezone.now())


def test_a_name_of_two_villages_is_ambiguous(twin):
    found = resolve(text="上坝村停水")
    assert found.deepest is None
    assert {one.code for one in found.candidates} == {SHANGBA, "999001005099"}


def test_a_township_beside_or_elsewhere_in_the_text_decides_between_them(twin):
    assert resolve(text="白沙镇上坝村停水").village.code == "999001005099"
    assert resolve(text="我打石门镇政府电话没人接，上坝村停水").village.code == SHANGBA


def test_the_given_area_breaks_the_tie_and_a_point_does(twin, area_of):
    assert resolve(text="上坝村停水", area_id=area_of("999001005000").pk).village.code == "999001005099"
    inside = {spot.code: find_inside(shape.polygons) for spot, shape in list_drawn("cell")}
    assert resolve(text="上坝村停水", point=inside[f"{SHANGBA}001"]).cell.code == f"{SHANGBA}001"


def test_the_given_area_never_overrules_what_the_text_says(grid, area_of):
    found = resolve(text="石门镇上坝村停水", area_id=area_of("999001001001").pk)
    assert found.village.code == SHANGBA
    assert not found.sure
    assert {one.code for one in found.candidates} == {SHANGBA, "999001001001"}


def test_a_point_and_a_text_that_speak_of_different_ground_settle_nothing(grid):
    inside = {spot.code: find_inside(shape.polygons) for spot, shape in list_drawn("cell")}
    found = resolve(text="石门镇上坝村停水", point=inside["999001001001001"])
    assert found.cell is None
    assert found.village is None
    assert not found.sure


def test_an_area_alone_is_said_as_it_was_given(grid, area_of):
    found = resolve(area_id=area_of(SHANGBA).pk)
    assert (found.village.code, found.how, found.cell) == (SHANGBA, "area", None)


def test_an_address_that_nobody_knows_is_shown_and_not_placed(grid):
    found = resolve(text="我住在人民路12号")
    assert (found.mention, found.deepest, found.candidates, found.how) == ("人民路12号", None, (), "")


def test_a_new_name_is_known_at_once(grid, area_of):
    assert resolve(text="三棵树那里").deepest is None
    card = LandmarkCard("三棵树", "alias", SHANGBA)
    LANDMARK_KEEPER.add(card, by=None, now=timezone.now())
    assert resolve(text="三棵树那里").village.code == SHANGBA


def test_a_resolution_is_at_most_two_statements(grid, django_assert_max_num_queries):
    inside = find_inside(list_drawn("cell")[0][1].polygons)
    resolve(text="石门镇上坝村")
    with django_assert_max_num_queries(2):
        resolve(text="石门镇上坝村3组", point=inside)


def test_every_inner_point_of_the_county_is_in_one_cell(grid):
    shapes = list_drawn("cell")
    for spot, shape in shapes[::7]:
        assert resolve(point=find_inside(shape.polygons)).cell.code == spot.code
    assert resolve(point=(1_000_000_000, 200_000_000)).deepest is None


words = st.text(alphabet="石门镇上下坝村城关街道北社区幸福里第一二网格路灯坏了12号栋", max_size=30)


@given(words)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_said_stands_in_the_text(grid, text):
    found = resolve(text=text)
    if found.deepest is not None:
        assert found.mention
        assert all(part in text for part in found.mention.split("、"))
    if not found.mention:
        assert (found.cell, found.village, found.township, found.candidates) == (None, None, None, ())
