"""Opening, changing and closing units."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.people import api
from huiyin.people.models import Unit
from huiyin.people.values import AccountInHand

BY = AccountInHand(99, "guanxu", "管旭")
PARKS = api.UnitCard("parks", "园林绿化中心", "园林中心", "department", "Parks", phone="0999-5300001")


def test_a_unit_is_opened_renamed_and_closed_and_all_of_it_is_on_record(centre, areas, now):
    api.UNIT_KEEPER.add(replace(PARKS, parent="centre", area="91"), by=BY, now=now)
    unit = api.find_unit("parks")
    assert (unit.parent, unit.area.code) == (centre, "91")
    renamed = replace(PARKS, parent="centre", area="91", short="园林局")
    api.UNIT_KEEPER.change(renamed, by=BY, now=now)
    api.UNIT_KEEPER.change(replace(renamed, active=False), by=BY, now=now)
    assert api.find_unit("parks") is None
    entries = list_entries("unit:parks")
    assert [entry.verb for entry in entries] == ["unit-added", "unit-changed", "unit-changed"]
    assert entries[1].body["changes"] == {"short": ["园林中心", "园林局"]}
    assert entries[1].actor_id == 99


def test_a_card_that_changes_nothing_leaves_no_trace(db, now):
    api.UNIT_KEEPER.add(PARKS, by=BY, now=now)
    api.UNIT_KEEPER.change(PARKS, by=BY, now=now)
    assert len(list_entries("unit:parks")) == 1
    assert PARKS in api.UNIT_KEEPER.list_cards()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"key": "公园"}, "bad-key"),
        ({"key": "p" * 61}, "bad-key"),
        ({"key": "centre"}, "key-taken"),
        ({"name": " "}, "words-needed"),
        ({"short": ""}, "words-needed"),
        ({"kind": "bureau"}, "kind-unknown"),
        ({"phone": "打给老张"}, "bad-phone"),
        ({"parent": "nobody"}, "unit-not-found"),
        ({"area": "00"}, "area-not-found"),
    ],
)
def test_what_makes_no_unit_is_refused(centre, now, change, code):
    with pytest.raises(Refusal) as refused:
        api.UNIT_KEEPER.add(replace(PARKS, **change), by=BY, now=now)
    assert refused.value.code == code
    assert refused.value.field


def test_a_unit_is_never_above_itself(centre, now):
    api.UNIT_KEEPER.add(replace(PARKS, parent="centre"), by=BY, now=now)
    card = next(card for card in api.UNIT_KEEPER.list_cards() if card.key == "centre")
    for parent in ("parks", "centre"):
        with pytest.raises(Refusal, match="parent-circle"):
            api.UNIT_KEEPER.change(replace(card, parent=parent), by=BY, now=now)


def test_a_unit_with_posts_or_units_below_it_is_not_closed(centre, make_account, now):
    api.UNIT_KEEPER.add(replace(PARKS, parent="centre"), by=BY, now=now)
    make_account("hemin", ("dispatcher", Unit.objects.get(key="parks")))
    cards = {card.key: card for card in api.UNIT_KEEPER.list_cards()}
    for key in ("centre", "parks"):
        with pytest.raises(Refusal, match="unit-in-use"):
            api.UNIT_KEEPER.change(replace(cards[key], active=False), by=BY, now=now)


def test_a_unit_that_is_not_there_is_not_changed(db, now):
    with pytest.raises(Refusal, match="entry-not-found"):
        api.UNIT_KEEPER.change(PARKS, by=BY, now=now)
