"""What may stand in a log line: no paths, queries, forms or texts of exceptions, which hold personal data."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType
from typing import Any

from huiyin.app.logs.context import JOB, REQUEST
from huiyin.kernel.masks import mask_links, mask_numbers

OURS = "huiyin"
_QUIET = frozenset({"start_job", "loaded_job_info", "finish_task"})  # the end of a job says it all
_DEEPEST = 30
_SERVER, _MEANT = "_granian", "Configuration allows spawning"  # many threads, of which few compute


def name_route(request: Any) -> str:
    """The pattern of an address (`console/cases/<str:number>`), never the address: that may hold a secret."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match is not None else "-"


def is_wanted(record: logging.LogRecord) -> bool:
    """False for lines that repeat what another says, or that warn of what is meant."""
    if record.name == _SERVER and str(record.msg).startswith(_MEANT):
        return False
    return record.levelno > logging.INFO or getattr(record, "action", None) not in _QUIET


def tell(record: logging.LogRecord) -> str:
    """The message, without what other people's code has put into it; no number or link of a person."""
    if record.name.partition(".")[0] == OURS:
        return mask_links(mask_numbers(record.getMessage()))
    if hasattr(record, "request") and hasattr(record, "status_code"):
        return f"{record.status_code} {name_route(record.request)}"
    action = getattr(record, "action", None)
    return str(action) if action else str(record.msg)  # the form of a message, without its values


def gather(record: logging.LogRecord) -> dict[str, Any]:
    """What is known beside the message: request, job, our own `fields`, and what went wrong."""
    found: dict[str, Any] = {}
    if request := REQUEST.get() or getattr(getattr(record, "request", None), "id", ""):
        found["request"] = request
    job = getattr(record, "job", None)
    if isinstance(job, dict):
        found["job"] = f"{job.get('task_name')} {job.get('id')}"
    elif JOB.get():
        found["job"] = JOB.get()
    found |= getattr(record, "fields", {})
    if record.exc_info and record.exc_info[0] is not None:
        found |= tell_error(record.exc_info[1], record.exc_info[2])
    return found


def tell_error(error: BaseException | None, trace: TracebackType | None) -> dict[str, Any]:
    """The kind of an exception and where it was; its text may quote a row, and is left out."""
    frames = traceback.extract_tb(trace)[-_DEEPEST:]
    told: dict[str, Any] = {"error": type(error).__name__}
    cause = getattr(error, "__cause__", None)
    if cause is not None:
        told["cause"] = type(cause).__name__
    state = getattr(error, "sqlstate", None) or getattr(cause, "sqlstate", None)
    if state:
        told["sqlstate"] = state
    told["stack"] = [f"{_shorten(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return told


def _shorten(path: str) -> str:
    """From the package on: where it is installed says nothing."""
    for sign in ("site-packages/", "/src/"):
        if sign in path:
            return path.rpartition(sign)[2]
    return path.rpartition("/")[2]
