"""Daily roots bind the chains of a day to the days before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.journal.conftest import START, change, make_entry

from huiyin.journal.api import append, list_roots, make_root, verify
from huiyin.journal.jobs import make_daily_root
from huiyin.kernel.refusals import Refusal

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 18)
ROOT = "UPDATE journal_root SET {}"
OVER = datetime(2026, 11, 25, tzinfo=UTC)


def found():
    return [(finding.kind, finding.subject) for finding in verify().findings]


def test_a_root_counts_the_chains_that_changed_on_its_day(chain):
    root = make_root(DAY, OVER)
    assert (root.on, root.count, len(root.root), root.prev) == (DAY, 2, 32, b"")
    assert verify().whole


def test_a_root_is_made_once(chain):
    first = make_root(DAY, OVER)
    append([make_entry(number=6)])
    assert make_root(DAY, OVER) == first
    assert verify().whole


def test_days_are_chained_and_none_is_left_out(chain):
    append([make_entry(number=80)])
    make_root(DAY + timedelta(days=4), OVER)
    roots = list_roots()
    assert [root.on.day for root in roots] == [18, 19, 20, 21, 22]
    assert [root.count for root in roots] == [2, 0, 0, 1, 0]
    assert [root.prev for root in roots[1:]] == [root.root for root in roots[:-1]]


def test_a_day_ends_at_midnight_in_the_county(db):
    append([make_entry(at=datetime(2026, 11, 18, 15, 59, 59, tzinfo=UTC))])
    append([make_entry(at=datetime(2026, 11, 18, 16, 0, tzinfo=UTC))])
    make_root(DAY + timedelta(days=1), OVER)
    assert [(root.on.day, root.count) for root in list_roots()] == [(18, 1), (19, 1)]


def test_a_day_that_is_not_over_has_no_root(chain):
    with pytest.raises(Refusal) as refused:
        make_root(DAY, START)
    assert refused.value.code == "day-not-over"


def test_a_day_before_the_first_root_is_refused(chain):
    make_root(DAY, OVER)
    with pytest.raises(Refusal) as refused:
        make_root(DAY - timedelta(days=1), OVER)
    assert refused.value.code == "root-out-of-order"


def test_an_entry_dated_back_does_not_break_a_root(chain):
    make_root(DAY, OVER)
    append([make_entry("case:HC3"), make_entry(number=7)])
    assert verify().whole


@pytest.mark.parametrize(
    "what",
    ["root = '\\x00'", "count = 9", "leaves = ''", "leaves = '\\x789c030000000001'", "algo = 2", "algo = 7"],
)
def test_an_altered_root_is_named_by_its_day(chain, what):
    make_root(DAY, OVER)
    change(ROOT.format(what))
    assert found() == [("root", "root:2026-11-18")]


def test_a_removed_root_is_seen_by_the_one_after_it(chain):
    make_root(DAY + timedelta(days=2), OVER)
    change("DELETE FROM journal_root WHERE \"on\" = '2026-11-19'")
    assert found() == [("root", "root:2026-11-20")]


def test_a_root_by_sm3_is_verified(chain, settings):
    settings.JOURNAL_HASH = "sm3"
    assert make_root(DAY, OVER).algo == 2
    assert verify().whole


def test_the_job_makes_the_root_of_the_day_before(chain):
    ten_past_midnight = datetime(2026, 11, 18, 16, 10, tzinfo=UTC)
    make_daily_root(int(ten_past_midnight.timestamp()))
    assert [root.on for root in list_roots()] == [DAY]
