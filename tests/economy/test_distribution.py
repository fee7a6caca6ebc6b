"""A year's distribution, from the books to each member's account; each shortcut is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.utils import timezone

from economy.distributing import NOW, YEAR, after, book, carry, draft, earn, move, resolve, settle
from huiyin.economy.books.api import Line as BookLine
from huiyin.economy.books.api import NewVoucher, Voucher, post_vouchers, sum_accounts
from huiyin.economy.distributions.api import (
    Draft,
    Entry,
    Line,
    PayFile,
    Payment,
    Plan,
    allocate,
    change_plan,
    correct_card,
    explain,
    list_owed,
    propose,
    read_failures,
    read_ground,
    set_aside,
    take_back,
    write_file,
)
from huiyin.economy.members.api import Household, PayCard
from huiyin.economy.organisations.api import Charter
from huiyin.economy.postings.api import Posting
from huiyin.economy.watch.api import verify_all
from huiyin.kernel.refusals import Refusal


@pytest.fixture
def members(village):
    Charter.objects.filter(organisation=village).update(reserve_per_mille=300, collective_per_mille=250)
    return settle(village, collective=20)


@pytest.fixture
def plan(village, officer, members):
    earn(village)
    return draft(village, officer)


def refuse(act, code, law):
    with pytest.raises(Refusal) as refused:
        act()
    assert refused.value.code == code
    assert law in refused.value.rule


def test_the_ground_is_read_from_the_books_alone(village, members):
    earn(village, 100_000)
    book(
        village,
        ("513", date(YEAR, 7, 1), -30_000, "办公费"),
        ("501", date(YEAR - 1, 7, 1), 7_000, "上年租金"),
    )
    ground = read_ground(village, YEAR, date(YEAR + 1, 2, 1))
    assert (ground.income_fen, ground.earlier_fen) == (70_000, 7_000)


def test_compensation_among_the_income_is_found_by_its_words_and_kept_out_for_good(village, members):
    earn(village, 100_000)
    book(village, ("504", date(YEAR, 7, 1), 900_000, "收征地补偿款"))
    on = date(YEAR + 1, 2, 1)
    assert propose(village, Draft(YEAR), on).net_fen == 100_000
    assert read_ground(village, YEAR + 1, on).earlier_fen == 100_000
    refuse(lambda: propose(village, Draft(YEAR, 500_000), on), "compensation-kept-out", "征地补偿")


def test_rent_for_five_years_is_divided_year_by_year(village, officer, members):
    earn(village, 500_000)
    set_aside(village, "spread", YEAR, 500_000, 5, "鱼塘五年租金", officer("bookkeeper"), NOW)
    first = read_ground(village, YEAR, date(YEAR + 1, 2, 1))
    assert (first.income_fen, first.deferred_fen) == (500_000, 400_000)
    second = read_ground(village, YEAR + 1, date(YEAR + 2, 2, 1))
    assert (second.released_fen, second.earlier_fen) == (100_000, 100_000)
    refuse(
        lambda: propose(village, Draft(YEAR, 300_000), date(YEAR + 1, 2, 1)),
        "rent-of-other-years",
        "按年分摊",
    )


def test_a_plan_cannot_be_made_out_of_a_loan(village, officer, members):
    earn(village)
    refuse(lambda: draft(village, officer, source="221"), "loan-not-distributed", "第42条")


def test_shares_of_the_collective_beyond_the_charter_stop_the_plan(village, officer):
    settle(village, collective=1_000)
    earn(village)
    refuse(lambda: draft(village, officer), "collective-above-charter", "章程")


def test_there_is_one_plan_a_year(village, officer, plan):
    refuse(lambda: draft(village, officer), "plan-exists", "第42条")
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(**_fields(plan))


def _fields(plan):
    kept = {field.attname: getattr(plan, field.attname) for field in Plan._meta.concrete_fields}
    return kept | {"id": None, "case_id": None}


def test_the_statement_gives_every_member_what_the_rule_gives(village, officer, plan, members):
    move(plan, "submit", officer, "bookkeeper")
    plan.refresh_from_db()
    units = dict(Line.objects.filter(plan=plan).values_list("member_id", "units"))
    assert dict(Line.objects.filter(plan=plan).values_list("member_id", "fen")) == allocate(
        plan.members_fen, units
    )
    assert len(units) == plan.lines == len(members)


def test_all_its_steps_end_with_every_fen_on_an_account_and_in_a_file(village, officer, plan, members):
    carry(plan, officer, "finished")
    plan.refresh_from_db()
    paid = Entry.objects.filter(plan=plan, kind="paid").aggregate(fen=Sum("fen"))["fen"]
    file = PayFile.objects.get(plan=plan)
    assert paid == file.fen == plan.members_fen
    assert file.lines == Household.objects.count() == 4
    sums = sum_accounts([village.pk], date(2026, 1, 1), date(2026, 12, 31))[village.pk]
    assert sums["211"].net_fen == 0
    assert -sums["102"].net_fen == plan.members_fen
    assert -sums["311"].net_fen == plan.reserve_fen + plan.collective_fen
    assert verify_all().found == []


def test_what_each_household_gets_hangs_on_the_notice_board(village, officer, plan):
    carry(plan, officer, "posted")
    sheet = Posting.objects.get(organisation=village, turn=2)
    plan.refresh_from_db()
    assert sum(line.cells["fen"] for line in sheet.lines.all()) == plan.members_fen
    assert {line.cells["head"] for line in sheet.lines.all()} == {"李*"}


def test_opinions_are_heard_for_ten_days(plan, officer):
    carry(plan, officer, "hearing")
    refuse(lambda: move(plan, "hear", officer, "director", after(9), note="好"), "posting-runs", "第30条")


def test_without_a_valid_resolution_nothing_is_posted(plan, officer):
    carry(plan, officer, "assembly")
    refuse(lambda: move(plan, "adopt", officer, "director", after(15)), "not-resolved", "第26条")


def test_an_assembly_before_the_ten_days_does_not_count(plan, officer):
    carry(plan, officer, "assembly")
    resolve(plan, timezone.localdate(after(5)))
    refuse(lambda: move(plan, "adopt", officer, "director", after(15)), "plan-not-open-long-enough", "第46条")


def test_nothing_is_paid_before_the_posting_is_over(plan, officer):
    carry(plan, officer, "posted")
    refuse(lambda: move(plan, "approve", officer, "director", after(16)), "posting-runs", "第30条")
    assert Entry.objects.count() == 0


def test_books_that_changed_since_the_draft_stop_it(village, plan, officer):
    carry(plan, officer, "posted")
    book(village, ("513", date(YEAR, 12, 1), -5_000, "补记费用"))
    refuse(lambda: move(plan, "approve", officer, "director", after(22)), "books-changed", "第42条")


def test_the_bank_must_have_the_money(village, officer, members):
    owed = (BookLine("112", 1_000_000), BookLine("501", -1_000_000))
    post_vouchers([NewVoucher(village.pk, date(YEAR, 6, 1), "应收租金", owed)], None, NOW)
    plan = draft(village, officer)
    carry(plan, officer, "paying")
    refuse(lambda: move(plan, "pay", officer, "cashier", after(23)), "not-enough-in-bank", "举债")


def test_a_plan_under_review_is_not_changed(plan, officer):
    carry(plan, officer, "overseeing")
    refuse(lambda: change_plan(plan.pk, Draft(YEAR), officer("bookkeeper"), NOW), "not-drafting", "分离")


def test_a_plan_sent_back_is_drafted_and_posted_anew(village, plan, officer):
    carry(plan, officer, "hearing")
    move(plan, "send_back", officer, "director", after(3), reason="有人提出少算一笔")
    change_plan(plan.pk, Draft(YEAR, 5_000_000), officer("bookkeeper"), after(3))
    move(plan, "submit", officer, "bookkeeper", after(4))
    move(plan, "pass_overseers", officer, "overseer", after(4))
    plan.refresh_from_db()
    assert Line.objects.filter(plan=plan).aggregate(fen=Sum("fen"))["fen"] == plan.members_fen < 5_000_000
    assert Posting.objects.filter(organisation=village).count() == 2


def test_income_is_not_paid_out_without_a_plan(village):
    lines = (BookLine("322", 500), BookLine("102", -500))
    refuse(
        lambda: post_vouchers([NewVoucher(village.pk, date(2026, 1, 5), "分红", lines)], None, NOW),
        "distribution-without-plan",
        "第42条",
    )


@pytest.mark.parametrize(
    ("account", "code", "law"),
    [
        ("221", "loan-not-distributed", "第42条"),
        ("241", "compensation-kept-out", "征地补偿"),
        ("301", "property-not-divided", "第36条"),
    ],
)
def test_no_voucher_of_a_distribution_takes_what_is_no_income(village, account, code, law):
    lines = (BookLine(account, 500), BookLine("211", -500))
    new = NewVoucher(village.pk, date(2026, 1, 5), "分红", lines, source="distribution:1")
    refuse(lambda: post_vouchers([new], None, NOW), code, law)


def test_members_are_never_paid_in_cash(village):
    lines = (BookLine("211", 500), BookLine("101", -500))
    new = NewVoucher(village.pk, date(2026, 1, 5), "分红", lines, source="distribution:1")
    refuse(lambda: post_vouchers([new], None, NOW), "paid-in-cash", "第44条")


def test_what_the_bank_sends_back_is_owed_again_mended_and_paid_again(village, officer, plan, members):
    carry(plan, officer, "paid")
    file = PayFile.objects.get(plan=plan)
    second = Payment.objects.get(file=file, number=2)
    text = f"序号,金额,原因\n2,{second.fen // 100}.{second.fen % 100:02d},账号不存在"
    assert take_back(file.pk, read_failures(text), officer("cashier"), after(25)) == second.fen
    assert take_back(file.pk, read_failures(text), officer("cashier"), after(25)) == 0
    assert [row[1:4] for row in list_owed(plan)] == [(2, "李*", second.fen)]
    refuse(lambda: move(plan, "finish", officer, "director", after(26)), "still-owed", "第42条")
    correct_card(
        village,
        second.household_id,
        PayCard("李二", "6217000000099999", "禾川农商行"),
        officer("bookkeeper"),
        after(26),
    )
    move(plan, "correct", officer, "bookkeeper", after(26))
    move(plan, "pay", officer, "cashier", after(27))
    again = PayFile.objects.get(plan=plan, turn=2)
    assert (again.lines, again.fen) == (1, second.fen)
    assert "6217000000099999" in write_file(again).decode()
    assert "6217000000099999" not in write_file(file).decode()
    move(plan, "finish", officer, "director", after(28))
    kinds = Entry.objects.filter(plan=plan, member__household=second.household_id).order_by("turn", "kind")
    assert [one.kind for one in kinds] == ["due", "paid", "returned", "paid"]
    assert verify_all().found == []


def test_failures_that_do_not_fit_are_told_by_line(officer, plan):
    carry(plan, officer, "paid")
    file = PayFile.objects.get(plan=plan)
    for text, code in (("99,1.00,无此人", "no-such-payment"), ("1,0.01,无此人", "amount-differs")):
        with pytest.raises(Refusal) as refused:
            take_back(file.pk, read_failures(text), officer("cashier"), NOW)
        assert refused.value.code == code
    with pytest.raises(Refusal) as refused:
        read_failures("序号,金额\n二,1.00")
    assert refused.value.code == "failures-unread"


def test_a_household_without_a_card_waits_and_is_paid_later(village, officer, plan, members):
    Household.objects.filter(number=3).update(sealed_card=None)
    carry(plan, officer, "paid")
    assert [(row[1], row[4]) for row in list_owed(plan)] == [(3, False)]
    move(plan, "finish_owing", officer, "director", after(30), reason="户主外出，留待领取")


def test_a_charter_may_pay_each_member(village, officer, members):
    Charter.objects.filter(organisation=village).update(pays_to="member")
    earn(village)
    plan = draft(village, officer)
    carry(plan, officer, "paid")
    file = PayFile.objects.get(plan=plan)
    assert file.lines == len(members)
    text = write_file(file, "gbk", "txt").decode("gb18030")
    assert text.splitlines()[1].split("|")[3:] == [str(file.lines), f"{file.fen // 100}.{file.fen % 100:02d}"]


def test_whole_fen_a_share_leave_the_rest_to_the_account_of_the_charter(village, officer, members):
    earn(village, 1_000_003)
    plan = draft(village, officer, whole_fen=True)
    assert 0 < plan.residual_fen < plan.held_units
    carry(plan, officer, "paying")
    voucher = Voucher.objects.get(key=f"distribution:{plan.pk}:approved")
    assert dict(zip(voucher.notes, voucher.fen, strict=True))["分配尾数"] == -plan.residual_fen


def test_she_reads_why_she_got_her_sum(village, officer, plan, members):
    carry(plan, officer, "paid")
    told = explain(members[0])[0]
    steps = {step.key: step for step in told.steps}
    assert told.fen == steps["mine"].fen == Line.objects.get(plan=plan, member=members[0]).fen
    assert steps["household"].fen == sum(fen for _, _, fen in told.household)
    assert steps["distributable"].fen == steps["income"].fen - steps["reserve"].fen
    assert [kind for kind, _, _ in told.entries] == ["due", "paid"]


FIRST = "WHERE member_id = (SELECT min(member_id) FROM distributions_line)"


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("UPDATE distributions_line SET fen = fen + 1 " + FIRST, "plan:"),  # noqa: S608
        ("UPDATE distributions_entry SET fen = fen + 1 " + FIRST + " AND kind = 'paid'", "pay-file:"),  # noqa: S608
        ("UPDATE distributions_payment SET fen = fen + 1 WHERE number = 1", "pay-file:"),
        ("UPDATE books_voucher SET payee = '别人'", "voucher:"),
        ("UPDATE shares_share SET units = units + 1", "share-book:"),
        ("UPDATE postings_postingline SET cells = cells || '{\"fen\": 1}' WHERE at = 1", "posting:"),
    ],
)  # fmt: skip
def test_whatever_is_altered_underneath_is_found(officer, plan, change, where):
    carry(plan, officer, "paid")
    with connection.cursor() as cursor:
        cursor.execute(change)
    assert any(one.subject.startswith(where) for one in verify_all().found)


def test_a_later_year_begins_with_what_the_plan_left(village, officer, members):
    earn(village, 1_000_000)
    plan = draft(village, officer, wanted_fen=400_000)
    carry(plan, officer, "paid")
    ground = read_ground(village, YEAR + 1, timezone.localdate(NOW + timedelta(days=400)))
    assert (ground.income_fen, ground.earlier_fen, ground.reserved_fen) == (0, plan.left_fen, plan.left_fen)
