"""Villagers ask and object under what is posted, and are answered within five days, in public."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from huiyin.appeals.api import hear_now
from huiyin.cases.api import Case, get_newest, make_acting, move_case, watch_clocks
from huiyin.economy.organisations.api import LIMITS, name_chain
from huiyin.economy.postings.api import (
    QUESTION,
    Field,
    NewPosting,
    NewQuestion,
    Question,
    ask,
    ask_again,
    count_unanswered,
    demand_over,
    put_up,
    settle_quiet,
)
from huiyin.journal.api import Event, list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

NOW = timezone.now()
FIVE = timedelta(days=5)


@pytest.fixture
def posting(village):
    """Two lines of what was paid out, up for five days."""
    return put_up(
        NewPosting(
            village.pk,
            "books",
            "2026年10月收支",
            "month:2026-10",
            (Field("what", Words("摘要", "What")), Field("fen", Words("金额", "Amount"), "fen")),
            [("voucher:1", {"what": "修渠", "fen": 120_000}), ("voucher:2", {"what": "招待", "fen": 80_000})],
            timezone.localdate(NOW),
            5,
        ),
        None,
        NOW,
    )


@pytest.fixture
def move(officer):
    """`move("director", question, "answer", reply="…")`: a move of the question's case."""

    def make(role: str, question: Question, key: str, at=NOW, **inputs: str) -> None:
        move_case(question.case.number, key, inputs, make_acting(officer(role)), at)
        question.refresh_from_db()

    return make


def test_a_question_under_a_line_is_a_case_in_the_hands_of_the_village(posting, village):
    line = posting.lines.get(at=2)
    question = ask(NewQuestion(posting.pk, "招待了谁？电话13800001234", line_id=line.pk, name="王桂兰"), NOW)
    case = Case.objects.get(pk=question.case_id)
    assert (case.process, case.stage, case.lead_id) == (QUESTION, "answering", village.unit_id)
    assert case.due_at is not None
    given = timezone.localdate(case.due_at) - timezone.localdate(NOW)
    assert FIVE <= given <= FIVE + timedelta(days=9)  # a holiday at its end moves it on
    assert (question.masked_name, question.words) == ("王*", "招待了谁？电话138****1234")
    assert case.person_id is None


def test_the_days_of_the_clock_are_the_days_of_the_law(db):
    limits = get_newest(QUESTION).clocks["answer"].limits
    assert [str(limit) for limit in limits.values()] == [f"{LIMITS['answer-days'].default}d"]


def test_the_same_form_sent_twice_asks_once(posting):
    new = NewQuestion(posting.pk, "招待了谁？", phone="13800001234", key="one")
    assert ask(new, NOW).pk == ask(new, NOW).pk
    assert Question.objects.count() == 1


def test_an_answer_hangs_below_the_line_and_frees_the_posting(posting, village, move):
    question = ask(NewQuestion(posting.pk, "招待了谁？"), NOW)
    over = NOW + timedelta(days=7)
    with pytest.raises(Refusal) as refused:
        demand_over(village.pk, posting.subject, 1, over)
    assert refused.value.code == "questions-open"
    assert "第30条" in refused.value.rule
    move("bookkeeper", question, "answer", reply="水利站来验收的三人。")
    assert (question.answer, question.answered_at) == ("水利站来验收的三人。", NOW)
    assert demand_over(village.pk, posting.subject, 1, over) == posting
    assert "answer-question" in [one.verb for one in list_entries(name_chain(village))]


def test_an_objection_is_answered_only_with_the_overseer_behind_it(posting, move):
    question = ask(NewQuestion(posting.pk, "这笔钱没有开会", "objection"), NOW)
    with pytest.raises(Refusal):
        move("director", question, "answer", reply="开过。")
    move("director", question, "draft_answer", reply="开过会，记录在村部。")
    assert question.answered_at is None
    with pytest.raises(Refusal):
        move("director", question, "confirm")
    move("overseer", question, "confirm")
    assert question.answer == "开过会，记录在村部。"


def test_whoever_asked_may_ask_again_twice_and_is_answered_again(posting, move):
    question = ask(NewQuestion(posting.pk, "招待了谁？"), NOW)
    move("director", question, "answer", reply="客人。")
    again = ask_again(question.pk, "哪里的客人？", NOW)
    assert count_unanswered(posting) == 1
    move("director", question, "answer", reply="水利站的。")
    again.refresh_from_db()
    assert (question.answer, again.answer) == ("客人。", "水利站的。")
    ask_again(question.pk, "几个人？", NOW)
    move("director", question, "answer", reply="三个。")
    with pytest.raises(Refusal) as refused:
        ask_again(question.pk, "吃了什么？", NOW)
    assert refused.value.code == "asked-enough"
    assert "乡镇" in refused.value.words.zh
    assert settle_quiet(NOW + timedelta(days=4)) == 0
    assert settle_quiet(NOW + timedelta(days=6)) == 1
    assert Case.objects.get(pk=question.case_id).stage == "closed"


def test_an_objection_after_the_last_day_is_refused_with_the_article(posting):
    later = NOW + timedelta(days=6)
    with pytest.raises(Refusal) as refused:
        ask(NewQuestion(posting.pk, "不对", "objection"), later)
    assert refused.value.code == "posting-over"
    assert "第30条" in refused.value.rule
    assert ask(NewQuestion(posting.pk, "不对吗"), later).kind == "question"


def test_the_township_and_the_supervisor_hear_of_an_answer_that_is_late(posting, village):
    question = ask(NewQuestion(posting.pk, "招待了谁？"), NOW)
    late = NOW + timedelta(days=7)
    watch_clocks(late)
    told = [one for one in list_entries(f"case:{question.case.number}") if one.verb == "clock-expired"]
    assert {one.body["clock"] for one in told} == {"answer", "oversee"}
    for one in told:
        owner = {"answer": ("lead", village.unit_id), "oversee": ("assisting", village.township_id)}
        kind, unit = owner[one.body["clock"]]
        body = {**one.body, "case_id": question.case_id, "number": question.case.number}
        hear_now(Event("clock-expired", one.subject, {**body, "owner": kind, "unit_id": unit}, late))
    from huiyin.appeals.api import list_notices

    assert {one.kind for one in list_notices([village.township_id])} == {"clock-expired"}


def test_hidden_words_stay_hidden_for_a_reason_that_stands_and_are_no_answer(posting, move):
    question = ask(NewQuestion(posting.pk, "某某是骗子"), NOW)
    with pytest.raises(Refusal):
        move("director", question, "hide", reason="不想看")
    move("rural", question, "hide", reason="辱骂他人")
    assert question.hidden_for == "辱骂他人"
    assert count_unanswered(posting) == 1
    move("rural", question, "show", reason="当事人要求恢复")
    assert question.hidden_for == ""


def test_whoever_left_a_number_is_told_and_stays_sealed(posting):
    question = ask(NewQuestion(posting.pk, "招待了谁？", name="王桂兰", phone="13800001234"), NOW)
    case = Case.objects.get(pk=question.case_id)
    assert case.identity == "confidential"
    assert case.person_id is not None
    with pytest.raises(Refusal) as refused:
        ask(NewQuestion(posting.pk, "招待了谁？", phone="12"), NOW)
    assert refused.value.code == "bad-phone"
