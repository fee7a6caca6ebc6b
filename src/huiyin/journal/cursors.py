"""The cursor of statements that run often: the server parses and plans them once a connection."""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import ServerBindingCursor


def open_cursor() -> Any:
    """A cursor as Django's, for fixed SQL; use it in a `with`.

    Its parameters travel beside the statement, which the server therefore keeps prepared, unless the settings
    forbid it (`prepare_threshold` None: before a pooler that hands out another connection each transaction).
    Lists whose SQL is put together for each question take Django's own cursor: they want a plan of their own.
    """
    now = connections[DEFAULT_DB_ALIAS]  # looked up once: `connection` looks for each of its attributes
    if now.settings_dict["OPTIONS"].get("prepare_threshold") is None:
        return now.cursor()
    now.close_if_health_check_failed()
    now.ensure_connection()
    cursor = ServerBindingCursor(now.connection)  # type: ignore[call-arg]  # the stubs know it as no class of psycopg
    return now._prepare_cursor(cursor)  # type: ignore[attr-defined]  # noqa: SLF001  no public way
