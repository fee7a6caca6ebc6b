"""The embedded PostgreSQL: found, started, watched and stopped by Huiyin itself."""

from huiyin.app.database.supervisor import (
    Database,
    ensure_database,
    find_running,
    stop_running,
    watch_database,
)

__all__ = ["Database", "ensure_database", "find_running", "stop_running", "watch_database"]
