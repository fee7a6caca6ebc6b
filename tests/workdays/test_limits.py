"""Limits are read, told and refused in plain words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.workdays.api import Limit, Uncountable

LIMITS = st.builds(Limit, st.integers(1, 10_000), st.sampled_from(["h", "d", "wd", "mo"]))


@given(LIMITS)
def test_a_limit_reads_back_as_it_is_written(limit):
    assert Limit.parse(str(limit)) == limit


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("15wd", "15个工作日", "15 working days"),
        ("1wd", "1个工作日", "1 working day"),
        ("2h", "2小时", "2 hours"),
        ("2mo", "2个月", "2 months"),
        (" 7d ", "7天", "7 days"),
    ],
)
def test_a_limit_is_told_in_both_languages(text, zh, en):
    words = Limit.parse(text).tell()
    assert (words.zh, words.en) == (zh, en)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "15",
        "wd",
        "0wd",
        "-1d",
        "1.5h",
        "10001d",
        "999999d",
        "9999999d",
        "5 wd",
        "5WD",
        "５d",
        "5d\n5d",
        "5w",
    ],
)
def test_any_other_text_is_refused(text):
    with pytest.raises(ValueError, match="期限"):
        Limit.parse(text)


def test_a_refusal_carries_words_in_both_languages():
    with pytest.raises(Uncountable) as caught:
        Limit.parse("soon")
    assert "看不懂的期限" in caught.value.words.zh
    assert "Not a limit" in caught.value.words.en


@pytest.mark.parametrize(("amount", "unit"), [(0, "d"), (10_001, "d"), (True, "d"), (1.0, "d"), (1, "y")])
def test_a_limit_cannot_be_built_wrongly_either(amount, unit):
    with pytest.raises(Uncountable):
        Limit(amount, unit)
