"""The import: a file of requests through the full path, against a bare COPY of the rows that it wrote."""

from __future__ import annotations

import csv
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from bench.tables import COLUMNS


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows, the seconds of the full path, and those of the COPY."""

    rows: int
    intake: float
    copy: float

    @property
    def ratio(self) -> float:
        """The full path's speed to that of COPY."""
        return self.copy / self.intake if self.intake else 0.0


def measure_import(rows: int) -> Imported:
    """Take `rows` made-up requests in, then copy the very same rows into empty tables of the same make."""
    from django.utils import timezone

    from huiyin.appeals.intake import intake_file
    from huiyin.register.api import list_channels

    before = {table: _count(table) for table in COLUMNS}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requests.csv"
        _write_file(file, rows)
        start = time.monotonic()
        channel = list_channels()[0].key
        tally = intake_file(file, channel, "hotline", {}, timezone.now(), _tell)
        intake = time.monotonic() - start
        if tally.taken != rows:
            print(f"    import: only {tally.taken:,} of {rows:,} were taken", flush=True)
        return Imported(tally.taken, intake, _copy_again(Path(folder), before))


def _tell(tally: object) -> None:
    read = getattr(tally, "read", 0)
    if read % 50_000 < 500:
        print(f"    import: {read:,} rows", flush=True)


def _write_file(file: Path, rows: int) -> None:
    from huiyin.app.demo.requests.writing import list_matters, write_matter, write_person
    from huiyin.people.api import list_areas

    rng, matters, villages = Random(11), list_matters(), [area.name for area in list_areas("village")]
    start = datetime.now(UTC) - timedelta(days=30)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "requested_datetime", "title", "description", "name", "phone", "address"])
        for at in range(rows):
            village = rng.choice(villages)
            matter = write_matter(rng, rng.choice(matters), village)
            name, phone = write_person(rng)
            opened = start + timedelta(seconds=at)
            key = f"bench-{time.time_ns()}-{at}"
            writer.writerow([key, opened.isoformat(), matter.title, matter.words, name, phone, village])


def _count(table: str) -> str:
    """Where the table ends now: what lies behind it was written later."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(ctid)::text, '(0,0)') FROM {table}")
        return str(cursor.fetchone()[0])


def _copy_again(folder: Path, before: dict[str, str]) -> float:
    """Copy the new rows out, then into tables with the same indices and keys; the seconds of the latter."""
    from django.db import connection, transaction

    connection.ensure_connection()
    raw = connection.connection
    with transaction.atomic(), raw.cursor() as cursor:
        for table, end in before.items():
            names = _list_columns(cursor, table)
            with (
                (folder / table).open("wb") as out,
                cursor.copy(f"COPY (SELECT {names} FROM {table} WHERE ctid > '{end}') TO STDOUT") as copy,
            ):
                for block in copy:
                    out.write(block)
            cursor.execute(f"CREATE TABLE bench_copy_{table} (LIKE {table} INCLUDING ALL)")
            for key in _list_keys(cursor, table):
                cursor.execute(f"ALTER TABLE bench_copy_{table} ADD {key}")
        start = time.monotonic()
        for table in before:
            names = _list_columns(cursor, table)
            with (
                (folder / table).open("rb") as file,
                cursor.copy(f"COPY bench_copy_{table} ({names}) FROM STDIN") as copy,
            ):
                while block := file.read(1 << 20):
                    copy.write(block)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        seconds = time.monotonic() - start
        transaction.set_rollback(True)
    return seconds


def _list_columns(cursor: object, table: str) -> str:
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)"
        " FROM information_schema.columns WHERE table_name = %s",
        [table],
    )
    return str(cursor.fetchone()[0])  # type: ignore[attr-defined]


def _list_keys(cursor: object, table: str) -> list[str]:
    """Its foreign keys: a COPY into the table itself would have them looked up as well."""
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass",
        [table],
    )
    return [row[0] for row in cursor.fetchall()]  # type: ignore[attr-defined]
