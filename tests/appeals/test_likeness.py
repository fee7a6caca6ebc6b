"""Finding what was said before: small changes do not hide a text, and other texts are not taken for it."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.appeals.api import NewAppeal, find_alike, list_earlier, report
from huiyin.cases.api import SYSTEM
from huiyin.language.api import compare, cut_pieces, join_text, make_marks

SIGNS = [chr(at) for at in range(0x4E00, 0x4E00 + 1200)]


def write(rng, length=300):
    return "".join(rng.choices(SIGNS, k=length))


def edit(rng, text, times):
    signs = list(text)
    for _ in range(times):
        signs[rng.randrange(len(signs))] = rng.choice(SIGNS)
    return "".join(signs)


def shared(one, other):
    return bool(set(make_marks(one)) & set(make_marks(other)))


@given(st.text())
def test_the_same_text_is_always_found(text):
    marks = make_marks(text)
    assert marks == make_marks(text)
    assert len(marks) in {0, 16}
    assert all(-(2**63) <= mark < 2**63 for mark in marks)


def test_five_edits_in_three_hundred_signs_are_found():
    rng = random.Random(5)  # noqa: S311  the same texts every time
    texts = [write(rng) for _ in range(200)]
    assert sum(shared(text, edit(rng, text, 5)) for text in texts) >= 190


def test_other_texts_are_rarely_candidates_and_never_alike():
    rng = random.Random(7)  # noqa: S311  the same texts every time
    pairs = [(write(rng), write(rng)) for _ in range(200)]
    assert sum(shared(*pair) for pair in pairs) <= 2
    assert all(compare(cut_pieces(one), cut_pieces(other)) < 50 for one, other in pairs)


def test_spacing_width_and_punctuation_do_not_count():
    assert make_marks("停水 两天了，３号楼！") == make_marks("停水两天了3号楼")
    assert make_marks("，。！") == []


def test_a_title_that_is_the_beginning_is_not_told_twice():
    assert join_text("停水两天…", "停水两天了没人管") == "停水两天了没人管"
    assert join_text("停水", "两天了") == "停水\n两天了"


def tell(desk, words, **more):
    return report(NewAppeal("hotline", "portal", words, more.pop("at", desk.now), **more), SYSTEM)


WORDS = "锦绣小区三号楼从前天晚上开始停水，物业说是管道坏了，一直没有人来修，家里有老人和小孩，生活很不方便"


def test_the_same_words_again_are_found_with_their_likeness(desk):
    older = tell(desk, WORDS)
    found = find_alike(WORDS, desk.now)
    assert [(one.number, one.per_mille, one.closed) for one in found] == [(older.number, 1000, False)]
    assert found[0].stage == "待受理"


def test_words_told_a_little_differently_are_found(desk):
    older = tell(desk, WORDS)
    assert [
        one.number for one in find_alike(WORDS.replace("三号楼", "3号楼").replace("一直", "到现在"), desk.now)
    ] == [older.number]


def test_something_else_is_not_found(desk):
    tell(desk, WORDS)
    assert find_alike("禾川大道路口的红绿灯坏了，早高峰很堵，请尽快派人维修", desk.now) == []
    assert find_alike("", desk.now) == find_alike("！！", desk.now) == []


def test_the_case_itself_and_what_is_old_are_left_out(desk):
    own = tell(desk, WORDS)
    tell(desk, WORDS, at=desk.now - timedelta(days=181))
    assert find_alike(WORDS, desk.now, besides=own.case_id) == []


def test_the_likest_come_first_and_no_more_than_asked(desk):
    for at in range(4):
        tell(desk, WORDS + "另外电也停了" * at)
    found = find_alike(WORDS, desk.now, most=3)
    assert len(found) == 3
    assert [one.per_mille for one in found] == sorted((one.per_mille for one in found), reverse=True)


def test_a_merged_one_names_its_group(desk):
    leader, member = tell(desk, "路灯不亮已经一个星期了"), tell(desk, WORDS)
    desk.move(member.number, "merge", "linxiao", into=leader.number)
    assert find_alike(WORDS, desk.now)[0].group_number == leader.number


def test_earlier_matters_of_a_caller(desk):
    one = tell(desk, "停水了", name="张三", phone="139 0000 1234")
    other = tell(desk, "停电了", name="张三", phone="13900001234", at=desk.now + timedelta(minutes=1))
    tell(desk, "路灯不亮", name="李四", phone="13900005678")
    assert [row.number for row in list_earlier("13900001234", desk.acting("linxiao"), desk.now)] == [
        other.number,
        one.number,
    ]


@pytest.mark.parametrize("phone", ["", "123", "abc", "\x00", "13900009999"])
def test_a_number_that_nobody_called_from_has_none(desk, phone):
    assert list_earlier(phone, desk.acting("linxiao"), desk.now) == []
