"""Names of places are found by longest match; shapes of addresses are shown and never known."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.language.api import Gazetteer, find_places

NAMES = [
    ("石门镇", 1),
    ("上坝村", 2),
    ("下坝村", 3),
    ("上坝", 4),
    ("幸福里", 5),
    ("幸福里社区", 6),
    ("新村", 7),
    ("新村", 8),
]
GAZETTEER = Gazetteer(NAMES)


def _told(text):
    return [(one.text, one.detail, one.keys, one.shape) for one in find_places(text, GAZETTEER)]


def test_the_longest_name_at_a_place_is_taken():
    assert _told("幸福里社区停水") == [("幸福里社区", "", (6,), "name")]
    assert _told("上坝村和上坝") == [("上坝村", "", (2,), "name"), ("上坝", "", (4,), "name")]


def test_a_name_of_two_places_keeps_both():
    assert _told("新村没有路灯") == [("新村", "", (7, 8), "name")]


def test_the_number_after_a_name_is_its_detail_in_full_width_too():
    assert _told("石门镇上坝村３组")[1] == ("上坝村", "３组", (2,), "name")
    assert _told("幸福里社区5栋2单元漏水")[0][:2] == ("幸福里社区", "5栋2单元")


@pytest.mark.parametrize(
    ("text", "shown", "shape"),
    [
        ("我住在人民路12号，路灯不亮", "人民路12号", "road"),
        ("家在金色家园小区12栋", "金色家园小区12栋", "estate"),
        ("南坪村第二组的水渠", "南坪村第二组", "group"),
    ],
)
def test_what_looks_like_an_address_is_shown_without_a_key(text, shown, shape):
    assert _told(text) == [(shown, "", (), shape)]


def test_words_that_only_sound_like_a_place_are_left_alone():
    assert _told("有没有人管管小区的噪音") == []


texts = st.text(alphabet="石门镇上下坝村幸福里社区新人民路12号栋，在", max_size=40)


@given(texts)
def test_every_mention_is_what_stands_there_and_none_overlap(text):
    found = find_places(text, GAZETTEER)
    assert all(text[one.start : one.end] == one.text for one in found)
    ends = [(one.start, one.end + len(one.detail)) for one in found]
    assert ends == sorted(ends)
    assert all(before[1] <= after[0] for before, after in pairwise(ends))


@given(texts)
def test_keys_are_those_of_the_name_and_of_no_other(text):
    keys = {}
    for name, key in NAMES:
        keys[name] = (*keys.get(name, ()), key)
    assert all(one.keys == keys.get(one.text, ()) for one in find_places(text, GAZETTEER))


@given(texts)
def test_a_text_that_holds_a_name_is_found_to_hold_one(text):
    named = [one for one in find_places(text, GAZETTEER) if one.keys]
    assert bool(named) == any(name in text for name, _ in NAMES)


def test_a_message_takes_less_than_a_millisecond_among_six_thousand_names():
    signs = "东西南北上下前后大小石河山水田林"
    names = [
        (f"{a}{b}{c}村", at)
        for at, (a, b, c) in enumerate((a, b, c) for a in signs for b in signs for c in signs)
    ]
    gazetteer = Gazetteer(names)
    text = "我是石门镇上坝村三组的村民，我们这里的路灯坏了半个月没有人来修，请尽快派人维修。" * 4
    began = time.perf_counter()
    for _ in range(50):
        find_places(text, gazetteer)
    assert (time.perf_counter() - began) / 50 < 0.002
