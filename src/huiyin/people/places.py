"""Putting up, changing and closing places with a QR code. Every change is written to the journal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.areas import choose_area, map_areas
from huiyin.people.keeping import Keeper
from huiyin.people.keys import check_filled, check_position
from huiyin.people.models import Area, Place

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


def _check_code(code: str) -> None:
    if not _CODE.fullmatch(code):
        words = Words("编号用大写字母和数字，2 至 20 位。", "A code is 2 to 20 capital letters and digits.")
        raise Refusal("bad-code", words, field="code")


def _know(cards: Sequence[PlaceCard], _held: Sequence[Place], _now: datetime) -> dict[str, Area]:
    return map_areas(card.area for card in cards)


def _settle(place: Place, card: PlaceCard, areas: dict[str, Area]) -> dict[str, Any]:
    check_filled(title=card.title)
    area = choose_area(card.area, areas, place.area_id)
    check_position(card.lon, card.lat)
    return {
        "title": card.title,
        "title_en": card.title_en,
        "area": area,
        "lon_microdegrees": card.lon,
        "lat_microdegrees": card.lat,
        "active": card.active,
    }


PLACE_KEEPER = Keeper(
    entries=Place.objects,
    blank=PlaceCard("", "", ""),
    key="code",
    chain="place",
    noun="place",
    describe=_describe,
    know=_know,
    settle=_settle,
    check_key=_check_code,
    related=("area",),
    order=("code",),
)
"""Refuses `bad-code`, `key-taken`, `entry-not-found`, `words-needed`, `area-not-found` (none, or an ended one
that the place did not lie in before) and `bad-position`. A printed code stays."""
