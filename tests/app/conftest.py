"""A data folder with an embedded server of its own, and the command line as another process."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import huiyin
from huiyin.app.database import ensure_database, stop_running
from huiyin.app.database.supervisor import be_silent

Start = Callable[..., subprocess.Popen[str]]
SOURCE = str(Path(huiyin.__file__).parents[1])


@contextmanager
def _folder() -> Iterator[Path]:
    """Not one of pytest's own folders: those are closed to the account which serves for root."""
    with tempfile.TemporaryDirectory(prefix="huiyin-test-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.fixture(scope="session")
def made_folder() -> Iterator[Path]:
    """A data folder whose cluster is made; its copies spare most tests the second that making one takes."""
    with _folder() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("HUIYIN_DATA", str(folder))
        patch.delenv("HUIYIN_DATABASE_URL", raising=False)
        with ensure_database(durable=False):
            pass
        yield folder


@pytest.fixture
def empty_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """`HUIYIN_DATA` in a new folder, and no database given; a server left there is stopped at the end."""
    with _folder() as folder:
        monkeypatch.setenv("HUIYIN_DATA", str(folder))
        monkeypatch.delenv("HUIYIN_DATABASE_URL", raising=False)
        yield folder
        monkeypatch.setenv("HUIYIN_DATA", str(folder))
        stop_running(be_silent, force=True)


@pytest.fixture
def data_folder(empty_folder: Path, made_folder: Path) -> Path:
    """As `empty_folder`, with a cluster that is made and stopped."""
    subprocess.run(["cp", "-a", f"{made_folder}/.", empty_folder], check=True)
    (empty_folder / "postgres" / "port").unlink()
    return empty_folder


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts `python …` beside the test, its output as text; whatever still runs at the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-P", *arguments],
            env=os.environ
            | {"PYTHONPATH": SOURCE, "DJANGO_SETTINGS_MODULE": "huiyin.app.settings"}
            | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()
