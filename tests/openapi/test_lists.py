"""Lists go on from a key: no case twice, none left out, whatever happens meanwhile."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


def _follow(machine, path):
    """The numbers on every page, page by page."""
    pages = []
    while path:
        told = machine.get(path.removeprefix("/api/v1")).json()
        pages.append([case["number"] for case in told["cases"]])
        path = told["next"]
    return pages


@pytest.fixture
def numbers(intake):
    """Five cases, oldest first."""
    return [intake.open(f"第{at}件事", category="010106").json()["number"] for at in range(5)]


def test_pages_follow_each_other_newest_first(intake, numbers):
    assert _follow(intake, "/cases?limit=2") == [numbers[:2:-1], numbers[2:0:-1], numbers[:1]]


def test_pages_follow_each_other_oldest_first(intake, numbers):
    assert _follow(intake, "/cases?limit=3&order=oldest") == [numbers[:3], numbers[3:]]


def test_a_case_opened_meanwhile_neither_repeats_nor_hides_any(intake, numbers):
    first = intake.get("/cases?limit=2").json()
    intake.open("又来一件")
    rest = _follow(intake, first["next"])
    assert [case["number"] for case in first["cases"]] + [
        number for page in rest for number in page
    ] == numbers[::-1]


def test_the_last_page_leads_nowhere(intake, numbers):
    assert intake.get("/cases?limit=5").json()["next"] is None


def test_filters_hold_on_every_page(intake, numbers):
    for number in numbers[:3]:
        intake.move(number, "accept")
    pages = _follow(intake, "/cases?limit=2&stage=to-dispatch&category=01&state=open")
    assert [number for page in pages for number in page] == numbers[2::-1]


def test_a_list_is_searched_by_words(intake, numbers):
    assert _follow(intake, "/cases?q=第3件") == [[numbers[3]]]


def test_a_list_is_searched_by_a_number_or_its_beginning(intake, numbers, machine_of):
    assert _follow(intake, f"/cases?q={numbers[3].lower()}&state=all") == [[numbers[3]]]
    assert _follow(intake, f"/cases?q={numbers[3]}&state=closed") == [[]]
    same = numbers[0][:-1]
    alike = [number for number in numbers[::-1] if number.startswith(same)]
    assert _follow(intake, f"/cases?q={same}") == [alike]
    assert _follow(intake, f"/cases?q={same}&limit=1") == [[number] for number in alike]
    assert _follow(machine_of("tanxue"), f"/cases?q={numbers[3]}") == [[]]
    assert _follow(intake, "/cases?q=HC999999999999") == [[]]


def test_a_unit_lists_what_it_leads_opened_or_assists(intake, dispatcher, machine_of, numbers):
    for number in numbers[1:4]:
        intake.move(number, "accept")
        dispatcher.move(number, "dispatch", lead="water", category="010106")
    assert _follow(machine_of("tanxue"), "/cases?limit=2") == [[numbers[3], numbers[2]], [numbers[1]]]
    assert _follow(machine_of("tanxue"), "/cases?limit=2&order=oldest&unit=water") == [
        numbers[1:3],
        [numbers[3]],
    ]


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "limit=ten",
        "limit=1&limit=2",
        "colour=red",
        "opened_from=yesterday",
        "opened_from=2026-03-04",
        "state=ajar",
        "after=-1",
        "after=ZZ",
        "q=%00",
        "stage=%ED%A0%80",
    ],
)
def test_a_parameter_that_does_not_fit_is_refused(intake, query):
    assert intake.get(f"/cases?{query}").status_code == 422


@pytest.mark.parametrize(
    "query",
    [
        "opened_to=0359-12-23T12:16:54-19:00",
        "opened_from=9999-12-31T23:59:59-12:00",
        "opened_to=0001-01-01T00:00:00%2B12:00",
        "after=zzzzzzzzzzzzz",
    ],
)
def test_the_ends_of_time_are_no_fault_of_ours(intake, query):
    assert intake.get(f"/cases?{query}").status_code == 200
