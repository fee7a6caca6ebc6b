"""The cursor of statements that run often: the server parses and plans them once a connection."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor


def open_cursor() -> Any:
    """A cursor as Django's, for fixed SQL; use it in a `with`.

    Its parameters travel beside the statement, which the server therefore keeps prepared, unless the settings
    forbid it (`prepare_threshold` None: before a pooler that hands out another connection each transaction).
    Lists whose SQL is put together for each question take Django's own cursor: they want a plan of their own.
    """
    if connection.settings_dict["OPTIONS"].get("prepare_threshold") is None:
        return connection.cursor()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    cursor = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]  # the stubs know it as no class of psycopg
    return connection._prepare_cursor(cursor)  # type: ignore[attr-defined]  # noqa: SLF001  no public way
