"""The township's clerk founds organisations, registers charters that the assembly resolved on, closes one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from huiyin.economy.organisations.api import (
    Charter,
    NewCharter,
    NewOrganisation,
    adopt_charter,
    close_organisation,
    found,
    get_seen,
    list_closed,
    list_places,
    list_seen,
    reopen_organisation,
)
from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal

from .holding import resolve

NOW = timezone.now()
CHARTER = NewCharter(
    date(2026, 1, 5), reserve_per_mille=250, collective_per_mille=200, holding_cap_per_mille=50
)


@pytest.fixture
def new(village):
    """A second organisation of the village."""
    return NewOrganisation(
        "N299900100300299HC", "上坝村第五组经济合作社", "economic", village.area_id, date(2026, 1, 5), CHARTER
    )


def test_a_second_organisation_of_a_village_has_its_own_unit_and_charter(village, new, officer):
    made = found(new, officer("rural"), NOW)
    assert (made.township_id, made.area_id, made.unit.kind) == (
        village.township_id,
        village.area_id,
        "collective",
    )
    assert made.charters.get().holding_cap_per_mille == 50
    assert get_seen(made.code, officer("rural")) == made
    assert made in list_seen(officer("rural")).filter(area=village.area)
    assert [one.verb for one in list_entries(f"organisation:{made.code}")] == ["found"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "123"}, "code-unreadable"),
        ({"code": "N299900100300201HC"}, "code-taken"),
        ({"name": " "}, "name-missing"),
        ({"kind": "club"}, "kind-unknown"),
        ({"area_id": 0}, "area-not-yours"),
        ({"charter": replace(CHARTER, collective_per_mille=301)}, "charter-out-of-range"),
    ],
)
def test_what_cannot_be_founded_is_refused(new, officer, change, code):
    with pytest.raises(Refusal) as refused:
        found(replace(new, **change), officer("rural"), NOW)
    assert refused.value.code == code
    assert "农村集体经济组织法" in refused.value.rule


def test_a_bookkeeper_founds_nothing_and_a_clerk_only_in_the_own_township(villages, village, new, officer):
    assert list_places(officer("bookkeeper")) == []
    assert {one.parent_id for one in list_places(officer("rural"))} == {village.area.parent_id}
    other = next(one for one in villages if one.township_id != village.township_id)
    with pytest.raises(Refusal) as refused:
        found(replace(new, area_id=other.area_id), officer("rural"), NOW)
    assert refused.value.code == "area-not-yours"


def test_a_charter_is_registered_only_once_the_assembly_has_resolved_on_it(village, officer):
    version = Charter.objects.filter(organisation=village).count() + 1
    with pytest.raises(Refusal) as refused:
        adopt_charter(village, CHARTER, officer("rural"), NOW)
    assert refused.value.code == "not-resolved"
    assert "第28条" in refused.value.rule
    resolve(village, f"charter:{version}", NOW - timedelta(days=1), "charter")
    adopt_charter(village, CHARTER, officer("rural"), NOW)
    assert list(village.charters.order_by("version").values_list("version", flat=True)) == [1, 2]
    with pytest.raises(Refusal):
        adopt_charter(village, CHARTER, officer("rural"), NOW)


def test_a_director_registers_no_charter(village, officer):
    with pytest.raises(Refusal) as refused:
        adopt_charter(village, CHARTER, officer("director"), NOW)
    assert refused.value.code == "not-your-duty"


def test_an_organisation_closes_by_resolution_and_can_be_reopened(village, officer):
    with pytest.raises(Refusal) as refused:
        close_organisation(village, "合并到邻村", officer("rural"), NOW)
    assert "第26条" in refused.value.rule
    resolve(village, "closing", NOW - timedelta(days=1), "merger")
    close_organisation(village, "合并到邻村", officer("rural"), NOW)
    with pytest.raises(Refusal):
        get_seen(village.code, officer("rural"))
    assert [one.code for one in list_closed(officer("rural"))] == [village.code]
    reopen_organisation(village, officer("rural"), NOW)
    assert get_seen(village.code, officer("rural")).active
