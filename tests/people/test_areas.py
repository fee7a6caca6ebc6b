"""Adding, changing, moving and ending areas."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.journal.api import list_entries, verify
from huiyin.kernel.refusals import Refusal
from huiyin.people import api
from huiyin.people.models import Area, Place

POND = api.AreaCard("912", "荷塘村", "91", "Hetang", 112_342_991, 29_172_353)


def card_of(code):
    return next(card for card in api.AREA_KEEPER.list_cards() if card.code == code)


def test_an_area_is_added_renamed_and_ended_and_all_of_it_is_on_record(areas, now):
    api.AREA_KEEPER.add(POND, by=None, now=now)
    area = api.find_area("912")
    assert (area.level, area.path) == ("village", f"{areas['91'].path}{area.pk}/")
    api.AREA_KEEPER.change(replace(POND, name="新荷塘村"), by=None, now=now)
    api.AREA_KEEPER.change(replace(POND, name="新荷塘村", active=False), by=None, now=now)
    assert api.find_area("912") is None
    assert area not in api.list_areas()
    entries = list_entries("area:912")
    assert [entry.verb for entry in entries] == ["area-added", "area-changed", "area-changed"]
    assert entries[1].body["changes"] == {"name": ["荷塘村", "新荷塘村"]}
    assert verify("area:912").findings == []


def test_the_level_follows_from_what_an_area_lies_in(areas, now):
    api.AREA_KEEPER.add(api.AreaCard("93", "新乡", "9"), by=None, now=now)
    api.AREA_KEEPER.add(api.AreaCard("9111", "一网格", "911"), by=None, now=now)
    assert (api.find_area("93").level, api.find_area("9111").level) == ("township", "cell")
    with pytest.raises(Refusal, match="too-deep"):
        api.AREA_KEEPER.add(api.AreaCard("91111", "更小", "9111"), by=None, now=now)


def test_a_village_moves_to_another_township_with_all_that_lies_in_it(areas, now):
    api.AREA_KEEPER.add(api.AreaCard("9111", "一网格", "911"), by=None, now=now)
    api.AREA_KEEPER.change(replace(card_of("911"), parent="92"), by=None, now=now)
    village, cell = api.find_area("911"), api.find_area("9111")
    assert village.path == f"{areas['92'].path}{village.pk}/"
    assert cell.path == f"{village.path}{cell.pk}/"
    assert api.find_township_of(cell.pk) == areas["92"]
    assert list_entries("area:911")[0].body["changes"] == {"parent": ["91", "92"]}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "村 1"}, "bad-key"),
        ({"code": "9" * 21}, "bad-key"),
        ({"code": "911"}, "key-taken"),
        ({"name": " "}, "words-needed"),
        ({"parent": "00"}, "parent-not-found"),
        ({"parent": ""}, "parent-needed"),
        ({"lat": None}, "bad-position"),
    ],
)
def test_what_makes_no_area_is_refused(areas, now, change, code):
    with pytest.raises(Refusal) as refused:
        api.AREA_KEEPER.add(replace(POND, **change), by=None, now=now)
    assert refused.value.code == code
    assert refused.value.field in {*change, "lon", "code"}


@pytest.mark.parametrize(("code", "parent"), [("911", "9"), ("91", "92"), ("91", "911"), ("9", "91")])
def test_an_area_stays_on_its_level(areas, now, code, parent):
    with pytest.raises(Refusal, match="level-changes"):
        api.AREA_KEEPER.change(replace(card_of(code), parent=parent), by=None, now=now)


def test_an_area_in_use_is_not_ended(areas, water, now):
    for code in ("9", "91"):
        with pytest.raises(Refusal, match="area-in-use"):
            api.AREA_KEEPER.change(replace(card_of(code), active=False), by=None, now=now)
    water.area = areas["92"]
    water.save()
    Place.objects.create(code="HC9001", title="村口", area=areas["911"])
    for code in ("92", "911"):
        with pytest.raises(Refusal, match="area-in-use"):
            api.AREA_KEEPER.change(replace(card_of(code), active=False), by=None, now=now)


def test_nothing_new_lies_in_an_area_that_has_ended(areas, now):
    spot = api.PlaceCard("HC9001", "村口", "92")
    api.AREA_KEEPER.change(replace(card_of("92"), active=False), by=None, now=now)
    for add in (
        lambda: api.PLACE_KEEPER.add(spot, by=None, now=now),
        lambda: api.AREA_KEEPER.add(replace(POND, parent="92"), by=None, now=now),
        lambda: api.AREA_KEEPER.change(replace(card_of("911"), parent="92"), by=None, now=now),
    ):
        with pytest.raises(Refusal, match="not-found"):
            add()
    api.AREA_KEEPER.change(replace(card_of("92"), active=True), by=None, now=now)
    api.PLACE_KEEPER.add(spot, by=None, now=now)


def test_an_area_is_not_taken_up_again_below_one_that_has_ended(areas, now):
    for code in ("911", "91"):
        api.AREA_KEEPER.change(replace(card_of(code), active=False), by=None, now=now)
    with pytest.raises(Refusal, match="parent-not-found"):
        api.AREA_KEEPER.change(replace(card_of("911"), active=True), by=None, now=now)


def test_thousands_of_areas_are_a_handful_of_statements(areas, now, django_assert_max_num_queries):
    orders = [api.Order(True, api.AreaCard(f"9{at:05}", f"第{at}网格", "911")) for at in range(1_200)]
    with django_assert_max_num_queries(16):
        done = api.AREA_KEEPER.save_all(orders, by=None, now=now)
    assert not [one for one in done if isinstance(one, Refusal)]
    assert Area.objects.filter(level="cell", path__startswith=areas["911"].path).count() == 1_200


def test_what_earlier_cards_of_one_call_change_counts_for_later_ones(areas, now):
    ended = replace(card_of("92"), active=False)
    moved = replace(card_of("911"), parent="92")
    for orders, codes in (
        ((ended, moved), ["", "parent-not-found"]),
        ((moved, ended), ["", "area-in-use"]),
    ):
        Area.objects.filter(code="92").update(active=True)
        Area.objects.filter(code="911").update(parent=areas["91"])
        done = api.AREA_KEEPER.save_all([api.Order(False, card) for card in orders], by=None, now=now)
        assert [one.code if isinstance(one, Refusal) else "" for one in done] == codes
