"""The database that a backup is restored into: what is there now, a new one beside it, and the exchange."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from huiyin.app.backup.facts import Connection, read_major
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

HOLDS = ("journal_entry", "cases_case", "people_account")
_TABLES = (
    "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind IN ('r', 'p') AND pg_table_is_visible(c.oid) "
    "AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'"
)
_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
_MAY_CREATE = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
_LOCALE = (
    "SELECT datcollate, datctype FROM pg_database WHERE datname = current_database() AND datlocprovider = 'c'"
)


@dataclass(frozen=True, slots=True)
class Target:
    """A database as it was found: nothing in it, something in it, and what its role may do."""

    url: str
    name: str
    major: int
    tables: int
    filled: bool
    others: int
    may_create: bool
    locale: tuple[str, str] | None


def look_at(url: str) -> Target:
    """Ask the server; `no-database` when it does not answer."""
    with _connected(url) as connection:
        names = [name for name in HOLDS if _one(connection, "SELECT to_regclass(%s) IS NOT NULL", name)]
        exists = sql.SQL("SELECT EXISTS (SELECT 1 FROM {})")
        filled = any(
            connection.execute(exists.format(sql.Identifier(name))).fetchone() == (True,) for name in names
        )
        locale = connection.execute(_LOCALE).fetchone()
        return Target(
            url=url,
            name=connection.info.dbname,
            major=read_major(connection),
            tables=int(_one(connection, _TABLES)),
            filled=filled,
            others=int(_one(connection, _OTHERS)),
            may_create=bool(_one(connection, _MAY_CREATE)),
            locale=(str(locale[0]), str(locale[1])) if locale else None,
        )


def name_another(url: str, name: str) -> str:
    """The address of another database on the same server."""
    return make_conninfo(url, dbname=name)


def create_beside(target: Target, name: str) -> str:
    """A new, empty database on the target's server; its address."""
    create = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
    if target.locale is not None:
        collate, ctype = map(sql.Literal, target.locale)
        create += sql.SQL(" LC_COLLATE {} LC_CTYPE {}").format(collate, ctype)
    with _connected(target.url) as connection:
        connection.execute(create)
    return name_another(target.url, name)


def drop(target: Target, name: str) -> None:
    """Remove a database beside the target; it need not be there."""
    with _connected(target.url) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def exchange(target: Target, fresh: str, old: str) -> None:
    """`fresh` takes the target's name, and what was there is called `old`: both at once or neither.

    Refused: `database-in-use` when somebody is connected.
    """
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with _connected(_third_place(target)) as connection:
        try:
            with connection.transaction():
                connection.execute(rename.format(sql.Identifier(target.name), sql.Identifier(old)))
                connection.execute(rename.format(sql.Identifier(fresh), sql.Identifier(target.name)))
        except psycopg.errors.ObjectInUse as error:
            raise in_use() from error


def _third_place(target: Target) -> str:
    """A database cannot be renamed from inside: every server has one of these."""
    for name in ("postgres", "template1"):
        url = name_another(target.url, name)
        try:
            psycopg.connect(url, connect_timeout=10).close()
        except psycopg.OperationalError:
            continue
        return url
    raise Refusal("no-third-database", _NO_THIRD)


def in_use() -> Refusal:
    """Somebody works in the database."""
    return Refusal("database-in-use", _IN_USE)


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    try:
        connection = psycopg.connect(url, connect_timeout=10, autocommit=True)
    except psycopg.OperationalError as error:
        raise Refusal("no-database", _NO_DATABASE.fill(why=str(error).splitlines()[0])) from error
    with connection:
        yield connection


def _one(connection: Connection, query: str, *given: str) -> int:
    row = connection.execute(query.encode(), given or None).fetchone()
    return int(row[0]) if row else 0


def name_in(url: str) -> str:
    """The name of the database that an address names."""
    return str(conninfo_to_dict(url).get("dbname", ""))


_NO_DATABASE = Words("数据库没有应答：{why}", "The database does not answer: {why}")
_IN_USE = Words(
    "数据库正在被使用。请先停止 huiyin run（所有机器上的网页和后台任务），再恢复。没有改动任何数据。",
    "The database is in use. Stop huiyin run (web pages and jobs, on every machine) and restore again. "
    "Nothing was changed.",
)
_NO_THIRD = Words(
    "不能连接 postgres 或 template1 数据库，因此无法交换数据库。请换一个有权限的账号，或恢复到空数据库。",
    "Neither the database postgres nor template1 can be entered, so nothing can be exchanged. "
    "Use a role that may, or restore into an empty database.",
)
