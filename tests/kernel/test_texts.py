"""Text as the product compares and searches it, and what it never keeps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.canonical import canonical
from huiyin.kernel.masks import mask_id_number, mask_name, mask_phone
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.secrets import hash_secret, make_secret
from huiyin.kernel.texts import bigrams, clean, digest, fold, index_signs, shorten
from huiyin.kernel.words import Words

ANYTHING = st.text(st.characters(codec=None))


@given(ANYTHING)
def test_a_clean_text_can_be_written_anywhere(text):
    cleaned = clean(text)
    assert "\x00" not in cleaned
    assert cleaned.encode().decode() == cleaned == clean(cleaned)


def test_line_breaks_and_tabs_stay():
    assert clean(" a\r\n\tb\x07 ") == "a\n\tb"


def test_full_width_is_half_width():
    assert fold("ＡＢＣ１２３　x") == "abc123 x"
    assert digest("停水 ３号") == digest("停水3号")
    assert digest("停水") != digest("停电")


def test_pairs_do_not_run_over_punctuation():
    assert bigrams("停水了，三号 a") == ["停水", "水了", "三号", "a"]
    assert bigrams("，。!") == []


@given(st.text("停水电ab1 ，-", max_size=12))
def test_each_letter_begins_a_sign_of_the_index(text):
    signs = index_signs(text)
    assert all(any(sign.startswith(letter) for sign in signs) for letter in fold(text) if letter.isalnum())
    assert set(bigrams(text)) <= set(signs)


def test_a_text_is_cut_with_an_ellipsis():
    assert shorten(" 一 二\n三 ", 9) == "一 二 三"
    assert (shorten("一二三四", 3), len(shorten("一二三四", 3))) == ("一二…", 3)


@pytest.mark.parametrize(
    ("mask", "given", "shown"),
    [
        (mask_phone, "13900001234", "139****1234"),
        (mask_phone, "12345", "***45"),
        (mask_phone, "1", "1"),
        (mask_phone, "", ""),
        (mask_id_number, "11010119900307123X", "110***********123X"),
        (mask_id_number, "1234567", "*******"),
        (mask_name, "张三丰", "张*"),
        (mask_name, "", ""),
    ],
)
def test_what_others_see_of_a_person(mask, given, shown):
    assert mask(given) == shown


def test_words_fall_back_to_chinese_and_fill_by_language():
    words = Words("交{unit}办", "Passed to {unit}").fill(unit=Words("住建局", "Housing"))
    assert (words.tell("zh-hans"), words.tell("en-gb")) == ("交住建局办", "Passed to Housing")
    assert Words("只有中文").tell("en") == "只有中文"
    assert Words.of({"zh": "一", "en": "one"}) == Words("一", "one")
    assert Words.of("一") == Words("一")


def test_what_is_filled_in_is_never_read_as_a_pattern():
    assert Words("“{title}”", "“{title}”").fill(title="{0} {x.__class__}").zh == "“{0} {x.__class__}”"


def test_a_refusal_is_an_exception_like_any_other():
    refusal = Refusal("no", Words("不行", "No"))
    assert str(refusal) == "no: 不行"
    assert {refusal: 1}[refusal] == 1
    with pytest.raises(Refusal):
        raise refusal from ValueError()


def test_secrets_are_long_and_kept_hashed():
    one, other = make_secret(), make_secret()
    assert one != other
    assert len(one) >= 22
    assert len(hash_secret(one)) == 32


def test_one_value_has_one_form():
    assert canonical({"b": 1, "a": [True, None, "停"]}) == '{"a":[true,null,"停"],"b":1}'.encode()
    for value in (1.5, [1.5], {"a": {"b": 1.5}}, {1, 2}):
        with pytest.raises(TypeError):
            canonical(value)
