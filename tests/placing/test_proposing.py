"""A job proposes where a case lies; the place that was written down goes before the words."""

from __future__ import annotations

from huiyin.app.listeners import LISTENERS
from huiyin.cases.api import Case
from huiyin.journal.api import list_entries
from huiyin.placing import jobs
from huiyin.placing.api import count_cell_cases, find_placing, place_all, place_case, propose_place

ESTATE, SHANGBA = "999001001005001", "999001003002"


def _propose(case):
    return propose_place(Case.objects.select_related("text").get(pk=case.pk))


def test_the_worker_places_a_case_when_it_was_opened(grid, make_case):
    assert "place-case" in LISTENERS["case-opened"]
    case = make_case("路灯坏了", place="幸福里小区3栋")
    jobs.place_case("case-opened", {"case_id": case.pk})
    placing = find_placing(case.pk)
    assert (placing.cell.code, placing.how, placing.mention) == (ESTATE, "text", "幸福里小区3栋")
    assert (placing.sure, placing.confirmed_at) == (True, None)
    assert [one.verb for one in list_entries(f"case:{case.number}")] == ["open"]


def test_the_place_goes_before_the_words_and_the_words_speak_where_it_is_silent(grid, make_case):
    assert _propose(make_case("上坝村的人都说停电了", place="幸福里小区")).cell.code == ESTATE
    assert _propose(make_case("石门镇上坝村停电了", place="村口")).village.code == SHANGBA


def test_the_area_that_was_given_is_told_when_nothing_else_is_known(grid, make_case, area_of):
    found = _propose(make_case("停电了", area_id=area_of(SHANGBA).pk))
    assert (found.village.code, found.how) == (SHANGBA, "area")


def test_a_case_of_which_nothing_is_known_is_kept_as_that(grid, make_case, now):
    case = make_case("电话打不通")
    placing = place_case(case.pk, now)
    assert (placing.area, placing.cell, placing.how, placing.candidates) == (None, None, "", [])
    assert place_case(-1, now) is None


def test_open_cases_are_placed_anew_after_the_map_has_changed_and_counted_by_cell(
    grid, make_case, now, area_of
):
    make_case("路灯坏了", place="幸福里小区3栋")
    make_case("井盖没了", place="幸福里小区5栋")
    assert place_all(now) == 2
    assert place_all(now) == 0
    assert place_all(now, anew=True) == 2
    assert count_cell_cases(now) == {area_of(ESTATE).pk: (2, 0)}
