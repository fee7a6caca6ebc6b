"""Two cashiers at one filing, and a database connection that dies in the middle: paid once, never twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Event, Thread

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone
from tests.economy.spending import FILED, ask, make_payment, take

from huiyin.app.demo.county.loader import install_county
from huiyin.app.demo.economy.organisations import install_organisations
from huiyin.cases.api import make_acting, move_case
from huiyin.economy.books.api import Line, NewVoucher, Voucher, post_vouchers
from huiyin.economy.contracts.api import Payment
from huiyin.economy.organisations.api import Organisation
from huiyin.journal.api import verify
from huiyin.kernel.refusals import Refusal
from huiyin.people.api import Post, take_in_hand

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture
def committed(transactional_db):
    """A village whose rows other connections see, with whoever works there."""
    install_county()
    install_organisations(3)
    village = Organisation.objects.order_by("code").first()

    def find(role):
        unit = village.township_id if role == "rural" else village.unit_id
        post = Post.objects.filter(role=role, unit_id=unit).order_by("id").first()
        return take_in_hand(post.account_id, TODAY)

    return village, find


def _at_once(*works):
    start = Barrier(len(works))

    def run(work):
        start.wait()
        try:
            return work()
        except Refusal as refusal:
            return refusal.code
        except Error:
            return "cut off"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def _find_pid() -> int:
    """The process at the server that answers this thread."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def _paid(payment) -> int:
    return Voucher.objects.filter(source=f"payment:{payment.pk}").count()


def test_one_filing_is_paid_once_however_many_try_and_whatever_is_cut_off(committed):
    village, officer = committed
    payment = take(ask(make_payment(village.pk), officer, NOW), officer, NOW, *FILED)
    cashier = make_acting(officer("cashier"))
    stopped, own = Event(), _find_pid()

    def kill() -> None:
        """Cut off whichever of the payers' connections works, over and over; the test's own looks on."""
        while not stopped.wait(0.004):
            with suppress(Error), connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database()"
                    " AND pid <> pg_backend_pid() AND pid <> %s"
                    " AND state <> 'idle' AND query LIKE '%%voucher%%' LIMIT 1",
                    [own],
                )
        connection.close()

    killer = Thread(target=kill)
    killer.start()
    found = []
    for turn in range(4):
        if turn == 2:
            stopped.set()
            killer.join()
        found += _at_once(*[lambda: move_case(payment.case.number, "pay", {}, cashier, NOW).stage] * 3)
        assert _paid(payment) <= 1
    assert set(found) <= {"paid", "wrong-stage", "cut off"}
    assert found.count("paid") <= 1
    payment = Payment.objects.get(pk=payment.pk)
    assert (_paid(payment), payment.voucher.payee) == (1, payment.payee)
    assert verify().whole


def test_two_parts_that_only_together_reach_the_line_do_not_pass_side_by_side(committed):
    village, _ = committed
    lines = (Line("511", 300_000), Line("102", -300_000))
    first = TODAY.replace(day=1)
    days = (first, first - timedelta(1), first - timedelta(2))
    parts = [NewVoucher(village.pk, day, "付款", lines, payee="张三超市") for day in days]
    found = _at_once(*[lambda part=part: len(post_vouchers([part], None, NOW)) for part in parts])
    assert sorted(map(str, found)) == ["1", "payment-split", "payment-split"]
    with transaction.atomic():
        assert Voucher.objects.filter(payee="张三超市").count() == 1
