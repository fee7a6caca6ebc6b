"""Other faults: a full disk, a database that is gone for a minute, a clock set back by an hour."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import psycopg
from apart import run_apart
from checking import check
from load import Ledger, Load
from product import Product
from report import Result

Break = Callable[[Product, Result], None]
COMPILER = shutil.which("cc")
CLOCKS = """
    SELECT count(*) FROM (
        SELECT key, limits, (started_at AT TIME ZONE 'Asia/Shanghai')::date
        FROM cases_caseclock WHERE limits::text LIKE '%wd%' AND outcome = 'running'
        GROUP BY 1, 2, 3 HAVING count(DISTINCT due_at) > 1
    ) AS uneven
"""
BACKWARD = "SELECT count(*) FROM cases_caseclock WHERE due_at <= started_at"


@contextmanager
def _folder(megabytes: int = 0) -> Iterator[Path]:
    """A folder, on a small disk of its own when `megabytes` are given (which only root can mount)."""
    name = Path(tempfile.mkdtemp(prefix="huiyin-faults-"))
    if megabytes:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", name], check=True)
    name.chmod(0o711)
    try:
        yield name
    finally:
        if megabytes:
            subprocess.run(["umount", "-l", name], check=True)
        shutil.rmtree(name, ignore_errors=True)


def _run(name: str, product: Product, seed: int, spoil: Break) -> Result:
    """Load, the fault, ten more seconds of load, then the usual look; the product is never restarted."""
    ledger, began = Ledger(), time.monotonic()
    result = Result(name, ledger, None)  # type: ignore[arg-type]  # found below
    product.start()
    try:
        with Load(product.port, ledger, seed):
            time.sleep(8)
            spoil(product, result)
            time.sleep(10)
        result.found = check(product, ledger.acts)
        result.notes += _look_at_clocks(product, result)
    finally:
        result.code = product.stop()
        result.seconds, result.log = time.monotonic() - began, product.tell_log()
    return result


def _look_at_clocks(product: Product, result: Result) -> list[str]:
    with psycopg.connect(product.database_url()) as connection:
        uneven, backward = (int(connection.execute(query).fetchone()[0]) for query in (CLOCKS, BACKWARD))
    if uneven or backward:
        result.wrong.append(f"due dates: {uneven} uneven, {backward} before their start")
    return [f"clocks of one day with different due dates: {uneven}; due before their start: {backward}"]


def fill_the_disk(seed: int) -> Result:
    """Every byte of the data folder's disk is taken for 30 seconds, then given back."""

    def spoil(product: Product, result: Result) -> None:
        ballast, before = product.data / "ballast", _acknowledged(result)
        used, refused = shutil.disk_usage(product.data).used >> 20, 0
        with ballast.open("wb") as file:
            until = time.monotonic() + 30
            while time.monotonic() < until:
                _write_until_full(file)
                refused += not _grow(product.database_url())
                time.sleep(0.2)
        while_full = _acknowledged(result)
        ballast.unlink()
        result.notes += [
            f"{used} MB were used before; then the database could not grow {refused} times",
            f"acknowledged before the disk was full {before}, until space was given back {while_full}",
            f"answered again after {_wait_until_ready(product):.1f} s",
        ]
        with psycopg.connect(product.database_url(), autocommit=True) as connection:
            connection.execute("DROP TABLE IF EXISTS ballast")

    with _folder(megabytes=700) as data:
        return _run("full-disk", Product(data), seed, spoil)


def _write_until_full(file: BinaryIO) -> None:
    with contextlib.suppress(OSError):
        while True:
            file.write(bytes(1 << 18))
            file.flush()


def _grow(url: str) -> bool:
    """Make the database need room, so that it meets the full disk however much it had set aside."""
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=3) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS ballast (words text)")
            connection.execute(
                "INSERT INTO ballast SELECT repeat(md5(n::text), 9) FROM generate_series(1, 40000) n"
            )
    except psycopg.Error:
        return False
    return True


def take_the_database_away(seed: int) -> Result:
    """A database that is not ours (`HUIYIN_DATABASE_URL`) is down for a minute."""

    def spoil(product: Product, result: Result) -> None:
        apart.stop()
        time.sleep(1)  # what was committed in the last moment is still on its way to whoever asked
        before = dict(result.ledger.answers)
        time.sleep(59)
        during = {
            status: count - before.get(status, 0)
            for status, count in sorted(result.ledger.answers.items())
            if count != before.get(status, 0)
        }
        result.notes.append(f"answers while it was away, by status: {during}")
        if set(during) - {503}:
            result.wrong.append("something else than 503 was answered")
        apart.start()
        result.notes.append(f"answered again after {_wait_until_ready(product):.1f} s")

    with _folder() as data, _folder() as other, run_apart(other) as apart:
        return _run("database-gone", Product(data, HUIYIN_DATABASE_URL=apart.url), seed, spoil)


def set_the_clock_back(seed: int) -> Result:
    """The clock of web, worker and database jumps an hour back while they run (`clock.c`)."""
    with _folder() as data:
        clock, library = data / "clock", data / "clock.so"
        clock.write_text("0", encoding="ascii")
        source = Path(__file__).with_name("clock.c")
        subprocess.run([str(COMPILER), "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"], check=True)
        for file in (clock, library):
            file.chmod(0o755)
        fake = {"LD_PRELOAD": str(library), "SHIFT_FILE": str(clock)}
        programs = _wrap_postgres(data, fake)

        def spoil(product: Product, result: Result) -> None:
            before = _ask_time(product)
            clock.write_text("-3600", encoding="ascii")
            time.sleep(1)
            result.notes.append(f"the database's clock went from {before} to {_ask_time(product)}")
            time.sleep(15)

        return _run("clock-back", Product(data, HUIYIN_POSTGRES=str(programs), **fake), seed, spoil)


def _wrap_postgres(data: Path, fake: dict[str, str]) -> Path:
    """The machine's own PostgreSQL, its server started with the same clock."""
    found = max(Path("/usr/lib/postgresql").glob("*/bin"))
    folder = data / "programs"
    folder.mkdir(mode=0o755)
    for program in found.iterdir():
        (folder / program.name).symlink_to(program)
    (folder / "postgres").unlink()
    settings = " ".join(f"{name}={value}" for name, value in fake.items())
    wrapper = folder / "postgres"
    wrapper.write_text(f'#!/bin/sh\nexec env {settings} {found}/postgres "$@"\n', encoding="ascii")
    wrapper.chmod(0o755)
    return folder


def _ask_time(product: Product) -> str:
    with psycopg.connect(product.database_url()) as connection:
        row = connection.execute("SELECT to_char(clock_timestamp(), 'HH24:MI:SS')").fetchone()
    return str(row[0]) if row else "?"


def _acknowledged(result: Result) -> int:
    return sum(act.acknowledged for act in result.ledger.acts)


def _wait_until_ready(product: Product) -> float:
    began = time.monotonic()
    while not product.is_ready():
        if time.monotonic() - began > 90:
            raise SystemExit(f"it did not come back:\n{product.tell_log()[-4000:]}")
        time.sleep(0.05)
    return time.monotonic() - began


SCENARIOS: dict[str, Callable[[int], Result]] = {"database-gone": take_the_database_away}
if os.geteuid() == 0:
    SCENARIOS["full-disk"] = fill_the_disk
if COMPILER is not None and Path("/usr/lib/postgresql").exists():
    SCENARIOS["clock-back"] = set_the_clock_back
