"""Words of danger raise a matter; a fear, a wish and a plan do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.triage.urgency import load_lists, read_danger, read_way


@pytest.mark.parametrize(
    "text",
    [
        "锦绣小区三号楼着火了，快来人",
        "厨房里燃气泄漏，味道很大",
        "后山塌方，把路堵死了",
        "有小孩在河边溺水",
        "老人被困在电梯里半个小时",
        "路灯杆漏电，有人触电",
        "邻居说要轻生，站在楼顶",
    ],
)
def test_a_text_about_danger_is_urgent(text):
    assert read_danger(text).urgent


@pytest.mark.parametrize(
    "text",
    [
        "希望加强防火宣传",
        "建议小区多做消防演练，预防火灾",
        "楼道堆满杂物，担心着火",
        "万一着火了消防车进不来",
        "电梯没有困住过人，但是老是晃",
        "建议在水库边立防溺水的牌子",
        "请问水费怎么交",
    ],
)
def test_a_fear_or_a_wish_is_not_urgent(text):
    assert not read_danger(text).urgent


def test_the_county_adds_words_and_takes_out_others():
    assert read_danger("桥墩开裂了", added=["桥墩开裂"]).words == ("桥墩开裂",)
    assert not read_danger("锅炉冒烟", removed=["冒烟"]).urgent


@given(st.text(max_size=80), st.sampled_from(load_lists().words), st.text(max_size=80))
def test_a_word_of_danger_in_a_sentence_of_its_own_is_never_missed(before, word, after):
    assert read_danger(f"{before}。{word}。{after}").urgent


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    read_danger(text)
    read_way(text)


def test_a_lawful_way_is_recognised_by_its_words():
    assert read_way("法院判决了不执行，我已经起诉过") == "litigation"
    assert read_way("想申请劳动仲裁，老板欠薪") == "arbitration"
    assert read_way("路灯坏了") == ""
