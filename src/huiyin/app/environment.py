"""Reads `HUIYIN_*` from the environment; the one place that knows the names and defaults."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def data_folder() -> Path:
    """Where everything that must survive lives: `HUIYIN_DATA`, else `./data`."""
    return Path(os.environ.get("HUIYIN_DATA", "data")).resolve()


def read_flag(name: str, *, default: bool = False) -> bool:
    """`1`, `true`, `yes` and `on` are true, whatever their case."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def read_list(name: str) -> list[str]:
    """A comma-separated value without its blanks and empty parts."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def read_secret(name: str, file_name: str) -> str:
    """The secret in the environment, else the one kept in the data folder, made on first use (mode 600)."""
    given = os.environ.get(name)
    if given:
        return given
    path = data_folder() / "secrets" / file_name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{file_name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(32), encoding="ascii")
        _keep_first(draft, path)
    return path.read_text(encoding="ascii").strip()


def _keep_first(draft: Path, path: Path) -> None:
    """Two processes may start at once: the first to link its draft wins, and both read the same secret."""
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
