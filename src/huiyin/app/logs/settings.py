"""What Django's `LOGGING` holds."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any


def choose_form(wanted: str) -> str:
    """`json` or `line`; unless one is wanted, lines on a terminal and JSON elsewhere."""
    return wanted if wanted in {"json", "line"} else "line" if sys.stderr.isatty() else "json"


def server_log_settings(wanted: str) -> Path:
    """The file that gives the web server's own lines the same form: it would print exceptions whole."""
    return Path(__file__).with_name(f"server_{choose_form(wanted)}.json")


def make_logging(wanted: str) -> dict[str, Any]:
    """Everything goes to stderr, in one form: warnings of all, and what Huiyin and its jobs tell."""
    # No line names a thread or a process: finding them out costs a tenth of a line.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging.logAsyncioTasks = False  # type: ignore[attr-defined]  # since Python 3.12
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"wanted": {"()": "huiyin.app.logs.formatting.Wanted"}},
        "formatters": {
            "json": {"()": "huiyin.app.logs.formatting.JsonLines"},
            "line": {"()": "huiyin.app.logs.formatting.PlainLines"},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": choose_form(wanted),
                "filters": ["wanted"],
            }
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {"huiyin": {"level": "INFO"}, "procrastinate.worker": {"level": "INFO"}},
    }
