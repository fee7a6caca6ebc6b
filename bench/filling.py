"""Fills a database with N cases by COPY, indices built afterwards; journal chains can be verified."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from bench.pool import SIZE, Sample, as_bytea, make_pool
from bench.tables import COLUMNS, complete, drop_indices

CHUNK = 20_000
OPEN_SHARE = 20
"""One case in so many is open."""


class State(NamedTuple):
    """A state that filled cases are in: its stage, the move that led there, and which times are set."""

    stage: str
    kind: str
    move: str
    dispatched: bool
    answered: bool
    closed: bool


CLOSED = State("closed", "closed", "callback", dispatched=True, answered=True, closed=True)
OPEN = (
    State("received", "open", "open", dispatched=False, answered=False, closed=False),
    State("to-dispatch", "open", "accept", dispatched=False, answered=False, closed=False),
    State("dispatched", "open", "dispatch", dispatched=True, answered=False, closed=False),
    State("handling", "open", "sign", dispatched=True, answered=False, closed=False),
    State("handling", "open", "sign", dispatched=True, answered=False, closed=False),
    State("finished", "open", "close", dispatched=True, answered=True, closed=False),
)


def fill(count: int) -> float:
    """Lay `count` cases down; the seconds that it took. Prints how far it is."""
    from django.db import connection

    start = time.monotonic()
    pool = make_pool(min(SIZE, max(count, 1)))
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        again = drop_indices(cursor)
        forms = {table: complete(cursor, table) for table in COLUMNS}
    writer = _Writer(pool, count)
    for first in range(1, count + 1, CHUNK):
        _copy(forms, writer.write(range(first, min(first + CHUNK, count + 1))))
        if first // CHUNK % 10 == 0:
            print(
                f"    fill: {min(first - 1 + CHUNK, count):,} of {count:,}, {time.monotonic() - start:.0f} s",
                flush=True,
            )
    _settle(again, start)
    return time.monotonic() - start


def _copy(forms: dict[str, tuple[list[str], str]], lines: dict[str, list[str]]) -> None:
    from django.db import connection

    connection.ensure_connection()
    for table, (columns, more) in forms.items():
        with (
            connection.connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
        ):
            copy.write("".join(f"{line}{more}\n" for line in lines[table]))


def _settle(again: list[str], start: float) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for table in ("people_person", "cases_case"):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest(max(id), 1)) FROM {table}"
            )
        for statement in again:
            before = time.monotonic()
            cursor.execute(statement)
            if time.monotonic() - before > 5:
                print(f"    fill: {time.monotonic() - before:.0f} s for {statement[:70]}…", flush=True)
        print(f"    fill: indices stand after {time.monotonic() - start:.0f} s", flush=True)
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("RESET maintenance_work_mem")
        cursor.execute("RESET synchronous_commit")


class _Writer:
    """Writes the lines of all tables for a range of case ids."""

    def __init__(self, pool: list[Sample], count: int) -> None:
        from huiyin.cases.api import get_newest
        from huiyin.journal.hashing import hash_entry
        from huiyin.register.api import load_rules

        self.pool, self.count = pool, count
        self.process, self.rules = get_newest("hotline"), load_rules()
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.hash_entry = hash_entry
        self.open_from = count - count // OPEN_SHARE

    def write(self, ids: range) -> dict[str, list[str]]:
        """Lines by table."""
        lines: dict[str, list[str]] = {table: [] for table in COLUMNS}
        for case_id in ids:
            sample = self.pool[case_id * 7919 % len(self.pool)]
            for table, line in self._write_case(case_id, sample):
                lines[table].append(line)
        return lines

    def _write_case(self, case_id: int, sample: Sample) -> Iterator[tuple[str, str]]:
        is_open = case_id > self.open_from
        state = OPEN[case_id % len(OPEN)] if is_open else CLOSED
        opened_at = self._choose_time(case_id, is_open=is_open)
        number = f"{self.process.number}{opened_at + timedelta(hours=8):%y%m%d}{case_id:05d}"
        times = _Times(opened_at, self.now, state)
        yield (
            "people_person",
            (
                f"{case_id}\tresident\t{sample.sealed}\t{sample.phone_digest}\t{sample.masked_name}"
                f"\t{sample.masked_phone}\t{times.opened}"
            ),
        )
        lead = str(sample.lead_id) if state.dispatched else "\\N"
        yield (
            "cases_case",
            (
                f"{case_id}\t{number}\tappeal\thotline\t{self.process.version}\t{state.stage}\t{state.kind}\tordinary\tf"
                f"\t{sample.title}\t{sample.category_id}\t{sample.area_id}\t{sample.township_id}\t\tportal\t{case_id}"
                f"\tnamed\t{times.opened}\t{times.accepted}\t{times.dispatched}\t{times.answered}\t{times.closed}"
                f"\t{times.moved}\t{lead}\tf\t1\t0\t0\t0\t0\t{times.due}\t{times.opened}\t0\t\t2"
            ),
        )
        yield "cases_casetext", f"{case_id}\t{sample.words}\t{sample.pairs}"
        yield from self._write_parts(case_id, state, times, lead)
        yield from self._write_chain(number, sample, state, times)
        secret = hashlib.sha256(f"bench {case_id}".encode()).digest()
        yield (
            "appeals_appeal",
            (f"{case_id}\t{as_bytea(secret)}\t{sample.secret_sealed}\t\t\tzh-hans\t{sample.digest}"),
        )
        for mark in sample.marks:
            yield "appeals_band", f"{mark}\t{case_id}"

    def _choose_time(self, case_id: int, *, is_open: bool) -> datetime:
        """Closed cases lie back as far as a year, open ones in the last ten days, all in the order of ids."""
        if is_open:
            return self.now - timedelta(days=10) * (
                (self.count - case_id) / max(self.count - self.open_from, 1)
            )
        days = timedelta(days=355) * ((self.open_from - case_id) / max(self.open_from, 1))
        return self.now - timedelta(days=10) - days

    def _write_parts(self, case_id: int, state: State, times: _Times, lead: str) -> Iterator[tuple[str, str]]:
        key, owner, main = ("handle", "lead", "t") if state.dispatched else ("accept", "centre", "f")
        over = state.answered
        yield (
            "cases_caseclock",
            (
                f'{case_id}\t{key}\t{owner}\t{lead}\t{main}\t1\t{times.opened}\t["5wd"]\t[]\t{times.due}\t[]'
                f"\t{times.no if over else times.due}\t{times.answered if over else times.no}"
                f"\t{'kept' if over else 'running'}\t{self.rules.calendar.digest}\tf"
            ),
        )
        if state.dispatched:
            yield (
                "cases_assignment",
                (
                    f"{case_id}\t{lead}\tlead\t1\tf\t{times.dispatched}\t{times.dispatched}\t{times.answered}"
                    f"\t{times.closed}\t{'done' if state.closed else ''}"
                ),
            )
        if state.closed:
            yield "cases_rating", f"{case_id}\t1\tcallback\tt\tt\t5\t\t{lead}\t{times.closed}"

    def _write_chain(
        self, number: str, sample: Sample, state: State, times: _Times
    ) -> Iterator[tuple[str, str]]:
        opening = {
            "move": "open",
            "to": "received",
            "process": f"hotline.{self.process.version}",
            "channel": "portal",
            "grade": "ordinary",
            "words_digest": sample.words_digest,
            "identity": "named",
        }
        links = [("open", times.opened_text, opening)]
        if state.move != "open":
            moved = {"move": state.move, "from": "received", "to": state.stage, "role": "system", "round": 1}
            links.append((state.move, times.moved_text, moved))
        subject, prev = f"case:{number}", b""
        for seq, (verb, at, body) in enumerate(links, start=1):
            link = {"subject": subject, "seq": seq, "at": at, "actor_id": None, "actor": "系统"}
            made = self.hash_entry(1, {**link, "verb": verb, "body": body, "key": None}, prev.hex())
            written = json.dumps(body, ensure_ascii=False).replace("\\", "\\\\")
            yield (
                "journal_entry",
                (f"{subject}\t{seq}\t{at}\t系统\t{verb}\t{written}\t1\t{as_bytea(prev)}\t{as_bytea(made)}"),
            )
            prev = made
        yield "journal_head", f"{subject}\t{len(links)}\t{as_bytea(prev)}\t{links[-1][1]}"


class _Times:
    """The moments of one case as COPY takes them; those that have not come are null."""

    no = "\\N"

    def __init__(self, opened_at: datetime, now: datetime, state: State) -> None:
        self.opened = self.opened_text = opened_at.isoformat(timespec="microseconds")
        later = (opened_at + timedelta(hours=1)).isoformat(timespec="microseconds")
        end = min(opened_at + timedelta(days=3), now).isoformat(timespec="microseconds")
        begun = state.move != "open"
        self.accepted = later if begun else self.no
        self.dispatched = later if state.dispatched else self.no
        self.answered = end if state.answered else self.no
        self.closed = end if state.closed else self.no
        self.moved = self.moved_text = end if state.answered else later if begun else self.opened
        self.due = (opened_at + timedelta(days=7)).isoformat(timespec="microseconds")
