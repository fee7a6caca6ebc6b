"""Looking up categories, channels, frequent matters, lawful ways and reply templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db.models import Q

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.register import store
from huiyin.register.in_hand import load_catalogue
from huiyin.register.models import Category, Channel, FrequentMatter, LawfulWay, ReplyTemplate


def get_category(category_id: int) -> Category:
    """The category; refuses `category-not-found`."""
    category = Category.objects.filter(pk=category_id).first()
    if category is None:
        raise refuse_category()
    return category


def refuse_category() -> Refusal:
    """That there is no such category."""
    return Refusal(
        "category-not-found", Words("没有这个类别。", "There is no such category."), field="category"
    )


def find_category(code: str) -> Category | None:
    """The active category with this code."""
    return Category.objects.filter(code=code, active=True).first()


def list_categories(level: int | None = None, parent_id: int | None = None) -> list[Category]:
    """Active categories of a level, or right below a parent, or all, as they are sorted on screen."""
    categories = Category.objects.filter(active=True).order_by("sort", "code")
    categories = categories.filter(level=level) if level else categories
    return list(categories.filter(parent_id=parent_id) if parent_id else categories)


def list_category_path(category_id: int) -> list[Category]:
    """From level 1 down to the category itself; empty for an unknown one."""
    asked = Category.objects.filter(pk=category_id).first()
    steps = [int(step) for step in asked.path.split("/") if step] if asked else []
    found = Category.objects.in_bulk(steps)
    return [found[step] for step in steps]


def map_categories(category_ids: Iterable[int]) -> dict[int, Category]:
    """Categories by id, closed ones too; unknown ids are left out. One statement."""
    return Category.objects.in_bulk(set(category_ids))


def suggest_categories(text: str, limit: int = 5) -> list[Category]:
    """Level-3 categories whose name or keywords occur in `text`: longest matches first, then by code."""
    return load_catalogue().suggest(text, limit)


def list_channels() -> list[Channel]:
    """Active channels as they are sorted on screen."""
    return list(Channel.objects.filter(active=True).order_by("sort", "key"))


def check_channel(key: str) -> str:
    """The key, when there is such a channel in use; refuses `channel-not-found`. One prepared statement."""
    if "\0" in key or not store.has_channel(key):
        raise _refuse_channel()
    return key


def _refuse_channel() -> Refusal:
    return Refusal("channel-not-found", Words("没有这个渠道。", "There is no such channel."), field="channel")


class Codes(NamedTuple):
    """The ids that codes stand for; None, or left out, where a code names nothing or was not given."""

    category_id: int | None
    area_id: int | None
    units: Mapping[str, int]


def find_by_codes(
    category: str | None = None,
    unit_keys: Iterable[str] = (),
    *,
    area: str | None = None,
    channel: str | None = None,
) -> Codes:
    """What the codes of an active category, an area and active units stand for; one statement.

    Refuses `channel-not-found` when a channel is named and none in use has that key.
    """
    given = {"channel": channel, "category": category, "area": area, "unit_keys": sorted(set(unit_keys))}
    if "\0" in (channel or ""):
        raise _refuse_channel()
    in_use, category_id, area_id, units = store.find_by_codes(given)
    if channel is not None and not in_use:
        raise _refuse_channel()
    return Codes(category_id, area_id, units)


def list_frequent_matters() -> list[FrequentMatter]:
    """Active frequent matters with their categories, as they are sorted on the phone page."""
    matters = FrequentMatter.objects.filter(active=True, category__active=True)
    return list(matters.select_related("category").order_by("sort", "id"))


def get_frequent_matter(matter_id: int) -> FrequentMatter:
    """The frequent matter with its category; refuses `matter-not-found`."""
    matter = FrequentMatter.objects.select_related("category").filter(pk=matter_id, active=True).first()
    if matter is None:
        raise Refusal("matter-not-found", Words("没有这个事项。", "There is no such matter."), field="matter")
    return matter


def list_lawful_ways() -> list[LawfulWay]:
    """The ways that the law has laid down (国办函〔2025〕66号), as they are sorted on screen."""
    return list(LawfulWay.objects.filter(active=True).order_by("sort", "key"))


def get_lawful_way(key: str) -> LawfulWay:
    """The lawful way; refuses `way-not-found`."""
    way = LawfulWay.objects.filter(key=key, active=True).first()
    if way is None:
        raise Refusal(
            "way-not-found", Words("没有这个法定途径。", "There is no such lawful way."), field="way"
        )
    return way


def list_reply_templates(category_id: int | None = None) -> list[ReplyTemplate]:
    """Templates for the category or one above it, then those that serve every matter."""
    path = [category.pk for category in list_category_path(category_id)] if category_id else []
    templates = ReplyTemplate.objects.filter(Q(category__isnull=True) | Q(category_id__in=path), active=True)
    return sorted(templates, key=lambda one: (one.category_id is None, one.sort, one.pk))
