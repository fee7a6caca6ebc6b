"""One root a day over all chains that changed, each chained to the root before; it can be published."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from huiyin.journal import store
from huiyin.journal.hashing import choose_algo, make_hash
from huiyin.journal.values import Root
from huiyin.kernel.canonical import canonical
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

_DAY = timedelta(days=1)


@transaction.atomic
def make_root(on: date, now: datetime | None = None) -> Root:
    """The root of the day `on` (in the product's time zone); made once, then only answered.

    Covers the last entry dated on that day of each chain. Days since the last root that have none are made
    first, so that no day is left out. Refuses `day-not-over`, and `root-out-of-order` for a day before the
    first root.
    """
    now = now or timezone.now()
    if on >= timezone.localdate(now):
        raise Refusal("day-not-over", _NOT_OVER.fill(on=on))
    store.run("lock_roots")
    last = store.fetch("find_last_root")
    if last and on <= last[0][0]:
        return _get_root(on)
    prev = bytes(last[0][1]) if last else b""
    for day in _days_to_make(last[0][0] if last else None, on):
        prev = _write_root(day, prev, now)
    return _get_root(on)


def _get_root(on: date) -> Root:
    rows = store.fetch("find_root", {"on": on})
    if not rows:
        raise Refusal("root-out-of-order", _OUT_OF_ORDER.fill(on=on))
    return _read(rows[0])


def _days_to_make(last: date | None, on: date) -> Iterator[date]:
    day = last + _DAY if last else min(_first_day() or on, on)
    while day <= on:
        yield day
        day += _DAY


def _first_day() -> date | None:
    first = store.fetch("find_first_at")[0][0]
    return timezone.localdate(first) if first else None


def _write_root(on: date, prev: bytes, now: datetime) -> bytes:
    algo = choose_algo(settings.JOURNAL_HASH)
    leaves = sorted(store.fetch("list_leaves", {"since": _start_of(on), "until": _start_of(on + _DAY)}))
    listed = canonical([list(leaf) for leaf in leaves])
    root = make_hash(algo, prev + listed)
    given = {"on": on, "count": len(leaves), "root": root, "prev": prev, "algo": int(algo), "made_at": now}
    store.run("insert_root", {**given, "leaves": zlib.compress(listed)})
    return root


def _start_of(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time()), timezone.get_default_timezone())


def list_roots() -> list[Root]:
    """All roots by day."""
    return [_read(row) for row in store.fetch("list_roots")]


def _read(row: tuple[Any, ...]) -> Root:
    on, count, root, prev, algo, made_at = row
    return Root(on, count, bytes(root), bytes(prev), algo, made_at)


_NOT_OVER = Words(
    "{on} 还没有结束，日根在次日生成。", "The day {on} is not over yet; its root is made on the next day."
)
_OUT_OF_ORDER = Words(
    "{on} 早于最早的日根，不能补做：日根按日相连。",
    "{on} lies before the first root and cannot be made any more: the roots are chained by day.",
)
