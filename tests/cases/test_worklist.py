"""Lists: what each tab holds is what it counts, and nobody sees what is not theirs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.cases.api import (
    BOUND,
    ORDERS,
    PERSON,
    TABS,
    Acting,
    ActingPost,
    Filters,
    count_cases,
    count_tabs,
    iterate_cases,
    list_cases,
    may_see,
)

SEERS = [
    "linxiao",
    "hemin",
    "guoheng",
    "maqing",
    "tanxue",
    "zhaomingde",
    "gezhendong",
    "luoting",
    "jingyi",
    "fangzheng",
    "guanxu",
]


def numbers(desk, acting, **filters):
    acting = acting if isinstance(acting, Acting) else desk.acting(acting)
    return [row.number for row in list_cases(Filters(**filters), acting, desk.now, limit=500)]


@pytest.fixture
def mixed(desk):
    """Cases at every turn of the road."""
    desk.open(), desk.open(process="through-train"), desk.open(process="stuck", by="tianxin")
    number = desk.open()
    desk.move(number, "accept", "linxiao")
    desk.dispatched(assisting=["water-affairs"])
    returned = desk.dispatched()
    desk.move(returned, "ask_return", "tanxue", clause="第1条", reason="不归")
    waiting = desk.handled()
    desk.move(waiting, "ask_person", "tanxue", reply="请拍照", files=[desk.give_file(waiting)])
    desk.handled()
    desk.answered()
    closed = desk.answered()
    desk.move(closed, "evaluate", PERSON, solved=True, satisfied=5)
    return desk


@pytest.mark.parametrize("login", SEERS)
@pytest.mark.parametrize("hours", [0, 23, 200])
def test_every_tab_holds_what_it_counts(mixed, login, hours):
    mixed.later(hours=hours)
    counts = count_tabs(mixed.acting(login), mixed.now)
    for tab in TABS.keys() - {"all"}:
        assert counts[tab] == len(numbers(mixed, login, tab=tab)), tab
        assert counts[tab] == count_cases(Filters(tab=tab), mixed.acting(login), mixed.now)


def test_a_list_may_be_seen_whole_by_the_centre_and_by_no_administrator(mixed):
    assert len(numbers(mixed, "hemin")) == 10
    assert numbers(mixed, "guanxu") == []
    assert numbers(mixed, "anran") == []
    assert len(numbers(mixed, "shenji")) == 10
    assert numbers(mixed, Acting("staff", "无岗位", mixed.acting("tanxue").account_id)) == []


def test_a_handler_sees_the_cases_of_the_own_unit_alone(desk):
    own, assisted, other = (
        desk.dispatched(),
        desk.dispatched(lead="water-affairs", assisting=["water"]),
        desk.dispatched(lead="water-affairs"),
    )
    assert numbers(desk, "tanxue", order="number") == [assisted, own]
    assert not may_see(desk.case(other), desk.acting("tanxue"))
    assert may_see(desk.case(own), desk.acting("tanxue"))


def test_what_a_unit_has_handed_back_it_still_sees(desk):
    number = desk.dispatched()
    desk.move(number, "ask_return", "tanxue", clause="第1条", reason="不归")
    desk.move(number, "accept_return", "guoheng")
    assert numbers(desk, "tanxue") == [number]


def test_whoever_opened_a_case_sees_it(desk):
    number = desk.open(process="through-train", by="ruanqin")
    assert numbers(desk, "ruanqin") == [number]
    assert numbers(desk, "shihui") == []


def test_what_a_list_shows_and_what_a_page_allows_are_the_same(mixed):
    for login in SEERS:
        seen = set(numbers(mixed, login))
        everything = set(numbers(mixed, "hemin"))
        acting = mixed.acting(login)
        assert seen == {number for number in everything if may_see(mixed.case(number), acting)}


class TestTodo:
    def test_it_is_the_turn_of_the_dispatcher_then_of_the_unit_then_of_its_head(self, desk):
        number = desk.open()
        assert numbers(desk, "hemin", tab="todo") == [number]
        desk.dispatch(number)
        assert numbers(desk, "hemin", tab="todo") == []
        assert numbers(desk, "tanxue", tab="todo") == [number]
        assert numbers(desk, "zhaomingde", tab="todo") == []
        assert numbers(desk, "gezhendong", tab="todo") == []
        desk.move(number, "sign", "tanxue")
        desk.move(number, "answer", "tanxue", reply="好了")
        assert numbers(desk, "zhaomingde", tab="todo") == [number]
        desk.move(number, "close", "zhaomingde")
        assert numbers(desk, "maqing", tab="todo") == [number]

    def test_an_assisting_unit_is_done_when_it_has_reported(self, desk):
        number = desk.dispatched(assisting=["water-affairs"])
        assert numbers(desk, "gezhendong", tab="todo") == [number]
        desk.move(number, "assist_report", "gezhendong", reply="阀门已关")
        assert numbers(desk, "gezhendong", tab="todo") == []

    def test_a_role_at_one_unit_is_not_awaited_at_another(self, desk):
        number = desk.handled()
        desk.move(number, "answer", "tanxue", reply="好了")
        posts = (
            ActingPost(desk.units["water"], "供水", "handler"),
            ActingPost(desk.units["housing"], "住建", "unit-head"),
        )
        assert numbers(desk, Acting("staff", "两边", None, posts), tab="todo") == []


class TestFilters:
    @pytest.mark.parametrize(
        ("filters", "count"),
        [
            ({"process": "stuck"}, 1),
            ({"stage": "handling"}, 1),
            ({"stage_kind": "review"}, 1),
            ({"state": "closed"}, 1),
            ({"state": "open"}, 9),
            ({"channel": "hotline"}, 10),
            ({"channel": "portal"}, 0),
            ({"grade": "ordinary"}, 10),
            ({"identity": "anonymous"}, 0),
            ({"urgent": False}, 10),
            ({"urgent": True}, 0),
            ({"min_round": 2}, 0),
            ({"person_ids": ()}, 0),
            ({"person_ids": (1, 2)}, 0),
            ({"q": "停水", "tab": "open", "process": "hotline"}, 7),
            ({"stage": "\x00"}, 0),
            ({"q": "\x00停水"}, 10),
        ],
    )
    def test_each_keeps_what_it_names(self, mixed, filters, count):
        assert (
            len(numbers(mixed, "hemin", **filters))
            == count
            == count_cases(Filters(**filters), mixed.acting("hemin"), mixed.now)
        )

    def test_a_category_holds_those_below_it(self, desk):
        number = desk.dispatched(category="010106")
        for code, found in (("01", [number]), ("0101", [number]), ("010106", [number]), ("0102", [])):
            assert numbers(desk, "hemin", category_id=desk.categories[code]) == found

    def test_a_unit_holds_what_it_leads_and_what_it_assists_in(self, desk):
        number = desk.dispatched(assisting=["water-affairs"])
        for unit, found in (("water", [number]), ("water-affairs", [number]), ("housing", [])):
            assert numbers(desk, "hemin", unit_id=desk.units[unit]) == found

    def test_days_hold_their_beginning_and_not_their_end(self, desk):
        number = desk.open()
        day = timedelta(days=1)
        assert numbers(desk, "hemin", opened_from=desk.now, opened_to=desk.now + day) == [number]
        assert numbers(desk, "hemin", opened_from=desk.now - day, opened_to=desk.now) == []
        assert numbers(desk, "hemin", closed_from=desk.now) == []

    def test_a_group_holds_its_followers(self, desk):
        leader, follower = desk.open(), desk.open()
        desk.move(follower, "merge", "linxiao", into=leader)
        assert numbers(desk, "hemin", group_id=desk.case(leader).pk) == [follower]

    def test_an_officer_holds_what_they_signed_for(self, desk):
        number = desk.handled()
        assert numbers(desk, "hemin", officer_id=desk.acting("tanxue").account_id) == [number]


class TestOrder:
    def test_the_next_due_comes_first_and_what_has_no_due_date_last(self, desk):
        slow = desk.dispatched()
        quick = desk.open()
        merged = desk.open()
        desk.move(merged, "merge", "linxiao", into=slow)
        assert numbers(desk, "hemin", order="due") == [quick, slow, merged]

    def test_the_newest_comes_first(self, desk):
        one = desk.open()
        other = desk.later(minutes=1).open()
        desk.later(minutes=1).move(one, "hurry", PERSON)
        assert (
            numbers(desk, "hemin", order="opened") == numbers(desk, "hemin", order="number") == [other, one]
        )
        assert numbers(desk, "hemin", order="moved") == [one, other]

    def test_an_unknown_order_or_tab_is_the_usual_one(self, desk):
        number = desk.open()
        assert numbers(desk, "hemin", order="1; DROP TABLE x", tab="nowhere") == [number]
        assert set(ORDERS) == {"due", "opened", "moved", "number"}

    def test_pages_follow_each_other(self, mixed):
        acting, filters = mixed.acting("hemin"), Filters(order="number")
        pages = [
            row.number
            for at in range(0, 12, 3)
            for row in list_cases(filters, acting, mixed.now, limit=3, offset=at)
        ]
        assert pages == numbers(mixed, "hemin", order="number")


def test_an_export_holds_every_row_once(mixed):
    rows = [row.number for row in iterate_cases(Filters(order="number"), mixed.acting("hemin"), mixed.now)]
    assert rows == numbers(mixed, "hemin", order="number")
    assert len(list(iterate_cases(Filters(), mixed.acting("hemin"), mixed.now, bound=4))) == 4


def test_a_list_is_one_statement_and_so_are_the_counts(mixed, django_assert_num_queries):
    acting = mixed.acting("tanxue")
    with django_assert_num_queries(2):
        list_cases(Filters(), acting, mixed.now)
        count_cases(Filters(), acting, mixed.now)
    with django_assert_num_queries(2):  # the county's own processes, and the counts
        count_tabs(acting, mixed.now)
    assert BOUND == 10_000


def test_a_row_tells_its_stage_and_grade_in_both_languages(desk):
    desk.dispatched()
    row = list_cases(Filters(), desk.acting("hemin"), desk.now)[0]
    assert (row.stage_title.en, row.grade_title.zh, row.lead_en) == ("To sign for", "一般", row.lead_en)
