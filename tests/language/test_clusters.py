"""Gathering texts: every text in one place, whatever their order, the same each time, hot ones first."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.insight.saying import OTHERS, PLANT

from huiyin.language.api import Text, find_clusters, mark, read_features

START = datetime(2026, 3, 4, 10, tzinfo=UTC)
PIECES = [
    "青云花园",
    "沥青厂",
    "臭味",
    "柳溪路",
    "路灯",
    "不亮",
    "公交六路",
    "收车",
    "太早",
    "搬走",
    "夜里",
    "漏水",
]


def make_texts(pairs=(*PLANT, *OTHERS)):
    return [
        Text(str(at), title, words, START + timedelta(hours=at), person=f"p{at}")
        for at, (title, words) in enumerate(pairs)
    ]


@st.composite
def many_texts(draw):
    count = draw(st.integers(0, 25))
    return [
        Text(
            str(draw(st.integers(0, 30))),
            "".join(draw(st.lists(st.sampled_from(PIECES), max_size=4))),
            "，".join(draw(st.lists(st.sampled_from(PIECES), max_size=8))),
            START + timedelta(hours=draw(st.integers(0, 3000))),
            person=draw(st.sampled_from(["", "a", "b", "c"])),
            votes=draw(st.integers(0, 50)),
        )
        for _ in range(count)
    ]


@settings(deadline=None, max_examples=40)
@given(many_texts(), st.randoms(use_true_random=False))
def test_each_text_stands_in_one_cluster_whatever_the_order(texts, rng):
    found = find_clusters(texts)
    members = [member for cluster in found for member in cluster.members]
    assert sorted(members) == sorted({text.id for text in texts})
    shuffled = list(texts)
    rng.shuffle(shuffled)
    assert find_clusters(shuffled) == find_clusters(texts) == found
    assert [cluster.score for cluster in found] == sorted((cluster.score for cluster in found), reverse=True)


def test_what_eight_people_raise_is_one_issue_and_comes_first():
    first, *rest = find_clusters(make_texts())
    assert set(first.members) == {str(at) for at in range(len(PLANT))}
    assert first.people == len(PLANT)
    assert "青云花园" in first.places
    assert any("沥青" in word for word in first.keywords)
    assert all(len(cluster.members) <= 2 for cluster in rest)


def test_one_person_who_writes_often_is_no_crowd():
    often = [
        Text(f"o{at}", "请加快城东公园建设", f"第{at}次建议加快城东公园建设，早日开放。", START, person="one")
        for at in range(12)
    ]
    found = find_clusters([*make_texts(), *often])
    assert set(found[0].members) == {str(at) for at in range(len(PLANT))}
    assert next(cluster for cluster in found if "o1" in cluster.members).people == 1


def test_a_later_text_is_told_by_the_profile():
    cluster = find_clusters(make_texts(), 3, profiles=True)[0]
    about = read_features("青云花园又闻到沥青味", "沥青厂昨晚又开工，青云花园臭得睡不着。")
    other = read_features("青山路垃圾没人清运", "青山路口的垃圾桶满了三天没有人清运。")
    assert mark(cluster.profile.weights, about) >= cluster.profile.joins_from
    assert mark(cluster.profile.weights, other) < cluster.profile.joins_from


def test_more_texts_than_are_compared_at_once_are_gathered_alike(monkeypatch):
    monkeypatch.setattr("huiyin.language.gathering.AT_ONCE", 7)
    texts = make_texts()
    random.Random(4).shuffle(texts)  # noqa: S311  the same order every time
    found = find_clusters(texts)
    members = sorted(member for cluster in found for member in cluster.members)
    assert members == sorted(text.id for text in texts)
    assert len(set(found[0].members) & {str(at) for at in range(len(PLANT))}) >= 5
