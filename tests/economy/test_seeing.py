"""Who sees an organisation and who acts in it follows from posts alone."""

from __future__ import annotations

import pytest
from django.utils import timezone

from huiyin.economy.members.api import (
    MemberIdentity,
    NewMember,
    digest_id,
    find_by_link,
    make_link,
    make_member,
)
from huiyin.economy.members.models import Household
from huiyin.economy.organisations.api import demand, get_seen, list_seen, may
from huiyin.kernel.refusals import Refusal
from huiyin.people.api import find_account, take_in_hand


def _hand(login):
    return take_in_hand(find_account(login).pk, timezone.localdate())


def test_a_township_sees_its_own_and_the_county_all(village, villages, officer):
    seen = {one.township_id for one in list_seen(officer("rural"))}
    assert seen == {village.township_id}
    assert list_seen(_hand("hexuewen")).count() == len(villages)
    assert list_seen(_hand("luzhengping")).count() == len(villages)
    assert not list_seen(_hand("tanxue")).exists()


def test_an_officer_sees_the_own_organisation_alone(village, villages, officer):
    assert [one.pk for one in list_seen(officer("director"))] == [village.pk]
    stranger = next(one for one in villages if one.pk != village.pk)
    with pytest.raises(Refusal) as refused:
        get_seen(stranger.code, officer("director"))
    assert refused.value.code == "organisation-not-found"


def test_each_does_what_the_post_is_for(village, officer):
    demand(officer("cashier"), village, "cashier")
    assert not may(officer("cashier"), village, "bookkeeper", "reviewer", "director")
    with pytest.raises(Refusal) as refused:
        demand(officer("bookkeeper"), village, "cashier")
    assert refused.value.code == "not-your-duty"
    assert may(officer("rural"), village, "rural")
    assert not may(_hand("luzhengping"), village, "rural", "director")


def test_a_member_is_sealed_masked_and_found_by_a_secret_link(village):
    household = Household.objects.create(organisation=village, number=1)
    identity = MemberIdentity("周小梅", "99900119900101001x", "10100001111")
    member = make_member(village.pk, NewMember(household.pk, 1, identity, "female"))
    member.save()
    assert (member.masked_name, member.masked_id) == ("周*", "999***********001X")
    assert "周小梅".encode() not in bytes(member.sealed)
    assert member.id_digest == digest_id("99900119900101001X")
    secret = make_link(member)
    assert find_by_link(secret) == member
    make_link(member)
    assert find_by_link(secret) is None
