"""Units change hands inside the organisation: applied for, reviewed by another, posted, registered once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from huiyin.economy.members.api import Household, Member, MemberIdentity
from huiyin.economy.organisations.api import Charter
from huiyin.economy.postings.api import Posting
from huiyin.economy.shares.api import (
    Application,
    Part,
    Share,
    ShareBook,
    ShareEntry,
    add_heir,
    apply_for,
    list_breaks,
    open_ledgers,
)
from huiyin.economy.watch.api import verify_all
from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal

from .holding import add_member, go, settle

NOW = timezone.now()
LATER = NOW + timedelta(days=7)


@pytest.fixture
def people(village):
    """Two households of three with ten units each, ten with the collective; nobody above three in ten."""
    Charter.objects.filter(organisation=village).update(holding_cap_per_mille=300)
    members = settle(village)
    book = ShareBook.objects.create(
        organisation=village, fixed_on=date(2021, 1, 1), total_units=70, held_units=60, collective_units=10
    )
    Share.objects.bulk_create(
        Share(book=book, household_id=one.household_id, member=one, units=10) for one in members
    )
    open_ledgers([book.pk], None, NOW)
    return members


@pytest.fixture
def apply(village, officer):
    """Applies for a change as the bookkeeper; answers the case's number."""

    def ask(kind: str, *parts: Part, words: str = "按协议", fen: int = 0) -> str:
        asked = Application(kind, parts, words, fen)
        return apply_for(village, asked, officer("bookkeeper"), NOW).case.number

    return ask


def _held(*members: Member) -> list[int]:
    return [Share.objects.get(member=one).units for one in members]


def test_a_gift_is_reviewed_posted_and_registered_by_three(village, people, officer, apply):
    giver, taker = people[0], people[3]
    number = apply("give", Part(giver.pk, taker.pk, 4), words="赠与侄女")
    go(number, "approve", officer("director"), NOW)
    with pytest.raises(Refusal) as refused:
        go(number, "register", officer("reviewer"), NOW)
    assert refused.value.code == "not-posted"
    go(number, "post", officer("bookkeeper"), NOW)
    assert Posting.objects.get(subject=f"case:{number}").lines.get().cells["from"] == giver.masked_name
    go(number, "register", officer("reviewer"), LATER)
    assert _held(giver, taker) == [6, 14]
    entry = ShareEntry.objects.get(kind="give")
    assert (entry.number, entry.units, entry.case.number) == (8, 4, number)
    assert list_breaks() == []
    told = [one for one in list_entries(f"organisation:{village.code}") if one.verb == "register-shares"]
    assert told[0].body["entries"] == [{"number": 8, "from": 1, "to": 4, "units": 4}]


def test_a_split_of_the_household_needs_no_posting_and_gives_a_newborn_its_part(
    village, people, officer, apply
):
    child = add_member(village, people[0].household, 7, "孙", date(2026, 1, 1))
    number = apply("split", Part(people[0].pk, child.pk, 5), words="新生儿")
    go(number, "approve", officer("director"), NOW)
    with pytest.raises(Refusal) as refused:
        go(number, "post", officer("bookkeeper"), NOW)
    assert refused.value.code == "no-posting-needed"
    go(number, "register", officer("rural"), NOW)
    assert _held(people[0], child) == [5, 5]
    assert Share.objects.get(member=child).household_id == people[0].household_id
    assert ShareBook.objects.get(organisation=village).total_units == 70


def test_whoever_applied_does_not_review_and_whoever_reviewed_does_not_register(
    village, people, officer, apply
):
    number = apply("split", Part(people[0].pk, people[1].pk, 5))
    with pytest.raises(Refusal) as refused:
        go(number, "approve", officer("bookkeeper"), NOW)
    assert refused.value.code == "move-not-allowed" or refused.value.rule
    go(number, "approve", officer("director"), NOW)
    with pytest.raises(Refusal):
        go(number, "register", officer("director"), NOW)
    go(number, "register", officer("reviewer"), NOW)
    assert _held(people[0], people[1]) == [5, 15]


