"""What the tests of the register share: a small catalogue over a small county."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from huiyin.people.models import Area, Unit
from huiyin.register.models import Category, Duty

START = date(2025, 1, 1)


@pytest.fixture
def now():
    return datetime(2026, 3, 4, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def _grow(model, parent, **told):
    made = model.objects.create(parent=parent, path="", **told)
    made.path = f"{parent.path if parent else ''}{made.pk}/"
    made.save()
    return made


@pytest.fixture
def county(db):
    """Two townships with a village in one; roads → country roads → village roads; three units."""
    c = SimpleNamespace()
    c.all = _grow(Area, None, code="9", name="县", level="county")
    c.daling = _grow(Area, c.all, code="91", name="大岭乡", level="township")
    c.baisha = _grow(Area, c.all, code="92", name="白沙镇", level="township")
    c.village = _grow(Area, c.daling, code="911", name="橘园村", level="village")
    c.roads = _grow(Category, None, code="04", level=1, name="道路交通")
    c.country = _grow(Category, c.roads, code="0403", level=2, name="公路养护", sort=1)
    c.lane = _grow(Category, c.country, code="040302", level=3, name="村道破损", keywords=["村道", "村路"])
    c.bridge = _grow(Category, c.country, code="040304", level=3, name="桥梁隐患", keywords=["桥面"])
    for key in ("transport", "daling-office", "market"):
        unit = Unit.objects.create(key=key, name=key, short=key, name_en=key, kind="department")
        setattr(c, key.split("-")[0] + "_unit", unit)
    return c


@pytest.fixture
def put_duty(db):
    def put(unit, category, area=None, part="lead", since=START, until=None):
        return Duty.objects.create(
            unit=unit,
            category=category,
            area=area,
            part=part,
            clause="《目录》第1条",
            valid_from=since,
            valid_until=until,
        )

    return put
