"""A run pays every plan once, whatever is killed or runs beside it, and writes the same files each time."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from huiyin.economy.distributions import running
from huiyin.economy.distributions.api import Entry, PayFile, Payment, Plan, distribute
from huiyin.economy.distributions.parallel import deal
from huiyin.economy.distributions.paying import lock_plans, pay_plans
from huiyin.economy.distributions.running import list_payable
from huiyin.economy.watch.api import generate, verify_all
from huiyin.kernel.refusals import Refusal


@pytest.fixture
def county_for_trial(transactional_db):
    """Three collectives of sixty members, with books and plans."""
    return generate(60, 3, timezone.now(), processes=1)


def _read(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_run_pays_each_member_once_and_a_second_one_writes_the_same_files(county_for_trial, tmp_path):
    done = distribute(list_payable(), tmp_path / "first", processes=1)
    assert (done.members, done.collectives, done.paid_fen) == (60, 3, done.total_fen)
    again = distribute(list_payable(), tmp_path / "second", processes=1)
    assert again == done
    assert _read(tmp_path / "first") == _read(tmp_path / "second")
    assert Entry.objects.filter(kind="paid").count() == 60
    assert PayFile.objects.count() == 3
    assert verify_all().found == []
    with pytest.raises(Refusal):
        generate(60, 3, timezone.now())


def test_a_run_that_is_killed_goes_on_where_it_was(county_for_trial, tmp_path, monkeypatch):
    plans = list_payable()
    monkeypatch.setattr(running, "BATCH", 1)
    written = running._write

    def die_at_the_second(path, content):
        if list(tmp_path.iterdir()):
            raise KeyboardInterrupt
        written(path, content)

    monkeypatch.setattr(running, "_write", die_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        distribute(plans, tmp_path, processes=1)
    assert PayFile.objects.count() == 2  # the second is paid, and its file is not there yet
    monkeypatch.setattr(running, "_write", written)
    done = distribute(plans, tmp_path, processes=1)
    assert done.paid_fen == sum(PayFile.objects.values_list("fen", flat=True)) == done.total_fen
    assert len(_read(tmp_path)) == 3
    assert Payment.objects.count() == Payment.objects.values("file", "household").distinct().count()


def test_two_runs_at_once_pay_once(county_for_trial, tmp_path):
    plans = list_payable()

    def run(folder):
        try:
            distribute(plans, folder, processes=1)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(tmp_path / name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Entry.objects.filter(kind="paid").count() == 60
    assert _read(tmp_path / "one") == _read(tmp_path / "two")


def test_a_turn_that_fails_half_way_leaves_nothing_behind(county_for_trial):
    plan = Plan.objects.order_by("pk").first()

    def stop_half_way():
        running.approve_plans(lock_plans([plan.pk]), None, timezone.now())
        pay_plans(lock_plans([plan.pk]), None, timezone.now())
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        stop_half_way()
    assert not Entry.objects.exists()
    assert not Payment.objects.exists()


def test_batches_are_as_even_as_can_be_and_hold_everything_once():
    weights = [(key, key % 7 + 1) for key in range(100)]
    bundles = deal(weights, 2, 32)
    assert sorted(key for bundle in bundles for key in bundle) == list(range(100))
    assert len(bundles) == 4
    sums = [sum(key % 7 + 1 for key in bundle) for bundle in bundles]
    assert max(sums) - min(sums) <= 7
    assert deal([], 2, 32) == []
