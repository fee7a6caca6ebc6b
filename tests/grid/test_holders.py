"""One person acts for a cell on any day: the first in order who holds it and is not away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from huiyin.grid.api import (
    HOLDER_KEEPER,
    HolderCard,
    begin_absence,
    end_absence,
    list_cell_history,
    list_duty,
    list_held_cells,
    tell_phone,
)
from huiyin.grid.models import Holder
from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.people.api import find_account, find_area

CELL = "999001001001002"
TODAY = timezone.localdate()


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def cell(grid):
    found = find_area(CELL)
    Holder.objects.filter(cell=found).delete()
    return found


@pytest.fixture
def hold(cell, now):
    def add(name="周大勇", rank=0, since=TODAY - timedelta(days=9), until=None, **more):
        days = {"since": since.isoformat(), "until": until.isoformat() if until else ""}
        return HOLDER_KEEPER.add(
            HolderCard(cell=CELL, name=name, rank=rank, **days, **more), by=None, now=now
        )

    return add


def _acting(cell, on=TODAY):
    return [one.name for one in list_duty([cell.pk], on)[cell.pk] if one.acts]


def test_the_first_in_order_acts_and_the_substitute_while_they_are_away(cell, hold, now):
    first = hold("周大勇")
    hold("林小红", rank=1)
    assert _acting(cell) == ["周大勇"]
    away = begin_absence(first.pk, TODAY, TODAY + timedelta(days=2), "开会", by=None, now=now)
    assert _acting(cell) == ["林小红"]
    assert _acting(cell, TODAY + timedelta(days=3)) == ["周大勇"]
    end_absence(away.pk, by=None, now=now)
    assert _acting(cell) == ["周大勇"]
    assert [one.verb for one in list_entries(f"holder:{first.pk}")] == [
        "holder-added",
        "absence-begun",
        "absence-ended",
    ]


def test_a_cell_is_vacant_when_all_are_away_or_nobody_holds_it_on_that_day(cell, hold, now):
    assert _acting(cell) == []
    first = hold(since=TODAY - timedelta(days=9), until=TODAY)
    assert _acting(cell, TODAY + timedelta(days=1)) == []
    begin_absence(first.pk, TODAY, TODAY, "", by=None, now=now)
    assert _acting(cell) == []


def test_two_absences_on_one_day_are_refused(hold, now):
    first = hold()
    begin_absence(first.pk, TODAY, TODAY + timedelta(days=3), "", by=None, now=now)
    with pytest.raises(Refusal) as refused:
        begin_absence(first.pk, TODAY + timedelta(days=3), TODAY + timedelta(days=4), "", by=None, now=now)
    assert refused.value.code == "away-already"


def test_a_phone_lies_sealed_and_its_mask_is_all_that_the_record_tells(cell, hold):
    holder = hold(phone="19900001234")
    assert b"19900001234" not in bytes(holder.sealed_phone)
    (entry,) = list_entries(f"holder:{holder.pk}")
    assert entry.body["changes"]["phone"] == ["", "199****1234"]
    (duty,) = list_duty([cell.pk], TODAY)[cell.pk]
    assert (duty.phone, tell_phone(duty)) == ("199****1234", "19900001234")


def test_a_mask_that_comes_back_leaves_the_number_and_a_new_one_is_taken(cell, hold, now):
    holder = hold(phone="19900001234")
    card = next(one for one in HOLDER_KEEPER.list_cards() if one.id == holder.pk)
    back = HolderCard(cell=CELL, name="周建国", since=card.since, phone="199****1234", id=holder.pk)
    HOLDER_KEEPER.change(back, by=None, now=now)
    assert tell_phone(list_duty([cell.pk], TODAY)[cell.pk][0]) == "19900001234"
    HOLDER_KEEPER.change(
        HolderCard(cell=CELL, name="周建国", since=card.since, phone="19900101234", id=holder.pk),
        by=None,
        now=now,
    )
    assert tell_phone(list_duty([cell.pk], TODAY)[cell.pk][0]) == "19900101234"


def test_an_account_brings_its_name_and_office_phone(cell, hold):
    hold(name="", login="shihui")
    (duty,) = list_duty([cell.pk], TODAY)[cell.pk]
    assert (duty.name, tell_phone(duty)) == ("石辉", "0999-5300017")
    assert cell.pk in list_held_cells(find_account("shihui").pk, TODAY)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"cell": "999001001001"}, "not-a-cell"),
        ({"cell": "nowhere"}, "area-not-found"),
        ({"name": ""}, "words-needed"),
        ({"login": "nobody"}, "account-not-found"),
        ({"rank": 10}, "bad-rank"),
        ({"phone": "call me"}, "bad-phone"),
        ({"until": "2020-01-01"}, "ends-before-start"),
    ],
)
def test_what_is_no_holder_is_refused(cell, now, wrong, code):
    card = {"cell": CELL, "name": "周大勇", "since": "2026-01-01", **wrong}
    with pytest.raises(Refusal) as refused:
        HOLDER_KEEPER.add(HolderCard(**card), by=None, now=now)
    assert refused.value.code == code


def test_the_record_of_a_cell_holds_its_shape_and_everybody_who_held_it(cell, hold):
    hold()
    verbs = [one.verb for one in list_cell_history(cell.pk, CELL)]
    assert verbs == ["area-added", "shape-set", "holder-added"]
