"""Replies that came by another door are checked once, with whose they are; an approval is not."""

from __future__ import annotations

import pytest

from huiyin.cases.api import Case
from huiyin.journal.api import drain_outbox
from huiyin.replies import checking
from huiyin.replies.models import Check

ANSWER = "表前管已经换好，供水恢复，早晚水压都测过了，大家可以放心使用，欠的水费按规定减免。"


@pytest.fixture
def heard(desk):
    """Hears what waits in the outbox: the events, and which of them asked for a check."""

    def hear():
        asked = []

        def one(event):
            if event.name == "case-moved" and checking.is_reply_unchecked(event.body):
                asked.append(event.body["move"])
            checking.hear_now(event)

        drain_outbox(one)
        return asked

    return hear


def answered(desk, words="三号楼停水"):
    case = desk.dispatched(words=words)
    desk.move(case, "sign", "tanxue")
    desk.move(case, "answer", "tanxue", reply=ANSWER)
    return case


def test_an_answer_is_checked_when_it_is_written_and_its_approval_is_not(desk, heard):
    case = answered(desk)
    desk.move(case, "close", "zhaomingde")
    assert heard() == ["answer"]
    check = Check.objects.get(case__number=case)
    assert check.move == "answer"
    assert check.unit_id == Case.objects.get(number=case).lead_id
    assert check.account.startswith("谭雪")


def test_the_same_words_for_another_matter_are_told_as_copied(desk, heard):
    answered(desk)
    heard()
    second = answered(desk, "五号楼停水")
    heard()
    assert "copied" in {one["code"] for one in Check.objects.get(case__number=second).findings}


def test_whose_reply_it_is_when_no_unit_leads_comes_from_the_post_held_first(desk, heard):
    case = desk.open()
    desk.move(case, "answer_at_once", "linxiao", reply=ANSWER)
    heard()
    assert Check.objects.get(case__number=case).unit_id == desk.units["service-centre"]
    assert checking.find_main_unit(None) is None
