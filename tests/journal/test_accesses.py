"""Every look at sealed data leaves a note."""

from __future__ import annotations

import pytest
from tests.journal.conftest import START

from huiyin.journal.api import list_accesses, log_access

pytestmark = pytest.mark.django_db


def look(subject="person:12", account_id=7, **given):
    return log_access(
        at=START,
        account_id=account_id,
        account="回访员 · 县中心",
        what="phone",
        subject=subject,
        reason="回访",
        **given,
    )


def test_an_access_is_noted_with_who_what_and_why():
    look(request_id="r-1")
    (access,) = list_accesses()
    assert (access.account, access.what, access.subject, access.reason, access.request_id, access.at) == (
        "回访员 · 县中心",
        "phone",
        "person:12",
        "回访",
        "r-1",
        START,
    )


def test_accesses_are_listed_by_subject_and_account_newest_first():
    first, second, third = look(), look(account_id=8), look("person:13")
    assert [access.id for access in list_accesses()] == [third, second, first]
    assert [access.id for access in list_accesses(subject="person:12")] == [second, first]
    assert [access.id for access in list_accesses(account_id=8)] == [second]


def test_accesses_are_paged_by_the_last_one_seen():
    first, second, third = look(), look(), look()
    assert [access.id for access in list_accesses(limit=2)] == [third, second]
    assert [access.id for access in list_accesses(before_id=second)] == [first]
