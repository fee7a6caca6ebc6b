"""A data folder and a database for one run of the tests; both are gone when the run ends."""

from __future__ import annotations

import atexit
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path


def prepare_environment() -> None:
    """`HUIYIN_DATA` in a temporary folder and a running `HUIYIN_DATABASE_URL`, unless they are given."""
    leftovers = ExitStack()
    if "HUIYIN_DATA" not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="huiyin-tests-", ignore_cleanup_errors=True)
        os.environ["HUIYIN_DATA"] = leftovers.enter_context(folder)
        Path(folder.name).chmod(0o711)  # the account that serves for root goes through it
    if "HUIYIN_DATABASE_URL" not in os.environ:
        from huiyin.app.database import ensure_database

        os.environ["HUIYIN_DATABASE_URL"] = leftovers.enter_context(ensure_database(durable=False))
    # Last, hence called first at the end: the folder has a hook of its own, which must not come before.
    atexit.register(leftovers.close)
