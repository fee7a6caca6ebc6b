"""Rights by name: given by somebody else, for a reason, for a time; on record; over when they are over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.journal.api import list_accesses, list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.people.models import Person
from huiyin.people.persons import anonymise_persons, find_persons_by_phone, reveal_person
from huiyin.people.rights import CONFIDENTIAL, end_right, give_right, holds_right, list_rights
from huiyin.people.values import AccountInHand, Identity, NewPerson, PostInHand
from people.keeping import register_persons

REASON = "中心主任批准复核"


@pytest.fixture
def reviewer(make_account, centre):
    return make_account("guoheng", ("centre", centre))


@pytest.fixture
def officer(make_account, centre):
    return in_hand(make_account("anran", ("security", centre)), "security")


def in_hand(account, role):
    return AccountInHand(account.pk, account.login, account.name, (PostInHand(1, "中心", "centre", role),))


def give(account, by, now, *, days=30, since=0, reason=REASON, right=CONFIDENTIAL):
    today = now.date()
    first, last = today + timedelta(days=since), today + timedelta(days=days)
    return give_right(account.pk, right, reason, first, last, by=by, now=now)


def test_a_right_holds_from_its_first_day_to_its_last_and_no_longer(reviewer, officer, now):
    give(reviewer, officer, now, since=1, days=3)
    held = [
        holds_right(in_hand(reviewer, "centre"), CONFIDENTIAL, now.date() + timedelta(days=day))
        for day in range(5)
    ]
    assert held == [False, True, True, True, False]


def test_giving_and_ending_stand_in_the_record_with_who_and_why(reviewer, officer, now):
    given = give(reviewer, officer, now)
    end_right(given.pk, "换人复核了", by=officer, now=now)
    first, second = list_entries(f"account:{reviewer.pk}")
    assert (first.verb, first.actor_id, first.body["reason"]) == ("right-given", officer.id, REASON)
    assert (second.verb, second.body["reason"]) == ("right-ended", "换人复核了")
    assert not holds_right(in_hand(reviewer, "centre"), CONFIDENTIAL, now.date())
    assert [right.pk for right in list_rights()] == [given.pk]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"reason": "要"}, "reason-needed"),
        ({"days": -1, "since": -1}, "bad-days"),
        ({"days": 500}, "bad-days"),
        ({"since": 5, "days": 2}, "bad-days"),
        ({"right": "everything"}, "right-not-found"),
    ],
)
def test_a_right_without_reason_end_or_name_is_refused(reviewer, officer, now, more, code):
    with pytest.raises(Refusal) as refused:
        give(reviewer, officer, now, **more)
    assert refused.value.code == code
    assert list_rights() == []


def test_nobody_gives_a_right_to_themselves(reviewer, now):
    with pytest.raises(Refusal, match="right-to-oneself"):
        give(reviewer, in_hand(reviewer, "centre"), now)


def test_who_runs_the_system_gets_no_right_over_cases(make_account, centre, officer, now):
    for login, role in (("guanxu", "admin"), ("shenji", "auditor"), ("other", "security")):
        with pytest.raises(Refusal, match="right-useless"):
            give(make_account(login, (role, centre)), officer, now)


def test_a_right_that_is_held_is_not_given_twice(reviewer, officer, now):
    give(reviewer, officer, now)
    with pytest.raises(Refusal, match="right-held"):
        give(reviewer, officer, now, since=10)


def test_a_closed_account_gets_no_right(reviewer, officer, now):
    reviewer.active = False
    reviewer.save()
    with pytest.raises(Refusal, match="account-not-found"):
        give(reviewer, officer, now)


def test_a_right_that_is_over_cannot_be_ended_again(reviewer, officer, now):
    given = give(reviewer, officer, now, days=1)
    with pytest.raises(Refusal, match="right-not-found"):
        end_right(given.pk, "再次收回它", by=officer, now=now + timedelta(days=9))


@pytest.fixture
def person(db, now):
    return register_persons([NewPerson(Identity("王秀兰", "13900002716", "", "禾川大道1号"))], now)[0]


def test_an_identity_that_asks_for_a_right_stays_shut_without_it(person, reviewer, officer, now):
    account = in_hand(reviewer, "centre")
    with pytest.raises(Refusal, match="reveal-not-allowed"):
        reveal_person(person, account, "回访核实情况", now, right=CONFIDENTIAL)
    assert list_accesses(subject=f"person:{person}") == []
    give(reviewer, officer, now)
    assert reveal_person(person, account, "回访核实情况", now, right=CONFIDENTIAL).name == "王秀兰"
    (access,) = list_accesses(subject=f"person:{person}")
    assert access.what == "identity-confidential"


def test_an_anonymised_person_is_nobody_any_more(person, reviewer, now):
    before = bytes(Person.objects.get(pk=person).sealed)
    assert anonymise_persons([person], now) == [person]
    assert anonymise_persons([person], now) == []
    row = Person.objects.get(pk=person)
    assert (row.masked_name, row.masked_phone, row.phone_digest) == ("", "", None)
    assert bytes(row.sealed) != before
    assert find_persons_by_phone("13900002716") == []
    with pytest.raises(Refusal, match="person-not-found"):
        reveal_person(person, in_hand(reviewer, "centre"), "回访核实情况", now)
