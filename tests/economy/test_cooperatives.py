"""Members, contributions and votes of a co-operative: each article tried, and what it forbids refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from economy.cooperative_village import JOINED, VALUED, YEAR, again, fill, found, name_members
from huiyin.economy.cooperatives.api import (
    Contribution,
    Identity,
    MemberAccount,
    NewAccount,
    NewBallot,
    NewContribution,
    NewMeeting,
    confirm_contributions,
    contribute,
    enrol,
    leave,
    list_accounts,
    propose_votes,
    record_meeting,
    set_extra_votes,
    sum_cooperatives,
)
from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal

NOW = timezone.now()


@pytest.fixture
def clerk(village, officer):
    return officer("rural")


@pytest.fixture
def society(village, clerk):
    return found(village, clerk)


@pytest.fixture
def staff(society, officer):
    return lambda role: again(officer(role))


@pytest.fixture
def accounts(society, staff):
    return fill(society, staff("bookkeeper"), staff("director"))


def test_a_co_operative_is_an_organisation_led_by_the_collective_with_its_officers(society, village, staff):
    assert (society.kind, society.standard, society.leader) == ("cooperative", "cooperative", village)
    assert staff("director").holds("director", society.unit_id)
    assert [one.verb for one in list_entries(f"organisation:{society.code}")] == ["found-cooperative"]


def test_only_the_township_registers_one(village, officer):
    with pytest.raises(Refusal) as refused:
        found(village, officer("bookkeeper"))
    assert refused.value.code == "not-your-duty"


def test_figures_are_added_up_in_one_statement(society, accounts, django_assert_num_queries):
    with django_assert_num_queries(1):
        sums = sum_cooperatives([society.pk], date(2026, 1, 1))[society.pk]
    assert (sums.members, sums.farmers, sums.households) == (25, 24, 24)
    assert sums.capital == 100_000 * 300 + 10_000_000
    assert sums.of_collective == 10_000_000


def test_one_who_is_no_farmer_too_many_is_refused_article_20(society, accounts, staff):
    others = [NewAccount(Identity(f"某{at}", f"9{at}"), "citizen", JOINED) for at in range(6)]
    enrol(society, others[:5], staff("bookkeeper"), NOW)
    with pytest.raises(Refusal) as refused:
        enrol(society, others[5:], staff("bookkeeper"), NOW)
    assert refused.value.code == "too-few-farmers"
    assert "第20条" in refused.value.rule


def test_a_farmer_s_leave_that_breaks_four_fifths_is_refused_article_20(society, staff):
    enrol(society, name_members(4), staff("bookkeeper"), NOW)
    farmer = list_accounts(society.pk)[0]
    with pytest.raises(Refusal) as refused:
        leave(farmer.pk, date(2026, 3, 1), staff("bookkeeper"), NOW)
    assert refused.value.code == "too-few-farmers"
    farmer.refresh_from_db()
    assert farmer.left_on is None


def test_membership_ends_with_the_year_three_months_after_the_request(accounts, staff):
    left = leave(accounts[0].pk, date(2026, 9, 30), staff("bookkeeper"), NOW)
    late = leave(accounts[1].pk, date(2026, 10, 1), staff("bookkeeper"), NOW)
    assert (left.left_on, late.left_on) == (date(2026, 12, 31), date(2027, 12, 31))


def test_nobody_is_a_member_twice(society, accounts, staff):
    with pytest.raises(Refusal) as refused:
        enrol(society, name_members(1)[:1], staff("bookkeeper"), NOW)
    assert refused.value.code == "member-already"


def test_names_are_masked_and_sealed(accounts):
    assert accounts[0].masked_name == "农*"
    assert "农户0" not in repr(MemberAccount.objects.filter(pk=accounts[0].pk).values())


@pytest.mark.parametrize(("form", "at"), [("labour", 0), ("service", -1)])
def test_labour_and_services_are_no_capital_article_13(society, accounts, staff, form, at):
    new = NewContribution(accounts[at].pk, form, "每年出工 200 天", 2_000_000, JOINED, VALUED)
    with pytest.raises(Refusal) as refused:
        contribute(society, [new], staff("bookkeeper"), NOW)
    assert refused.value.code == "labour-no-capital"
    assert "市场主体登记管理条例 第13条" in refused.value.rule
    assert "联农带农" in refused.value.words.zh


def test_what_is_pledged_is_no_capital_article_13(society, accounts, staff):
    new = NewContribution(accounts[0].pk, "machine", "拖拉机", 5_000_000, JOINED, VALUED, pledged=True)
    with pytest.raises(Refusal) as refused:
        contribute(society, [new], staff("bookkeeper"), NOW)
    assert "第13条" in refused.value.rule


def test_the_database_itself_takes_no_labour_as_capital(accounts):
    own = accounts[0].contributions.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=own.pk).update(form="labour")


def test_what_is_no_money_is_valued(society, accounts, staff):
    with pytest.raises(Refusal) as refused:
        contribute(
            society,
            [NewContribution(accounts[0].pk, "livestock", "牛 2 头", 1, JOINED)],
            staff("bookkeeper"),
            NOW,
        )
    assert refused.value.code == "valuation-missing"
    assert "第13条" in refused.value.rule


def test_whoever_enters_a_contribution_does_not_confirm_it(society, accounts, staff):
    keeper = staff("bookkeeper")
    contribute(society, [NewContribution(accounts[0].pk, "money", "现金", 100, JOINED)], keeper, NOW)
    own = accounts[0].contributions.order_by("-id")[0]
    with pytest.raises(Refusal):
        confirm_contributions(society, [own.pk], keeper, NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=own.pk).update(confirmed_by=keeper.id)


def test_extra_votes_beyond_a_fifth_are_refused_article_22(society, accounts, staff):
    director = staff("director")
    set_extra_votes(society, {accounts[-1].pk: 5}, director, NOW)
    with pytest.raises(Refusal) as refused:
        set_extra_votes(society, {accounts[0].pk: 1}, director, NOW)
    assert refused.value.code == "extra-votes"
    assert "第22条" in refused.value.rule
    proposed = propose_votes(society, "contribution", date(YEAR + 1, 1, 1))
    assert sum(proposed.values()) == 5


def test_a_meeting_counts_extra_votes_and_is_void_without_two_thirds_article_30(society, accounts, staff):
    set_extra_votes(society, {accounts[-1].pk: 5}, staff("director"), NOW)
    today = timezone.localdate(NOW)

    def meet(present, agreed):
        ballot = NewBallot("修渠", agreed, 0)
        new = NewMeeting("成员大会", today - timedelta(20), today, present, ballot)
        return record_meeting(society, new, staff("director"), NOW)

    assert meet(20, 16).carried
    assert not meet(20, 15).carried  # of 30 votes in all
    with pytest.raises(Refusal) as refused:
        meet(16, 16)
    assert refused.value.code == "too-few-present"
    assert "第30条" in refused.value.rule


def test_thirty_one_co_operatives_of_three_thousand_households_keep_their_contributions(villages, clerk):
    from huiyin.economy.cooperatives.api import NewCooperative, found_cooperative

    total, households, many = 5_928_530_000, 3_027, 31
    made, left, money = [], households, total
    for at in range(many):
        count = left // (many - at)
        new = NewCooperative(villages[at], f"93TEST{at:03d}", f"第{at}合作社", "land", date(2022, 1, 1))
        one = found_cooperative(new, None, NOW)
        rows = [NewAccount(Identity(f"户{n}", f"{at:04d}-{n:05d}"), "farmer", JOINED) for n in range(count)]
        held = enrol(one, rows, None, NOW)
        share, over = divmod(money // (many - at), count)
        given = [
            NewContribution(account.pk, "land", "土地经营权", share + (n < over), JOINED, VALUED)
            for n, account in enumerate(held)
        ]
        contribute(one, given, None, NOW)
        confirm_contributions(one, None, None, NOW)
        made.append(one.pk)
        left -= count
        money -= sum(one.fen for one in given)
    sums = sum_cooperatives(made, date(2026, 1, 1)).values()
    assert len(sums) == 31
    assert sum(one.households for one in sums) == 3_027
    assert sum(one.capital for one in sums) == 59_285_300 * 100
