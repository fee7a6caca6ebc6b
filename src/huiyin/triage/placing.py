"""Finds the place that a text speaks of among the county's own names of places."""

from __future__ import annotations

from collections import Counter

from huiyin.people.api import Area, AreaLevel, list_areas

LEAST = 2


def find_area(text: str) -> tuple[Area | None, str]:
    """The area that a text names, the smallest first, and its name; one that two share tells nothing."""
    areas = [area for area in list_areas() if area.level != AreaLevel.COUNTY and len(area.name) >= LEAST]
    shared = Counter(area.name for area in areas)
    named = [area for area in areas if shared[area.name] == 1 and area.name in text]
    named.sort(key=lambda area: (-len(area.path), -len(area.name), area.code))
    return (named[0], named[0].name) if named else (None, "")
