"""The word that the newest backup leaves on its machine, for `huiyin doctor` and the metrics."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

NOTE = "last-backup.json"  # in the data folder


def write_note(path: Path, told: dict[str, Any]) -> None:
    """Leave it whole."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)


def find_last_backup(path: Path) -> datetime | None:
    """When the newest backup was made, as the note says; None without one that can be read."""
    try:
        return datetime.fromisoformat(json.loads(path.read_text(encoding="utf-8"))["made_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
