"""Measures the hot paths through their own doors: create, move, worklist, counts, search.

Fills a database of its own with the demo county and N invented requests, times each path in one process
and one connection, and writes `RESULTS.md`. Not a load test: it tells what one call costs in statements,
wall time and CPU.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))


def main() -> None:
    """Parse the options, prepare the database, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000, help="how many cases lie there before measuring")
    parser.add_argument("--runs", type=int, default=300, help="calls of each path")
    options = parser.parse_args()
    from huiyin.app.database import ensure_database

    with ensure_database(lambda words: print(words.en, file=sys.stderr)) as url, OwnDatabase(url) as own:
        os.environ["HUIYIN_DATABASE_URL"] = own
        os.environ["DJANGO_SETTINGS_MODULE"] = "huiyin.app.settings"
        import django

        django.setup()
        _write(options, _measure(options))


class OwnDatabase:
    """A database beside the given one, dropped afterwards."""

    def __init__(self, url: str) -> None:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict, make_conninfo

        self._admin = psycopg.connect(url, autocommit=True)
        self._name = f"huiyin_bench_{os.getpid()}"
        parts = conninfo_to_dict(url)
        self._url = make_conninfo(**{**parts, "dbname": self._name})

    def __enter__(self) -> str:
        self._admin.execute(f'CREATE DATABASE "{self._name}"')
        return self._url

    def __exit__(self, *_error: object) -> None:
        from django.db import connection

        connection.close()
        self._admin.execute(f'DROP DATABASE "{self._name}" WITH (FORCE)')


def _measure(options: argparse.Namespace) -> list[tuple[str, ...]]:
    from django.core.management import call_command

    from huiyin.app.demo.county.loader import install_county

    call_command("migrate", verbosity=0)
    install_county()
    paths = _Paths()
    paths.fill(options.cases)
    return [
        _time("create", paths.create, options.runs),
        _time("move (accept)", paths.accept, options.runs),
        _time("move (dispatch)", paths.dispatch, options.runs),
        _time("move (sign)", paths.sign, options.runs),
        _time("worklist of 50", paths.worklist, options.runs),
        _time("tab counts", paths.tabs, options.runs),
        _time("search, two signs", lambda: paths.search("停水"), options.runs),
        _time("search, four signs", lambda: paths.search("路灯不亮"), options.runs),
        _time("likely duplicates", paths.alike, options.runs),
    ]


class _Paths:
    """The calls that are timed."""

    def __init__(self) -> None:
        from random import Random

        from huiyin.app.demo.requests.acting import Cast
        from huiyin.app.demo.requests.writing import list_matters
        from huiyin.people.api import list_areas
        from huiyin.register.api import list_categories

        self.rng = Random(7)
        self.cast = Cast()
        self.matters = list_matters()
        self.villages = list_areas("village")
        self.categories = {category.code: category.pk for category in list_categories(3)}
        self.dispatcher = self.cast.find(self.rng, "dispatcher", None, [])
        self.opened: list[str] = []
        self.accepted: list[str] = []
        self.dispatched: list[tuple[str, int]] = []

    def _draft(self) -> Any:
        from huiyin.app.demo.requests.writing import write_matter, write_person
        from huiyin.appeals.api import NewAppeal

        village = self.rng.choice(self.villages)
        written = write_matter(self.rng, self.rng.choice(self.matters), village.name)
        name, phone = write_person(self.rng)
        return NewAppeal(
            process="hotline",
            channel="portal",
            title=written.title,
            words=written.words,
            name=name,
            phone=phone,
            category_id=self.categories[written.category],
            area_id=village.pk,
            opened_at=_now(),
        )

    def fill(self, count: int) -> None:
        """Lay `count` cases down, five hundred a transaction, through the same door."""
        from huiyin.appeals.api import report_many
        from huiyin.cases.api import SYSTEM

        for start in range(0, count, 500):
            report_many([self._draft() for _ in range(min(500, count - start))], SYSTEM)

    def create(self) -> None:
        from huiyin.appeals.api import report
        from huiyin.cases.api import PERSON

        self.opened.append(report(self._draft(), PERSON).number)

    def accept(self) -> None:
        from huiyin.cases.api import move_case

        number = self.opened.pop()
        move_case(number, "accept", {}, self.dispatcher, _now(), key=number)
        self.accepted.append(number)

    def dispatch(self) -> None:
        from huiyin.cases.api import Case, move_case
        from huiyin.register.api import find_lead_duty

        number = self.accepted.pop()
        category, area = Case.objects.values_list("category_id", "area_id").get(number=number)
        duty = find_lead_duty(category, area, _now().date())
        move_case(number, "dispatch", {"lead": duty.unit_id}, self.dispatcher, _now(), key=f"d{number}")
        self.dispatched.append((number, duty.unit_id))

    def sign(self) -> None:
        from huiyin.cases.api import move_case

        number, unit = self.dispatched.pop()
        handler = self.cast.find(self.rng, "handler@lead", unit, [])
        move_case(number, "sign", {}, handler, _now(), key=f"s{number}")

    def worklist(self) -> None:
        from huiyin.cases.api import Filters, list_cases

        list_cases(Filters(tab="open"), self.dispatcher, _now(), limit=50)

    def tabs(self) -> None:
        from huiyin.cases.api import count_tabs

        count_tabs(self.dispatcher, _now())

    def search(self, words: str) -> None:
        from huiyin.cases.api import Filters, list_cases

        list_cases(Filters(tab="all", q=words, order="opened"), self.dispatcher, _now(), limit=50)

    def alike(self) -> None:
        from huiyin.appeals.api import find_alike

        draft = self._draft()
        find_alike(draft.title + draft.words, _now())


def _now() -> datetime:
    from django.utils import timezone

    return timezone.now() - timedelta(seconds=1)


def _time(name: str, call: Callable[[], None], runs: int) -> tuple[str, ...]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as counted:
        call()
    walls = []
    before = resource.getrusage(resource.RUSAGE_SELF)
    for _ in range(runs - 1):
        start = time.perf_counter()
        call()
        walls.append((time.perf_counter() - start) * 1000)
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000 / (runs - 1)
    p99 = statistics.quantiles(walls, n=100)[98]
    row = (name, str(len(counted)), f"{statistics.median(walls):.2f}", f"{p99:.2f}", f"{cpu:.2f}")
    print("  ".join(row), file=sys.stderr)
    return row


def _write(options: argparse.Namespace, rows: list[tuple[str, ...]]) -> None:
    from django.db import connection

    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, PostgreSQL {version}"
    head = f"""# What the hot paths cost

`make bench` · {options.cases:,} cases · {options.runs} calls each · one process, one connection · {machine} ·
commit {commit or "–"}

Statements include `BEGIN` and `COMMIT`. Milliseconds of the calling process; on a shared machine read ratios
rather than single figures.

| path | statements | p50 ms | p99 ms | CPU ms |
|---|---|---|---|---|
"""
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    (ROOT / "bench" / "RESULTS.md").write_text(head + table, encoding="utf-8")


if __name__ == "__main__":
    main()
