"""Chains grow link by link, by few statements."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.db import models
from tests.journal.conftest import START, make_entry, make_event

from huiyin.journal.api import append, find_by_key, list_entries, list_entries_of, verify
from huiyin.journal.models import Entry, Head, Outbox
from huiyin.kernel.refusals import Refusal

pytestmark = pytest.mark.django_db


class Grade(models.TextChoices):
    URGENT = "urgent", "紧急"


def test_the_first_entry_starts_a_chain():
    assert append([make_entry(fresh=True)]) == [1]
    (entry,) = list_entries("case:HC1")
    assert entry.prev == b""
    assert len(entry.hash) == 32
    assert bytes(Head.objects.get(subject="case:HC1").hash) == entry.hash


def test_entries_of_one_subject_in_one_call_are_linked_to_each_other():
    assert append([make_entry(number=1), make_entry("case:HC2"), make_entry(number=2)]) == [1, 1, 2]
    first, second = list_entries("case:HC1")
    assert second.prev == first.hash
    assert append([make_entry(number=3)]) == [3]


def test_a_fresh_entry_takes_one_statement_with_its_events(django_assert_num_queries):
    with django_assert_num_queries(1):
        append([make_entry(fresh=True), make_entry("case:HC2", fresh=True)], [make_event()])
    assert Outbox.objects.get().event == "case-closed"


def test_a_later_entry_takes_two_statements(django_assert_num_queries):
    append([make_entry(fresh=True)])
    with django_assert_num_queries(2):
        append([make_entry(number=2)], [make_event()])


def test_a_thousand_entries_take_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        append([make_entry(f"case:HC{number}", fresh=True) for number in range(1000)])
    assert verify().entries == 1000


def test_events_can_be_written_without_entries():
    assert append([], [make_event()]) == []
    assert Outbox.objects.count() == 1


def test_what_was_written_is_read_back():
    given = make_entry(key="k-1")
    append([given])
    (entry,) = list_entries("case:HC1")
    assert (entry.actor_id, entry.actor, entry.verb, entry.at, entry.key) == (
        7,
        given.actor,
        "dispatch",
        given.at,
        "k-1",
    )
    assert entry.body == given.body


def test_the_entries_of_several_subjects_come_by_time():
    append([make_entry("case:HC1", 2), make_entry("appeal:9", 1), make_entry("case:HC3", 3)])
    assert [entry.subject for entry in list_entries_of(["case:HC1", "appeal:9"])] == ["appeal:9", "case:HC1"]


def test_a_step_is_found_by_the_key_of_the_client():
    append([make_entry(key="k-1"), make_entry("case:HC2", key="k-1")])
    assert find_by_key("case:HC1", "k-1").seq == 1
    assert find_by_key("case:HC1", "k-2") is None


def test_a_key_is_used_once_within_a_subject():
    append([make_entry(key="k-1")])
    with pytest.raises(Refusal) as refused:
        append([make_entry(number=2, key="k-1")])
    assert refused.value.code == "entry-key-used"


def test_times_dates_and_choices_in_a_body_are_kept_as_text():
    shanghai = timezone(timedelta(hours=8))
    body = {
        "at": datetime(2026, 11, 20, 9, 30, tzinfo=shanghai),
        "on": date(2026, 11, 20),
        "grade": Grade.URGENT,
    }
    append([make_entry(body=body)])
    assert list_entries("case:HC1")[0].body == {
        "at": "2026-11-20T01:30:00.000000+00:00",
        "on": "2026-11-20",
        "grade": "urgent",
    }
    assert verify().whole


def test_one_moment_written_in_two_zones_is_one_moment():
    append([make_entry(at=START.astimezone(timezone(timedelta(hours=8))))])
    assert list_entries("case:HC1")[0].at == START
    assert verify().whole


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"rate": 0.5}, "body.rate"),
        ({"text": ["a", "b\0c"]}, r"body.text\[1\]"),
        ({"a\0": 1}, "body"),
        ({"half": "\ud83d"}, "body.half"),
        ({1: "one"}, "body"),
        ({"at": datetime(2026, 11, 20)}, "body.at"),  # noqa: DTZ001  a time without a zone is what is refused
        ({"big": 2**63}, "body.big"),
        ({"set": {1}}, "body.set"),
        (["list"], "body"),
    ],
)
def test_what_the_table_would_not_give_back_is_refused_by_its_place(body, place):
    with pytest.raises((TypeError, ValueError), match=place):
        append([make_entry(body=body)])
    assert not Entry.objects.exists()


@pytest.mark.parametrize("field", ["subject", "actor", "verb", "key"])
def test_a_nul_character_is_refused_everywhere(field):
    with pytest.raises(ValueError, match=f"{field} holds a NUL"):
        append([make_entry(**{field: "a\0b"})])


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="at is a time without a zone"):
        append([make_entry(at=START.replace(tzinfo=None))])


def test_a_setting_that_names_no_hash_is_refused(settings):
    settings.JOURNAL_HASH = "md5"
    with pytest.raises(ValueError, match="sha256 or sm3"):
        append([make_entry()])


def test_both_hashes_live_in_one_chain(settings):
    append([make_entry(number=1)])
    settings.JOURNAL_HASH = "sm3"
    append([make_entry(number=2)])
    settings.JOURNAL_HASH = "sha256"
    append([make_entry(number=3)])
    assert [entry.algo for entry in list_entries("case:HC1")] == [1, 2, 1]
    assert verify().whole


def test_a_time_is_in_the_hash_to_the_microsecond():
    append([make_entry(at=datetime(2026, 11, 20, 1, 2, 3, 456789, tzinfo=UTC))])
    assert verify().whole
