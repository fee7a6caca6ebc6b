"""Whoever changes a case around the system is found."""

from __future__ import annotations

import pytest
from django.db import connection

from huiyin.journal.api import verify_all


def spoil(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def found(number):
    return [finding for finding in verify_all().findings if finding.subject == f"case:{number}"]


def test_untouched_cases_are_whole(desk):
    number = desk.answered()
    desk.move(number, "callback", "maqing", reached=False)
    assert verify_all().findings == []


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE cases_case SET stage = 'closed' WHERE number = %s", "环节"),
        ("UPDATE cases_case SET title = '没有事' WHERE number = %s", "标题"),
        (
            "UPDATE cases_casetext SET words = '' {mine}",
            "内容",
        ),
        ("DELETE FROM cases_casetext {mine}", "内容"),
        ("DELETE FROM journal_entry WHERE subject = 'case:' || %s", ""),
    ],
)
def test_what_was_changed_by_sql_is_named(desk, sql, says):
    number, other = desk.handled(), desk.handled()
    spoil(sql.format(mine="WHERE case_id IN (SELECT id FROM cases_case WHERE number = %s)"), number)
    assert any(says in finding.words.zh for finding in found(number))
    assert all(finding.words.en for finding in found(number))
    assert found(other) == []


def test_a_chain_put_back_by_one_step_is_found_by_its_stage(desk):
    number = desk.handled()
    spoil("DELETE FROM journal_entry WHERE subject = %s AND verb = 'sign'", f"case:{number}")
    assert {finding.kind for finding in found(number)} == {"removed", "altered"}
