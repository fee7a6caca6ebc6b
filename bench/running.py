"""Goes through the sizes: fills, serves, measures each path; stops in time for the budget."""

from __future__ import annotations

import argparse
import sys
import time

from bench import grounds, telling
from bench.bursting import PROFILE, burst
from bench.cast import make_cast
from bench.filling import fill
from bench.importing import measure_import
from bench.measuring import Measured, ask, list_plans, measure
from bench.paths import Paths
from bench.reading import measure_reading
from bench.serving import serve
from bench.telling import Results

MOST_RECEIVED = 60_000


def run(options: argparse.Namespace, sizes: list[int], url: str, start: float) -> None:
    """Measure every size; `RESULTS.md` is written after each, so that a broken run leaves what it had."""
    results = Results("make bench" + (f' OPTIONS="{" ".join(sys.argv[1:])}"' if len(sys.argv) > 1 else ""))
    until = start + options.minutes * 60 if options.minutes else float("inf")
    for size in sizes:
        if time.monotonic() > until:
            results.notes.append(
                f"{size:,} cases: not measured, the budget of {options.minutes:g} minutes was spent"
            )
            continue
        print(f"{size:,} cases", flush=True)
        with grounds.own_database(url, size, keep=options.keep) as (own, kept):
            grounds.use_database(own)
            grounds.prepare_tables()
            _fill(results, size, kept=kept)
            _read_texts(options, results, size)
            _measure_size(options, results, own, size, until)
            if size == sizes[-1] and options.burst:
                _burst(options, results, size, until)
            if size == sizes[0] and options.rows:
                _import(options, results, until)
            from django.db import connection

            connection.close()
        telling.write(results)
    telling.write(results)
    print(f"written: {telling.FILE.name}, after {(time.monotonic() - start) / 60:.1f} minutes", flush=True)


def _fill(results: Results, size: int, *, kept: bool) -> None:
    from django.db import connection

    if not kept or (size and not ask("SELECT count(*) FROM (SELECT FROM cases_case LIMIT 1) AS first")):
        seconds = fill(size) if size else 0.0
    else:
        seconds = -1.0
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        results.version = cursor.fetchone()[0]
    results.fills.append((size, seconds, grounds.tell_size()))


def _read_texts(options: argparse.Namespace, results: Results, size: int) -> None:
    if options.paths and options.paths not in "reading":
        return
    read = measure_reading(size)
    results.readings.append(read)
    p50, p99 = read.look_ups.percentile(0.5), read.look_ups.percentile(0.99)
    print(
        f"    reading: duplicates p50 {p50:.1f} p99 {p99:.1f} ms,"
        f" {read.rate:.0f} texts/s told, learnt in {read.learning:.1f} s",
        flush=True,
    )


def _measure_size(options: argparse.Namespace, results: Results, url: str, size: int, until: float) -> None:
    paths = Paths(make_cast(), [])
    with serve(options.workers) as serving:
        for plan in list_plans(paths):
            if options.paths and options.paths not in plan.name:
                continue
            if time.monotonic() > until:
                results.notes.append(f"{plan.name} at {size:,} cases: left out, the budget was spent")
                continue
            if plan.moves:
                paths.received.extend(list_received(options.seconds, size))
            measured = measure(plan, paths, serving, url, size, options.seconds)
            paths.received.clear()
            results.rows.append(measured)
            _tell(results, measured)


def list_received(seconds: float, size: int) -> list[str]:
    """Numbers of cases that wait, more than can be moved in that time; `bench_received` holds others."""
    from django.db import connection
    from django.utils import timezone

    from bench.requests import Words
    from huiyin.appeals.api import NewAppeal, report_many
    from huiyin.cases.api import SYSTEM

    words, now = Words(size + 3), timezone.now()
    wanted = min(MOST_RECEIVED, round(seconds * 900) + 1000)
    for _ in range(-(-wanted // 500)):
        told = [words.write() for _ in range(500)]
        report_many(
            [
                NewAppeal("hotline", "hotline", said, now, title=title, name=name)
                for title, said, name, _ in told
            ],
            SYSTEM,
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number FROM cases_case WHERE stage = 'received' AND version = 1 AND process = 'hotline'"
            " ORDER BY id DESC LIMIT %s",
            [wanted],
        )
        numbers = [row[0] for row in cursor.fetchall()]
        cursor.execute("DROP TABLE IF EXISTS bench_received")
        cursor.execute(
            "CREATE TABLE bench_received AS SELECT row_number() OVER () AS turn, id, number FROM cases_case"
            " WHERE number = ANY(%s)",
            [numbers[len(numbers) // 2 :]],
        )
        cursor.execute("CREATE UNIQUE INDEX ON bench_received (turn)")
        cursor.execute("ANALYZE bench_received")
    return numbers[: len(numbers) // 2]


def _tell(results: Results, row: Measured) -> None:
    told = row.load
    print(
        f"    {row.name:26} {row.statements:3} statements {told.rate:6.0f}/s  p50 {told.percentile(0.5):6.1f}"
        f"  p99 {told.percentile(0.99):6.1f} ms  CPU {told.cpu_ms:6.2f} ({row.single.cpu_ms:.2f}) ms"
        f"  pgbench {row.alone:6.0f}/s  ratio {row.ratio:.2f}",
        flush=True,
    )
    for fault in told.faults[:2]:
        results.notes.append(
            f"{row.name} at {row.cases:,} cases: {len(told.faults)} faults, such as `{fault[:300]}`"
        )
        print(f"      {fault}", flush=True)
    if row.fault:
        results.notes.append(f"{row.name} at {row.cases:,} cases: pgbench says `{row.fault[:300]}`")
        print(f"      pgbench: {row.fault}", flush=True)


def _burst(options: argparse.Namespace, results: Results, size: int, until: float) -> None:
    minutes = min(options.burst_minutes, (until - time.monotonic()) / 60)
    if minutes <= 0:
        results.notes.append("burst: left out, the budget was spent")
        return
    paths = Paths(make_cast(), [])
    script = paths.live_by_api if paths.api else paths.live_by_form
    _drop_work()
    with serve(options.workers, jobs=True) as serving:
        print(
            f"    burst: {' → '.join(map(str, PROFILE))} a second in {minutes:g} minutes, jobs running",
            flush=True,
        )
        whole, parts = burst(serving, script, minutes)
    results.bursts.append((size, minutes, whole, parts))
    print(
        f"    burst: p95 {whole.percentile(0.95):.0f} ms; {telling.tell_answers(whole)}",
        flush=True,
    )
    results.notes += [f"burst: `{fault[:300]}`" for fault in whole.faults[:3]]


def _drop_work() -> None:
    """What the paths before left for the jobs, without which they ran, is no work of the burst."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE journal_outbox")


def _import(options: argparse.Namespace, results: Results, until: float) -> None:
    if time.monotonic() > until:
        results.notes.append("import: left out, the budget was spent")
        return
    imported = measure_import(options.rows)
    results.imports.append(imported)
    print(
        f"    import: {imported.rows:,} in {imported.intake:.1f} s, COPY {imported.copy:.1f} s,"
        f" ratio {imported.ratio:.2f}",
        flush=True,
    )
