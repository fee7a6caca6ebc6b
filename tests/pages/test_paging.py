"""Paging."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from huiyin.pages.paging import follow_cursor, number_pages, read_page


def test_the_first_page_has_no_page_before_it():
    paging = number_pages({}, 236, 50)
    assert (paging.first, paging.last, paging.total) == (1, 50, 236)
    assert paging.previous_url == ""
    assert paging.next_url == "?page=2"


def test_a_page_beyond_the_end_is_the_last():
    assert number_pages({"page": "99"}, 236, 50).last == 236


def test_other_parts_of_the_query_stay():
    assert number_pages({"q": "水", "page": "2"}, 236, 50).next_url == "?q=%E6%B0%B4&page=3"


def test_an_empty_list_has_no_pages():
    paging = number_pages({}, 0, 50)
    assert (paging.first, paging.last, paging.links) == (0, 0, ())


def test_a_cursor_replaces_the_other_one():
    paging = follow_cursor({"before": "b", "q": "水"}, after="x", before="y")
    assert paging.next_url == "?q=%E6%B0%B4&after=x"
    assert paging.previous_url == "?before=y&q=%E6%B0%B4"


@given(st.text(max_size=12))
def test_nonsense_is_some_page(text):
    assert 1 <= read_page({"page": text}, 7) <= 7


@given(st.integers(1, 5000), st.integers(1, 100), st.integers(1, 200))
def test_the_pager_always_shows_the_first_the_present_and_the_last_page(total, size, page):
    paging = number_pages({"page": str(page)}, total, size)
    pages = -(-total // size)
    numbers = [link.number for link in paging.links if link.url]
    assert numbers == sorted(set(numbers))
    if pages > 1:
        assert numbers[0] == 1
        assert numbers[-1] == pages
        assert sum(link.current for link in paging.links) == 1
