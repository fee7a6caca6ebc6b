"""A repeat is known by person and words, and refused in writing by the rule alone."""

from __future__ import annotations

import pytest

from huiyin.appeals.api import NewAppeal, report
from huiyin.cases.api import SYSTEM, Case, list_repeats

WORDS = "锦绣小区三号楼从前天晚上开始停水，物业说是管道坏了，一直没有人来修，家里有老人和小孩"
PHONE = "13900001234"
TOLD = {"reply": "已于上周答复，没有新的事实，不再受理。", "remedy": "可以申请行政复议。"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def say(desk):
    def tell(words=WORDS, phone=PHONE, process="hotline", **more):
        desk.later(hours=1)
        new = NewAppeal(process, "portal", words, desk.now, name="张三" if phone else "", phone=phone, **more)
        return Case.objects.get(pk=report(new, SYSTEM).case_id)

    return tell


def answer(desk, case, reply="主管已修好，当晚恢复供水"):
    desk.move(case.number, "answer_at_once", "linxiao", reply=reply)


def test_the_same_person_with_near_words_is_a_repeat(desk, say):
    first = say()
    answer(desk, first)
    again = say(WORDS.replace("三号楼", "3号楼") + "，请尽快")
    (repeat,) = list_repeats(again.pk)
    assert (repeat.number, repeat.answered, repeat.answer) == (first.number, True, "主管已修好，当晚恢复供水")


def test_others_and_other_matters_are_none(desk, say):
    answer(desk, say())
    assert list_repeats(say(phone="13900005678").pk) == []
    assert list_repeats(say("公交六路晚上七点半就收车，学生坐不到车").pk) == []
    assert list_repeats(say(phone="").pk) == [], "nobody is known by no number"


def test_a_repeat_is_refused_in_writing_with_remedy_and_the_person_is_told(desk, say):
    first = say()
    answer(desk, first)
    again = say()
    desk.move(again.number, "refuse_repeat", "linxiao", **TOLD)
    case = desk.case(again.number)
    assert case.stage == "repeat-refused"
    assert case.closed_at is not None
    assert case.answered_at is not None, "refused is answered: never silently"
    assert desk.entries(again.number)[-1].body["inputs"]["remedy"] == TOLD["remedy"]
    assert desk.verify(again.number) == []


def test_what_was_never_answered_cannot_be_refused(desk, say):
    say()
    again = say()
    refusal = desk.refuse(again.number, "refuse_repeat", "linxiao", **TOLD)
    assert refusal.code == "not-answered-before"
    assert "重复诉求" in refusal.rule


@pytest.mark.parametrize("lacking", ["reply", "remedy"])
def test_reasons_and_remedy_are_owed(desk, say, lacking):
    answer(desk, say())
    again = say()
    told = {key: value for key, value in TOLD.items() if key != lacking}
    assert desk.refuse(again.number, "refuse_repeat", "linxiao", **told).field == lacking


def test_a_refusal_counts_as_the_answer_that_the_next_one_cites(desk, say):
    answer(desk, say())
    second = say()
    desk.move(second.number, "refuse_repeat", "linxiao", **TOLD)
    third = say()
    assert [repeat.answered for repeat in list_repeats(third.pk)] == [True, True]
