"""What is being done in this thread: the request or the job that every log line then names."""

from __future__ import annotations

import re
import secrets
from contextvars import ContextVar

REQUEST: ContextVar[str] = ContextVar("huiyin_request", default="")
JOB: ContextVar[str] = ContextVar("huiyin_job", default="")
_SANE = re.compile(r"[0-9A-Za-z._-]{8,64}")


def choose_request_id(given: str | None) -> str:
    """The id that a proxy gave, when it is one (8–64 letters, digits, `.`, `_`, `-`); else a new one."""
    return given if given and _SANE.fullmatch(given) else secrets.token_hex(8)
