"""The two forms of a log line: JSON for machines, a plain line for a terminal."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

import msgspec

from huiyin.app.logs.scrubbing import gather, is_wanted, tell


class Wanted(logging.Filter):
    """Keeps out lines that repeat what another says."""

    def filter(self, record: logging.LogRecord) -> bool:
        return is_wanted(record)


class JsonLines(logging.Formatter):
    """One JSON object a line: `time` (UTC), `level`, `logger`, `message`, then what is known beside it."""

    def format(self, record: logging.LogRecord) -> str:
        head: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": tell(record),
        }
        return msgspec.json.encode(head | gather(record), enc_hook=str).decode()


class PlainLines(logging.Formatter):
    """The same for eyes: `12:30:05 INFO huiyin.requests GET /console/ request=… status=200`."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created).astimezone().strftime("%H:%M:%S")
        known = gather(record)
        stack = known.pop("stack", [])
        beside = "".join(f" {name}={value}" for name, value in known.items())
        below = "".join(f"\n    {line}" for line in stack)
        return f"{at} {record.levelname} {record.name} {tell(record)}{beside}{below}"
