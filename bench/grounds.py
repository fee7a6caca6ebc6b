"""Databases of the bench: one for each number of cases, beside the product's own, dropped when done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo


@contextmanager
def own_database(url: str, cases: int, *, keep: bool) -> Iterator[tuple[str, bool]]:
    """The address of the database for so many cases, and whether it was there already (`keep` leaves it)."""
    name = f"huiyin_bench_{cases}" if keep else f"huiyin_bench_{cases}_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as admin:
        kept = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None
        if not kept:
            admin.execute(f'CREATE DATABASE "{name}"')
    try:
        yield make_conninfo(**{**conninfo_to_dict(url), "dbname": name}), kept
    finally:
        if not keep:
            with psycopg.connect(url, autocommit=True) as admin:
                admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def use_database(url: str) -> None:
    """Let this process, and those that it starts, work on that database."""
    from django.conf import settings
    from django.db import connection

    os.environ["HUIYIN_DATABASE_URL"] = url
    connection.close()
    parts = conninfo_to_dict(url)
    given = {"NAME": parts["dbname"], "USER": parts.get("user", ""), "PASSWORD": parts.get("password", "")}
    given |= {"HOST": parts.get("host", ""), "PORT": str(parts.get("port", ""))}
    settings.DATABASES["default"].update(given)
    connection.settings_dict.update(given)


def prepare_tables() -> None:
    """Tables up to date, and the demo county with its duties and accounts."""
    from django.core.management import call_command

    from huiyin.app.demo.county.loader import install_county
    from huiyin.people.api import list_areas

    call_command("migrate", verbosity=0)
    if not list_areas("township"):
        install_county()


def tell_size() -> str:
    """How large the database is, in words."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        return str(cursor.fetchone()[0])
