"""Putting up, changing and closing places with a QR code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.people import api

GATE = api.PlaceCard("HC9001", "村口", "911", "Village gate", 112_342_991, 29_172_353)


def test_a_place_is_put_up_changed_and_closed_and_all_of_it_is_on_record(areas, now):
    api.PLACE_KEEPER.add(GATE, by=None, now=now)
    assert api.find_place("hc9001").area == areas["911"]
    api.PLACE_KEEPER.change(GATE, by=None, now=now)
    api.PLACE_KEEPER.change(replace(GATE, area="91", active=False), by=None, now=now)
    assert api.find_place("HC9001") is None
    entries = list_entries("place:HC9001")
    assert [entry.verb for entry in entries] == ["place-added", "place-changed"]
    assert entries[1].body["changes"] == {"area": ["911", "91"], "active": [True, False]}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "hc-1"}, "bad-code"),
        ({"code": "X"}, "bad-code"),
        ({"title": ""}, "words-needed"),
        ({"area": "nowhere"}, "area-not-found"),
        ({"lat": None}, "bad-position"),
        ({"lat": 91_000_000}, "bad-position"),
        ({"lon": -181_000_000}, "bad-position"),
    ],
)
def test_what_makes_no_place_is_refused(areas, now, change, code):
    with pytest.raises(Refusal) as refused:
        api.PLACE_KEEPER.add(replace(GATE, **change), by=None, now=now)
    assert refused.value.code == code


def test_a_printed_code_is_never_given_twice(areas, now):
    api.PLACE_KEEPER.add(GATE, by=None, now=now)
    with pytest.raises(Refusal, match="key-taken"):
        api.PLACE_KEEPER.add(GATE, by=None, now=now)
    with pytest.raises(Refusal, match="entry-not-found"):
        api.PLACE_KEEPER.change(replace(GATE, code="HC9002"), by=None, now=now)