def test_redeemed_units_go_to_the_collective_and_the_total_stays(village, people, officer, apply):
    number = apply("redeem", Part(people[0].pk, None, 10), words="自愿退出", fen=500_00)
    go(number, "approve", officer("director"), NOW)
    go(number, "post", officer("bookkeeper"), NOW)
    go(number, "register", officer("rural"), LATER)
    book = ShareBook.objects.get(organisation=village)
    assert (book.held_units, book.collective_units, book.total_units) == (50, 20, 70)
    assert list_breaks() == []


def test_an_heir_without_membership_holds_income_rights_and_cannot_be_given_any(
    village, people, officer, apply
):
    household = Household.objects.get(pk=people[0].household_id)
    heir = add_heir(
        household, MemberIdentity("李某", "990001199001010001"), "male", officer("bookkeeper"), NOW
    )
    assert heir.standing != "confirmed"
    with pytest.raises(Refusal) as refused:
        apply("inherit", Part(people[0].pk, heir.pk, 10))
    assert refused.value.code == "holder-alive"
    Member.objects.filter(pk=people[0].pk).update(standing="lost", ground="death")
    number = apply("inherit", Part(people[0].pk, heir.pk, 10), words="遗嘱继承")
    go(number, "approve", officer("director"), NOW)
    go(number, "post", officer("bookkeeper"), NOW)
    go(number, "register", officer("rural"), LATER)
    assert _held(people[0], heir) == [0, 10]
    with pytest.raises(Refusal) as refused:
        apply("give", Part(people[1].pk, heir.pk, 1))
    assert refused.value.code == "not-a-member"
    assert list_breaks() == []


def test_units_that_went_elsewhere_meanwhile_are_not_registered_twice(village, people, officer, apply):
    numbers = [apply("split", Part(people[0].pk, taker.pk, 10)) for taker in people[1:3]]
    for number in numbers:
        go(number, "approve", officer("director"), NOW)
    go(numbers[0], "register", officer("reviewer"), NOW)
    with pytest.raises(Refusal) as refused:
        go(numbers[1], "register", officer("reviewer"), NOW)
    assert refused.value.code == "not-a-holder"


def test_nothing_is_given_to_people_of_another_organisation_nor_above_the_cap(
    villages, village, people, apply
):
    other = next(one for one in villages if one.pk != village.pk)
    stranger = settle(other, 1)[0]
    with pytest.raises(Refusal) as refused:
        apply("transfer", Part(people[0].pk, stranger.pk, 1))
    assert refused.value.code == "not-inside"
    Charter.objects.filter(organisation=village).update(holding_cap_per_mille=150)
    with pytest.raises(Refusal) as refused:
        apply("transfer", Part(people[0].pk, people[3].pk, 1))
    assert refused.value.code == "above-cap"


def test_the_database_itself_lets_no_total_change_and_no_holding_fall_below_nothing(village, people):
    for change in ({"held_units": 61}, {"total_units": 71}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ShareBook.objects.filter(organisation=village).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Share.objects.filter(member=people[0]).update(units=-1)


def test_a_holding_that_was_altered_behind_the_ledger_is_found(village, people):
    Share.objects.filter(member=people[0]).update(units=11)
    Share.objects.filter(member=people[1]).update(units=9)
    assert [(one.code, one.what, one.found) for one in list_breaks()] == [(village.code, "holdings", 2)]
    ShareEntry.objects.filter(to_member=people[2]).delete()
    assert {one.what for one in list_breaks()} == {"holdings", "entries"}


def test_the_whole_economys_check_names_what_was_altered(village, people):
    assert verify_all(files=False).found == []
    Share.objects.filter(member=people[0]).update(units=11)
    Share.objects.filter(member=people[1]).update(units=9)
    assert [one.subject for one in verify_all(files=False).found] == [f"shares:{village.code}"]
