"""Whether the database has hung up, without asking it: a look at the socket instead of a statement."""

from __future__ import annotations

import select
from typing import Any


def spare_check(connection: Any) -> None:
    """Let Django pass over its `SELECT 1` of this request while the connection lies quiet.

    A server that ends, restarts or drops a session says so on the socket; then Django looks for itself, and
    connects anew.
    """
    raw = connection.connection
    if raw is not None and not raw.closed and _is_quiet(raw.fileno()):
        connection.health_check_done = True


def _is_quiet(socket: int) -> bool:
    poll = select.poll()
    poll.register(socket, select.POLLIN | select.POLLPRI)
    return not poll.poll(0)
