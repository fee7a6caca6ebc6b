"""Restores a backup that was checked: into a new database, proved there, and only then put in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import psycopg

from huiyin.app.backup import archive, facts, files, programs, target
from huiyin.app.backup.checking import Checked, opened
from huiyin.app.backup.progress import Progress
from huiyin.app.backup.target import Target
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a backup goes. `url` is the database that is filled: a new one beside, or the target itself."""

    file: Path
    key: str
    checked: Checked
    target: Target
    attachments: Path
    fresh: str
    old: str

    @property
    def url(self) -> str:
        """The address of the database that is filled."""
        return target.name_another(self.target.url, self.fresh) if self.fresh else self.target.url


@dataclass(slots=True)
class Proof:
    """What was compared after restoring, and what was not as it should be."""

    tables: int = 0
    rows: int = 0
    attachments: int = 0
    missing: list[str] = field(default_factory=list)
    journal_entries: int = 0
    findings: list[Words] = field(default_factory=list)
    unopened: list[Words] = field(default_factory=list)
    migrations: int = 0
    kept_as: str = ""


def make_plan(
    file: Path, key: str, checked: Checked, found: Target, attachments: Path, now: datetime
) -> Plan:
    """Refused: an older server than the backup's, one in use, one with tables when no other can be made."""
    manifest = checked.manifest
    if found.major < manifest.postgres:
        raise Refusal("server-older", _OLDER.fill(have=found.major, need=manifest.postgres))
    if found.others:
        raise target.in_use()
    if not found.may_create:
        if found.tables:
            raise Refusal("may-not-create", _MAY_NOT_CREATE)
        return Plan(file, key, checked, found, attachments, "", "")
    stamp = f"{now:%Y%m%d%H%M%S}"
    return Plan(
        file, key, checked, found, attachments, f"{found.name}_new_{stamp}", f"{found.name}_before_{stamp}"
    )


def restore_backup(plan: Plan, prove: Callable[[Proof], None], progress: Progress) -> Proof:
    """Fill, compare, `prove` (journal, seals, migrations: needs the models), exchange.

    Anything that fails before the exchange leaves the target as it was.
    """
    if plan.fresh:
        target.create_beside(plan.target, plan.fresh)
    try:
        _fill(plan, progress)
        proof = _compare(plan, progress)
        prove(proof)
        progress.end()
        if plan.fresh:
            _exchange(plan, proof)
    except BaseException:
        if plan.fresh:
            target.drop(plan.target, plan.fresh)
        raise
    return proof


def _exchange(plan: Plan, proof: Proof) -> None:
    target.exchange(plan.target, plan.fresh, plan.old)
    if plan.target.filled:
        proof.kept_as = plan.old
    else:
        target.drop(plan.target, plan.old)


def _fill(plan: Plan, progress: Progress) -> None:
    progress.begin(_FILLING)
    count = 0
    need = max(plan.checked.manifest.dumped_by, plan.target.major)
    program, _ = programs.choose_program("pg_restore", need)
    with opened(plan.file, plan.key) as parts:
        for part in parts:
            if part.name == archive.DATABASE:
                programs.restore(plan.url, part.blocks, program)
                progress.begin(_ATTACHING)
            elif part.name.startswith(archive.ATTACHMENTS):
                files.write_file(plan.attachments, part.name.removeprefix(archive.ATTACHMENTS), part.blocks)
                count += 1
                progress.tell(f"{count}/{plan.checked.attachments}")


def _compare(plan: Plan, progress: Progress) -> Proof:
    """Refused: `restored-differs`, naming the tables."""
    progress.begin(_COMPARING)
    wanted = plan.checked.manifest
    with psycopg.connect(plan.url, connect_timeout=10) as connection:
        found = facts.count_tables(connection, progress.tell)
        differing = facts.list_differences(wanted.tables, found)
        if differing or facts.find_journal_root(connection) != wanted.journal_root:
            raise Refusal(
                "restored-differs", _DIFFERS.fill(tables=", ".join(differing[:5]) or "journal_root")
            )
        missing = _list_missing(connection, plan.attachments)
    return Proof(len(found), wanted.rows, plan.checked.attachments, missing)


def _list_missing(connection: facts.Connection, folder: Path) -> list[str]:
    with connection.cursor("attached") as cursor:
        cursor.execute(facts.ATTACHED)
        return [
            str(sha256) for (sha256,) in cursor if not files.is_whole(files.place_of(folder, str(sha256)))
        ]


_FILLING = Words("恢复数据库……", "Restoring the database…")
_ATTACHING = Words("恢复附件……", "Restoring the attachments…")
_COMPARING = Words("核对恢复结果……", "Comparing with the backup…")
_OLDER = Words(
    "这份备份来自 PostgreSQL {need}，而这里的服务器是 {have}。请使用同版或更新的 PostgreSQL。",
    "The backup comes from PostgreSQL {need}; the server here is {have}. Use the same or a newer one.",
)
_MAY_NOT_CREATE = Words(
    "数据库账号不能建新库，而这个库里已有表。请给它 CREATEDB 权限，或把 HUIYIN_DATABASE_URL 指向一个空库。",
    "The database role may not create databases, and this one has tables. Give it CREATEDB, or point "
    "HUIYIN_DATABASE_URL to an empty database.",
)
_DIFFERS = Words(
    "恢复后的内容与备份不一致（{tables}），没有启用，原有数据没有改动。",
    "What was restored is not what was backed up ({tables}); it was not put in place, "
    "and what was there is unchanged.",
)
