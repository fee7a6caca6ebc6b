"""Two at the same books, months that close meanwhile, a connection that dies: nothing is lost or doubled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import OperationalError, connection
from django.test import override_settings
from django.utils import timezone
from tests.cases.county import QUICK, install

from huiyin.app.demo.economy.organisations import install_organisations
from huiyin.economy.books import posting
from huiyin.economy.books.api import (
    BookMonth,
    DraftCard,
    Line,
    NewVoucher,
    Voucher,
    VoucherDraft,
    begin_draft,
    change_draft,
    close_all,
    close_month,
    pass_drafts,
    post_vouchers,
    reverse_voucher,
    send_draft,
)
from huiyin.economy.organisations.api import Organisation
from huiyin.journal.api import verify
from huiyin.kernel.refusals import Refusal
from huiyin.people.api import Post, take_in_hand

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()
MARCH = date(2026, 3, 1)
WAGES = DraftCard(date(2026, 3, 9), "计提工资", (Line("513", 30_000), Line("212", -30_000)))


@pytest.fixture
def village(transactional_db):
    """One organisation, really written."""
    with override_settings(**QUICK):
        install()
        install_organisations(1)
    return Organisation.objects.get()


@pytest.fixture
def officer(village):
    """Whoever holds a role there."""

    def find(role: str):
        post = Post.objects.filter(role=role, unit_id=village.unit_id).order_by("id").first()
        return take_in_hand(post.account_id, timezone.localdate())

    return find


def at_once(*works):
    """Run the works at the same moment, each on its own connection; what each answered, or why it did not."""
    start = Barrier(len(works))

    def run(work):
        start.wait()
        try:
            return work()
        except Refusal as refusal:
            return refusal.code
        except OperationalError:
            return "away"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def send(village, by):
    draft = begin_draft(village, WAGES, by, NOW)
    return send_draft(draft.pk, village, by, NOW).pk


def test_two_bookkeepers_on_one_draft_do_not_write_over_each_other(village, officer):
    by = officer("bookkeeper")
    draft = begin_draft(village, WAGES, by, NOW)
    found = at_once(*[lambda: change_draft(draft.pk, village, WAGES, 1, by, NOW).version] * 2)
    assert sorted(map(str, found)) == ["2", "changed-meanwhile"]


def test_two_reviews_of_one_draft_put_it_on_the_books_once(village, officer):
    by, pk = officer("reviewer"), send(village, officer("bookkeeper"))
    found = at_once(*[lambda: pass_drafts([pk], village, by, NOW)[0].state] * 3)
    assert sorted(map(str, found)) == ["posted", "wrong-state", "wrong-state"]
    assert Voucher.objects.count() == 1


def test_many_post_into_one_month_and_the_numbers_have_no_gap(village):
    new = [NewVoucher(village.pk, WAGES.made_on, "计提", WAGES.lines)] * 5
    at_once(*[lambda: len(post_vouchers(new, None, NOW))] * 4)
    assert sorted(Voucher.objects.values_list("number", flat=True)) == list(range(1, 21))
    assert list(verify(f"organisation:{village.code}").findings) == []


def test_a_month_that_closes_while_vouchers_come_has_all_that_were_taken_and_no_later_one(village):
    new = NewVoucher(village.pk, WAGES.made_on, "计提", WAGES.lines)

    def post():
        return [post_vouchers([new], None, NOW)[0].number for _ in range(6)]

    found = at_once(post, post, lambda: close_all([village], MARCH, None, NOW)[0].vouchers)
    month = BookMonth.objects.get(month=MARCH)
    assert month.closed_at is not None
    assert found[2] == month.vouchers == Voucher.objects.count()
    with pytest.raises(Refusal):
        post_vouchers([new], None, NOW)


def test_a_draft_that_is_reviewed_while_its_month_closes_is_posted_or_holds_the_month_open(village, officer):
    pk, by = send(village, officer("bookkeeper")), officer("reviewer")
    closer = officer("bookkeeper")
    found = at_once(
        lambda: pass_drafts([pk], village, by, NOW)[0].state,
        lambda: close_month(village, MARCH, closer, NOW).vouchers,
    )
    closed = BookMonth.objects.filter(month=MARCH, closed_at__isnull=False).exists()
    assert found in (["posted", 1], ["posted", "drafts-waiting"])
    assert closed == (found[1] == 1)


def test_two_reversals_of_one_voucher_are_one(village, officer):
    by = officer("bookkeeper")
    voucher = post_vouchers([NewVoucher(village.pk, WAGES.made_on, "计提", WAGES.lines)], None, NOW)[0]
    found = at_once(
        *[lambda: reverse_voucher(voucher.pk, village, date(2026, 4, 1), "记错", by, NOW).kind] * 2
    )
    assert sorted(map(str, found)) == ["reversal", "reversed-already"]


def test_a_connection_that_dies_in_the_middle_leaves_nothing_and_the_next_try_posts_once(
    village, officer, monkeypatch
):
    pk, by = send(village, officer("bookkeeper")), officer("reviewer")

    def die(*_):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(posting, "note_all", die)
    assert at_once(lambda: pass_drafts([pk], village, by, NOW)) == ["away"]
    monkeypatch.undo()
    assert not Voucher.objects.exists()
    assert VoucherDraft.objects.get().state == "review"
    assert pass_drafts([pk], village, by, NOW)[0].state == "posted"
    assert Voucher.objects.get().number == 1
    assert list(verify(f"organisation:{village.code}").findings) == []


def test_a_close_that_dies_leaves_the_month_open(village, monkeypatch):
    post_vouchers([NewVoucher(village.pk, WAGES.made_on, "计提", WAGES.lines)], None, NOW)
    from huiyin.economy.books import closing

    def die(*_):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(closing, "note_all", die)
    assert at_once(lambda: close_all([village], MARCH, None, NOW)) == ["away"]
    monkeypatch.undo()
    assert BookMonth.objects.get().closed_at is None
    assert close_all([village], MARCH, None, NOW)[0].vouchers == 1
