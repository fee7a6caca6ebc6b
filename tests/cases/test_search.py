"""Search: two signs are enough, nothing that holds the words is missed, and nothing typed can break it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.appeals.api import NewAppeal, report
from huiyin.cases.api import SYSTEM, Filters, count_cases, list_cases, open_cases
from huiyin.kernel.texts import fold

SIGNS = "停水电路锦绣小区 aAbB１２12ａ-，。()_\n"


def find(desk, q):
    return {row.number for row in list_cases(Filters(q=q), desk.acting("hemin"), desk.now, limit=500)}


@pytest.fixture
def case(desk):
    return desk.open(
        title="锦绣小区3号楼停水", words="已经停水两天了，车牌浙A12345B，没人管", place="禾川大道88号"
    )


@pytest.mark.parametrize(
    "q",
    [
        "停水",
        "锦绣",
        "水",
        "管",
        "号",
        "3",
        "停水 锦绣",
        "ａ12345ｂ",
        "A12345b",
        "浙a123",
        "大道88",
        "两天了，车牌",
    ],
)
def test_what_the_case_says_finds_it(desk, case, q):
    assert find(desk, q) == {case}


@pytest.mark.parametrize("q", ["停水 路灯", "小区锦绣", "水停", "4号楼", "锦绣，小区3"])
def test_what_it_does_not_say_does_not_find_it(desk, case, q):
    assert find(desk, q) == set()


@pytest.mark.parametrize("q", ["！？", "  ", "…", "'", "()", "\x00"])
def test_a_query_without_letter_or_digit(desk, case, q):
    """Blanks ask for nothing, and so list everything; signs alone are in no word."""
    assert find(desk, q) == ({case} if not q.strip() else set())


@pytest.mark.parametrize(
    "q",
    [
        "'",
        '"',
        "\\",
        "'\"\\:*&|!()<>",
        "停水'; DROP TABLE cases_case; --",
        "a:*",
        "!停水",
        "停 & 水",
        "%",
        "_",
        "\ud800",
        "𠮷野",
        "水" * 5000,
        "%(q_terms)s",
        "{}",
    ],
)
def test_nothing_that_is_typed_breaks_the_list(desk, case, q):
    find(desk, q)


def test_a_number_finds_its_case_whole_or_begun_in_any_letters(desk, case):
    other = desk.open()
    assert find(desk, case.lower()) == {case}
    assert find(desk, case[:8]) == {case, other}


def test_the_digits_of_a_number_find_it(desk, case):
    assert case in find(desk, case[2:])
    assert desk.case(case).pk < 10**7 or case in find(desk, str(desk.case(case).pk))


def test_letters_and_digits_that_are_no_number_are_words(desk):
    number = desk.open(words="设备编号wx20260101坏了")
    assert find(desk, "wx20260101") == {number}


def test_a_phone_finds_whose_case_it_is_and_is_never_compared_in_the_clear(desk):
    new = NewAppeal("hotline", "portal", "停水了", desk.now, name="张三", phone="13900001234")
    mine = report(new, SYSTEM).number
    told = desk.open(words="物业电话13900005678打不通")
    assert find(desk, "13900001234") == find(desk, "139 0000 1234") == find(desk, "139-0000-1234") == {mine}
    assert find(desk, "13900005678") == set()
    assert told in find(desk, "物业电话")


@pytest.mark.parametrize("q", ["1390000", "99999999999999999999", "0000000000", "+123456789"])
def test_digits_that_are_no_phone_find_nobody(desk, case, q):
    assert find(desk, q) == set()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text(SIGNS, min_size=1, max_size=12), min_size=1, max_size=8),
    query=st.text(SIGNS, min_size=1, max_size=4),
)
def test_nothing_is_missed_that_a_plain_reading_finds(desk, texts, query):
    """Every word of the query stands in the text: then, and only then, the text is found."""
    terms = fold(query).split()
    opened = open_cases([desk.new(title="标题", words=text) for text in texts], SYSTEM)
    if not any(sign.isalnum() for term in terms for sign in term):
        return
    if all(sign.isdigit() or sign in "+- " for sign in fold(query)) and len(fold(query)) >= 7:
        return
    wanted = {
        one.number
        for one, text in zip(opened, texts, strict=True)
        if all(term in fold(f"标题 {text} ") for term in terms)
    }
    mine = {one.number for one in opened}
    assert find(desk, query) & mine == wanted


def test_a_long_list_of_what_is_found_is_whole_in_order_and_counted(desk):
    """Cases that hold the pairs and not the word are passed over on every page."""
    found = [desk.open(words=f"第{at}家停水路口") for at in range(5)]
    for at in range(5):
        desk.open(words=f"第{at}家停水，水路不通")
    acting, filters = desk.acting("hemin"), Filters(q="停水路", order="number")
    pages = [list_cases(filters, acting, desk.now, limit=2, offset=at) for at in (0, 2, 4, 6)]
    assert [[row.number for row in page] for page in pages] == [
        found[4:2:-1],
        found[2:0:-1],
        found[:1],
        [],
    ]
    assert (count_cases(filters, acting, desk.now), count_cases(filters, acting, desk.now, bound=3)) == (5, 3)


def test_digits_of_a_case_number_are_in_no_words(desk, case):
    assert find(desk, case[2:4]) == find(desk, case[:2]) == set()
