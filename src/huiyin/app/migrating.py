"""Bringing the tables up to date, one process at a time."""

from __future__ import annotations

import threading

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from huiyin.register.api import install_defaults

_SEEN_READY = threading.Event()
LOCK = 4_816_002  # any number, the same in every process of the product


def list_missing() -> list[str]:
    """The migrations that the database has not had yet, in the order in which they run: `cases.0002_…`."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def count_missing() -> int:
    """How many migrations the database has not had yet."""
    return len(list_missing())


def are_tables_ready() -> bool:
    """Whether nothing is missing. Once that was so it is not asked again: migrations are never taken back."""
    if not _SEEN_READY.is_set() and not count_missing():
        _SEEN_READY.set()
    return _SEEN_READY.is_set()


def migrate_if_needed() -> int:
    """Run what is missing, and tell how many; a second process waits, and then finds nothing to do.

    The channels and lawful ways that every county starts with are added: without them nothing can come in.
    """
    if not count_missing():
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            missing = count_missing()
            call_command("migrate", verbosity=0, interactive=False)
            install_defaults()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    return missing
