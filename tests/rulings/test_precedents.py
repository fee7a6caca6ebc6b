"""A ruling is shown as a precedent where it fits, until the centre withdraws it."""

from __future__ import annotations

import pytest

from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.rulings.api import (
    Ruling,
    RulingFilters,
    find_precedents,
    list_rulings,
    restore_ruling,
    withdraw_ruling,
)


def find(court, code="010106", text="锦绣小区停水", area=None, **more):
    category = court.desk.categories.get(code) if code else None
    return [one.number for one in find_precedents(category, area, text, **more)]


def test_it_fits_the_same_category_and_those_below_it(court):
    court.ruled()
    assert find(court) == ["裁〔2026〕1号"]
    (one,) = find_precedents(court.desk.categories["010106"], None, "停水")
    assert (one.lead.zh, one.reason) == ("水务公司", "管网由供水企业管护")
    assert "同一类别" in {words.zh for words in one.why}


def test_it_does_not_fit_what_has_nothing_to_do_with_it(court):
    court.ruled()
    assert find(court, "020101", "广场舞太吵") == []


def test_words_alone_can_bring_it_up_when_the_category_is_not_known(court):
    court.ruled()
    assert find(court, None, "锦绣小区停水了") == ["裁〔2026〕1号"]
    assert find(court, None, "广场舞太吵") == []


def test_the_nearest_comes_first_and_three_are_enough(court):
    for title in ("路灯不亮", "锦绣小区停水", "水表不准", "管道漏水"):
        court.ruled(title=title)
    found = find_precedents(court.desk.categories["010106"], None, "锦绣小区停水两天")
    assert (len(found), found[0].title) == (3, "锦绣小区停水")


def test_a_case_is_no_precedent_for_itself_nor_one_that_came_later(court):
    number = court.ruled()
    assert find(court, case_id=court.desk.case(number).pk) == []
    day = court.desk.now.date()
    assert find(court, on=day) == ["裁〔2026〕1号"]
    assert find(court, on=day.replace(day=1)) == []


def test_finding_is_one_statement(court, django_assert_num_queries):
    court.ruled()
    category = court.desk.categories["010106"]
    with django_assert_num_queries(1):
        find_precedents(category, None, "停水")


def test_a_withdrawn_one_is_shown_no_more_and_can_be_restored(court):
    court.ruled()
    ruling, by, now = Ruling.objects.get(), court.account("guoheng"), court.desk.now
    with pytest.raises(Refusal) as caught:
        withdraw_ruling(ruling.pk, " ", by=by, now=now)
    assert caught.value.field == "reason"
    withdraw_ruling(ruling.pk, "目录已改", by=by, now=now)
    assert find(court) == []
    with pytest.raises(Refusal):
        withdraw_ruling(ruling.pk, "再撤", by=by, now=now)
    restore_ruling(ruling.pk, by=by, now=now)
    assert find(court) == ["裁〔2026〕1号"]
    verbs = [entry.verb for entry in list_entries("ruling:裁〔2026〕1号")]
    assert verbs == ["ruling-withdrawn", "ruling-restored"]


def test_the_list_is_searched_and_narrowed(court):
    court.ruled()
    court.ruled(lead="water-affairs", reason="水源保护归水利")
    desk = court.desk

    def numbers(**asked):
        return {one.serial for one in list_rulings(RulingFilters(**asked), 50, 0)[0]}

    assert numbers() == {1, 2}
    assert numbers(text="水源保护") == {2}
    assert numbers(text="裁〔2026〕1号") == {1}
    assert numbers(unit_id=desk.units["water"]) == {1}
    assert numbers(category_id=desk.categories["01"]) == {1, 2}
    assert numbers(state="withdrawn") == set()
