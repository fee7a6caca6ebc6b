"""The county's categories as the services of GeoReport."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language

from huiyin.kernel.words import Words
from huiyin.openapi.open311.faults import unknown
from huiyin.people.api import AreaLevel, list_areas
from huiyin.register.api import Category, find_category, list_categories

TOWNSHIP = "TOWNSHIP"
"""The one attribute that every service has: in which township it is."""


def tell(words: Words) -> str:
    """In the language of this visit."""
    return words.tell(get_language() or "zh")


def list_services() -> list[dict[str, Any]]:
    """Every category that has none below it, as the county sorts them."""
    categories = list_categories()
    parents = {category.parent_id for category in categories}
    by_id = {category.pk: category for category in categories}
    return [_tell_service(one, by_id) for one in categories if one.pk not in parents]


def _tell_service(category: Category, by_id: Mapping[int, Category]) -> dict[str, Any]:
    path = [by_id[int(step)] for step in category.path.split("/") if step and int(step) in by_id]
    names = [tell(step.called) for step in path]
    return {
        "service_code": category.code,
        "service_name": names[-1] if names else tell(category.called),
        "description": " / ".join(names),
        "metadata": True,
        "type": "realtime",
        "keywords": ",".join(str(word) for word in category.keywords),
        "group": names[0] if names else "",
    }


def get_service(code: str) -> Category:
    """The active category with this code, of any level. Refused: 404."""
    category = find_category(code)
    if category is None:
        raise unknown("service_code")
    return category


def define_service(code: str) -> dict[str, Any]:
    """What may be told with a request of this service, beyond the spec's own fields."""
    return {"service_code": get_service(code).code, "attributes": [_define_township()]}


def _define_township() -> dict[str, Any]:
    values: Sequence[dict[str, str]] = [
        {"key": area.code, "name": tell(area.called)} for area in list_areas(AreaLevel.TOWNSHIP)
    ]
    return {
        "variable": True,
        "code": TOWNSHIP,
        "datatype": "singlevaluelist",
        "required": False,
        "datatype_description": tell(Words("所在乡镇、街道，不清楚可不填", "The township, if it is known")),
        "order": 1,
        "description": tell(Words("乡镇、街道", "Township")),
        "values": values,
    }
