"""Hints about membership (农村集体经济组织法 8, 12, 17, 18): what the law binds, no vote undoes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.economy.membership.rules import check_sorting, hint
from huiyin.economy.membership.values import CLASSES, GROUNDS, Facts, Sorting
from huiyin.kernel.refusals import Refusal

LAW = "农村集体经济组织法 第"
STANDINGS = ["candidate", "confirmed", "special", "refused", "lost"]
facts = st.builds(
    Facts, st.sampled_from(sorted(GROUNDS)), st.sampled_from(STANDINGS), st.booleans(),
    st.sampled_from(["female", "male"]),
)  # fmt: skip


def refuse(known, klass, **more):
    with pytest.raises(Refusal) as refused:
        check_sorting(known, Sorting(known.ground, klass, **more))
    return refused.value


def find_refusal(known, sorting):
    try:
        check_sorting(known, sorting)
    except Refusal as refusal:
        return refusal
    return None


@given(facts)
def test_women_and_men_are_told_the_same(known):
    assert hint(replace(known, sex="female")) == hint(replace(known, sex="male"))


@given(
    facts,
    st.sampled_from(sorted(CLASSES)),
    st.sampled_from(["", "证明一份"]),
    st.sampled_from(["", "其他理由"]),
)
def test_nothing_passes_against_a_hint_that_binds_and_every_no_cites_an_article(known, klass, evidence, note):
    law = hint(known)
    assert law.rule.startswith(LAW)
    refusal = find_refusal(known, Sorting(known.ground, klass, evidence, note))
    if refusal is not None:
        assert refusal.rule.startswith(LAW)
    else:
        assert not law.must or klass == law.klass
        assert not (known.elsewhere and klass == "confirm")
        assert not (klass in {"lost", "refuse"} and known.standing == "confirmed" and not evidence)


def test_a_birth_must_be_confirmed():
    assert hint(Facts("birth")).klass == "confirm"
    assert refuse(Facts("birth"), "refuse", note="超生", evidence="x").rule == LAW + "12条第二款"
    assert refuse(Facts("birth"), "special").code == "against-the-law"


@pytest.mark.parametrize("ground", ["marriage", "adoption", "migration"])
def test_who_comes_by_marriage_adoption_or_resettlement_is_generally_confirmed(ground):
    assert (hint(Facts(ground)).klass, hint(Facts(ground)).must) == ("confirm", False)
    assert refuse(Facts(ground), "refuse").rule == LAW + "12条第二款"
    check_sorting(Facts(ground), Sorting(ground, "refuse", note="仍在原村承包土地"))


@pytest.mark.parametrize(
    "ground", ["study", "service", "away", "divorced", "widowed", "prison", "married-out"]
)
@pytest.mark.parametrize("klass", ["lost", "refuse", "special"])
def test_study_service_work_away_divorce_prison_and_marriage_lose_nothing(ground, klass):
    refusal = refuse(Facts(ground, "confirmed"), klass, evidence="村规民约", note="按村规民约")
    assert refusal.code == "against-the-law"
    assert "18条" in refusal.rule


@pytest.mark.parametrize(
    ("ground", "article"),
    [("death", "一"), ("nationality", "二"), ("elsewhere", "三"), ("official", "四")],
)
def test_death_nationality_membership_elsewhere_and_office_lose_it(ground, article):
    known = Facts(ground, "confirmed")
    assert hint(known).klass == "lost"
    assert refuse(known, "confirm").rule == f"{LAW}17条第一款第{article}项"
    assert refuse(known, "lost").code == "evidence-needed"
    check_sorting(known, Sorting(ground, "lost", evidence="证明 2026-3 号"))


def test_a_hired_civil_servant_stays_a_member():
    assert hint(Facts("hired", "confirmed")).klass == "confirm"
    assert refuse(Facts("hired", "confirmed"), "lost", evidence="任职文件").rule == LAW + "17条第一款第四项"


def test_nobody_is_a_member_twice():
    known = Facts("marriage", "candidate", elsewhere=True)
    assert refuse(known, "confirm").rule == LAW + "17条第一款第三项"
    check_sorting(known, Sorting("marriage", "refuse", evidence="名册"))


@pytest.mark.parametrize("why", ["外嫁女", "离婚后无户", "户无男性", "未婚大龄"])
def test_no_reason_that_strikes_women_off_is_taken(why):
    for ground in ("original", "marriage", "outsider", "other"):
        assert refuse(Facts(ground), "refuse", note=why).rule == LAW + "8条"


def test_a_member_loses_membership_only_on_the_grounds_of_the_law():
    assert refuse(Facts("original", "confirmed"), "lost", evidence="x", note="x").rule == LAW + "17条"
    assert refuse(Facts("outsider", "confirmed"), "refuse", note="x").rule == LAW + "17条"
