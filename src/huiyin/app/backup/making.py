"""Makes a backup: everything as one moment saw it, moved into its place when it is whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import psycopg

from huiyin.app.backup import archive, facts, files, programs
from huiyin.app.backup.envelope import SealedWriter
from huiyin.app.backup.progress import Progress
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to back up. `named` holds version, county and key names; `locked_keys` is empty without keys."""

    url: str
    attachments: Path
    named: facts.Manifest
    locked_keys: bytes = b""


@dataclass(frozen=True, slots=True)
class Made:
    """What a backup holds, and the attachments that the database names and the folder does not have whole."""

    manifest: facts.Manifest
    attachments: int
    missing: list[str]


def make_backup(target: Path, key: str, wanted: Wanted, progress: Progress) -> Made:
    """Write `target` (mode 600) whole, or not at all. Refused: no programs, no room, a dump that failed."""
    draft = target.with_name(f"{target.name}.part")
    try:
        with _private(draft) as file:
            made = _write(SealedWriter(file, key), wanted, progress)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError as error:
        raise Refusal("backup-not-written", _NOT_WRITTEN.fill(file=target, why=error.strerror)) from error
    finally:
        draft.unlink(missing_ok=True)
    return made


@contextmanager
def _private(path: Path) -> Iterator[BinaryIO]:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        yield file


def _write(sink: SealedWriter, wanted: Wanted, progress: Progress) -> Made:
    parts = archive.PartWriter(sink)
    with psycopg.connect(wanted.url, connect_timeout=10) as connection:
        snapshot = _hold_still(connection)
        program, dumped_by = programs.choose_program("pg_dump", facts.read_major(connection))
        progress.begin(_COUNTING)
        manifest = replace(_take_facts(connection, wanted.named, progress), dumped_by=dumped_by)
        parts.add(archive.MANIFEST, [manifest.write()])
        if wanted.locked_keys:
            parts.add(archive.KEYS, [wanted.locked_keys])
        progress.begin(_DUMPING)
        parts.add(archive.DATABASE, _watched(programs.dump(wanted.url, snapshot, program), progress))
        progress.begin(_ATTACHING)
        count, missing = _add_attachments(parts, wanted.attachments, progress)
        missing += _list_missing(connection, wanted.attachments)
    parts.finish()
    sink.finish()
    progress.end()
    return Made(manifest, count, sorted(set(missing)))


def _hold_still(connection: facts.Connection) -> str:
    """One snapshot for the counts and for pg_dump."""
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    assert row is not None  # noqa: S101  a function call has one row
    return str(row[0])


def _take_facts(connection: facts.Connection, named: facts.Manifest, progress: Progress) -> facts.Manifest:
    return replace(
        named,
        postgres=facts.read_major(connection),
        migrations=facts.list_migrations(connection),
        tables=facts.count_tables(connection, progress.tell),
        journal_root=facts.find_journal_root(connection),
    )


def _watched(blocks: Iterator[bytes], progress: Progress) -> Iterator[bytes]:
    size = 0
    for block in blocks:
        size += len(block)
        progress.megabytes(size)
        yield block


def _add_attachments(parts: archive.PartWriter, folder: Path, progress: Progress) -> tuple[int, list[str]]:
    """How many were added, and those whose content is not what their name says: they are left out."""
    count, broken = 0, []
    for path in files.list_files(folder):
        with files.opened_whole(path) as blocks:
            if blocks is None:
                broken.append(path.name)
                continue
            parts.add(archive.ATTACHMENTS + path.name, blocks)
        count += 1
        progress.tell(str(count))
    return count, broken


def _list_missing(connection: facts.Connection, folder: Path) -> list[str]:
    with connection.cursor("attached") as cursor:
        cursor.execute(facts.ATTACHED)
        return [sha256 for (sha256,) in cursor if not files.place_of(folder, str(sha256)).is_file()]


def name_time(now: datetime) -> str:
    """To the second, with its offset."""
    return now.isoformat(timespec="seconds")


_COUNTING = Words("清点各表……", "Counting the tables…")
_DUMPING = Words("导出数据库……", "Dumping the database…")
_ATTACHING = Words("加入附件……", "Adding the attachments…")
_NOT_WRITTEN = Words(
    "没有写成 {file}：{why}。没有留下半截文件；请检查磁盘空间和权限。",
    "{file} could not be written: {why}. No half file is left; check space and rights.",
)
