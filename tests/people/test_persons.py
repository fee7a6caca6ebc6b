"""Persons: sealed at rest, masked on screen, found by phone, opened for a reason."""

from __future__ import annotations

import pytest
from django.db import connection

from huiyin.journal.api import list_accesses
from huiyin.kernel.refusals import Refusal
from huiyin.people.api import (
    AccountInHand,
    Identity,
    NewPerson,
    Person,
    PostInHand,
    find_persons_by_phone,
    map_persons,
    open_for_contact,
    register_company,
    reveal_person,
)
from people.keeping import register_persons

ZHANG = NewPerson(Identity("张小禾", "+86 139 0000 1234", "99900119900101123x", "大岭乡橘园村 8 号"))
CALLER = AccountInHand(5, "maqing", "马青", (PostInHand(1, "中心", "centre", "callback"),))


@pytest.fixture
def zhang(db, now):
    return register_persons([ZHANG], now)[0]


def test_many_persons_are_registered_in_one_statement_and_come_back_in_order(
    db, now, django_assert_num_queries
):
    new = [NewPerson(Identity(f"人{at}", f"139000012{at:02}")) for at in range(20)]
    with django_assert_num_queries(
        2
    ):  # the ids, which whoever registers draws with something else, and the rows
        ids = register_persons(new, now)
    cards = map_persons(ids)
    assert [cards[person].masked_phone[-2:] for person in ids] == [f"{at:02}" for at in range(20)]


def test_nobody_is_registered_when_there_is_nobody(db, now):
    assert register_persons([], now) == []


def test_what_lies_in_the_table_shows_neither_name_nor_phone(zhang):
    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text || encode(sealed, 'escape') FROM people_person p")
        (row,) = cursor.fetchone()
    for secret in ("张小禾", "13900001234", "900101123", "橘园"):
        assert secret not in row
        assert secret.encode().hex() not in row


def test_masks_are_kept_beside_the_seal(zhang):
    card = map_persons([zhang])[zhang]
    assert (card.masked_name, card.masked_phone) == ("张*", "139****1234")


def test_no_repr_leaks_who_it_is(zhang):
    person = Person.objects.get(pk=zhang)
    for told in (repr(person), str(person), repr(ZHANG), repr(open_for_contact(zhang))):
        assert "张" not in told
        assert "1234" not in told


def test_a_person_is_found_by_the_phone_however_it_is_written(zhang, now):
    again = register_persons([ZHANG], now)[0]
    for written in ("13900001234", "139-0000-1234", "+8613900001234"):
        assert [card.id for card in find_persons_by_phone(written)] == [again, zhang]
    assert find_persons_by_phone("13900001235") == []


def test_a_person_without_a_phone_is_found_by_no_phone(db, now):
    nobody = register_persons([NewPerson(Identity("匿名"))], now)[0]
    assert Person.objects.get(pk=nobody).phone_digest is None


def test_a_phone_that_cannot_be_called_is_refused(db, now):
    with pytest.raises(Refusal, match="bad-phone"):
        register_persons([NewPerson(Identity("张三", "12"))], now)


def test_a_contact_belongs_to_a_company(db, now):
    company = register_company("禾川县橘香果业有限公司", "99999900MA0HC0001X")
    new = NewPerson(Identity("橘经理", "13900005678"), "company-contact", company.pk)
    card = map_persons(register_persons([new], now)).popitem()[1]
    assert (card.kind, card.company_name) == ("company-contact", "禾川县橘香果业有限公司")


def test_revealing_shows_everything_and_is_logged_with_its_reason(zhang, now):
    identity = reveal_person(zhang, CALLER, "回访时核实地址", now)
    assert (identity.name, identity.phone) == ("张小禾", "13900001234")
    assert (identity.id_number, identity.address) == ("99900119900101123X", "大岭乡橘园村 8 号")
    (access,) = list_accesses(subject=f"person:{zhang}")
    assert (access.account_id, access.reason) == (5, "回访时核实地址")


@pytest.mark.parametrize(
    ("account", "reason", "code"),
    [
        (CALLER, "看看", "reason-needed"),
        (
            AccountInHand(6, "guanxu", "管旭", (PostInHand(1, "府办", "department", "admin"),)),
            "系统检查",
            "reveal-not-allowed",
        ),
        (AccountInHand(7, "nobody", "无岗"), "系统检查", "reveal-not-allowed"),
    ],
)
def test_without_a_reason_or_the_right_nothing_is_shown(zhang, now, account, reason, code):
    with pytest.raises(Refusal, match=code):
        reveal_person(zhang, account, reason, now)
    assert list_accesses(subject=f"person:{zhang}") == []


def test_a_person_who_is_not_there_cannot_be_revealed(db, now):
    with pytest.raises(Refusal, match="person-not-found"):
        reveal_person(0, CALLER, "回访时核实地址", now)
