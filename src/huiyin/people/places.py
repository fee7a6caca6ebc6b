"""Putting up, changing and closing places with a QR code. Every change is written to the journal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huiyin.kernel.changes import find_changes
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.journalling import note_thing
from huiyin.people.keys import check_filled, refuse_missing, refuse_taken
from huiyin.people.models import Area, Place
from huiyin.people.values import AccountInHand

_CODE = re.compile(r"[A-Z0-9]{2,20}")


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """What is kept of a place; `area` is an area's code, `lon` and `lat` are millionths of a degree."""

    code: str
    title: str
    area: str
    title_en: str = ""
    lon: int | None = None
    lat: int | None = None
    active: bool = True


def list_place_cards() -> list[PlaceCard]:
    """Every place, closed ones too, by code. One statement."""
    return [_describe(place) for place in Place.objects.select_related("area").order_by("code")]


def _describe(place: Place) -> PlaceCard:
    return PlaceCard(
        code=place.code,
        title=place.title,
        area=place.area.code,
        title_en=place.title_en,
        lon=place.lon_microdegrees,
        lat=place.lat_microdegrees,
        active=place.active,
    )


@transaction.atomic
def add_place(card: PlaceCard, *, by: AccountInHand | None, now: datetime) -> Place:
    """Put up a place. Refuses `bad-code`, `key-taken` and what `change_place` refuses."""
    if not _CODE.fullmatch(card.code):
        words = Words("编号用大写字母和数字，2 至 20 位。", "A code is 2 to 20 capital letters and digits.")
        raise Refusal("bad-code", words, field="code")
    if Place.objects.filter(code=card.code).exists():
        raise refuse_taken("code")
    place = _write(Place(code=card.code), card)
    note_thing(f"place:{card.code}", "place-added", by, now, changes=find_changes(_BLANK, card))
    return place


@transaction.atomic
def change_place(card: PlaceCard, *, by: AccountInHand | None, now: datetime) -> Place:
    """Change the place of that code; a printed code stays. A card that changes nothing is let be.

    Refuses `entry-not-found`, `words-needed`, `area-not-found` and `bad-position`.
    """
    place = Place.objects.select_for_update().filter(code=card.code).first()
    if place is None:
        raise refuse_missing("code")
    changes = find_changes(_describe(place), card)
    if changes:
        _write(place, card)
        note_thing(f"place:{card.code}", "place-changed", by, now, changes=changes)
    return place


def _write(place: Place, card: PlaceCard) -> Place:
    check_filled(title=card.title)
    area = Area.objects.filter(code=card.area).first()
    if area is None:
        words = Words("没有代码是 {code} 的地方。", "No area has the code {code}.").fill(code=card.area)
        raise Refusal("area-not-found", words, field="area")
    _check_position(card)
    place.title, place.title_en, place.area, place.active = card.title, card.title_en, area, card.active
    place.lon_microdegrees, place.lat_microdegrees = card.lon, card.lat
    place.save()
    return place


def _check_position(card: PlaceCard) -> None:
    if (card.lon is None) != (card.lat is None):
        field = "lon" if card.lon is None else "lat"
        words = Words("经度和纬度要一起填。", "Give longitude and latitude together.")
        raise Refusal("bad-position", words, field=field)
    for field, value, most in (("lon", card.lon, 180_000_000), ("lat", card.lat, 90_000_000)):
        if value is not None and abs(value) > most:
            words = Words("超出了经纬度的范围。", "That lies outside of the globe.")
            raise Refusal("bad-position", words, field=field)


_BLANK = PlaceCard("", "", "")
"""What a new place is compared with."""
