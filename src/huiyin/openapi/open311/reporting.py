"""Makes a request of what a client posts."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language

from huiyin.appeals.api import IdentityMode, NewAppeal
from huiyin.cases.api import get_newest
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.openapi.open311.asking import LINK, read_exact, read_point, read_text
from huiyin.openapi.open311.faults import Fault, misread, missing
from huiyin.openapi.open311.services import TOWNSHIP, get_service
from huiyin.people.api import Area, AreaLevel, find_area, find_place
from huiyin.register.api import Category, check_channel

CHANNEL, PROCESS = "open311", "hotline"
PRESSING = frozenset({"urgent", "utility"})
MOST_ATTRIBUTES = 20
_ATTRIBUTE = re.compile(r"attribute\[([^\]]{1,40})\](\[\])?")
_LATIN = re.compile(r"[A-Za-z]")


def demand_key(given: str) -> None:
    """Where the county hands out keys, one of them is needed to report. Refused: 403."""
    keys = settings.OPEN311_KEYS
    if keys and not any(hmac.compare_digest(given.encode(), key.encode()) for key in keys):
        raise Fault(403, Words("缺少 api_key，或者它无效。", "Missing or invalid api_key."))


def make_appeal(form: QueryDict, now: datetime) -> NewAppeal:
    """The request that was posted. Refused: 400 for what is missing or wrong, 404 for an unknown service.

    Nobody need say who they are. An address that is a place's code leads to that place. What has no field
    of its own (other attributes, the address of a picture) is kept with the words.
    """
    code = read_text(form, "service_code", 200)
    if not code:
        raise missing("service_code")
    category = get_service(code)
    channel = check_channel(CHANNEL)
    lat, lon = read_point(form)
    spot = find_place(read_text(form, "address_id", 40))
    area = _find_township(form)
    name, phone = _read_name(form), read_exact(form, "phone", 40)
    grade = category.grade if category.grade in PRESSING & get_newest(PROCESS).grades.keys() else ""
    return NewAppeal(
        process=PROCESS,
        channel=channel,
        opened_at=now,
        title=category.name,
        words=_read_words(form, category),
        name=name,
        phone=phone,
        identity=IdentityMode.NAMED if name or phone else IdentityMode.ANONYMOUS,
        category_id=category.pk,
        area_id=spot.area_id if spot else area.pk if area else None,
        place=read_text(form, "address_string") or (spot.title if spot else ""),
        spot_id=spot.pk if spot else None,
        lat_microdegrees=lat if lat is not None or spot is None else spot.lat_microdegrees,
        lon_microdegrees=lon if lon is not None or spot is None else spot.lon_microdegrees,
        grade=grade,
        urgent=grade == "urgent",
        language=get_language() or "zh-hans",
    )


def _read_name(form: QueryDict) -> str:
    """Family name first where it is written in Chinese."""
    first, last = read_text(form, "first_name", 100), read_text(form, "last_name", 100)
    return f"{first} {last}".strip() if _LATIN.search(first + last) else f"{last}{first}"


def _read_words(form: QueryDict, category: Category) -> str:
    told = [read_text(form, "description") or category.name]
    told += [f"{name}：{value}" for name, value in _list_attributes(form) if name != TOWNSHIP]
    if picture := read_exact(form, "media_url", 1000):
        told.append(f"media_url：{_check_link(picture)}")
    return "\n".join(told)


def _check_link(text: str) -> str:
    if not re.fullmatch(LINK, text):
        raise misread("media_url", "请给出 http 或 https 网址。", "an http or https address.")
    return text


def _list_attributes(form: QueryDict) -> Iterator[tuple[str, str]]:
    """`attribute[CODE]=value` and `attribute[CODE][]=value`, the several values of one joined."""
    names = [(key, match.group(1)) for key in form if (match := _ATTRIBUTE.fullmatch(key))]
    if len(names) > MOST_ATTRIBUTES:
        raise misread("attribute", f"最多 {MOST_ATTRIBUTES} 项。", f"at most {MOST_ATTRIBUTES}.")
    for key, name in names:
        value = "、".join(clean(str(part)) for part in form.getlist(key)[:MOST_ATTRIBUTES])
        if value:
            yield clean(name), value[:500]


def _find_township(form: QueryDict) -> Area | None:
    code = next((value for name, value in _list_attributes(form) if name == TOWNSHIP), "")
    if not code:
        return None
    area = find_area(code[:40])
    if area is None or area.level != AreaLevel.TOWNSHIP:
        raise misread(f"attribute[{TOWNSHIP}]", "没有这个乡镇、街道。", "there is no such township.")
    return area
