"""A quantification goes from the draft to the assembly and its posting, and is fixed once for all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from huiyin.economy.organisations.api import Charter, set_limit
from huiyin.economy.postings.api import Posting
from huiyin.economy.shares.api import (
    ClassShare,
    NewPlan,
    Share,
    ShareBook,
    ShareEntry,
    SharePlan,
    change_plan,
    list_breaks,
    propose_plan,
    settle_units,
)
from huiyin.economy.shares.rules import farm_years
from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal

from .holding import BORN, CLASSES, COUNTED_ON, go, plan_of, resolve, settle

NOW = timezone.now()
YEARS = sum(farm_years(born.timetuple()[:3], COUNTED_ON.timetuple()[:3], 44) for born in BORN.values())


@pytest.fixture
def people(village):
    """Two households of three."""
    Charter.objects.filter(organisation=village).update(collective_per_mille=200)
    return settle(village)


def _walk(plan, officer, village, now=NOW):
    number = plan.case.number
    go(number, "submit", officer("bookkeeper"), now)
    go(number, "deliberate", officer("director"), now)
    go(number, "check", officer("rural"), now)
    resolve(village, f"case:{number}", now)
    go(number, "resolve", officer("director"), now)
    go(number, "post", officer("bookkeeper"), now)
    return number


def test_classes_are_reckoned_on_the_roster_and_the_collective_keeps_its_part(village, people, officer):
    plan = plan_of(village, officer("bookkeeper"), NOW, 200)
    assert (plan.people, plan.held_units) == (6, 60 + 2 * YEARS)
    assert plan.collective_units == plan.held_units * 200 // 800


def test_the_whole_way_ends_in_a_frozen_book_whose_ledger_holds(village, people, officer):
    plan = plan_of(village, officer("bookkeeper"), NOW, 200)
    number = _walk(plan, officer, village)
    with pytest.raises(Refusal) as refused:
        go(number, "fix", officer("director"), NOW + timedelta(days=1))
    assert refused.value.code == "posting-runs"
    go(number, "fix", officer("director"), NOW + timedelta(days=7))
    book = ShareBook.objects.get(organisation=village)
    assert book.total_units == plan.held_units + plan.collective_units
    assert book.entries == 7 == ShareEntry.objects.filter(book=book, kind="fix").count()
    assert sum(Share.objects.values_list("units", flat=True)) == book.held_units
    assert list_breaks() == []
    told = [one for one in list_entries(f"organisation:{village.code}") if one.verb == "fix-shares"]
    assert told[0].body["total"] == book.total_units
    assert len(told[0].body["digest"]) == 64


def test_shares_that_are_fixed_are_not_quantified_again(village, people, officer):
    plan = plan_of(village, officer("bookkeeper"), NOW)
    number = _walk(plan, officer, village)
    go(number, "fix", officer("director"), NOW + timedelta(days=7))
    with pytest.raises(Refusal) as refused:
        plan_of(village, officer("bookkeeper"), NOW)
    assert refused.value.code == "frozen-already"
    assert "两不增、两不减" in refused.value.rule


def test_an_attempt_to_divide_property_is_refused_and_the_database_takes_none(village, people, officer):
    with pytest.raises(Refusal) as refused:
        propose_plan(village, NewPlan(CLASSES, COUNTED_ON, 0, "property"), officer("bookkeeper"), NOW)
    assert "第36条" in refused.value.rule
    plan = plan_of(village, officer("bookkeeper"), NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        SharePlan.objects.filter(pk=plan.pk).update(quantifies="property")


def test_the_township_may_set_a_lower_limit_for_the_collective(village, people, officer):
    set_limit("collective-share", 100, "乡镇规定", officer("rural"), NOW, village.township_id)
    with pytest.raises(Refusal) as refused:
        plan_of(village, officer("bookkeeper"), NOW, 150)
    assert refused.value.code == "collective-share-too-large"


def test_without_the_assembly_there_is_no_quantification(village, people, officer):
    plan = plan_of(village, officer("bookkeeper"), NOW)
    number = plan.case.number
    go(number, "submit", officer("bookkeeper"), NOW)
    go(number, "deliberate", officer("director"), NOW)
    go(number, "check", officer("rural"), NOW)
    with pytest.raises(Refusal) as refused:
        go(number, "resolve", officer("director"), NOW)
    assert refused.value.code == "not-resolved"
    assert "第28条" in refused.value.rule
    resolve(village, f"case:{number}", NOW - timedelta(days=1))
    with pytest.raises(Refusal) as refused:
        go(number, "resolve", officer("director"), NOW)
    assert refused.value.code == "resolved-before-change"


def test_an_objection_that_is_upheld_leads_to_a_new_draft_and_a_second_posting(village, people, officer):
    plan = plan_of(village, officer("bookkeeper"), NOW)
    number, later = _walk(plan, officer, village), NOW + timedelta(hours=1)
    go(number, "amend", officer("director"), later, reason="农龄算错")
    row = ClassShare.objects.filter(of__plan=plan, of__title="农龄股").order_by("id").first()
    plan = settle_units(row.pk, 3, "中途外出务农中断", officer("bookkeeper"), later)
    assert plan.held_units == 60 + 2 * YEARS - row.units + 3
    _walk(plan, officer, village, later + timedelta(minutes=1))
    assert [one.turn for one in Posting.objects.filter(subject=f"case:{number}").order_by("turn")] == [1, 2]


def test_what_was_settled_by_hand_stays_and_needs_a_reason(village, people, officer):
    plan = plan_of(village, officer("bookkeeper"), NOW)
    row = ClassShare.objects.filter(of__plan=plan).order_by("id").first()
    with pytest.raises(Refusal) as refused:
        settle_units(row.pk, 3, " ", officer("bookkeeper"), NOW)
    assert refused.value.code == "reason-needed"
    plan = change_plan(plan.pk, NewPlan(CLASSES[:1], COUNTED_ON), officer("bookkeeper"), NOW)
    assert plan.held_units == 60
    go(plan.case.number, "submit", officer("bookkeeper"), NOW)
    with pytest.raises(Refusal) as refused:
        change_plan(plan.pk, NewPlan(CLASSES, COUNTED_ON), officer("bookkeeper"), NOW)
    assert refused.value.code == "wrong-stage"
