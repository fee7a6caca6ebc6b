"""Reads the form of a report, checks it, and makes the request of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language

from huiyin.appeals.api import MAX_WORDS, IdentityMode, NewAppeal
from huiyin.cases.api import get_newest
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, shorten
from huiyin.kernel.words import Words
from huiyin.people.api import Place, find_place
from huiyin.portal.choices import choose_category, list_kinds
from huiyin.portal.keys import make_source_key
from huiyin.portal.rules import PRESSING, find_faults
from huiyin.portal.values import Typed
from huiyin.register.api import Catalogue, Category, FrequentMatter, get_frequent_matter

MODES = tuple(str(mode) for mode in IdentityMode)
_FIELDS = ("kind", "words", "township", "where", "identity", "name", "phone")
_KEPT_SIGNS = 4 * MAX_WORDS
"""What is shown again of a text that was far too long: more would only be sent to and fro."""


@dataclass(frozen=True, slots=True)
class Door:
    """By which door the person came: a place's QR code or the front page, with a frequent matter or none."""

    spot: Place | None
    matter: FrequentMatter | None

    @property
    def process(self) -> str:
        """Scanning orders by 码上办; the front page leads into the hotline's loop."""
        return "scan" if self.spot else "hotline"

    @property
    def channel(self) -> str:
        """The channel that the register knows the door by."""
        return "scan" if self.spot else "portal"


def find_door(query: QueryDict) -> Door:
    """The door that `place` and `matter` name; refused when either is unknown."""
    matter, place = query.get("matter", ""), query.get("place", "")
    return Door(get_spot(place) if place else None, _get_matter(matter) if matter else None)


def get_spot(code: str) -> Place:
    """The place of that code; refuses `place-not-found`."""
    spot = find_place(clean(code)[:40])
    if spot is None:
        words = Words(
            "这个二维码没有登记，或者已经停用。您可以从首页反映，或拨打 12345。",
            "This code is not registered, or no longer in use. Report from the front page, or call 12345.",
        )
        raise Refusal("place-not-found", words)
    return spot


def _get_matter(text: str) -> FrequentMatter:
    return get_frequent_matter(int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0)


def read_typed(request: HttpRequest) -> Typed:
    """The form as it was typed; signs that no keyboard has are dropped."""
    return Typed(**{field: clean(request.POST.get(field, ""))[:_KEPT_SIGNS] for field in _FIELDS})


def check_typed(typed: Typed, door: Door, catalogue: Catalogue) -> dict[str, Words]:
    """What is wrong with the form, by field."""
    first, rest = list_kinds(catalogue)
    kinds = [tile.value for tile in (*first, *rest)]
    townships = [str(area.pk) for area in catalogue.townships]
    return find_faults(typed, kinds, townships, MODES, MAX_WORDS, titled=door.matter is not None)


def make_appeal(typed: Typed, door: Door, client_key: str, catalogue: Catalogue, now: datetime) -> NewAppeal:
    """The request that a form without faults makes."""
    category = choose_category(typed.kind, door.matter, typed.words, catalogue)
    grade = _choose_grade(category, door.process)
    spot, title = door.spot, door.matter.title if door.matter else ""
    return NewAppeal(
        process=door.process,
        channel=door.channel,
        opened_at=now,
        title=title,
        words=typed.words,
        name=typed.name,
        phone=typed.phone,
        identity=typed.identity,
        category_id=category.pk if category else None,
        area_id=spot.area_id if spot else int(typed.township or 0) or None,
        place=f"{spot.title} {shorten(typed.where, 80)}".strip() if spot else typed.where,
        spot_id=spot.pk if spot else None,
        lon_microdegrees=spot.lon_microdegrees if spot else None,
        lat_microdegrees=spot.lat_microdegrees if spot else None,
        grade=grade,
        urgent=grade == "urgent",
        source_key=make_source_key(client_key, title, typed.words, typed.phone, typed.where),
        language=get_language() or "zh-hans",
    )


def _choose_grade(category: Category | None, process: str) -> str:
    """A pressing category's own grade where the process knows it; else the grade that cases begin with."""
    grade = category.grade if category else ""
    return grade if grade in PRESSING and grade in get_newest(process).grades else ""
