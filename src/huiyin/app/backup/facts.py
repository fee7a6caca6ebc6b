"""What is told of a database beside its dump: version, migrations, and each table's count and digest."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import psycopg
from psycopg import sql

from huiyin.app.backup.envelope import damaged

Connection = psycopg.Connection[tuple[Any, ...]]
Heard = Callable[[str], None]
# A text that does not depend on who asks, so that the same row has the same digest on every machine.
_PLAINLY = (
    "SET TIME ZONE 'UTC'; SET datestyle = 'ISO, MDY'; SET intervalstyle = 'iso_8601'; "
    "SET extra_float_digits = 1; SET bytea_output = 'hex'"
)
_TABLES = (
    "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind = 'r' AND pg_table_is_visible(c.oid) "
    "AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ORDER BY 1"
)
# Files whose time is over are gone by rule. By name, for a backup may be older than that column.
ATTACHED = "SELECT DISTINCT sha256 FROM cases_attachment a WHERE to_jsonb(a) ->> 'removed_at' IS NULL"
# The order of rows says nothing, so the digest is a sum: 64 bits of each row's SHA-256, added up.
_COUNT = (
    "SELECT count(*), coalesce(sum(('x' || encode(substr(sha256(convert_to(t::text, 'UTF8')), 1, 8), 'hex'))"
    "::bit(64)::bigint::numeric), 0)::text FROM {} t"
)


@dataclass(frozen=True, slots=True)
class Table:
    """How many rows a table has, and the sum over their digests."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. Times in ISO 8601; key names are no keys."""

    version: str
    county: str
    made_at: str
    postgres: int
    dumped_by: int
    migrations: list[list[str]]
    tables: dict[str, Table]
    journal_root: str
    sealing_keys: list[str] = field(default_factory=list)
    index_key: str = ""
    with_keys: bool = False

    def write(self) -> bytes:
        """As JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def read(cls, raw: bytes) -> Manifest:
        """From JSON; `backup-damaged` when it is none of ours. What a newer version added is passed over."""
        try:
            told = json.loads(raw)
            known = {name: told[name] for name in cls.__dataclass_fields__}
            tables = {
                name: Table(int(one["rows"]), str(one["digest"])) for name, one in told["tables"].items()
            }
        except (ValueError, KeyError, TypeError, AttributeError):
            raise damaged() from None
        return cls(**{**known, "tables": tables})

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(table.rows for table in self.tables.values())


def read_major(connection: Connection) -> int:
    """The server's major version."""
    return connection.info.server_version // 10000


def count_tables(connection: Connection, heard: Heard) -> dict[str, Table]:
    """Every table by name; `heard` is told each name before it is read. Memory does not grow with rows."""
    connection.execute(_PLAINLY)
    names = [str(name) for (name,) in connection.execute(_TABLES)]
    tables = {}
    for name in names:
        heard(name)
        row = connection.execute(sql.SQL(_COUNT).format(sql.Identifier(name))).fetchone()
        assert row is not None  # noqa: S101  an aggregate has one row
        tables[name] = Table(int(row[0]), str(row[1]))
    return tables


def list_migrations(connection: Connection) -> list[list[str]]:
    """`[app, name]` of every migration that the database has had."""
    rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    return [[str(app), str(name)] for app, name in rows]


def find_journal_root(connection: Connection) -> str:
    """`day hash` of the newest daily root; empty before the first."""
    row = connection.execute(
        'SELECT "on"::text, encode(root, \'hex\') FROM journal_root ORDER BY "on" DESC LIMIT 1'
    ).fetchone()
    return f"{row[0]} {row[1]}" if row else ""


def list_differences(wanted: dict[str, Table], found: dict[str, Table]) -> list[str]:
    """Tables that are missing, added, or of another count or content: `name: 5 rows ≠ 4 rows`."""
    differing = []
    for name in sorted(wanted.keys() | found.keys()):
        before, after = wanted.get(name), found.get(name)
        if before != after:
            counts = [f"{table.rows}" if table else "-" for table in (before, after)]
            differing.append(f"{name}: {counts[0]} → {counts[1]}")
    return differing
