"""A voucher is made by one, reviewed by another, paid by a third; and taken back once, with red figures."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from huiyin.economy.books.api import (
    BookMonth,
    DraftCard,
    Line,
    Voucher,
    VoucherDraft,
    begin_draft,
    change_draft,
    close_month,
    confirm_drafts,
    drop_draft,
    pass_drafts,
    read_ledger,
    read_trial,
    return_draft,
    reverse_voucher,
    save_subaccount,
    send_draft,
    take_back_draft,
)
from huiyin.kernel.refusals import Refusal

NOW = timezone.now()
RENT = DraftCard(date(2026, 3, 5), "收鱼塘租金", (Line("102", 100_000), Line("501", -100_000)))
WAGES = DraftCard(date(2026, 3, 9), "计提工资", (Line("513", 30_000), Line("212", -30_000)))


@pytest.fixture
def write(village, officer):
    """Makes a draft and sends it; answers its id."""

    def make(card: DraftCard) -> int:
        draft = begin_draft(village, card, officer("bookkeeper"), NOW)
        return send_draft(draft.pk, village, officer("bookkeeper"), NOW).pk

    return make


@pytest.fixture
def post(village, officer, write):
    """Takes a draft all the way; answers the voucher."""

    def make(card: DraftCard) -> Voucher:
        pk = write(card)
        if pass_drafts([pk], village, officer("reviewer"), NOW)[0].state == "cash":
            confirm_drafts([pk], village, officer("cashier"), NOW)
        voucher = VoucherDraft.objects.get(pk=pk).voucher
        assert voucher is not None
        return voucher

    return make


def refuse(act, *given, **named) -> Refusal:
    with pytest.raises(Refusal) as refused:
        act(*given, **named)
    return refused.value


def test_where_money_moves_three_people_take_part(village, officer, write):
    pk = write(RENT)
    assert pass_drafts([pk], village, officer("reviewer"), NOW)[0].state == "cash"
    assert not Voucher.objects.exists()
    voucher = confirm_drafts([pk], village, officer("cashier"), NOW)[0].voucher
    assert len({voucher.made_by_id, voucher.reviewed_by_id, voucher.paid_by_id}) == 3


def test_where_none_moves_the_review_puts_it_on_the_books(village, officer, write):
    voucher = pass_drafts([write(WAGES)], village, officer("reviewer"), NOW)[0].voucher
    assert (voucher.number, voucher.paid_by_id) == (1, None)


def test_whoever_made_it_neither_reviews_nor_pays_it(village, officer, write):
    pk = write(RENT)
    VoucherDraft.objects.filter(pk=pk).update(made_by=officer("reviewer").id)
    refused = refuse(pass_drafts, [pk], village, officer("reviewer"), NOW)
    assert (refused.code, "第35条" in refused.rule, "第37条" in refused.rule) == ("same-person", True, True)
    VoucherDraft.objects.filter(pk=pk).update(made_by=officer("cashier").id, state="cash")
    assert refuse(confirm_drafts, [pk], village, officer("cashier"), NOW).code == "same-person"


def test_each_act_is_for_its_own_post(village, officer, write):
    pk = write(RENT)
    assert refuse(begin_draft, village, RENT, officer("cashier"), NOW).code == "not-your-duty"
    assert refuse(pass_drafts, [pk], village, officer("bookkeeper"), NOW).code == "not-your-duty"
    assert refuse(pass_drafts, [pk], village, officer("rural"), NOW).code == "not-your-duty"
    assert refuse(confirm_drafts, [pk], village, officer("bookkeeper"), NOW).code == "not-your-duty"


def test_a_draft_may_be_unbalanced_until_it_is_sent(village, officer):
    card = DraftCard(RENT.made_on, "还没写完", (Line("102", 100_000),))
    draft = begin_draft(village, card, officer("bookkeeper"), NOW)
    assert refuse(send_draft, draft.pk, village, officer("bookkeeper"), NOW).code == "lines-missing"
    change_draft(draft.pk, village, RENT, draft.version, officer("bookkeeper"), NOW)
    assert send_draft(draft.pk, village, officer("bookkeeper"), NOW).state == "review"


def test_nobody_writes_over_what_another_has_changed(village, officer):
    draft = begin_draft(village, RENT, officer("bookkeeper"), NOW)
    change_draft(draft.pk, village, WAGES, 1, officer("bookkeeper"), NOW)
    assert (
        refuse(change_draft, draft.pk, village, RENT, 1, officer("bookkeeper"), NOW).code
        == "changed-meanwhile"
    )


def test_the_same_form_sent_twice_makes_one_draft(village, officer):
    first = begin_draft(village, RENT, officer("bookkeeper"), NOW, client_key="a")
    assert begin_draft(village, RENT, officer("bookkeeper"), NOW, client_key="a").pk == first.pk


def test_what_is_returned_comes_back_with_the_reason(village, officer, write):
    pk = write(RENT)
    assert refuse(return_draft, pk, village, " ", officer("reviewer"), NOW).code == "reason-needed"
    draft = return_draft(pk, village, "缺合同", officer("reviewer"), NOW)
    assert (draft.state, draft.reason) == ("draft", "缺合同")
    send_draft(pk, village, officer("bookkeeper"), NOW)
    take_back_draft(pk, village, officer("bookkeeper"), NOW)
    assert drop_draft(pk, village, officer("bookkeeper"), NOW).state == "dropped"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (Line("999", 1), "no-such-account"),
        (Line("112-01", 1), "no-such-subaccount"),
        (Line("101", 0), "line-empty"),
    ],
)
def test_a_line_names_an_account_of_the_42_and_an_amount(village, officer, line, code):
    card = DraftCard(RENT.made_on, "试", (line,))
    refused = refuse(begin_draft, village, card, officer("bookkeeper"), NOW)
    assert (refused.code, "财会〔2023〕14号" in refused.rule) == (code, True)


def test_a_sub_account_that_is_kept_may_be_written_on_until_it_is_closed(village, officer, post):
    by = officer("bookkeeper")
    save_subaccount(village, "112-01", "王某", by, NOW)
    card = DraftCard(RENT.made_on, "欠租", (Line("112-01", 500), Line("501", -500)))
    post(card)
    rows = {
        row.code: row.turn.closing_fen
        for row in read_trial(village, date(2026, 3, 1), date(2026, 3, 31)).rows
    }
    assert (rows["112"], rows["112-01"]) == (500, 500)
    save_subaccount(village, "112-01", "王某", by, NOW, active=False)
    assert refuse(begin_draft, village, card, by, NOW).code == "no-such-subaccount"
    assert refuse(save_subaccount, village, "112", "x", by, NOW).code == "bad-code"
    assert refuse(save_subaccount, village, "322-02", "x", by, NOW).code == "given-account"


def test_a_voucher_is_taken_back_once_with_red_figures(village, officer, post):
    voucher = post(RENT)
    by = officer("bookkeeper")
    assert (
        refuse(reverse_voucher, voucher.pk, village, date(2026, 3, 1), "x", by, NOW).code == "reversal-early"
    )
    draft = reverse_voucher(voucher.pk, village, date(2026, 4, 2), "金额记错", by, NOW)
    assert (
        refuse(reverse_voucher, voucher.pk, village, date(2026, 4, 2), "再来", by, NOW).code
        == "reversed-already"
    )
    pass_drafts([draft.pk], village, officer("reviewer"), NOW)
    confirm_drafts([draft.pk], village, officer("cashier"), NOW)
    assert (
        refuse(reverse_voucher, voucher.pk, village, date(2026, 4, 2), "再来", by, NOW).code
        == "reversed-already"
    )
    april = read_trial(village, date(2026, 4, 1), date(2026, 4, 30))
    assert {row.code: (row.turn.debit_fen, row.turn.credit_fen) for row in april.rows} == {
        "102": (-100_000, 0),
        "501": (0, -100_000),
    }
    assert [one.debit_fen for one in read_ledger(village, "102", date(2026, 3, 1), date(2026, 4, 30))] == [
        0,
        100_000,
        100_000,
        -100_000,
        -100_000,
    ]


def test_a_reversal_is_not_taken_back_itself(village, officer, post):
    voucher, by = post(WAGES), officer("bookkeeper")
    draft = reverse_voucher(voucher.pk, village, date(2026, 4, 2), "记错", by, NOW)
    pass_drafts([draft.pk], village, officer("reviewer"), NOW)
    red = Voucher.objects.get(reverses=voucher)
    assert refuse(reverse_voucher, red.pk, village, date(2026, 4, 3), "x", by, NOW).code == "not-reversible"


OPENING = DraftCard(
    date(2026, 1, 1),
    "期初余额",
    (Line("102", 5_000), Line("151", 7_000), Line("301", -12_000)),
    kind="opening",
)


def test_books_begin_once_balanced_and_before_the_first_voucher(village, officer, write, post):
    by = officer("bookkeeper")
    begin_draft(village, OPENING, by, NOW)
    assert refuse(begin_draft, village, OPENING, by, NOW).code == "opening-twice"
    pk = VoucherDraft.objects.get().pk
    send_draft(pk, village, by, NOW)
    voucher = pass_drafts([pk], village, officer("reviewer"), NOW)[0].voucher
    assert (voucher.source, voucher.paid_by_id) == ("opening", None)
    january = read_trial(village, date(2026, 1, 1), date(2026, 1, 31))
    assert (january.opening, january.turned) == ((12_000, 12_000), (0, 0))
    early = DraftCard(date(2025, 12, 31), "早了", RENT.lines)
    assert refuse(begin_draft, village, early, by, NOW).code == "month-closed"


def test_opening_balances_come_too_late_after_a_voucher(village, officer, post):
    post(WAGES)
    assert refuse(begin_draft, village, OPENING, officer("bookkeeper"), NOW).code == "opening-late"


def test_income_has_no_opening_balance(village, officer):
    card = DraftCard(date(2026, 1, 1), "期初", (Line("102", 1), Line("501", -1)), kind="opening")
    assert refuse(begin_draft, village, card, officer("bookkeeper"), NOW).code == "opening-income"


def test_months_close_in_order_when_nothing_waits(village, officer, write, post):
    by = officer("reviewer")
    post(RENT)
    pk = write(DraftCard(date(2026, 4, 1), "四月", WAGES.lines))
    march, april = date(2026, 3, 1), date(2026, 4, 1)
    refused = refuse(close_month, village, april, by, NOW)
    assert (refused.code, "会计法" in refused.rule) == ("earlier-month-open", True)
    close_month(village, march, by, NOW)
    assert refuse(close_month, village, march, by, NOW).code == "month-closed"
    assert refuse(close_month, village, april, by, NOW).code == "drafts-waiting"
    pass_drafts([pk], village, by, NOW)
    close_month(village, april, by, NOW)
    assert refuse(close_month, village, timezone.localdate(NOW), by, NOW).code == "month-not-over"
    refused = refuse(begin_draft, village, RENT, officer("bookkeeper"), NOW)
    assert (refused.code, "会计法" in refused.rule) == ("month-closed", True)
    assert BookMonth.objects.get(month=march).digest


def test_a_draft_of_a_month_that_closed_is_not_posted(village, officer, write):
    pk = write(WAGES)
    BookMonth.objects.create(organisation=village, month=date(2026, 3, 1), closed_at=NOW)
    assert refuse(pass_drafts, [pk], village, officer("reviewer"), NOW).code == "month-closed"
