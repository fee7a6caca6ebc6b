"""Opening cases: once for each source key, with a number, clocks and a journal."""

from __future__ import annotations

import re

import pytest
from tests.cases.county import serial

from huiyin.cases.api import PERSON, SYSTEM, Acting, Case, open_cases
from huiyin.journal.api import verify
from huiyin.kernel.refusals import Refusal


def refuse(desk, new, acting=SYSTEM):
    with pytest.raises(Refusal) as caught:
        open_cases([new], acting)
    assert not Case.objects.exists()
    return caught.value.code


def test_a_case_has_a_number_of_its_process_its_day_and_its_id(desk):
    number = desk.open()
    assert re.fullmatch(r"HC260304\d{5,}", number)
    assert number.endswith(f"{desk.case(number).pk:05d}")


def test_the_day_in_the_number_is_the_countys_own(desk):
    desk.at(2026, 3, 4, 23, 59)
    assert desk.open().startswith("HC260304")
    assert desk.later(minutes=2).open().startswith("HC260305")


def test_a_new_case_stands_at_the_start_with_the_first_grade_and_a_running_clock(desk):
    number = desk.open()
    case = desk.case(number)
    assert (case.stage, case.stage_kind, case.grade, case.version, case.round) == (
        "received",
        "open",
        "ordinary",
        1,
        1,
    )
    clock = desk.clock(number, "accept")
    assert (case.due_at, case.due_from) == (clock.due_at, clock.started_at)
    assert desk.at(2026, 3, 5, 17, 30).now == case.due_at


def test_the_journal_begins_with_the_opening_and_a_digest_of_the_words(desk):
    number = desk.open(body={"identity": "named"})
    entry = desk.entries(number)[0]
    assert (entry.seq, entry.verb, entry.actor) == (1, "open", "林晓")
    assert entry.body["identity"] == "named"
    assert len(entry.body["words_digest"]) == 64
    assert "没有人管" not in str(entry.body)
    assert desk.verify(number) == []


def test_a_known_source_key_gives_the_older_case(desk):
    new = desk.new(source_key=serial())
    first, again = open_cases([new], SYSTEM)[0], open_cases([new], SYSTEM)[0]
    assert (first.fresh, again.fresh) == (True, False)
    assert (first.case_id, first.number) == (again.case_id, again.number)
    assert Case.objects.count() == 1


def test_a_source_key_twice_in_one_batch_opens_one_case(desk):
    key, other = serial(), serial()
    opened = open_cases(
        [desk.new(source_key=key), desk.new(source_key=other), desk.new(source_key=key)], SYSTEM
    )
    assert [one.fresh for one in opened] == [True, True, False]
    assert opened[0].number == opened[2].number != opened[1].number


def test_without_a_source_key_every_matter_is_its_own(desk):
    assert len({one.number for one in open_cases([desk.new(), desk.new()], SYSTEM)}) == 2


def test_a_thousand_cases_at_once_answer_in_their_order(desk):
    opened = open_cases([desk.new(title=f"第{at}件", source_key=serial()) for at in range(1000)], SYSTEM)
    titles = dict(Case.objects.values_list("number", "title"))
    assert [titles[one.number] for one in opened] == [f"第{at}件" for at in range(1000)]
    assert verify().findings == []


def test_a_thousand_cases_take_as_many_statements_as_one(desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        open_cases([desk.new() for _ in range(1000)], SYSTEM)


def test_nothing_to_open_is_nothing_done(desk):
    assert open_cases([], SYSTEM) == []


def test_a_role_that_may_not_open_is_refused(desk):
    assert refuse(desk, desk.new(), desk.acting("tanxue")) == "not-your-duty"


def test_an_account_without_a_post_may_not_open(desk):
    assert refuse(desk, desk.new(), Acting("staff", "某人", 1)) == "not-your-duty"


def test_the_person_may_open_where_the_process_says_so(desk):
    assert open_cases([desk.new()], PERSON)[0].fresh


def test_an_unknown_grade_is_refused(desk):
    assert refuse(desk, desk.new(grade="fancy")) == "no-such-grade"


def test_an_empty_title_is_refused(desk):
    assert refuse(desk, desk.new(title="  ")) == "title-missing"


def test_an_unknown_process_is_refused(desk):
    assert refuse(desk, desk.new(process="nowhere")) == "process-not-found"


def test_one_bad_case_of_a_batch_opens_none(desk):
    with pytest.raises(Refusal):
        open_cases([desk.new(), desk.new(title="")], SYSTEM)
    assert not Case.objects.exists()
