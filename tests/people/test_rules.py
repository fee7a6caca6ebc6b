"""Phones, passwords and roles that clash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.refusals import Refusal
from huiyin.people.rules import check_password_strength, check_reason, clashing_roles, normalise_phone
from huiyin.process.vocabulary import ROLES

digits = st.text("0123456789", min_size=10, max_size=10)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("13900001234", "13900001234"),
        ("+86 139 0000 1234", "13900001234"),
        ("0086-139-0000-1234", "13900001234"),
        ("8613900001234", "13900001234"),
        ("１３９００００１２３４", "13900001234"),
        ("(0999) 510-0001", "09995100001"),
        ("+86 0999 5100001", "09995100001"),
        ("5100001", "5100001"),
        ("400-000-1234", "4000001234"),
    ],
)
def test_one_number_written_in_many_ways_is_one_number(written, kept):
    assert normalise_phone(written) == kept


@pytest.mark.parametrize(
    "written", ["", "abc", "123", "139000012345", "1390000123", "12345", "+1 202 555 0100"]
)
def test_what_cannot_be_called_is_refused_with_words(written):
    with pytest.raises(Refusal) as refused:
        normalise_phone(written)
    assert (refused.value.code, refused.value.field) == ("bad-phone", "phone")
    assert refused.value.words.zh
    assert refused.value.words.en


@given(digits)
def test_a_normal_number_stays_as_it_is(tail):
    mobile = "1" + tail
    assert normalise_phone(normalise_phone(mobile)) == normalise_phone(f"+86{mobile}") == mobile


@pytest.mark.parametrize("keeper", ["admin", "security", "auditor"])
def test_whoever_keeps_the_system_holds_no_other_role(keeper):
    for role in ROLES:
        pair = (min(keeper, role), max(keeper, role))
        assert clashing_roles([keeper, role]) == (() if role == keeper else (pair,))


def test_whoever_receives_or_dispatches_does_not_review_at_the_centre():
    assert clashing_roles(["intake", "centre"]) == (("centre", "intake"),)
    assert clashing_roles(["dispatcher", "centre"]) == (("centre", "dispatcher"),)


def test_a_handler_may_call_back_for_other_units_since_the_case_guards_its_own():
    assert clashing_roles(["handler", "callback"]) == ()


@given(st.lists(st.sampled_from(sorted(ROLES))))
def test_clashes_do_not_depend_on_the_order_of_the_roles(roles):
    assert clashing_roles(roles) == clashing_roles(reversed(roles))


@pytest.mark.parametrize("weak", ["short-1", "onlyletters", "1234567890", "hemin-1234"])
def test_a_weak_password_is_refused(weak):
    with pytest.raises(Refusal, match="weak-password"):
        check_password_strength(weak, "hemin")


def test_a_password_of_two_kinds_of_signs_is_taken():
    check_password_strength("hechuan-demo", "hemin")


def test_a_reason_has_at_least_four_signs():
    assert check_reason("  回访核实 ") == "回访核实"
    with pytest.raises(Refusal, match="reason-needed"):
        check_reason(" 核实 ")
